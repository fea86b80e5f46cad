//! Where a message stands in the log, and when it was written as far as a clock tells.

use crate::timestamp::Timestamp;

/// A line of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Number of the line.
    pub(crate) line: u32,
    /// When it was written, where something in front of it says so.
    pub(crate) time: Option<Timestamp>,
}

/// Where a message stands: its first and its last line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct At {
    /// The first line.
    pub(crate) first: u32,
    /// The last line.
    pub(crate) last: u32,
    /// When the first line was written.
    pub(crate) from: Option<Timestamp>,
    /// When the last line was written.
    pub(crate) to: Option<Timestamp>,
}

impl At {
    /// A message of one line.
    pub(crate) fn one(moment: Moment) -> Self {
        Self { first: moment.line, last: moment.line, from: moment.time, to: moment.time }
    }

    /// Goes on to a further line.
    pub(crate) fn extend(&mut self, moment: Moment) {
        self.last = moment.line;
        self.to = moment.time.or(self.to);
    }

    /// The first line.
    pub(crate) fn start(&self) -> Moment {
        Moment { line: self.first, time: self.from }
    }

    /// The last line.
    pub(crate) fn end(&self) -> Moment {
        Moment { line: self.last, time: self.to }
    }
}
