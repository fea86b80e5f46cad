//! Which packages differ between the old system and the new one.

use analyzer::report::{Change, ChangeKind, Level, Run};

use super::{lines, section};
use crate::document::{Block, Phrase};
use crate::english;

/// A row for each change, in the order of the log.
pub(super) fn changes(run: &Run) -> Vec<Block> {
    let sized = run.changes.iter().any(|change| change.size_delta_bytes.is_some());
    let mut head = vec!["Package", "Old", "New", "Change"];
    head.extend(sized.then_some("Size"));
    head.push("Line");
    let rows = run.changes.iter().map(|change| row(change, sized)).collect();
    section("Versions", head, rows)
}

fn row(change: &Change, sized: bool) -> Vec<Phrase> {
    let mut row = vec![
        Phrase::log(&change.name),
        side(&change.old, change.old_count),
        side(&change.new, change.new_count),
        Phrase::own(what(change)),
    ];
    if sized {
        let delta = change.size_delta_bytes.map(english::size_delta);
        row.push(Phrase::own(delta.unwrap_or_default()));
    }
    row.push(lines(&change.lines));
    row
}

fn side(versions: &[String], count: Option<u32>) -> Phrase {
    let phrase = match (versions, count) {
        // There are paths, but their names have no version.
        ([], Some(1..)) => Phrase::own("no version"),
        _ => Phrase::default().and_names(versions.iter().map(String::as_str), versions.len()),
    };
    match count {
        // As many versions as paths: nothing is hidden.
        Some(count) if count as usize > versions.len().max(1) => {
            phrase.and_own(format!(" ×{count}"))
        }
        _ => phrase,
    }
}

fn what(change: &Change) -> String {
    let kind = match change.kind {
        ChangeKind::Upgraded => "",
        ChangeKind::Downgraded => "downgrade",
        ChangeKind::Changed => "changed",
        ChangeKind::Added => "added",
        ChangeKind::Removed => "removed",
        ChangeKind::Rebuilt => "rebuilt",
        ChangeKind::Deduplicated => "fewer copies",
        ChangeKind::Duplicated => "more copies",
    };
    let level = change.level.map_or("", level_name);
    [kind, level].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ")
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::Major => "major",
        Level::Minor => "minor",
        Level::Patch => "patch",
        Level::Prerelease => "pre-release",
        Level::Date => "date",
        Level::Revision => "revision",
        Level::Scheme => "other scheme",
    }
}
