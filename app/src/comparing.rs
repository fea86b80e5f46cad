//! The program that compares two inputs for the page: it turns bytes into bytes.

mod age;
mod builds;
mod figures;
mod hints;
mod names;
mod parts;
mod side;

use std::sync::Arc;

use analyzer::inventory::Inventory;
use analyzer::report::{ChangeSource, Lines};
use analyzer::{Reading, Report, compare};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::comparison::{Comparison, Extent, Sentence};
use crate::protocol;
use side::{Input, Side};

/// Takes two reports, the old one first, and gives a [`Comparison`]. Bytes that are nothing of the
/// kind give none.
#[wasm_bindgen]
pub fn run(request: &[u8]) -> Vec<u8> {
    let comparison = read(request).map(|[old, new]| compared(&old, &new));
    comparison.and_then(|comparison| protocol::to_bytes(&comparison)).unwrap_or_default()
}

/// A report as its bytes with what it lists behind it, and how much of it there is.
type Request = (Vec<u8>, Extent);

fn read(request: &[u8]) -> Option<[Input; 2]> {
    let (old, new): (Request, Request) = protocol::from_bytes(request)?;
    Some([input(&old)?, input(&new)?])
}

fn input((bytes, extent): &Request) -> Option<Input> {
    let (report, rest): (Report, &[u8]) = protocol::take(bytes)?;
    // A report that came by a link has nothing behind it.
    let listed: Option<Inventory> = protocol::from_bytes(rest).flatten();
    Some(Input { reading: Reading { report, listed }, extent: *extent })
}

fn compared(old: &Input, new: &Input) -> Comparison {
    let report = compare::compare(&old.reading, &new.reading);
    let sides = Side::both([old, new]);
    Comparison {
        sides: sides.each_ref().map(Side::describe),
        old_lines: old.reading.report.source.lines,
        is_reversed: age::is_reversed(&sides),
        sentences: sentences(&report, &sides),
        hints: hints::hints(&sides),
        // The first note is on how lines are counted, which nobody has to do here.
        notes: report.notes.iter().skip(1).cloned().collect(),
        parts: parts::parts(&sides, &report),
        report,
        bytes: Arc::default(),
    }
}

/// What the findings of the comparison say, and how much longer the new one took.
fn sentences(report: &Report, sides: &[Side<'_>; 2]) -> Vec<Sentence> {
    if sides[0].reading.report == sides[1].reading.report {
        let text = "Both sides say the same: nothing differs.".to_owned();
        return vec![Sentence { text, lines: report.runs[0].lines.clone() }];
    }
    // That it is a comparison needs not be said here.
    let findings = report.findings.iter().filter(|finding| finding.id != "outcome");
    let mut sentences: Vec<Sentence> = findings
        .map(|finding| Sentence { text: finding.text.clone(), lines: finding.lines.clone() })
        .collect();
    sentences.extend(figures::longer(sides));
    let mut changes = report.runs.iter().flat_map(|run| &run.changes);
    if changes.all(|change| change.source == ChangeSource::Plan) {
        sentences.push(Sentence { text: no_version_differs(sides), lines: Lines::default() });
    }
    sentences
}

fn no_version_differs(sides: &[Side<'_>; 2]) -> String {
    let is_listed = sides.iter().all(|side| side.reading.listed.is_some());
    let text = if is_listed {
        "No version differs."
    } else {
        "No version differs, as far as the two tell which versions there are."
    };
    text.to_owned()
}

#[cfg(test)]
mod tests;
