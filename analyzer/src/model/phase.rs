//! The phases of a build, as its own output shows them.

use super::time;
use crate::message::stdenv::StdenvLine;
use crate::moment::Moment;
use crate::report::{Lines, Phase, Span};

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

    /// Seconds that the build took at least, by what stdenv printed.
    pub(super) fn stated_s(&self) -> Option<f64> {
        (self.stated_s > 0.0).then_some(self.stated_s)
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
        if self.list.last().is_some_and(|last| last.name == name && last.time.is_none()) {
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
        if last.time.is_none() {
            last.time = time::stamped(since, moment, "stamps on its start and on the next");
        }
    }

    fn complete(&mut self, moment: Moment, name: &str, seconds: f64) {
        self.stated_s += seconds;
        let span: Span = time::stated(seconds, "stdenv printed it", moment.line);
        if let Some(phase) = self.list.iter_mut().rev().find(|phase| phase.name == name) {
            phase.time = Some(span);
        } else if self.list.len() < MAX_PHASES {
            let lines = Lines::one(moment.line);
            self.list.push(Phase { name: name.to_owned(), time: Some(span), lines });
        }
    }
}
