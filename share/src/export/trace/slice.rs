//! What of a run has a start and a length, and what is known of it besides.

use analyzer::report::{Derivation, Direction, FetchStatus, Phase, Run, Span, Stage, StageTime};
use analyzer::timestamp::Timestamp;
use serde_json::{Map, Value, json};

use crate::export::csv::ranges;
use crate::export::english::{stage_name, versioned};
use crate::export::words::word;

/// Something that took time.
#[derive(Debug)]
pub(super) struct Slice {
    pub(super) name: String,
    pub(super) category: &'static str,
    /// Microseconds from the start of the run.
    pub(super) from_us: u64,
    /// The same of its end.
    pub(super) to_us: u64,
    pub(super) args: Map<String, Value>,
    /// Slices that lie within it, one after the other.
    pub(super) within: Vec<Slice>,
}

/// Something that began, and of which nothing tells how long it took.
#[derive(Debug)]
pub(super) struct Mark {
    pub(super) name: String,
    pub(super) at_us: u64,
    pub(super) args: Map<String, Value>,
}

/// Seconds as whole microseconds; the clocks of logs have no more than milliseconds.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "Not negative, and a cast of what is too large ends at the largest number."
)]
pub(super) fn microseconds(seconds: f64) -> u64 {
    (seconds.max(0.0) * 1e6).round() as u64
}

/// The run as a whole, from its start.
pub(super) fn of_run(run: &Run) -> Vec<Slice> {
    let mut args = Map::new();
    args.insert("outcome".to_owned(), word(&run.outcome).into());
    args.insert("reboot".to_owned(), word(&run.reboot.verdict).into());
    slice("Run".to_owned(), "run", Some(0.0), &run.time, args).into_iter().collect()
}

/// The stages whose start and length are known.
pub(super) fn of_stages(run: &Run) -> Vec<Slice> {
    run.stages.iter().filter_map(|stage| of_stage(run, stage)).collect()
}

fn of_stage(run: &Run, stage: &StageTime) -> Option<Slice> {
    let mut args = Map::new();
    if stage.stage == Stage::Fetch {
        // Copies have no times of their own.
        let copied = |it: &&analyzer::report::Fetch| {
            it.direction == Direction::From && it.status == FetchStatus::Copied
        };
        args.insert("paths".to_owned(), run.fetches.iter().filter(copied).count().into());
        let bytes = run.plan.as_ref().and_then(|plan| plan.download_bytes);
        args.extend(bytes.map(|bytes| ("download_bytes".to_owned(), bytes.into())));
    }
    slice(stage_name(stage.stage).to_owned(), "stage", stage.from_s, &stage.time, args)
}

/// The builds whose start and length are known.
pub(super) fn of_builds(run: &Run) -> Vec<Slice> {
    run.derivations.iter().filter_map(|derivation| of_build(run, derivation)).collect()
}

fn of_build(run: &Run, derivation: &Derivation) -> Option<Slice> {
    let (args, time) = (build_args(run, derivation), derivation.time.as_ref()?);
    let mut build = slice(build_name(derivation), "build", derivation.from_s, time, args)?;
    let mut unplaced = Map::new();
    for phase in &derivation.phases {
        match phase_slice(run, phase).filter(|it| fits(&build, it)) {
            Some(phase) => build.within.push(phase),
            None => unplaced.extend(phase_length(phase)),
        }
    }
    if !unplaced.is_empty() {
        build.args.insert("phases_s".to_owned(), unplaced.into());
    }
    Some(build)
}

/// Whether a phase lies within the build and after the phases before it.
fn fits(build: &Slice, phase: &Slice) -> bool {
    let free_us = build.within.last().map_or(build.from_us, |last| last.to_us);
    phase.from_us >= free_us && phase.to_us <= build.to_us
}

fn phase_slice(run: &Run, phase: &Phase) -> Option<Slice> {
    let time = phase.time.as_ref()?;
    let moment = |text: &Option<String>| Timestamp::from_rfc3339(text.as_deref()?);
    let (run_start, start) = (moment(&run.time.from)?, moment(&time.from)?);
    let from_s = start.is_comparable(run_start).then(|| start.seconds_since(run_start));
    slice(phase.name.clone(), "phase", from_s, time, Map::new())
}

fn phase_length(phase: &Phase) -> Option<(String, Value)> {
    let length_s = phase.time.as_ref().and_then(length_s)?;
    Some((phase.name.clone(), length_s.into()))
}

/// Builds of which only the start is known.
pub(super) fn marks(run: &Run) -> Vec<Mark> {
    let started = run.derivations.iter().filter_map(|derivation| {
        let from_s = derivation.from_s?;
        let is_open = derivation.time.as_ref().and_then(length_s).is_none();
        let mut args = build_args(run, derivation);
        args.extend(derivation.time.iter().flat_map(time_args));
        let (name, at_us) = (build_name(derivation), microseconds(from_s));
        is_open.then_some(Mark { name, at_us, args })
    });
    started.collect()
}

fn build_name(derivation: &Derivation) -> String {
    versioned(&derivation.name, derivation.version.as_deref())
}

fn build_args(run: &Run, derivation: &Derivation) -> Map<String, Value> {
    let drv = derivation.drv.as_ref();
    let why = derivation.why_built.as_ref();
    let silence = derivation.silence.as_ref();
    known([
        ("status", json!(word(&derivation.status))),
        ("kind", json!(word(&derivation.kind))),
        ("host", json!(derivation.host)),
        ("drv", json!(drv)),
        ("why_built", json!(why.map(|why| word(&why.guess)))),
        ("why_built_because", json!(why.map(|why| &why.because))),
        ("drag_s", json!(derivation.drag_s)),
        ("silent_s", json!(silence.map(|silence| silence.seconds))),
        ("on_longest_chain", json!(drv.map(|drv| run.timeline.chain.contains(drv)))),
        ("lines", json!(ranges(&derivation.lines))),
    ])
}

/// What is known of the given values.
fn known<const N: usize>(values: [(&str, Value); N]) -> Map<String, Value> {
    let known = values.into_iter().filter(|(_, value)| !value.is_null());
    known.map(|(name, value)| (name.to_owned(), value)).collect()
}

/// A slice of a start and a length; of a length that is only bounded, the part that is certain.
fn slice(
    name: String,
    category: &'static str,
    from_s: Option<f64>,
    time: &Span,
    mut args: Map<String, Value>,
) -> Option<Slice> {
    let (from_s, length_s) = (from_s?, length_s(time)?);
    args.extend(time_args(time));
    Some(Slice {
        name,
        category,
        from_us: microseconds(from_s),
        to_us: microseconds(from_s + length_s),
        args,
        within: Vec::new(),
    })
}

/// How a time is known.
fn time_args(time: &Span) -> Map<String, Value> {
    known([
        ("grade", json!(word(&time.grade))),
        ("because", json!(time.because)),
        ("at_most_s", json!(time.high_s.filter(|_| time.total_s.is_none()))),
        ("from", json!(time.from)),
    ])
}

/// The length that is known, or at least that.
fn length_s(time: &Span) -> Option<f64> {
    time.total_s.or(time.low_s)
}
