//! Counts what is about to be left out.

use super::LinkLevel;
use crate::report::{
    Change, ChangeCounts, ChangeKind, ChangeSource, Counts, Derivation, DerivationCounts,
    DerivationKind, DerivationStatus, Failure, FailureCounts, Fetch, FetchStatus, Level, Run,
    StoreCounts, UnitCounts, Units, Warning, WarningCounts,
};

/// Writes down how much there is of what the level leaves out; what was counted before stays.
pub(super) fn count(run: &mut Run, level: LinkLevel) {
    let mut counts = run.counts.take().unwrap_or_default();
    if level == LinkLevel::Verdict {
        counts.changes = counts.changes.or_else(|| of_list(&run.changes, changes));
        counts.inputs = counts.inputs.or_else(|| of_list(&run.inputs, len));
    }
    if level != LinkLevel::Full || !run.derivations.iter().all(is_kept) {
        counts.derivations = counts.derivations.or_else(|| of_list(&run.derivations, derivations));
    }
    if level != LinkLevel::Full {
        counts.failures = counts.failures.or_else(|| of_list(&run.failures, failures));
        counts.warnings = counts.warnings.or_else(|| of_list(&run.warnings, warnings));
        let units = run.activation.as_ref().map(|activation| units(&activation.units));
        counts.units = counts.units.or(units.filter(|units| *units != UnitCounts::default()));
    }
    for fetch in &run.fetches {
        add(&mut counts.stores, of_fetch(fetch));
    }
    if level != LinkLevel::Full {
        let stores = std::mem::take(&mut counts.stores);
        for of_store in stores {
            add(&mut counts.stores, StoreCounts { store: None, ..of_store });
        }
    }
    run.counts = (counts != Counts::default()).then_some(counts);
}

/// Whether a link lists a derivation: what was started, or failed.
pub(super) fn is_kept(derivation: &Derivation) -> bool {
    use DerivationStatus::{Building, Built, Failed};
    derivation.started || matches!(derivation.status, Building | Built | Failed)
}

/// Where there is nothing, nothing is left out.
fn of_list<T, C>(list: &[T], count: fn(&[T]) -> C) -> Option<C> {
    (!list.is_empty()).then(|| count(list))
}

fn len<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

fn derivations(list: &[Derivation]) -> DerivationCounts {
    use DerivationStatus::{Blocked, Building, Built, Failed, Planned, Unknown};
    let mut counts = DerivationCounts::default();
    for derivation in list {
        let status = match derivation.status {
            Planned | Unknown => &mut counts.planned,
            Building => &mut counts.building,
            Built => &mut counts.built,
            Failed => &mut counts.failed,
            Blocked => &mut counts.blocked,
        };
        *status += 1;
        let is_begun = matches!(derivation.status, Building | Built | Failed);
        if is_begun && derivation.kind == DerivationKind::Configuration {
            counts.configuration += 1;
        }
    }
    counts
}

fn changes(list: &[Change]) -> ChangeCounts {
    let mut counts = ChangeCounts::default();
    for change in list {
        if change.source == ChangeSource::Plan {
            counts.planned += 1;
        }
        if change.subject == DerivationKind::Configuration {
            counts.configuration += 1;
            continue;
        }
        match change.kind {
            ChangeKind::Upgraded | ChangeKind::Changed if change.level == Some(Level::Major) => {
                counts.major += 1;
                counts.versions += 1;
            }
            ChangeKind::Upgraded | ChangeKind::Changed => counts.versions += 1,
            ChangeKind::Downgraded => {
                counts.downgraded += 1;
                counts.versions += 1;
            }
            ChangeKind::Added => counts.added += 1,
            ChangeKind::Removed => counts.removed += 1,
            ChangeKind::Rebuilt | ChangeKind::Deduplicated | ChangeKind::Duplicated => {
                counts.same += 1;
            }
        }
    }
    counts
}

fn failures(list: &[Failure]) -> FailureCounts {
    let is_root = |failure: &&Failure| failure.root;
    let causes = list.iter().filter(is_root).fold(0, |n, _| n + 1);
    FailureCounts { causes, consequences: len(list) - causes }
}

fn warnings(list: &[Warning]) -> WarningCounts {
    let total = list.iter().map(|warning| u64::from(warning.count)).sum();
    WarningCounts { different: len(list), total }
}

fn units(units: &Units) -> UnitCounts {
    UnitCounts {
        stopped: len(&units.stopped),
        started: len(&units.started),
        restarted: len(&units.restarted),
        reloaded: len(&units.reloaded),
        not_restarted: len(&units.not_restarted),
        new: len(&units.new),
        failed: len(&units.failed),
    }
}

fn of_fetch(fetch: &Fetch) -> StoreCounts {
    let is = |status| u32::from(fetch.status == status);
    let bytes = fetch.bytes.filter(|_| fetch.status == FetchStatus::Copied);
    StoreCounts {
        store: fetch.store.clone(),
        direction: fetch.direction,
        copied: is(FetchStatus::Copied),
        planned: is(FetchStatus::Planned),
        failed: is(FetchStatus::Failed),
        sized: u32::from(bytes.is_some()),
        bytes: bytes.unwrap_or(0),
        retries: fetch.retries,
    }
}

/// Adds to the counts of the same store and direction.
fn add(stores: &mut Vec<StoreCounts>, more: StoreCounts) {
    let is_same = |it: &&mut StoreCounts| it.store == more.store && it.direction == more.direction;
    let Some(known) = stores.iter_mut().find(is_same) else { return stores.push(more) };
    known.copied = known.copied.saturating_add(more.copied);
    known.planned = known.planned.saturating_add(more.planned);
    known.failed = known.failed.saturating_add(more.failed);
    known.sized = known.sized.saturating_add(more.sized);
    known.bytes = known.bytes.saturating_add(more.bytes);
    known.retries = known.retries.saturating_add(more.retries);
}
