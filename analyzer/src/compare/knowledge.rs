//! What an input says of the system that it is about.

use std::borrow::Cow;

use crate::analyzer::Reading;
use crate::inventory::{Held, Identity, Inventory, NO_LINE};
use crate::kind;
use crate::report::{
    Change, ChangeKind, ChangeSource, Derivation, DerivationKind, DerivationStatus, Direction,
    Fetch, FetchStatus, Report, Run,
};
use crate::store_path::StorePath;

/// What an input says: all that is listed, or what is known at the end of a log.
pub(super) fn of(reading: &Reading) -> Cow<'_, Inventory> {
    let listed = reading.listed.as_ref().map(Cow::Borrowed);
    listed.unwrap_or_else(|| Cow::Owned(of_report(&reading.report)))
}

/// What is known at the end of a log: what was built, fetched, or compared with something older.
fn of_report(report: &Report) -> Inventory {
    let mut known = Inventory::default();
    for run in &report.runs {
        let compared = run.changes.iter().filter(|change| change.source != ChangeSource::Plan);
        compared.for_each(|change| push_change(&mut known, change));
        push_made(&mut known, run);
    }
    known
}

/// What is known at the end of a run, also what it has in its plan alone.
pub(super) fn of_run(run: &Run) -> Inventory {
    let mut known = Inventory::default();
    run.changes.iter().for_each(|change| push_change(&mut known, change));
    push_made(&mut known, run);
    known
}

fn push_made(known: &mut Inventory, run: &Run) {
    run.fetches.iter().for_each(|fetch| push_fetch(known, fetch));
    run.derivations.iter().for_each(|derivation| push_derivation(known, derivation));
}

fn push_change(known: &mut Inventory, change: &Change) {
    if change.kind == ChangeKind::Removed {
        return;
    }
    let line = change.lines.last().unwrap_or(NO_LINE);
    for version in &change.new {
        known.push(Held {
            identity: Identity::Unknown,
            name: &change.name,
            version: Some(version),
            size: None,
            selected: change.selected,
            line,
        });
    }
}

fn push_fetch(known: &mut Inventory, fetch: &Fetch) {
    if fetch.direction == Direction::To || fetch.status == FetchStatus::Failed {
        return;
    }
    let line = fetch.lines.first().unwrap_or(NO_LINE);
    match fetch.path.as_deref().and_then(StorePath::parse) {
        Some(path) if is_part(path) => known.push_path(path, None, line),
        Some(_) => {}
        None => push_named(known, &fetch.name, fetch.version.as_deref(), line),
    }
}

fn push_derivation(known: &mut Inventory, derivation: &Derivation) {
    let is_made = matches!(
        derivation.status,
        DerivationStatus::Built | DerivationStatus::Planned | DerivationStatus::Building
    );
    let path = derivation.drv.as_deref().and_then(StorePath::parse);
    let line = derivation.lines.first().unwrap_or(NO_LINE);
    match path {
        Some(path) if is_made && is_part(path) => known.push_path(path, None, line),
        None if is_made => push_named(known, &derivation.name, derivation.version.as_deref(), line),
        _ => {}
    }
}

/// Takes what is known by name alone, as in a report that came in a link.
fn push_named(known: &mut Inventory, name: &str, version: Option<&str>, line: u32) {
    let is_part =
        !matches!(kind::of(name, version), DerivationKind::Source | DerivationKind::Patch);
    if is_part && version.is_some() {
        let identity = Identity::Unknown;
        known.push(Held { identity, name, version, size: None, selected: None, line });
    }
}

/// Whether it can be a part of a system, and not only of a build.
fn is_part(path: StorePath<'_>) -> bool {
    let (name, version) = path.name_version();
    !matches!(kind::of(name, version), DerivationKind::Source | DerivationKind::Patch)
}
