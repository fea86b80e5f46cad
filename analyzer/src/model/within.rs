//! What the time of a whole run says of its parts.

use super::time;
use crate::report::{Derivation, Grade, Span, Stage, StageTime};

/// Gives each build and each stage without any other upper bound the time of the run.
pub(super) fn bound_by_run(run: &Span, derivations: &mut [Derivation], stages: &mut [StageTime]) {
    // What only covers the builds is given in whole seconds.
    let stated_s = run.total_s.filter(|_| run.grade == Grade::Stated).map(|total_s| total_s + 1.0);
    let Some(high_s) = run.high_s.or(stated_s) else { return };
    for derivation in derivations.iter_mut().filter(|it| it.started) {
        let lines = derivation.lines.last().into_iter();
        let whole = within(run, high_s, lines);
        derivation.time = Some(bounded(derivation.time.take(), whole));
    }
    for stage in stages {
        let lines = stage.time.lines.0.iter().flat_map(|range| *range);
        let whole = within(run, high_s, lines);
        let time = Some(stage.time.clone()).filter(|time| time.grade != Grade::Unknown);
        stage.time = bounded(time, whole);
    }
}

/// Takes the upper bounds away where a build may go on behind the last line of a stamped log: nothing
/// is printed when it ends.
pub(super) fn leave_end_open(run: &mut Span, derivations: &[Derivation], stages: &mut [StageTime]) {
    let may_go_on = |it: &Derivation| {
        let has_end = it.time.as_ref().is_some_and(|time| time.high_s.is_some());
        it.started && !has_end
    };
    if run.grade != Grade::Stamped || !derivations.iter().any(may_go_on) {
        return;
    }
    run.high_s = None;
    run.because.push_str("; a build may have gone on behind that");
    if let Some(last) = stages.last_mut().filter(|it| it.stage == Stage::Build) {
        let because = "stamps on its first and its last line; a build may have gone on behind that";
        let low_s = last.time.low_s.and_then(time::known);
        last.time = time::bounded(low_s, None, because, last.time.lines.clone());
    }
}

/// A part of the run, of which nothing else is known.
fn within(run: &Span, high_s: f64, lines: impl Iterator<Item = u32>) -> Span {
    let seen = lines.chain(run.lines.last());
    time::bounded(
        None,
        Some(high_s),
        "it is a part of the run, of which the time is known",
        time::lines(seen.collect()),
    )
}

/// What is known already, and the upper bound where that has none.
fn bounded(known: Option<Span>, whole: Span) -> Span {
    match known {
        None => whole,
        Some(known) if known.high_s.is_some() => known,
        Some(known) => {
            let because = format!("{}; {}", known.because, whole.because);
            time::bounded(known.low_s, whole.high_s, &because, known.lines)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Lines;

    #[test]
    fn a_part_is_not_longer_than_the_run() {
        let run = time::stated(60.0, "a shell printed it", 9);
        let whole = || within(&run, 60.0, [3].into_iter());
        let unknown = bounded(None, whole());
        assert_eq!((unknown.low_s, unknown.high_s), (None, Some(60.0)));
        assert_eq!(unknown.lines, Lines(vec![[3, 3], [9, 9]]));
        let at_least = time::bounded(Some(35.0), None, "stdenv printed it", Lines::one(3));
        let both = bounded(Some(at_least), whole());
        assert_eq!((both.low_s, both.high_s), (Some(35.0), Some(60.0)));
        let exact = time::stated(40.0, "it printed it", 3);
        assert_eq!(bounded(Some(exact.clone()), whole()), exact);
    }
}
