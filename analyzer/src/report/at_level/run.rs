//! Takes out of a run what a level leaves out.

use super::count::is_kept;
use super::{LinkLevel, text};
use crate::report::{
    Activation, Derivation, Failure, Input, InputRevision, Lines, Run, Span, UnitLines, Units,
};

/// A time that is this long or longer, in seconds, is taken for nonsense.
const TOO_LONG_S: f64 = 1e12;

/// Calls causes by the name of their derivation, as their paths are left out.
pub(super) fn rename_causes(run: &mut Run) {
    let names: Vec<Option<String>> = run
        .failures
        .iter()
        .map(|failure| Some(cause_name(failure.caused_by.as_ref()?, run)))
        .collect();
    for (failure, name) in run.failures.iter_mut().zip(names) {
        failure.caused_by = name;
    }
}

fn cause_name(cause: &str, run: &Run) -> String {
    let is_cause = |drv: &Option<String>| drv.as_deref() == Some(cause);
    let failure = run.failures.iter().find(|failure| is_cause(&failure.drv));
    let name = failure.and_then(|failure| failure.name.clone());
    name.unwrap_or_else(|| text::name_of_path(cause).to_owned())
}

/// Empties the lists that the level leaves out, and parts of what it keeps.
pub(super) fn drop_lists(run: &mut Run, level: LinkLevel) {
    run.fetches = Vec::new();
    if level == LinkLevel::Verdict {
        run.changes = Vec::new();
        run.inputs = Vec::new();
    }
    if level == LinkLevel::Full {
        run.derivations.retain(is_kept);
        return;
    }
    run.derivations = Vec::new();
    run.timeline.chain = Vec::new();
    run.failures = Vec::new();
    run.warnings = Vec::new();
    if let Some(activation) = &mut run.activation {
        activation.units = Units::default();
    }
}

/// Takes lines, paths and hashes out of what is left.
pub(super) fn shorten(run: &mut Run) {
    shorten_text(&mut run.command);
    run.lines = Lines::default();
    shorten_span(&mut run.time);
    for stage in &mut run.stages {
        round(&mut stage.from_s);
        shorten_span(&mut stage.time);
    }
    for step in &mut run.timeline.chain {
        *step = text::name_of_path(step).to_owned();
    }
    run.timeline.edges = Vec::new();
    round(&mut run.timeline.chain_s);
    round(&mut run.timeline.lower_bound_s);
    run.derivations.iter_mut().for_each(shorten_derivation);
    run.changes.iter_mut().for_each(|change| change.lines = Lines::default());
    run.inputs.iter_mut().for_each(shorten_input);
    run.failures.iter_mut().for_each(shorten_failure);
    for warning in &mut run.warnings {
        warning.message = text::without_hashes(&warning.message);
        warning.lines = Lines::default();
    }
    run.activation.iter_mut().for_each(shorten_activation);
    for reason in &mut run.reboot.reasons {
        reason.what = text::without_hashes(&reason.what);
        reason.lines = Lines::default();
    }
    shorten_rest(run);
}

fn shorten_rest(run: &mut Run) {
    if let Some(plan) = &mut run.plan {
        plan.lines = Lines::default();
    }
    if let Some(closure) = &mut run.closure {
        closure.lines = Lines::default();
    }
    if let Some(system) = &mut run.system {
        system.path = None;
        system.lines = Lines::default();
    }
    if let Some(garbage) = &mut run.garbage {
        garbage.lines = Lines::default();
    }
}

fn shorten_derivation(derivation: &mut Derivation) {
    derivation.drv = None;
    derivation.host = None;
    if let Some(time) = &mut derivation.time {
        // `from_s` says it, if the run has a clock.
        (time.from, time.to) = (None, None);
        shorten_span(time);
    }
    round(&mut derivation.from_s);
    round(&mut derivation.drag_s);
    derivation.silence = None;
    derivation.caused_by_input = None;
    derivation.phases = Vec::new();
    derivation.log_lines = 0;
    derivation.why_built = None;
    derivation.lines = Lines::default();
}

fn shorten_input(input: &mut Input) {
    input.old.iter_mut().chain(&mut input.new).for_each(shorten_revision);
    input.lines = Lines::default();
}

fn shorten_revision(revision: &mut InputRevision) {
    revision.url = revision.url.as_deref().map(text::short_url);
    revision.rev = revision.rev.as_deref().map(text::short_revision);
}

fn shorten_failure(failure: &mut Failure) {
    failure.drv = None;
    failure.message = text::without_hashes(&failure.message);
    for line in &mut failure.excerpt {
        *line = text::without_hashes(line);
    }
    failure.excerpt_lines = Vec::new();
    failure.error_line = None;
    failure.output = Lines::default();
    shorten_text(&mut failure.details.position);
    failure.lines = Lines::default();
}

fn shorten_activation(activation: &mut Activation) {
    activation.unit_lines = UnitLines::default();
    activation.bootloader_lines = Lines::default();
    activation.lines = Lines::default();
}

fn shorten_span(span: &mut Span) {
    for seconds in [&mut span.total_s, &mut span.low_s, &mut span.high_s] {
        round(seconds);
    }
    span.because = text::without_hashes(&span.because);
    span.lines = Lines::default();
}

fn shorten_text(text: &mut Option<String>) {
    *text = text.as_deref().map(text::without_hashes);
}

/// Rounds to what a link carries: the longer the time, the less its fractions matter.
fn round(seconds: &mut Option<f64>) {
    *seconds = seconds.filter(|seconds| seconds.abs() < TOO_LONG_S).map(|seconds| {
        let per_second = match seconds.abs() {
            ..10.0 => 100.0,
            ..600.0 => 10.0,
            _ => 1.0,
        };
        // Zero has no sign.
        (seconds * per_second).round() / per_second + 0.0
    });
}
