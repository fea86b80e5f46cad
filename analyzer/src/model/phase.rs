//! The phases of a build, as its own output shows them.

use super::time;
use crate::message::stdenv::StdenvLine;
use crate::moment::Moment;
use crate::report::{Grade, Lines, Phase, Span};

/// Phases kept for each build: a loop in a builder could print any number.
const MAX_PHASES: usize = 100;

/// The phases of one build, in order.
#[derive(Debug, Default)]
pub(super) struct Phases {
    list: Vec<Phase>,
    /// Where the last one begins.
    since: Option<Moment>,
    /// Seconds that phases took by what stdenv printed.
    stated_s: f64,
    /// The longest time that a program in the build printed, in seconds.
    took_s: f64,
    /// Where the last of these times stands.
    stated_line: Option<u32>,
}

impl Phases {
    /// Takes a line of stdenv.
    pub(super) fn line(&mut self, moment: Moment, line: StdenvLine<'_>) {
        match line {
            StdenvLine::Phase(name) => self.begin(moment, name),
            StdenvLine::Completed { phase, seconds } => {
                self.complete(moment, phase, seconds as f64);
            }
        }
    }

    /// Whether a phase has begun.
    pub(super) fn has(&self, name: &str) -> bool {
        self.list.iter().any(|phase| phase.name == name)
    }

    /// Takes a time that a program in the build printed. It may cover a part of the phase only, and
    /// programs may run beside each other.
    pub(super) fn took(&mut self, moment: Moment, seconds: f64) {
        self.took_s = self.took_s.max(seconds);
        self.stated_line = Some(moment.line);
        let Some(last) = self.list.last_mut() else { return };
        let known_s = last.time.as_ref().and_then(|time| time.low_s).unwrap_or(0.0);
        if is_open(last) && seconds > known_s {
            let because = "a program that ran in it printed this time";
            last.time = Some(time::bounded(Some(seconds), None, because, Lines::one(moment.line)));
        }
    }

    /// Seconds that the build took at least by what was printed, and the last line that says so.
    pub(super) fn stated_s(&self) -> Option<(f64, u32)> {
        let seconds = self.stated_s.max(self.took_s);
        self.stated_line.filter(|_| seconds > 0.0).map(|line| (seconds, line))
    }

    /// Takes the end of the build, if that is known.
    pub(super) fn into_report(mut self, end: Option<Moment>) -> Vec<Phase> {
        if let Some(end) = end {
            self.end_last(end);
        }
        self.list
    }

    fn begin(&mut self, moment: Moment, name: &str) {
        // Both wordings of a phase's start may follow each other.
        if self.list.last().is_some_and(|last| last.name == name && is_open(last)) {
            return;
        }
        self.end_last(moment);
        if self.list.len() < MAX_PHASES {
            let lines = Lines::one(moment.line);
            self.list.push(Phase { name: name.to_owned(), time: None, lines });
            self.since = Some(moment);
        }
    }

    fn end_last(&mut self, moment: Moment) {
        let (Some(last), Some(since)) = (self.list.last_mut(), self.since) else { return };
        if is_open(last) {
            let stamped = time::stamped(since, moment, "stamps on its start and on the next");
            last.time = stamped.or(last.time.take());
        }
    }

    fn complete(&mut self, moment: Moment, name: &str, seconds: f64) {
        self.stated_s += seconds;
        self.stated_line = Some(moment.line);
        let span: Span = time::stated(seconds, "stdenv printed it", moment.line);
        if let Some(phase) = self.list.iter_mut().rev().find(|phase| phase.name == name) {
            phase.time = Some(span);
        } else if self.list.len() < MAX_PHASES {
            let lines = Lines::one(moment.line);
            self.list.push(Phase { name: name.to_owned(), time: Some(span), lines });
        }
    }
}

/// Whether its end is not known yet.
fn is_open(phase: &Phase) -> bool {
    phase.time.as_ref().is_none_or(|time| time.grade == Grade::Bounded)
}
