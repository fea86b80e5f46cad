//! The values of a report that articles and margin notes fill in.

use std::sync::Arc;

use analyzer::Report;
use analyzer::report::{
    Axis, Derivation, DerivationKind, DerivationStatus, Direction, Outcome, RebootVerdict, Run,
    Stage,
};
use content::Value;

use crate::format;
use crate::summary::builds::{self, Counts};
use crate::summary::{downloads, failures, inputs, switch, versions, warnings};

/// The values of one run of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    report: Arc<Report>,
    run: usize,
}

impl Values {
    /// The values of the run with this index; the first has index `0`.
    pub fn of(report: Arc<Report>, run: usize) -> Self {
        Self { report, run }
    }

    /// Index of the run.
    pub fn run(&self) -> usize {
        self.run
    }

    /// The value of this name; `None` where the log does not tell it, and for names that
    /// are not in [`content::VALUES`].
    pub fn get(&self, name: &str) -> Option<Value> {
        if name == "lines" {
            return Some(Value::Count(self.report.source.lines.into()));
        }
        let run = self.report.runs.get(self.run)?;
        word(run, name)
            .map(|word| Value::Text(word.to_owned()))
            .or_else(|| count(run, name).map(Value::Count))
            .or_else(|| text(run, name).map(Value::Text))
    }
}

/// Words of conditions.
fn word(run: &Run, name: &str) -> Option<&'static str> {
    match name {
        "outcome" => Some(match run.outcome {
            Outcome::Succeeded => "succeeded",
            Outcome::Failed => "failed",
            Outcome::Interrupted => "interrupted",
            Outcome::DryRun => "dry_run",
            Outcome::Unknown => "unknown",
        }),
        "activated" => run.activated.map(|it| if it { "yes" } else { "no" }),
        "reboot_verdict" => Some(match run.reboot.verdict {
            RebootVerdict::Needed => "needed",
            RebootVerdict::Advised => "advised",
            RebootVerdict::NoSign => "no_sign",
            RebootVerdict::Unknown => "unknown",
        }),
        "time_axis" => Some(match run.timeline.axis {
            Axis::Time => "time",
            Axis::Order => "order",
        }),
        _ => None,
    }
}

fn count(run: &Run, name: &str) -> Option<u64> {
    let of_kind = |is_kind: fn(&Derivation) -> bool| {
        // Without the builds, their kinds are not known.
        let is_named = !run.derivations.is_empty() || Counts::of(run).built == 0;
        is_named.then(|| built(run).filter(|it| is_kind(it)).count() as u64)
    };
    match name {
        "built" => Some(Counts::of(run).built),
        "built_configuration" => of_kind(builds::is_configuration),
        "built_software" => of_kind(is_software),
        "fetched" => Some(downloads::copied(run)),
        "versions_changed" => versions::changed(run),
        "inputs_changed" => Some(inputs::moved(run)),
        "failed" => Some(failures::numbers(run).0),
        "blocked" => Some(Counts::of(run).blocked),
        "warnings" => Some(warnings::different(run)),
        _ => units(run, name),
    }
}

fn units(run: &Run, name: &str) -> Option<u64> {
    let counted = switch::counted(run).unwrap_or_default();
    let units = &run.activation.as_ref()?.units;
    let (listed, counted) = match name {
        "units_restarted" => (&units.restarted, counted.restarted),
        "units_not_restarted" => (&units.not_restarted, counted.not_restarted),
        "units_failed" => (&units.failed, counted.failed),
        _ => return None,
    };
    // A link has the one or the other.
    Some(u64::from(counted) + listed.len() as u64)
}

