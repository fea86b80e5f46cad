//! Whether the log has a clock.

use super::Draft;
use crate::report::{Grade, Lines, Run, Severity};

/// Says how a next log would have times, where this one had something to time.
pub(super) fn no_clock(run: &Run) -> Vec<Draft> {
    let worth_timing = run.derivations.iter().any(|derivation| derivation.started)
        || run.fetches.iter().any(|fetch| fetch.lines.first().is_some());
    let timed = matches!(run.time.grade, Grade::Stamped | Grade::Stated);
    if timed || !worth_timing {
        return Vec::new();
    }
    let line = run.lines.first().unwrap_or(1);
    vec![Draft {
        id: "no-clock",
        severity: Severity::Info,
        text: "This log has no clock, so how long things took is not in it; next time, \
               `2>&1 | ts '%FT%T%z'` puts a time on every line."
            .to_owned(),
        article: Some("derivations-and-generations#no-clock"),
        lines: Lines::one(line),
    }]
}
