//! Turns the times of successive lines into moments, where the times leave something out.

use crate::timestamp::{DAY_MS, Timestamp, days_from_civil};

use super::stamp::Stamp;

/// The year that dates without one are counted in; a leap year, so that every date exists.
const ASSUMED_YEAR: i64 = 2000;

/// A time of day that jumps back farther than this has passed midnight.
const MIDNIGHT_JUMP_MS: i64 = DAY_MS / 2;

/// A log whose first time is below this counts from its start rather than from midnight.
const ELAPSED_START_MS: i64 = 3_600_000;

/// What earlier lines told.
#[derive(Debug, Default)]
pub(super) struct Clock {
    last_month: Option<(String, i64)>,
    year: i64,
    of_day: Option<OfDay>,
}

/// Times without a date.
#[derive(Debug)]
struct OfDay {
    /// Whether they count from the start of the log, as those of `ts -s` and `ts -i` do.
    is_elapsed: bool,
    /// Whether each counts from the line before, as those of `ts -i` do.
    is_step: bool,
    last_ms: i64,
    days: i64,
    sum_ms: i64,
}

impl Clock {
    /// The moment that a stamp tells.
    pub(super) fn moment(&mut self, stamp: Stamp) -> Timestamp {
        match stamp {
            Stamp::Full { local_ms, offset_min: Some(offset_min) } => {
                let millis = local_ms - i64::from(offset_min) * 60_000;
                Timestamp::from_millis_since_epoch(millis, offset_min)
            }
            Stamp::Full { local_ms, offset_min: None } => Timestamp::from_local_millis(local_ms),
            Stamp::Yearless { month, day, of_day_ms } => {
                let month = self.month(month);
                let days = days_from_civil(ASSUMED_YEAR + self.year, month, day);
                Timestamp::from_millis_since_somewhere(days * DAY_MS + of_day_ms)
            }
            Stamp::OfDay(ms) => Timestamp::from_millis_since_somewhere(self.of_day(ms)),
            Stamp::SinceBoot(ms) => Timestamp::from_millis_since_somewhere(ms),
        }
    }

    /// The number of a month. One in an unknown language follows the one before it.
    fn month(&mut self, word: &str) -> i64 {
        let last = match &self.last_month {
            Some((name, number)) if name == word => return *number,
            Some((_, number)) => Some(*number),
            None => None,
        };
        let number = month_number(word).unwrap_or_else(|| last.map_or(1, |last| last % 12 + 1));
        // A journal that goes back by a month or two is out of order; by more, it is a new year.
        self.year += i64::from(last.is_some_and(|last| last - number > 6));
        self.last_month = Some((word.to_owned(), number));
        number
    }

    fn of_day(&mut self, ms: i64) -> i64 {
        let state = self.of_day.get_or_insert(OfDay {
            is_elapsed: ms < ELAPSED_START_MS,
            is_step: false,
            last_ms: ms,
            days: 0,
            sum_ms: 0,
        });
        state.advance(ms)
    }
}

impl OfDay {
    fn advance(&mut self, ms: i64) -> i64 {
        self.sum_ms += ms;
        let back_ms = self.last_ms - ms;
        self.is_step |= self.is_elapsed && back_ms > 0 && back_ms < MIDNIGHT_JUMP_MS;
        if self.is_step {
            self.last_ms = ms;
            return self.sum_ms;
        }
        self.days += i64::from(back_ms >= MIDNIGHT_JUMP_MS);
        // A clock that was set back a little stands still until it is where it was.
        let stands = back_ms > 0 && back_ms < MIDNIGHT_JUMP_MS;
        self.last_ms = if stands { self.last_ms } else { ms };
        self.days * DAY_MS + self.last_ms
    }
}

/// Beginnings of the names of months, January first, in the languages that journals are often in.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "sty", "янв"],
    &["feb", "fév", "fev", "lut", "фев"],
    &["mar", "mär", "mrz", "mrt", "maa", "мар"],
    &["apr", "avr", "abr", "kwi", "апр"],
    &["may", "mai", "maj", "mag", "mei", "май", "мая"],
    &["jun", "juin", "giu", "cze", "июн"],
    &["jul", "juil", "lug", "lip", "июл"],
    &["aug", "aoû", "ago", "sie", "авг"],
    &["sep", "set", "wrz", "сен"],
    &["oct", "okt", "ott", "out", "paź", "окт"],
    &["nov", "lis", "ноя"],
    &["dec", "dez", "déc", "dic", "des", "gru", "дек"],
];

fn month_number(word: &str) -> Option<i64> {
    if let Some(digits) = word.strip_suffix('月') {
        return digits.parse().ok().filter(|number| (1..=12).contains(number));
    }
    let word = word.to_lowercase();
    let starts = |names: &&[&str]| names.iter().any(|name| word.starts_with(name));
    MONTHS.iter().position(starts).and_then(|at| i64::try_from(at + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seconds from the first stamp to each.
    fn check(stamps: &[Stamp], expected: &[f64]) {
        let mut clock = Clock::default();
        let moments: Vec<Timestamp> = stamps.iter().map(|stamp| clock.moment(*stamp)).collect();
        let seconds: Vec<f64> = moments.iter().map(|time| time.seconds_since(moments[0])).collect();
        assert_eq!(seconds, expected, "{stamps:?}");
    }

    fn yearless(month: &str, day: i64) -> Stamp<'_> {
        Stamp::Yearless { month, day, of_day_ms: 0 }
    }

    #[test]
    fn a_year_may_end() {
        check(&[yearless("Dec", 31), yearless("Jan", 1)], &[0.0, 86_400.0]);
        check(&[yearless("déc.", 31), yearless("janv.", 1)], &[0.0, 86_400.0]);
        check(&[yearless("Feb", 28), yearless("Mar", 1)], &[0.0, 2.0 * 86_400.0]);
    }

    #[test]
    fn a_month_of_an_unknown_language_follows_the_one_before() {
        check(&[yearless("qqq", 31), yearless("www", 1)], &[0.0, 86_400.0]);
    }

    #[test]
    fn a_day_may_end() {
        let at = |hour: i64| Stamp::OfDay(hour * 3_600_000);
        check(&[at(23), at(1)], &[0.0, 7200.0]);
        check(&[at(5), at(4), at(6)], &[0.0, 0.0, 3600.0]);
    }

    #[test]
    fn steps_from_line_to_line_are_added_up() {
        let seconds = [0, 0, 5, 0, 3, 1].map(|second| Stamp::OfDay(second * 1000));
        check(&seconds, &[0.0, 0.0, 5.0, 5.0, 8.0, 9.0]);
    }

    #[test]
    fn offsets_are_taken_off() {
        let stamp = Stamp::Full { local_ms: 3_600_000, offset_min: Some(60) };
        let moment = Clock::default().moment(stamp);
        assert_eq!(moment.millis(), 0);
        assert_eq!(moment.to_rfc3339().as_deref(), Some("1970-01-01T01:00:00+01:00"));
    }
}
