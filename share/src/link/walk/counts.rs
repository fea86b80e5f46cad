//! How much there was of what is not in the link.

use analyzer::report::{
    ChangeCounts, Counts, DerivationCounts, Direction, FailureCounts, StoreCounts, UnitCounts,
    WarningCounts,
};

use crate::link::field::{Field, UNITS};
use crate::link::stream::Stream;

pub(super) const DIRECTIONS: [Direction; 2] = [Direction::From, Direction::To];

pub(super) fn counts(stream: &mut Stream<'_>, counts: &mut Counts) {
    stream.optional(Field::NDerivations, &mut counts.derivations, Default::default, derivations);
    stream.optional(Field::NChanges, &mut counts.changes, Default::default, changes);
    stream.optional(
        Field::NInputs,
        &mut counts.inputs,
        || 0,
        |stream, inputs| {
            stream.count(Field::NInputs, inputs);
        },
    );
    stream.optional(
        Field::NFailures,
        &mut counts.failures,
        FailureCounts::default,
        |stream, it| {
            stream.count(Field::NFailures, &mut it.causes);
            stream.count(Field::NConsequences, &mut it.consequences);
        },
    );
    stream.optional(
        Field::NWarnings,
        &mut counts.warnings,
        WarningCounts::default,
        |stream, it| {
            stream.count(Field::NWarnings, &mut it.different);
            stream.size(Field::NAllWarnings, &mut it.total);
        },
    );
    stream.optional(Field::NUnits, &mut counts.units, UnitCounts::default, units);
    let (store, direction) = (None, Direction::From);
    let (copied, planned, failed, sized, bytes, retries) = (0, 0, 0, 0, 0, 0);
    let blank = StoreCounts { store, direction, copied, planned, failed, sized, bytes, retries };
    stream.list(Field::Stores, &mut counts.stores, &blank, self::store);
}

fn derivations(stream: &mut Stream<'_>, counts: &mut DerivationCounts) {
    stream.count(Field::NPlanned, &mut counts.planned);
    stream.count(Field::NBuilding, &mut counts.building);
    stream.count(Field::NBuilt, &mut counts.built);
    stream.count(Field::NFailed, &mut counts.failed);
    stream.count(Field::NBlocked, &mut counts.blocked);
    stream.count(Field::NConfiguration, &mut counts.configuration);
}

fn changes(stream: &mut Stream<'_>, counts: &mut ChangeCounts) {
    stream.count(Field::NVersions, &mut counts.versions);
    stream.count(Field::NMajor, &mut counts.major);
    stream.count(Field::NDowngraded, &mut counts.downgraded);
    stream.count(Field::NAdded, &mut counts.added);
    stream.count(Field::NRemoved, &mut counts.removed);
    stream.count(Field::NSame, &mut counts.same);
    stream.count(Field::NChangedConfiguration, &mut counts.configuration);
    stream.count(Field::NChangesPlanned, &mut counts.planned);
}

fn units(stream: &mut Stream<'_>, counts: &mut UnitCounts) {
    let UnitCounts { stopped, started, restarted, reloaded, not_restarted, new, failed } = counts;
    for (at, count) in
        [stopped, started, restarted, reloaded, not_restarted, new, failed].into_iter().enumerate()
    {
        stream.count(UNITS[at], count);
    }
}

fn store(stream: &mut Stream<'_>, store: &mut StoreCounts) {
    stream.optional_text(Field::Store, &mut store.store);
    stream.one_of(Field::Direction, [0, 0], &DIRECTIONS, &mut store.direction);
    stream.count(Field::StoreCopied, &mut store.copied);
    stream.count(Field::StorePlanned, &mut store.planned);
    stream.count(Field::StoreFailed, &mut store.failed);
    stream.count(Field::StoreRetries, &mut store.retries);
    // Logs give the size of all, or of none.
    let all = store.copied;
    if stream.flag(Field::AllAreSized, [0, 0], store.sized == all) {
        store.sized = all;
    } else {
        stream.count(Field::StoreSized, &mut store.sized);
    }
    if store.sized > 0 || stream.flag(Field::HasOddBytes, [0, 0], store.bytes > 0) {
        stream.size(Field::StoreBytes, &mut store.bytes);
    }
}
