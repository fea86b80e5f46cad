//! What the verdict says, and what it says it of.

use super::How::{By, Count, Flag, List, OneOf, Optional, OptionalText, Record, Size, Text};
use super::{Step, TEXT, time};
use crate::field::Field;
use crate::report::{
    Activation, Closure, Counts, Finding, Garbage, Listing, Plan, Reboot, Report, Run, Source,
    Store, System,
};
use crate::stream::Stream;
use crate::value::Value;

pub(super) const REPORT: &[Step] = &[
    Step(Report::Schema as u8, Field::Schema, Count),
    Step(Report::Runs as u8, Field::Runs, List(1416, Field::Runs, &Record(RUN))),
    Step(Report::Findings as u8, Field::Findings, List(104, Field::Findings, &Record(FINDING))),
    Step(Report::Source as u8, Field::SourceBytes, Record(SOURCE)),
    Step(Report::Notes as u8, Field::Notes, List(TEXT, Field::Note, &Text)),
];

const FINDING: &[Step] = &[
    Step(Finding::Id as u8, Field::FindingId, Text),
    Step(Finding::Severity as u8, Field::Severity, OneOf(4)),
    Step(Finding::Text as u8, Field::FindingText, Text),
    Step(Finding::Article as u8, Field::FindingArticle, OptionalText),
    Step(Finding::Run as u8, Field::FindingRun, Count),
];

const SOURCE: &[Step] = &[
    Step(Source::Bytes as u8, Field::SourceBytes, Size),
    Step(Source::Lines as u8, Field::SourceLines, Count),
    Step(Source::Understood as u8, Field::SourceUnderstood, Count),
    Step(Source::Truncated as u8, Field::SourceTruncated, Flag),
    Step(Source::Encoding as u8, Field::SourceEncoding, Text),
    Step(Source::Compression as u8, Field::SourceCompression, OptionalText),
    Step(Source::Envelopes as u8, Field::SourceEnvelopes, List(TEXT, Field::SourceEnvelope, &Text)),
    Step(Source::Dialects as u8, Field::SourceDialects, List(TEXT, Field::SourceDialect, &Text)),
    Step(Source::Listing as u8, Field::Listing, Optional(&Record(LISTING))),
];

const LISTING: &[Step] = &[
    Step(Listing::Kind as u8, Field::ListingKind, OneOf(6)),
    Step(Listing::Paths as u8, Field::ListingPaths, Count),
    Step(Listing::Bytes as u8, Field::ListingBytes, Optional(&Size)),
];

const RUN: &[Step] = &[
    Step(Run::Outcome as u8, Field::Outcome, OneOf(5)),
    Step(Run::Activated as u8, Field::Activated, Optional(&Flag)),
    Step(Run::Reboot as u8, Field::Reboot, Record(REBOOT)),
    Step(Run::Tool as u8, Field::Tool, Optional(&OneOf(15))),
    Step(Run::Flavour as u8, Field::Flavour, Optional(&OneOf(3))),
    Step(Run::Host as u8, Field::Host, OptionalText),
    Step(Run::Command as u8, Field::Command, OptionalText),
    Step(Run::System as u8, Field::System, Optional(&Record(SYSTEM))),
    Step(Run::Time as u8, Field::Total, By(time::of_run)),
    Step(Run::Stages as u8, Field::Stages, List(176, Field::Stage, &By(time::stage))),
    Step(Run::Timeline as u8, Field::Axis, By(time::timeline)),
    Step(Run::Plan as u8, Field::Plan, Optional(&Record(PLAN))),
    Step(Run::Closure as u8, Field::Closure, Optional(&By(closure))),
    Step(Run::Garbage as u8, Field::Garbage, Optional(&Record(GARBAGE))),
    Step(Run::Activation as u8, Field::Activation, Optional(&Record(ACTIVATION))),
    Step(Run::Counts as u8, Field::Counts, Optional(&Record(COUNTS))),
];

const REBOOT: &[Step] = &[
    Step(Reboot::Verdict as u8, Field::Reboot, OneOf(4)),
    Step(Reboot::Reasons as u8, Field::Reasons, List(48, Field::Reason, &By(reason))),
];

const SYSTEM: &[Step] = &[
    Step(System::Label as u8, Field::Label, Optional(&By(label))),
    Step(System::Generation as u8, Field::Generation, Optional(&Size)),
];

const PLAN: &[Step] = &[
    Step(Plan::Builds as u8, Field::PlanBuilds, Optional(&Size)),
    Step(Plan::Fetches as u8, Field::PlanFetches, Optional(&Size)),
    Step(Plan::Download as u8, Field::PlanDownload, Optional(&Size)),
    Step(Plan::Unpacked as u8, Field::PlanUnpacked, Optional(&Size)),
];

const CLOSURE: &[Step] = &[
    Step(Closure::Old as u8, Field::ClosureOld, Optional(&Size)),
    Step(Closure::New as u8, Field::ClosureNew, Optional(&Size)),
    Step(Closure::Added as u8, Field::PathsAdded, Optional(&Size)),
    Step(Closure::Removed as u8, Field::PathsRemoved, Optional(&Size)),
];

