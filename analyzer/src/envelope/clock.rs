//! Turns the times of successive lines into moments, where the times leave something out.

mod month;
mod of_day;

use crate::timestamp::{DAY_MS, Timestamp, days_from_civil};

use super::stamp::Stamp;
use month::Months;
use of_day::OfDay;

/// The year that dates without one are counted in; a leap year, so that every date exists.
const ASSUMED_YEAR: i64 = 2000;

/// A clock that goes back by no more than this was set, or the lines are not quite in order.
const SET_BACK_MS: i64 = 60_000;

/// What the clocks of a country go back by in autumn.
const HOUR_MS: i64 = 3_600_000;

/// What earlier lines told.
#[derive(Debug, Default)]
pub(super) struct Clock {
    months: Months,
    of_day: Option<OfDay>,
    last_ms: Option<i64>,
    /// What was added since a local clock went back by an hour.
    autumn_ms: i64,
}

impl Clock {
    /// A clock for lines with these stamps.
    pub(super) fn of<'a>(stamps: impl Iterator<Item = Stamp<'a>>) -> Self {
        let of_day = OfDay::of(stamps.filter_map(|stamp| match stamp {
            Stamp::OfDay(ms) => Some(ms),
            _ => None,
        }));
        Self { of_day, ..Self::default() }
    }

    /// The moment that a stamp tells.
    pub(super) fn moment(&mut self, stamp: Stamp) -> Timestamp {
        match stamp {
            Stamp::Full { local_ms, offset_min } => self.dated(local_ms, offset_min),
            Stamp::Worded { year, month, day, of_day_ms, offset_min } => {
                let (number, years) = self.months.number(month);
                let is_known = year.is_some() && self.months.is_known();
                let days = days_from_civil(year.unwrap_or(ASSUMED_YEAR + years), number, day);
                let ms = days * DAY_MS + of_day_ms;
                if is_known {
                    return self.dated(ms, offset_min);
                }
                Timestamp::from_millis_since_somewhere(self.steady(ms, Zone::Local))
            }
            Stamp::OfDay(ms) => {
                let of_day = self.of_day.get_or_insert_with(|| OfDay::starting_with(ms));
                Timestamp::from_millis_since_somewhere(of_day.advance(ms))
            }
            Stamp::SinceBoot(ms) => Timestamp::from_millis_since_somewhere(ms),
        }
    }

    fn dated(&mut self, local_ms: i64, offset_min: Option<i16>) -> Timestamp {
        if let Some(offset_min) = offset_min {
            let millis = local_ms - i64::from(offset_min) * 60_000;
            let millis = self.steady(millis, Zone::Utc);
            return Timestamp::from_millis_since_epoch(millis, offset_min);
        }
        let millis = self.steady(local_ms, Zone::Local);
        // The hour that is added is not what the clock showed.
        if self.autumn_ms > 0 {
            return Timestamp::from_millis_since_somewhere(millis);
        }
        Timestamp::from_local_millis(millis)
    }

    /// Lets a clock that went back a little stand still until it is where it was. One that goes
    /// back farther belongs to another log.
    fn steady(&mut self, ms: i64, zone: Zone) -> i64 {
        let mut ms = ms + self.autumn_ms;
        let back_ms = self.last_ms.map_or(0, |last| last - ms);
        if (1..=SET_BACK_MS).contains(&back_ms) {
            ms += back_ms;
        } else if zone == Zone::Local && (SET_BACK_MS..=HOUR_MS).contains(&back_ms) {
            self.autumn_ms += HOUR_MS;
            ms += HOUR_MS;
        }
        self.last_ms = Some(ms);
        ms
    }
}

/// Whether a clock may lose an hour in a year.
#[derive(Clone, Copy, PartialEq)]
enum Zone {
    Utc,
    Local,
}

#[cfg(test)]
mod tests;
