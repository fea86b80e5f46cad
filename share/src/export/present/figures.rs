//! The numbers of a run that a person looks for first.

use analyzer::report::{
    ChangeCounts, Counts, DerivationStatus, Direction, FetchStatus, Grade, Plan, RebootVerdict,
    Run, StoreCounts,
};

use super::changes::{self, Group};
use super::time::reason;
use crate::export::document::{Block, Phrase, Table};
use crate::export::english::{self, number};

/// What is written where the log does not say.
const UNKNOWN: &str = "unknown";

/// A figure a row: its name, its value, what belongs to it.
pub(super) fn figures(run: &Run) -> Block {
    let rows = [
        takes_time(run).then(|| time(run)),
        has_builds(run).then(|| builds(run)),
        has_downloads(run).then(|| downloads(run)),
        has(&run.changes, run, |it| it.changes.is_some()).then(|| versions(run)),
        has(&run.failures, run, |it| it.failures.is_some()).then(|| failures(run)),
        has(&run.warnings, run, |it| it.warnings.is_some()).then(|| warnings(run)),
        Some(reboot(run)),
        system(run),
    ];
    let rows = rows.into_iter().flatten().map(Vec::from).collect();
    Block::Table(Table { head: vec!["", "", ""], rows })
}

type Figure = [Phrase; 3];

/// A comparison of two systems or an update of inputs has no time to speak of.
fn takes_time(run: &Run) -> bool {
    run.time.grade != Grade::Unknown
        || has_builds(run)
        || has_downloads(run)
        || run.activation.is_some()
}

/// Whether there is anything in a list, or was before a link left it out.
fn has<T>(list: &[T], run: &Run, is_counted: fn(&Counts) -> bool) -> bool {
    !list.is_empty() || run.counts.as_ref().is_some_and(is_counted)
}

fn has_builds(run: &Run) -> bool {
    has(&run.derivations, run, |it| it.derivations.is_some())
        || run.plan.as_ref().is_some_and(|plan| plan.builds.is_some())
}

fn has_downloads(run: &Run) -> bool {
    has(&run.fetches, run, |it| !it.stores.is_empty())
        || run.plan.as_ref().is_some_and(|plan| plan.fetches.is_some())
}

fn figure(name: &str, value: impl Into<String>, more: Phrase) -> Figure {
    [Phrase::own(name), Phrase::strong(value), more]
}

fn time(run: &Run) -> Figure {
    let value = english::span(&run.time).unwrap_or_else(|| UNKNOWN.to_owned());
    if run.time.grade == Grade::Unknown {
        return figure("Total time", value, Phrase::own("the log has no clock"));
    }
    figure("Total time", value, Phrase::own(reason(&run.time)))
}

fn builds(run: &Run) -> Figure {
    let (built, running) = begun(run);
    let mut more = Vec::new();
    more.extend(planned(run, |plan| plan.builds));
    if running > 0 {
        more.push(format!("{} more started, their end is not known", number(running)));
    }
    figure("Built here", number(built), Phrase::own(more.join(", ")))
}

/// How many derivations were built, and of how many more the end is not known.
fn begun(run: &Run) -> (u64, u64) {
    if let Some(counts) = run.counts.as_ref().and_then(|counts| counts.derivations) {
        return (counts.built.into(), counts.building.into());
    }
    let with = |status| run.derivations.iter().filter(|it| it.status == status).count() as u64;
    (with(DerivationStatus::Built), with(DerivationStatus::Building))
}

fn planned(run: &Run, what: impl Fn(&Plan) -> Option<u64>) -> Option<String> {
    run.plan.as_ref().and_then(what).map(|planned| format!("{} planned", number(planned)))
}

fn downloads(run: &Run) -> Figure {
    let from_others = run.fetches.iter().filter(|it| it.direction == Direction::From);
    let copied = from_others.filter(|it| it.status == FetchStatus::Copied).count() as u64;
    let counted = counted_stores(run).filter(|it| it.direction == Direction::From);
    let copied = copied + counted.map(|it| u64::from(it.copied)).sum::<u64>();
    let bytes = run.plan.as_ref().and_then(|plan| plan.download_bytes);
    let more = [planned(run, |plan| plan.fetches), bytes.map(english::size)];
    let more: Vec<_> = more.into_iter().flatten().collect();
    figure("Downloaded", english::count(copied, "path", "paths"), Phrase::own(more.join(", ")))
}

/// What was copied, where a link left out the copies themselves.
pub(super) fn counted_stores(run: &Run) -> impl Iterator<Item = &StoreCounts> {
    run.counts.iter().flat_map(|counts| &counts.stores)
}

fn versions(run: &Run) -> Figure {
    let counts = run.counts.as_ref().and_then(|counts| counts.changes);
    let listed = || Group::ALL.map(|group| changes::count(run, group));
    let counted = |it: ChangeCounts| {
        [it.versions + it.added + it.removed, it.same, it.configuration].map(u64::from)
    };
    let [changed, same, configuration] = counts.map_or_else(listed, counted);
    // A link that counts them counts the same version in more copies among them.
    let same_words =
        if counts.is_some() { "built again, or in other copies" } else { "built again" };
    let delta = run.closure.as_ref().and_then(|closure| closure.delta_bytes);
    let more = [
        (same > 0).then(|| format!("{} {same_words}", number(same))),
        (configuration > 0).then(|| format!("{} of the configuration", number(configuration))),
        delta.map(|delta| format!("closure {}", english::size_delta(delta))),
    ];
    let more: Vec<String> = more.into_iter().flatten().collect();
    figure("Packages changed", number(changed), Phrase::own(more.join(", ")))
}

fn failures(run: &Run) -> Figure {
    let roots = run.failures.iter().filter(|failure| failure.root).count();
    let listed = (roots as u64, (run.failures.len() - roots) as u64);
    let counts = run.counts.as_ref().and_then(|counts| counts.failures);
    let (causes, rest) = counts.map_or(listed, |it| (it.causes.into(), it.consequences.into()));
    let more = match rest {
        0 => Phrase::default(),
        rest => Phrase::own(format!("{} more because of it", number(rest))),
    };
    figure("Failed", number(causes), more)
}

fn warnings(run: &Run) -> Figure {
    let all: u64 = run.warnings.iter().map(|warning| u64::from(warning.count)).sum();
    let listed = (all, run.warnings.len() as u64);
    let counts = run.counts.as_ref().and_then(|counts| counts.warnings);
    let (all, different) = counts.map_or(listed, |it| (it.total, it.different.into()));
    figure("Warnings", number(all), Phrase::own(format!("{} different", number(different))))
}

fn reboot(run: &Run) -> Figure {
    let value = match run.reboot.verdict {
        RebootVerdict::Needed => "needed",
        RebootVerdict::Advised => "advised",
        RebootVerdict::NoSign => "no sign of a need",
        // Two systems were compared.
        RebootVerdict::Unknown if !run.reboot.reasons.is_empty() => "after a switch",
        RebootVerdict::Unknown => UNKNOWN,
    };
    let reasons = run.reboot.reasons.iter().map(|reason| reason.what.as_str());
    figure("Reboot", value, Phrase::default().and_names(reasons, 3))
}

fn system(run: &Run) -> Option<Figure> {
    let system = run.system.as_ref()?;
    let label = system.label.as_ref().or(system.path.as_ref())?;
    let generation = system.generation.map(|number| format!(", generation {number}"));
    let value = Phrase::log(label).and_own(generation.unwrap_or_default());
    Some([Phrase::own("System"), value, Phrase::default()])
}
