//! What holds for the times of any run.

use analyzer::report::{Derivation, Run, Span};

/// Sums of many times are not exact to the last digit.
const EPSILON_S: f64 = 1e-6;

/// Says what is wrong with the times of a run.
pub(crate) fn defects(run: &Run) -> Vec<String> {
    let mut defects: Vec<String> = spans(run)
        .filter(|(_, span)| !is_ordered(span))
        .map(|(what, span)| {
            format!("{what}: {:?} {:?} {:?}", span.low_s, span.total_s, span.high_s)
        })
        .collect();
    defects.extend(run.derivations.iter().filter_map(drag_defect));
    defects.extend(timeline_defects(run));
    defects
}

fn spans(run: &Run) -> impl Iterator<Item = (String, &Span)> {
    let stages = run.stages.iter().map(|it| (format!("stage {:?}", it.stage), &it.time));
    let builds = run.derivations.iter().filter_map(|it| Some((it.name.clone(), it.time.as_ref()?)));
    let phases = run.derivations.iter().flat_map(|it| &it.phases);
    let phases = phases.filter_map(|it| Some((it.name.clone(), it.time.as_ref()?)));
    std::iter::once(("run".to_owned(), &run.time)).chain(stages).chain(builds).chain(phases)
}

/// Whether the lower bound, the best value and the upper bound are in this order.
fn is_ordered(span: &Span) -> bool {
    let values = [span.low_s, span.total_s, span.high_s].into_iter().flatten();
    values.is_sorted_by(|left, right| *left <= right + EPSILON_S)
}

fn drag_defect(derivation: &Derivation) -> Option<String> {
    let drag_s = derivation.drag_s?;
    let own_s = derivation.time.as_ref().and_then(|time| time.total_s.or(time.low_s));
    let is_sound = drag_s > 0.0 && own_s.is_some_and(|own_s| drag_s <= own_s + EPSILON_S);
    (!is_sound).then(|| format!("{}: drag {drag_s} of {own_s:?}", derivation.name))
}

fn timeline_defects(run: &Run) -> Vec<String> {
    let timeline = &run.timeline;
    let total_s = run.time.total_s.or(run.time.high_s).unwrap_or(f64::INFINITY) + EPSILON_S;
    let mut defects = Vec::new();
    if timeline.chain_s.is_some_and(|chain_s| chain_s > total_s) {
        defects.push(format!("chain of {:?} s in {total_s} s", timeline.chain_s));
    }
    if timeline.lower_bound_s.is_some_and(|bound_s| bound_s > total_s) {
        defects.push(format!("at least {:?} s in {total_s} s", timeline.lower_bound_s));
    }
    if timeline.chain_s.is_some() == timeline.chain.is_empty() {
        defects.push("a chain without a length, or a length without a chain".to_owned());
    }
    if timeline.lower_bound_s < timeline.chain_s {
        defects.push("the lower bound is below the chain".to_owned());
    }
    let known = |drv: &String| {
        run.derivations.iter().any(|it| it.drv.as_ref() == Some(drv) || it.name == *drv)
    };
    if !timeline.chain.iter().all(known) {
        defects.push("the chain names what is no derivation of the run".to_owned());
    }
    defects
}
