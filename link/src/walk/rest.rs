//! What a link has at the last level: failures, units, derivations, warnings.

use super::How::{List, Name};
use super::{Step, TEXT, change, failure, time};
use crate::digits::round;
use crate::field::Field;
use crate::listed::Listed;
use crate::report::{Activation, Derivation, Run, Timeline, Units, Warning};
use crate::stream::{Stream, hash_text};
use crate::value::Value;

/// Memory that a derivation takes, and a warning.
const DERIVATION: usize = 424;
const WARNING: usize = 56;

/// Whose time that of a derivation is: that of its kind, from here on.
const OWNER: time::Owner = 8;

/// Values of a derivation's status, in the order of links.
const STATUSES: [u64; 6] = [2, 1, 3, 0, 4, 5];

const UNITS: &[Step] = &[
    Step(Units::Failed as u8, Field::UnitsFailed, UNIT_NAMES),
    Step(Units::Stopped as u8, Field::UnitsStopped, UNIT_NAMES),
    Step(Units::Started as u8, Field::UnitsStarted, UNIT_NAMES),
    Step(Units::Restarted as u8, Field::UnitsRestarted, UNIT_NAMES),
    Step(Units::Reloaded as u8, Field::UnitsReloaded, UNIT_NAMES),
    Step(Units::NotRestarted as u8, Field::UnitsNotRestarted, UNIT_NAMES),
    Step(Units::New as u8, Field::UnitsNew, UNIT_NAMES),
];

const UNIT_NAMES: super::How = List(TEXT, Field::Unit, &Name);
const CHAIN: super::How = List(TEXT, Field::ChainStep, &Name);

pub(super) fn rest(stream: &mut Stream<'_>, run: &mut Value) {
    failure::failures(stream, run);
    let activation = run.at_mut(Run::Activation);
    if activation.is_there() {
        stream.record(UNITS, activation.at_mut(Activation::Units));
    }
    derivations(stream, run);
    let warnings = run.at_mut(Run::Warnings);
    stream.list(Field::Warnings, [0, 0], WARNING, warnings, &mut warning);
    let chain = run.at_mut(Run::Timeline).at_mut(Timeline::Chain);
    stream.value(Field::Chain, &CHAIN, chain);
}

fn warning(stream: &mut Stream<'_>, warning: &mut Value) {
    let class = stream.one_of(Field::WarningClass, [0, 0], 9, warning.at_mut(Warning::Class));
    let message = warning.at_mut(Warning::Message).text_mut();
    stream.text_near(Field::WarningMessage, class, message);
    stream.count(Field::WarningCount, warning.at_mut(Warning::Count));
}

fn derivations(stream: &mut Stream<'_>, run: &mut Value) {
    let listed = Listed::of(run);
    let mut last = 0.0;
    let derivations = run.at_mut(Run::Derivations);
    stream.list(Field::Derivations, [0, 0], DERIVATION, derivations, &mut |stream, it| {
        derivation(stream, &listed, it);
        start(stream, &mut last, it.at_mut(Derivation::From));
    });
}

fn derivation(stream: &mut Stream<'_>, listed: &Listed, derivation: &mut Value) {
    let mut version = core::mem::take(derivation.at_mut(Derivation::Version));
    let name = derivation.at_mut(Derivation::Name).text_mut();
    stream.package(Field::DerivationName, listed, name, &mut version);
    let near = [u32::from(version.is_there()), hash_text(name)];
    *derivation.at_mut(Derivation::Version) = version;
    let place = derivation.at_mut(Derivation::Kind);
    let kind = stream.one_of(Field::DerivationKind, near, change::N_SUBJECTS, place);
    let status = status(stream, kind, derivation.at_mut(Derivation::Status));
    let near = [kind, status];
    stream.switch(Field::Planned, near, derivation.at_mut(Derivation::Planned));
    stream.switch(Field::Started, near, derivation.at_mut(Derivation::Started));
    let time = derivation.at_mut(Derivation::Time);
    if stream.is_there(Field::DerivationTime, [0, 0], time) {
        time::span(stream, OWNER + kind, time);
    }
    time::seconds(stream, Field::Drag, kind, derivation.at_mut(Derivation::Drag));
}

fn status(stream: &mut Stream<'_>, kind: u32, status: &mut Value) -> u32 {
    let place = STATUSES.iter().position(|it| *it == status.number()).unwrap_or(0);
    let mut value = Value::Number(place as u64);
    let place = stream.one_of(Field::Status, [kind, 0], STATUSES.len() as u32, &mut value);
    *status = Value::Number(STATUSES.get(place as usize).copied().unwrap_or(0));
    place
}

/// Builds mostly begin one after the other.
fn start(stream: &mut Stream<'_>, last: &mut f64, start: &mut Value) {
    if !stream.is_there(Field::DerivationFrom, [0, 0], start) {
        return;
    }
    let given = start.seconds().unwrap_or(0.0);
    let unit = stream.choice(Field::StartUnit, [0, 0], 2, time::unit(given));
    let parts = time::parts(unit);
    let before = round(*last * parts);
    let shift = round(given * parts).wrapping_sub(before);
    let shift = stream.signed(Field::DerivationFrom, unit, shift);
    *last = before.wrapping_add(shift) as f64 / parts;
    *start = Value::Number(last.to_bits());
}

/// Passes over what later programs may add: none has anything now.
pub(super) fn extensions(stream: &mut Stream<'_>) {
    let mut extensions = Value::None;
    stream.list(Field::Extensions, [0, 0], TEXT, &mut extensions, &mut |stream, _| {
        let len = stream.number(Field::ExtensionBytes, [0, 0], 0);
        for _ in 0..len {
            stream.charge(1);
            stream.uniform(8, 0);
            if stream.fault().is_some() {
                break;
            }
        }
    });
}
