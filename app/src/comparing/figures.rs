//! The figures of both sides beside each other.

use analyzer::report::{Lines, Listing, Outcome, RebootVerdict, Report, Run, Span, Stage};

use super::side::Side;
use crate::comparison::{Cell, Extent, Names, Part, Row, Sentence};
use crate::format;
use crate::summary::builds::is_begun;
use crate::summary::downloads;
use crate::summary::evidence::of_all;
use crate::summary::figures::downloaded_bytes;
use crate::summary::time::{Known, TimeText, stage_name};
use crate::summary::verdict::verdict;
use crate::summary::warnings;

const STAGES: [Stage; 5] =
    [Stage::UpdateInputs, Stage::Evaluate, Stage::Fetch, Stage::Build, Stage::Activate];

/// The table of figures. What neither side tells has no row.
pub(super) fn figures(sides: &[Side<'_>; 2], report: &Report) -> Part {
    let mut rows = vec![row("How it ended", sides, ended)];
    rows.extend(times(sides));
    if sides.iter().all(|side| side.extent == Extent::Whole) {
        rows.extend([
            row("Built here", sides, built),
            downloaded(sides),
            row("Failures", sides, failures),
            row("Warnings", sides, warned),
        ]);
    }
    rows.push(row("Reboot", sides, reboot));
    rows.extend(size(sides, report));
    rows.retain(|row| row.sides.iter().any(|cell| !cell.text.is_empty()));
    Part {
        title: "Side by side".to_owned(),
        lede: "A difference is given where both sides are known.".to_owned(),
        names: Names::Ours,
        rows,
    }
}

/// How much longer the new run took, if both are known.
pub(super) fn longer(sides: &[Side<'_>; 2]) -> Option<Sentence> {
    let [old, new] = [&sides[0].run?.time, &sides[1].run?.time];
    let difference = new.total_s?.round() - old.total_s?.round();
    let (length, word) = (format::duration(difference.abs()), longer_word(difference));
    let [old_words, new_words] = [old, new].map(|time| TimeText::of(time).long);
    let text = if difference.abs() < 1.0 {
        format!("Both runs took {new_words}.")
    } else {
        format!("The new run took {length} {word}: {new_words} instead of {old_words}.")
    };
    let mut lines = sides[0].lines(&old.lines);
    lines.0.extend(sides[1].lines(&new.lines).0);
    Some(Sentence { text, lines })
}

fn longer_word(difference: f64) -> &'static str {
    if difference > 0.0 { "longer" } else { "less" }
}

/// A row of what a run says; `of` gives the cell, and the number where it is one.
fn row(name: &str, sides: &[Side<'_>; 2], of: impl Fn(&Run) -> (Cell, Option<u64>)) -> Row {
    let values = sides.each_ref().map(|side| side.run.map(|run| placed(side, of(run))));
    let numbers = values.each_ref().map(|value| value.as_ref().and_then(|(_, number)| *number));
    let difference = match numbers {
        [Some(old), Some(new)] => counted_difference(old, new),
        _ => String::new(),
    };
    let sides = values.map(|value| value.map(|(cell, _)| cell).unwrap_or_default());
    Row { name: name.to_owned(), sides, difference }
}

fn placed(side: &Side<'_>, (cell, number): (Cell, Option<u64>)) -> (Cell, Option<u64>) {
    (Cell { lines: side.lines(&cell.lines), ..cell }, number)
}

/// `+3`, `−2` or `0`.
fn counted_difference(old: u64, new: u64) -> String {
    let sign = match new.cmp(&old) {
        std::cmp::Ordering::Less => "−",
        std::cmp::Ordering::Equal => "",
        std::cmp::Ordering::Greater => "+",
    };
    [sign, &format::count(new.abs_diff(old))].concat()
}

fn ended(run: &Run) -> (Cell, Option<u64>) {
    let text = match run.outcome {
        Outcome::Unknown => "",
        _ => verdict(run).word.trim_end_matches('.'),
    };
    (Cell { text: text.to_owned(), ..Cell::default() }, None)
}

/// The whole time and that of each stage.
fn times(sides: &[Side<'_>; 2]) -> Vec<Row> {
    let total = time_row("Total time", sides, |run| Some(&run.time));
    let stages = STAGES.map(|stage| {
        time_row(stage_name(stage), sides, |run| {
            run.stages.iter().find(|it| it.stage == stage).map(|it| &it.time)
        })
    });
    // A stage that neither run times says nothing.
    let is_known =
        |row: &Row| row.sides.iter().any(|cell| cell.known.is_some_and(|it| it != Known::Unknown));
    std::iter::once(total).chain(stages.into_iter().filter(is_known)).collect()
}

fn time_row(
    name: &str,
    sides: &[Side<'_>; 2],
    of: impl for<'r> Fn(&'r Run) -> Option<&'r Span>,
) -> Row {
    let times = sides.each_ref().map(|side| side.run.and_then(&of));
    let mut cells = sides.iter().zip(times).map(|(side, time)| time_cell(side, time));
    let sides = [cells.next().unwrap_or_default(), cells.next().unwrap_or_default()];
    Row { name: name.to_owned(), sides, difference: time_difference(times) }
}

/// A time with its grade; empty if there is none.
pub(super) fn time_cell(side: &Side<'_>, time: Option<&Span>) -> Cell {
    let Some(time) = time else { return Cell::default() };
    let text = TimeText::of(time);
    Cell { text: text.short, known: Some(text.known), lines: side.lines(&time.lines) }
}

/// How much longer, if both are known; bounds have no difference.
fn time_difference(times: [Option<&Span>; 2]) -> String {
    match times.map(|time| time.and_then(|time| time.total_s)) {
        [Some(old), Some(new)] => signed_time(new - old),
        _ => String::new(),
    }
}

/// `+1:04` or `−0:12`.
pub(super) fn signed_time(seconds: f64) -> String {
    let sign = if seconds < 0.0 { "−" } else { "+" };
    if seconds == 0.0 { "0".to_owned() } else { [sign, &format::clock(seconds.abs())].concat() }
}

fn built(run: &Run) -> (Cell, Option<u64>) {
    let begun = || run.derivations.iter().filter(|derivation| is_begun(derivation));
    counted(begun().count() as u64, &of_all(begun().map(|derivation| &derivation.lines)))
}

fn failures(run: &Run) -> (Cell, Option<u64>) {
    let roots = || run.failures.iter().filter(|failure| failure.root);
    counted(roots().count() as u64, &of_all(roots().map(|failure| &failure.lines)))
}

fn warned(run: &Run) -> (Cell, Option<u64>) {
    counted(warnings::total(run), &of_all(run.warnings.iter().map(|warning| &warning.lines)))
}

fn counted(count: u64, lines: &Lines) -> (Cell, Option<u64>) {
    let text = format::count(count);
    (Cell { text, lines: lines.clone(), known: None }, Some(count))
}

/// Reasons that are named; the others are counted.
const NAMED_REASONS: usize = 2;

fn reboot(run: &Run) -> (Cell, Option<u64>) {
    let word = match run.reboot.verdict {
        RebootVerdict::Needed => "needed",
        RebootVerdict::Advised => "advised",
        RebootVerdict::NoSign => "no sign of it",
        RebootVerdict::Unknown => return (Cell::default(), None),
    };
    let reasons = &run.reboot.reasons;
    let mut text = word.to_owned();
    for reason in reasons.iter().take(NAMED_REASONS) {
        text += "; ";
        text += &reason.what;
    }
    if reasons.len() > NAMED_REASONS {
        text +=
            &["; and ", &format::count((reasons.len() - NAMED_REASONS) as u64), " more"].concat();
    }
    let lines = of_all(reasons.iter().map(|reason| &reason.lines));
    (Cell { text, lines, known: None }, None)
}

/// What came; a difference only where the bytes of both are known.
fn downloaded(sides: &[Side<'_>; 2]) -> Row {
    let cell = |run: &Run| {
        let paths = format::counted(downloads::copied(run), "path", "paths");
        let size = downloaded_bytes(run).map(format::size);
        let text = [Some(paths), size].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let lines = of_all(run.fetches.iter().map(|fetch| &fetch.lines));
        (Cell { text, lines, known: None }, None)
    };
    let bytes = sides.each_ref().map(|side| side.run.and_then(downloaded_bytes));
    let difference = match bytes {
        [Some(old), Some(new)] => size_difference(old, new),
        _ => String::new(),
    };
    Row { difference, ..row("Downloaded", sides, cell) }
}

/// `+1.20 MiB`
fn size_difference(old: u64, new: u64) -> String {
    let difference = i128::from(new) - i128::from(old);
    i64::try_from(difference).map(format::size_delta).unwrap_or_default()
}

/// The sizes of both systems, which only listings tell.
fn size(sides: &[Side<'_>; 2], report: &Report) -> [Row; 2] {
    let closure = report.runs.first().and_then(|run| run.closure.as_ref());
    let moved = closure.and_then(|it| Some((it.paths_added?, it.paths_removed?)));
    let moved = moved.map(|(added, removed)| {
        ["+", &format::count(added), " −", &format::count(removed)].concat()
    });
    let delta = closure.and_then(|closure| closure.delta_bytes).map(format::size_delta);
    let cells = |text: fn(&Listing) -> Option<String>| {
        sides.each_ref().map(|side| listing_cell(side, text))
    };
    [
        Row {
            name: "Store paths".to_owned(),
            sides: cells(|it| Some(format::count(it.paths.into()))),
            difference: moved.unwrap_or_default(),
        },
        Row {
            name: "Size of the system".to_owned(),
            sides: cells(|it| it.bytes.map(format::size)),
            difference: delta.unwrap_or_default(),
        },
    ]
}

fn listing_cell(side: &Side<'_>, text: fn(&Listing) -> Option<String>) -> Cell {
    let listing = side.reading.report.source.listing.as_ref();
    let cell = listing.and_then(|listing| {
        Some(Cell { text: text(listing)?, known: None, lines: side.lines(&listing.lines) })
    });
    cell.unwrap_or_default()
}
