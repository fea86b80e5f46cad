//! When anything was being copied.

use super::time::seconds_between;
use crate::moment::Moment;

/// The times in which at least one copy went on.
#[derive(Debug, Default)]
pub(super) struct Copies {
    n_open: u32,
    /// From where on there has been one all the time.
    since: Option<Moment>,
    over: Vec<(Moment, Moment)>,
}

impl Copies {
    /// Takes the start of a copy. In a human log nothing tells of its end.
    pub(super) fn begin(&mut self, moment: Moment) {
        self.n_open += 1;
        self.since.get_or_insert(moment);
    }

    /// Takes the end of a copy.
    pub(super) fn end(&mut self, moment: Moment) {
        self.n_open = self.n_open.saturating_sub(1);
        if self.n_open == 0 {
            self.over.extend(self.since.take().map(|since| (since, moment)));
        }
    }

    /// The times, in seconds since `start`; what has no end never ends. `None` without a clock.
    pub(super) fn seconds(&self, start: Moment) -> Option<Vec<(f64, f64)>> {
        let at = |moment: Moment| seconds_between(start, moment);
        let over = self.over.iter().map(|(from, to)| Some((at(*from)?, at(*to)?)));
        let open = self.since.map(|since| Some((at(since)?, f64::INFINITY)));
        over.chain(open).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timestamp::Timestamp;

    #[test]
    fn copies_beside_each_other_are_one_time() {
        let at = |second: i64| Moment {
            line: 1,
            time: Some(Timestamp::from_local_millis(second * 1000)),
        };
        let mut copies = Copies::default();
        copies.begin(at(1));
        copies.begin(at(2));
        copies.end(at(3));
        copies.end(at(5));
        copies.begin(at(8));
        assert_eq!(copies.seconds(at(0)), Some(vec![(1.0, 5.0), (8.0, f64::INFINITY)]));
        assert_eq!(copies.seconds(Moment { line: 1, time: None }), None);
    }
}
