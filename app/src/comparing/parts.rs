//! The tables of a comparison.

use analyzer::report::{Failure, Fetch, Report, Run, Warning};

use super::names::join;
use super::side::Side;
use super::{builds, figures};
use crate::comparison::{Cell, Part, Row};
use crate::format;
use crate::sorting;
use crate::summary::downloads;
use crate::summary::failures;

/// The tables that have rows, or something to say.
pub(super) fn parts(sides: &[Side<'_>; 2], report: &Report) -> Vec<Part> {
    let mut parts = vec![figures::figures(sides, report)];
    if let [Some(old), Some(new)] = [sides[0].run, sides[1].run] {
        parts.extend(differing("failures", sides, [&old.failures, &new.failures], &FAILURES));
        parts.extend(builds::parts(sides));
        parts.push(newly_fetched(sides, [old, new]));
        parts.extend(differing("warnings", sides, [&old.warnings, &new.warnings], &WARNINGS));
    }
    parts.retain(|part| {
        !part.rows.is_empty() || part.title == builds::NEWLY_BUILT && !part.lede.is_empty()
    });
    parts
}

/// How things are told apart and shown.
struct Kind<T: 'static> {
    /// What is the same on both sides if the thing is.
    key: fn(&T) -> Option<&str>,
    cell: fn(&T) -> Cell,
    name: fn(&T) -> String,
}

const FAILURES: Kind<Failure> = Kind {
    key: failure_key,
    cell: |failure| Cell { text: "failed".to_owned(), grade: None, lines: failure.lines.clone() },
    name: failures::label,
};

/// What failed. Only causes: what failed for another failure follows from it.
fn failure_key(failure: &Failure) -> Option<&str> {
    let name = failure.name.as_deref().or(failure.unit.as_deref());
    failure.root.then(|| name.unwrap_or(&failure.message))
}

const WARNINGS: Kind<Warning> = Kind {
    key: |warning| Some(&warning.message),
    cell: |warning| Cell {
        text: format::counted(warning.count.into(), "time", "times"),
        grade: None,
        lines: warning.lines.clone(),
    },
    name: |warning| warning.message.clone(),
};

/// What is on one side only: what is new first, then what is gone.
fn differing<T>(what: &str, sides: &[Side<'_>; 2], lists: [&[T]; 2], kind: &Kind<T>) -> [Part; 2] {
    let joined = join(lists.map(<[T]>::iter), kind.key);
    let only = |index: usize| {
        let of_side = joined.values().filter(|both| both[1 - index].is_empty());
        of_side.filter_map(|both| Some(row(kind, both[index].first()?, sides, index))).collect()
    };
    let part = |title: String, index| Part { title, lede: String::new(), rows: only(index) };
    [part(format!("New {what}"), 1), part(format!("{} gone", capital(what)), 0)]
}

fn row<T>(kind: &Kind<T>, item: &T, sides: &[Side<'_>; 2], index: usize) -> Row {
    let mut cells = [Cell::default(), Cell::default()];
    let cell = (kind.cell)(item);
    cells[index] = Cell { lines: sides[index].lines(&cell.lines), ..cell };
    Row { name: (kind.name)(item), sides: cells, difference: String::new() }
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_ascii_uppercase() + rest
}

/// What only the new side fetched, largest first.
fn newly_fetched(sides: &[Side<'_>; 2], [old, new]: [&Run; 2]) -> Part {
    let fetched = |run| downloads::rows(run).into_iter().map(move |index| &run.fetches[index]);
    let joined = join([fetched(old), fetched(new)], |fetch: &Fetch| Some(&fetch.name));
    let only: Vec<&Fetch> = joined
        .values()
        .filter(|[old, _]| old.is_empty())
        .flat_map(|[_, new]| new.iter().copied())
        .collect();
    let only = sorting::sorted(&only, |a, b| b.bytes.cmp(&a.bytes));
    let bytes: Option<u64> = only.iter().map(|fetch| fetch.bytes).sum();
    let lede = match bytes {
        Some(bytes) => format!("{} together.", format::size(bytes)),
        None => "Not all sizes are known.".to_owned(),
    };
    let row = |fetch: &&Fetch| Row {
        name: downloads::label(fetch),
        sides: [Cell::default(), fetch_cell(fetch, &sides[1])],
        difference: String::new(),
    };
    Part { title: "Newly fetched".to_owned(), lede, rows: only.iter().map(row).collect() }
}

fn fetch_cell(fetch: &Fetch, side: &Side<'_>) -> Cell {
    let text = fetch.bytes.map_or_else(|| downloads::status_word(fetch).to_owned(), format::size);
    Cell { text, grade: None, lines: side.lines(&fetch.lines) }
}
