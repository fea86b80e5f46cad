//! The numbers of a run that a person looks for first.

use analyzer::report::{DerivationStatus, Direction, FetchStatus, Grade, Plan, RebootVerdict, Run};

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
        (!run.changes.is_empty()).then(|| versions(run)),
        (!run.failures.is_empty()).then(|| failures(run)),
        (!run.warnings.is_empty()).then(|| warnings(run)),
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

fn has_builds(run: &Run) -> bool {
    !run.derivations.is_empty() || run.plan.as_ref().is_some_and(|plan| plan.builds.is_some())
}

fn has_downloads(run: &Run) -> bool {
    !run.fetches.is_empty() || run.plan.as_ref().is_some_and(|plan| plan.fetches.is_some())
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
    let with = |status| run.derivations.iter().filter(|it| it.status == status).count();
    let (built, running) = (with(DerivationStatus::Built), with(DerivationStatus::Building));
    let mut more = Vec::new();
    more.extend(planned(run, |plan| plan.builds));
    if running > 0 {
        more.push(format!("{} more started, their end is not known", number(running as u64)));
    }
    figure("Built here", number(built as u64), Phrase::own(more.join(", ")))
}

fn planned(run: &Run, what: impl Fn(&Plan) -> Option<u64>) -> Option<String> {
    run.plan.as_ref().and_then(what).map(|planned| format!("{} planned", number(planned)))
}

fn downloads(run: &Run) -> Figure {
    let from_others = run.fetches.iter().filter(|it| it.direction == Direction::From);
    let copied = from_others.filter(|it| it.status == FetchStatus::Copied).count();
    let bytes = run.plan.as_ref().and_then(|plan| plan.download_bytes);
    let more = [planned(run, |plan| plan.fetches), bytes.map(english::size)];
    let more: Vec<_> = more.into_iter().flatten().collect();
    figure("Downloaded", english::count(copied, "path", "paths"), Phrase::own(more.join(", ")))
}

fn versions(run: &Run) -> Figure {
    let count = |group| Some(changes::count(run, group)).filter(|count| *count > 0);
    let delta = run.closure.as_ref().and_then(|closure| closure.delta_bytes);
    let more = [
        count(Group::Rebuilt).map(|count| format!("{} built again", number(count))),
        count(Group::Configuration).map(|it| format!("{} of the configuration", number(it))),
        delta.map(|delta| format!("closure {}", english::size_delta(delta))),
    ];
    let more: Vec<String> = more.into_iter().flatten().collect();
    let changed = number(changes::count(run, Group::Versions));
    figure("Packages changed", changed, Phrase::own(more.join(", ")))
}

fn failures(run: &Run) -> Figure {
    let roots = run.failures.iter().filter(|failure| failure.root).count();
    let more = match run.failures.len() - roots {
        0 => Phrase::default(),
        rest => Phrase::own(format!("{} more because of it", number(rest as u64))),
    };
    figure("Failed", number(roots as u64), more)
}

fn warnings(run: &Run) -> Figure {
    let all: u64 = run.warnings.iter().map(|warning| u64::from(warning.count)).sum();
    let different = format!("{} different", number(run.warnings.len() as u64));
    figure("Warnings", number(all), Phrase::own(different))
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
