//! Lengths of time, each with the reason why it is known.

use crate::moment::Moment;
use crate::report::{Grade, Lines, Span};
use crate::sorting;

/// Nothing is known.
pub(super) fn unknown() -> Span {
    Span::unknown("the lines carry no time, and no program printed one")
}

/// From one stamp to another; `None` without both, or where the clock went back.
pub(super) fn stamped(from: Moment, to: Moment, because: &str) -> Option<Span> {
    let seconds = seconds_between(from, to)?;
    let mut lines = Lines::one(from.line);
    lines.push(to.line);
    Some(Span {
        from: from.time?.to_rfc3339(),
        to: to.time?.to_rfc3339(),
        ..exactly(Grade::Stamped, seconds, because, lines)
    })
}

/// As long as a program says.
pub(super) fn stated(seconds: f64, because: &str, line: u32) -> Span {
    exactly(Grade::Stated, seconds, because, Lines::one(line))
}

/// A length of which both bounds are the same.
pub(super) fn exactly(grade: Grade, seconds: f64, because: &str, lines: Lines) -> Span {
    Span {
        total_s: Some(seconds),
        low_s: Some(seconds),
        high_s: Some(seconds),
        ..span(grade, because, lines)
    }
}

/// At least so long, and at most.
pub(super) fn bounded(
    low_s: Option<f64>,
    high_s: Option<f64>,
    because: &str,
    lines: Lines,
) -> Span {
    // A tool may round up what the clock of the log tells more exactly.
    let low_s = low_s.map(|low_s| high_s.map_or(low_s, |high_s| low_s.min(high_s)));
    Span { low_s, high_s, ..span(Grade::Bounded, because, lines) }
}

/// A lower bound, where it says anything.
pub(super) fn known(low_s: f64) -> Option<f64> {
    (low_s > 0.0).then_some(low_s)
}

/// The evidence of several lines.
pub(super) fn lines(mut seen: Vec<u32>) -> Lines {
    sorting::sort(&mut seen);
    let mut lines = Lines::default();
    for line in seen {
        lines.push(line);
    }
    lines
}

/// Seconds from one line to another, where a clock tells and did not go back.
pub(super) fn seconds_between(from: Moment, to: Moment) -> Option<f64> {
    let (from, to) = (from.time?, to.time?);
    let seconds = to.seconds_since(from);
    (seconds >= 0.0 && to.is_comparable(from)).then_some(seconds)
}

fn span(grade: Grade, because: &str, lines: Lines) -> Span {
    Span { grade, lines, ..Span::unknown(because) }
}