const GARBAGE: &[Step] = &[
    Step(Garbage::Freed as u8, Field::Freed, Optional(&Size)),
    Step(Garbage::Deleted as u8, Field::Deleted, Optional(&Size)),
];

const ACTIVATION: &[Step] = &[Step(Activation::Bootloader as u8, Field::Bootloader, OptionalText)];

/// How much there was of what is not in the link.
const COUNTS: &[Step] = &[
    Step(Counts::Derivations as u8, Field::NDerivations, Optional(&Record(DERIVATIONS))),
    Step(Counts::Changes as u8, Field::NChanges, Optional(&Record(CHANGES))),
    Step(Counts::Inputs as u8, Field::NInputs, Optional(&Count)),
    Step(Counts::Failures as u8, Field::NFailures, Optional(&Record(FAILURES))),
    Step(Counts::Warnings as u8, Field::NWarnings, Optional(&Record(WARNINGS))),
    Step(Counts::Units as u8, Field::NUnits, Optional(&Record(UNITS))),
    Step(Counts::Stores as u8, Field::Stores, List(56, Field::Store, &By(store))),
];

const DERIVATIONS: &[Step] = &[
    Step(0, Field::NPlanned, Count),
    Step(1, Field::NBuilding, Count),
    Step(2, Field::NBuilt, Count),
    Step(3, Field::NFailed, Count),
    Step(4, Field::NBlocked, Count),
    Step(5, Field::NConfiguration, Count),
];

const CHANGES: &[Step] = &[
    Step(0, Field::NVersions, Count),
    Step(1, Field::NMajor, Count),
    Step(2, Field::NDowngraded, Count),
    Step(3, Field::NAdded, Count),
    Step(4, Field::NRemoved, Count),
    Step(5, Field::NSame, Count),
    Step(6, Field::NChangedConfiguration, Count),
    Step(7, Field::NChangesPlanned, Count),
];

const FAILURES: &[Step] = &[Step(0, Field::NFailures, Count), Step(1, Field::NConsequences, Count)];

const WARNINGS: &[Step] = &[Step(0, Field::NWarnings, Count), Step(1, Field::NAllWarnings, Size)];

const UNITS: &[Step] = &[
    Step(0, Field::NStopped, Count),
    Step(1, Field::NStarted, Count),
    Step(2, Field::NRestarted, Count),
    Step(3, Field::NReloaded, Count),
    Step(4, Field::NNotRestarted, Count),
    Step(5, Field::NNew, Count),
    Step(6, Field::NUnitsFailed, Count),
];

const STORE: &[Step] = &[
    Step(Store::Name as u8, Field::Store, OptionalText),
    Step(Store::Direction as u8, Field::Direction, OneOf(2)),
    Step(Store::Copied as u8, Field::StoreCopied, Count),
    Step(Store::Planned as u8, Field::StorePlanned, Count),
    Step(Store::Failed as u8, Field::StoreFailed, Count),
    Step(Store::Retries as u8, Field::StoreRetries, Count),
];

fn label(stream: &mut Stream<'_>, label: &mut Value) {
    stream.label(label.text_mut());
}

fn reason(stream: &mut Stream<'_>, reason: &mut Value) {
    let what = reason.at_mut(0_usize).text_mut();
    stream.text(Field::Reason, what);
    stream.memory.versions.learn_reason(what);
}

fn closure(stream: &mut Stream<'_>, closure: &mut Value) {
    stream.record(CLOSURE, closure);
    // Mostly it is what is between both.
    let sizes = (closure.at(Closure::Old).option(), closure.at(Closure::New).option());
    let between = match sizes {
        (Some(old), Some(new)) => new.checked_signed_diff(old).map(i64::cast_unsigned),
        _ => None,
    };
    let delta = closure.at_mut(Closure::Delta);
    if stream.flag(Field::DeltaIsBetween, [0, 0], delta.option() == between) {
        *delta = between.map_or(Value::None, Value::Number);
    } else if stream.is_there(Field::Delta, [0, 0], delta) {
        stream.signed_value(Field::Delta, 0, delta);
    }
}

fn store(stream: &mut Stream<'_>, store: &mut Value) {
    stream.record(STORE, store);
    // Logs give the size of all, or of none.
    let all = store.at(Store::Copied).number();
    let sized = store.at_mut(Store::Sized);
    if stream.flag(Field::AllAreSized, [0, 0], sized.number() == all) {
        *sized = Value::Number(all);
    } else {
        stream.count(Field::StoreSized, sized);
    }
    let has_any = sized.number() > 0;
    let bytes = store.at_mut(Store::Bytes);
    if has_any || stream.flag(Field::HasOddBytes, [0, 0], bytes.number() > 0) {
        stream.size(Field::StoreBytes, bytes);
    }
}
