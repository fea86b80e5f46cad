//! How long a build was silent.

use super::time::seconds_between;
use crate::moment::Moment;
use crate::report::{Lines, Silence};

/// Shorter silences are nothing special, in seconds.
const WORTH_SAYING_S: f64 = 300.0;

/// The longest silence of one build.
#[derive(Debug, Default)]
pub(super) struct Silences {
    longest: Option<(f64, Moment, Moment)>,
}

impl Silences {
    /// Takes two lines of a build between which it printed nothing.
    pub(super) fn between(&mut self, before: Moment, after: Moment) {
        let Some(seconds) = seconds_between(before, after) else { return };
        let longest_s = self.longest.map_or(WORTH_SAYING_S, |(seconds, ..)| seconds);
        if seconds > longest_s {
            self.longest = Some((seconds, before, after));
        }
    }

    /// The longest one of more than five minutes.
    pub(super) fn into_report(self) -> Option<Silence> {
        let (seconds, before, after) = self.longest?;
        let mut lines = Lines::one(before.line);
        lines.push(after.line);
        Some(Silence { seconds, lines })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timestamp::Timestamp;

    #[test]
    fn the_longest_of_more_than_five_minutes_is_kept() {
        let at = |line, second: i64| Moment {
            line,
            time: Some(Timestamp::from_local_millis(second * 1000)),
        };
        let mut silences = Silences::default();
        silences.between(at(1, 0), at(2, 300));
        assert_eq!(Silences::default().into_report(), None);
        silences.between(at(2, 300), at(5, 1000));
        silences.between(at(5, 1000), at(6, 1400));
        let lines = Lines(vec![[2, 2], [5, 5]]);
        assert_eq!(silences.into_report(), Some(Silence { seconds: 700.0, lines }));
    }
}
