//! Times without a date: of the day, since the start, or since the line before.

use crate::timestamp::DAY_MS;

use super::{HOUR_MS, SET_BACK_MS};

/// A time of day that jumps back farther than this has passed midnight.
const MIDNIGHT_JUMP_MS: i64 = DAY_MS / 2;

/// A log whose first time is below this counts from its start rather than from midnight.
const ELAPSED_START_MS: i64 = HOUR_MS;

/// Times that have grown so often before they go back count from a start, and start again; steps
/// from line to line would have gone back before.
const RISES_OF_A_COUNT: u32 = 8;

/// What the times of earlier lines told.
#[derive(Debug)]
pub(super) struct OfDay {
    meaning: Meaning,
    last_ms: i64,
    /// What the times are counted from, by the clock of the first one.
    base_ms: i64,
    sum_ms: i64,
    rises: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Meaning {
    /// The time of day.
    Day,
    /// Counts from the start, as that of `ts -s`; or from line to line, as nothing told yet.
    Elapsed,
    /// Counts from the line before, as that of `ts -i`.
    Step,
}

impl OfDay {
    /// A clock that starts with this time.
    pub(super) fn starting_with(ms: i64) -> Self {
        let meaning = if ms < ELAPSED_START_MS { Meaning::Elapsed } else { Meaning::Day };
        Self { meaning, last_ms: ms, base_ms: 0, sum_ms: 0, rises: 0 }
    }

    /// A clock for lines with these times; `None` without any.
    pub(super) fn of(mut times: impl Iterator<Item = i64>) -> Option<Self> {
        let first = times.next()?;
        let mut trial = Self::starting_with(first);
        times.for_each(|ms| {
            trial.advance(ms);
        });
        let mut start = Self::starting_with(first);
        start.meaning = trial.meaning;
        Some(start)
    }

    /// The milliseconds that the next time stands for.
    pub(super) fn advance(&mut self, ms: i64) -> i64 {
        self.sum_ms += ms;
        let back_ms = self.last_ms - ms;
        self.rises += u32::from(back_ms < 0);
        if back_ms >= MIDNIGHT_JUMP_MS && self.meaning != Meaning::Step {
            self.base_ms += DAY_MS;
        } else if back_ms > 0 {
            self.go_back(back_ms);
        }
        if self.meaning == Meaning::Step {
            return self.sum_ms;
        }
        self.last_ms = ms;
        self.base_ms + ms
    }

    fn go_back(&mut self, back_ms: i64) {
        match self.meaning {
            Meaning::Elapsed if self.rises < RISES_OF_A_COUNT => self.meaning = Meaning::Step,
            Meaning::Elapsed => self.base_ms += self.last_ms,
            // The clock was set, or lost an hour in autumn.
            Meaning::Day if back_ms <= SET_BACK_MS => self.base_ms += back_ms,
            Meaning::Day if back_ms <= HOUR_MS => self.base_ms += HOUR_MS,
            Meaning::Day | Meaning::Step => {}
        }
    }
}
