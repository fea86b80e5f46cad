//! The tables of a comparison.

use analyzer::report::{Direction, Failure, Fetch, FetchStatus, Report, Run, Warning};
use analyzer::store_path::store_paths;

use super::names::join;
use super::side::Side;
use super::{builds, figures};
use crate::comparison::{Cell, Extent, Names, Part, Row};
use crate::format;
use crate::sorting;
use crate::summary::downloads;
use crate::summary::evidence::of_all;
use crate::summary::failures;

/// The tables that have rows, or something to say.
pub(super) fn parts(sides: &[Side<'_>; 2], report: &Report) -> Vec<Part> {
    let mut parts = vec![figures::figures(sides, report)];
    if sides.iter().any(|side| side.extent == Extent::Part) {
        // What is not in a part of a report need not be missing in all of it.
        return parts;
    }
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
    key: fn(&T) -> Option<String>,
    cell: fn(&T) -> Cell,
    name: fn(&T) -> String,
}

const FAILURES: Kind<Failure> = Kind {
    key: failure_key,
    cell: |failure| Cell { text: "failed".to_owned(), known: None, lines: failure.lines.clone() },
    name: failures::label,
};

/// What failed. Only causes: what failed for another failure follows from it.
fn failure_key(failure: &Failure) -> Option<String> {
    let name = failure.name.as_ref().or(failure.unit.as_ref());
    failure.root.then(|| name.cloned().unwrap_or_else(|| without_hashes(&failure.message)))
}

/// A message as it reads on every machine and after every change: without the hashes in it.
fn without_hashes(message: &str) -> String {
    let paths = store_paths(message);
    paths.fold(message.to_owned(), |text, path| text.replace(path.hash(), ""))
}

const WARNINGS: Kind<Warning> = Kind {
    key: |warning| Some(without_hashes(&warning.message)),
    cell: |warning| Cell {
        text: format::counted(warning.count.into(), "time", "times"),
        known: None,
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
    let part = |title: String, index| Part {
        title,
        lede: String::new(),
        names: Names::Quoted,
        rows: only(index),
    };
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
    let joined = join([fetched(old), fetched(new)], |fetch| Some(fetch.name.clone()));
    let only: Vec<&Vec<&Fetch>> =
        joined.values().filter(|[old, _]| old.is_empty()).map(|[_, new]| new).collect();
    let only = sorting::sorted(&only, |a, b| bytes(b).cmp(&bytes(a)));
    let lede = match only.iter().map(|fetches| bytes(fetches)).sum() {
        Some(bytes) => [&format::size(bytes), " together."].concat(),
        None => "The log does not give the size of each.".to_owned(),
    };
    let row = |fetches: &&Vec<&Fetch>| Row {
        name: fetches.first().map_or_else(String::new, |fetch| downloads::label(fetch)),
        sides: [Cell::default(), fetched_cell(fetches, &sides[1])],
        difference: String::new(),
    };
    Part {
        title: "Newly fetched".to_owned(),
        lede,
        names: Names::Quoted,
        rows: only.iter().map(row).collect(),
    }
}

fn fetched(run: &Run) -> impl Iterator<Item = &Fetch> {
    let is_copied =
        |fetch: &&Fetch| fetch.direction == Direction::From && fetch.status == FetchStatus::Copied;
    run.fetches.iter().filter(is_copied)
}

/// The size of several paths together, if that of each is known.
fn bytes(fetches: &[&Fetch]) -> Option<u64> {
    fetches.iter().map(|fetch| fetch.bytes).sum()
}

fn fetched_cell(fetches: &[&Fetch], side: &Side<'_>) -> Cell {
    let paths = format::counted(fetches.len() as u64, "path", "paths");
    let together = bytes(fetches).map(format::size);
    let text = [Some(paths), together].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let lines = of_all(fetches.iter().map(|fetch| &fetch.lines));
    Cell { text, known: None, lines: side.lines(&lines) }
}