fn text(run: &Run, name: &str) -> Option<String> {
    let plan = run.plan.as_ref();
    match name {
        "total_time" => run.time.total_s.map(format::duration),
        "evaluation_time" => stage_time(run, Stage::Evaluate),
        "activation_time" => stage_time(run, Stage::Activate),
        "longest_build" => longest_build(run).map(|longest| label(longest.build)),
        "longest_build_time" => longest_build(run).map(Longest::time),
        "download_size" => plan?.download_bytes.map(format::size),
        "unpacked_size" => plan?.unpacked_bytes.map(format::size),
        "store" => main_store(run),
        "root_name" => {
            let root = run.failures.iter().find(|failure| failure.root)?;
            Some(with_version(root.name.as_ref()?, root.version.as_deref()))
        }
        "kernel_old" => Some(kernel(run)?.old.first()?.clone()),
        "kernel_new" => Some(kernel(run)?.new.first()?.clone()),
        "generation" => Some(run.system.as_ref()?.generation?.to_string()),
        _ => None,
    }
}

fn built(run: &Run) -> impl Iterator<Item = &Derivation> {
    run.derivations.iter().filter(|derivation| derivation.status == DerivationStatus::Built)
}

fn is_software(derivation: &Derivation) -> bool {
    matches!(derivation.kind, DerivationKind::Software | DerivationKind::KernelOrInitrd)
}

fn stage_time(run: &Run, stage: Stage) -> Option<String> {
    let found = run.stages.iter().find(|it| it.stage == stage)?;
    found.time.total_s.map(format::duration)
}

/// A build that no other one can have outlasted.
#[derive(Clone, Copy)]
struct Longest<'a> {
    build: &'a Derivation,
    /// Seconds that it took at least.
    low_s: f64,
    is_exact: bool,
}

impl Longest<'_> {
    fn time(self) -> String {
        let time = format::duration(self.low_s);
        if self.is_exact { time } else { ["at least ", &time].concat() }
    }
}

/// The longest build, if the bounds of all times leave no doubt. Downloads of sources are none.
fn longest_build(run: &Run) -> Option<Longest<'_>> {
    let builds = || built(run).filter(|build| build.kind != DerivationKind::Source);
    let bounded = builds().filter_map(|build| {
        let time = build.time.as_ref()?;
        let low_s = time.total_s.or(time.low_s)?;
        Some(Longest { build, low_s, is_exact: time.total_s.is_some() })
    });
    let longest = bounded.max_by(|a, b| a.low_s.total_cmp(&b.low_s))?;
    let may_be_longer = |build: &Derivation| {
        let time = build.time.as_ref();
        let high_s = time.and_then(|time| time.total_s.or(time.high_s));
        high_s.is_none_or(|high_s| high_s > longest.low_s)
    };
    let others = builds().filter(|build| !std::ptr::eq(*build, longest.build));
    let is_certain = !others.into_iter().any(may_be_longer);
    is_certain.then_some(longest)
}

fn label(build: &Derivation) -> String {
    with_version(&build.name, build.version.as_deref())
}

fn with_version(name: &str, version: Option<&str>) -> String {
    match version {
        Some(version) => [name, version].join(" "),
        None => name.to_owned(),
    }
}

/// The host of the store that gave most paths; the first of equals. What paths were sent to gave none.
fn main_store(run: &Run) -> Option<String> {
    let mut stores: Vec<(&str, usize)> = Vec::new();
    let fetched = run.fetches.iter().filter(|fetch| fetch.direction == Direction::From);
    for store in fetched.filter_map(|fetch| fetch.store.as_deref()) {
        match stores.iter_mut().find(|(known, _)| *known == store) {
            Some((_, count)) => *count += 1,
            None => stores.push((store, 1)),
        }
    }
    let most = stores.iter().map(|(_, count)| *count).max()?;
    let (store, _) = stores.into_iter().find(|(_, count)| *count == most)?;
    Some(store.split_once("://").map_or(store, |(_, host)| host).trim_end_matches('/').to_owned())
}

fn kernel(run: &Run) -> Option<&analyzer::report::Change> {
    run.changes.iter().find(|change| change.name == "linux")
}

#[cfg(test)]
mod tests;
