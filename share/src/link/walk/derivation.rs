//! Derivations that were started or failed.

#![expect(clippy::cast_possible_truncation, reason = "starts are below 1e12 seconds")]

use analyzer::report::{Derivation, DerivationKind, DerivationStatus, Lines, Run, Span};

use super::change::SUBJECTS;
use super::time;
use crate::link::field::Field;
use crate::link::listed::Listed;
use crate::link::stream::{Stream, hash_text};

const STATUSES: [DerivationStatus; 6] = [
    DerivationStatus::Built,
    DerivationStatus::Building,
    DerivationStatus::Failed,
    DerivationStatus::Planned,
    DerivationStatus::Blocked,
    DerivationStatus::Unknown,
];

fn blank() -> Derivation {
    Derivation {
        drv: None,
        name: String::new(),
        version: None,
        kind: DerivationKind::Software,
        planned: false,
        started: false,
        status: DerivationStatus::Built,
        host: None,
        time: None,
        from_s: None,
        drag_s: None,
        silence: None,
        caused_by_input: None,
        phases: Vec::new(),
        log_lines: 0,
        why_built: None,
        lines: Lines::default(),
    }
}

pub(super) fn derivations(stream: &mut Stream<'_>, run: &mut Run) {
    let listed = Listed::of(run);
    let mut last = 0.0;
    stream.list(Field::Derivations, &mut run.derivations, &blank(), |stream, it| {
        derivation(stream, &listed, it);
        start(stream, &mut last, &mut it.from_s);
    });
}

fn derivation(stream: &mut Stream<'_>, listed: &Listed, derivation: &mut Derivation) {
    let Derivation { name, version, .. } = derivation;
    stream.package(Field::DerivationName, listed, name, version);
    let near = [u32::from(version.is_some()), hash_text(name)];
    let kind = stream.one_of(Field::DerivationKind, near, &SUBJECTS, &mut derivation.kind);
    let status = stream.one_of(Field::Status, [kind, 0], &STATUSES, &mut derivation.status);
    stream.switch(Field::Planned, [kind, status], &mut derivation.planned);
    stream.switch(Field::Started, [kind, status], &mut derivation.started);
    let blank = || Span::unknown("");
    stream.optional(Field::DerivationTime, &mut derivation.time, blank, |stream, time| {
        time::span(stream, 8 + kind, time);
    });
    time::seconds(stream, Field::Drag, kind, &mut derivation.drag_s);
}

/// Builds mostly begin one after the other.
fn start(stream: &mut Stream<'_>, last: &mut f64, start: &mut Option<f64>) {
    stream.optional(
        Field::DerivationFrom,
        start,
        || 0.0,
        |stream, start| {
            let unit = stream.choice(Field::StartUnit, [0, 0], 2, time::unit(*start));
            let parts = time::parts(unit);
            let before = (*last * parts).round() as i64;
            let mut shift = ((*start * parts).round() as i64).wrapping_sub(before);
            stream.signed(Field::DerivationFrom, unit, &mut shift);
            *start = before.wrapping_add(shift) as f64 / parts;
            *last = *start;
        },
    );
}
