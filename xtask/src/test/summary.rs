//! The table at the end of a test run.

use std::fmt;
use std::time::Duration;

use super::{Ended, Step};
use crate::failure::Result;

/// What became of one step.
pub(super) struct Line {
    step: Step,
    outcome: Outcome,
    took: Duration,
    /// Why it was skipped.
    note: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
    Skipped,
}

impl Line {
    /// Keeps what the table shows.
    pub(super) fn new(step: Step, result: Result<Ended>, took: Duration) -> Self {
        let (outcome, note) = match result {
            Ok(Ended::Passed) => (Outcome::Passed, String::new()),
            Ok(Ended::Skipped(reason)) => (Outcome::Skipped, reason),
            Err(_) => (Outcome::Failed, String::new()),
        };
        Self { step, outcome, took, note }
    }
}

/// All steps of a run. Its text ends with a line of counts.
#[derive(Default)]
pub(super) struct Summary(Vec<Line>);

impl Summary {
    /// Adds the step that has just ended.
    pub(super) fn add(&mut self, line: Line) {
        self.0.push(line);
    }

    /// Whether no step failed.
    pub(super) fn is_good(&self) -> bool {
        self.count(Outcome::Failed) == 0
    }

    fn count(&self, outcome: Outcome) -> usize {
        self.0.iter().filter(|line| line.outcome == outcome).count()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Line { step, outcome, took, note } in &self.0 {
            let word = match outcome {
                Outcome::Passed => "passed",
                Outcome::Failed => "FAILED",
                Outcome::Skipped => "skipped",
            };
            let row = format!("{:<8} {word:<8} {:>7.1} s  {note}", step.name(), took.as_secs_f64());
            writeln!(f, "{}", row.trim_end())?;
        }
        let [passed, failed, skipped] =
            [Outcome::Passed, Outcome::Failed, Outcome::Skipped].map(|outcome| self.count(outcome));
        write!(f, "\n{passed} passed, {failed} failed, {skipped} skipped")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Failure;

    #[test]
    fn the_last_line_counts_the_steps() {
        let mut summary = Summary::default();
        let took = Duration::from_millis(1250);
        summary.add(Line::new(Step::Fmt, Ok(Ended::Passed), took));
        assert!(summary.is_good());
        let skipped = Ended::Skipped("no Python".to_owned());
        summary.add(Line::new(Step::Corpus, Ok(skipped), took));
        summary.add(Line::new(Step::Unit, Err(Failure::new("x")), took));
        assert!(!summary.is_good());
        let expected = "fmt      passed       1.2 s\n\
                        corpus   skipped      1.2 s  no Python\n\
                        unit     FAILED       1.2 s\n\n\
                        1 passed, 1 failed, 1 skipped";
        assert_eq!(summary.to_string(), expected);
    }
}
