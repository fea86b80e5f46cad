//! Which packages differ between the old system and the new one.

use analyzer::report::{Change, ChangeKind, ChangeSource, DerivationKind, Level, Run};

use super::{family, lines};
use crate::export::document::{Block, Phrase, Table};
use crate::export::english;

/// What sort of change it is: what a person looks for comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// Software with other versions, and software that is new or gone.
    Versions,
    /// Software with the same versions.
    Rebuilt,
    /// What NixOS makes from the configuration.
    Configuration,
}

impl Group {
    /// All groups, in the order in which they are shown.
    pub(super) const ALL: [Self; 3] = [Self::Versions, Self::Rebuilt, Self::Configuration];

    fn of(change: &Change) -> Self {
        let is_same = matches!(
            change.kind,
            ChangeKind::Rebuilt | ChangeKind::Duplicated | ChangeKind::Deduplicated
        ) && change.old == change.new;
        match change.subject {
            DerivationKind::Configuration => Self::Configuration,
            _ if is_same => Self::Rebuilt,
            _ => Self::Versions,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Versions => "Versions",
            Self::Rebuilt => "Built again, same versions",
            Self::Configuration => "Configuration",
        }
    }
}

/// How many changes of a group there are.
pub(super) fn count(run: &Run, group: Group) -> u64 {
    run.changes.iter().filter(|change| Group::of(change) == group).count() as u64
}

/// A row for each change, in groups, in the order of the log.
pub(super) fn changes(run: &Run) -> Vec<Block> {
    Group::ALL.into_iter().flat_map(|group| of_group(run, group)).collect()
}

fn of_group(run: &Run, group: Group) -> Vec<Block> {
    let changes: Vec<&Change> =
        run.changes.iter().filter(|change| Group::of(change) == group).collect();
    if changes.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Heading(Phrase::own(group.title()))];
    blocks.extend(tables(&changes));
    blocks
}

/// A table, and a folded one for each family.
pub(crate) fn tables(changes: &[&Change]) -> Vec<Block> {
    let (alone, families) = family::split(changes);
    let mut blocks = Vec::new();
    if !alone.is_empty() {
        blocks.push(Block::Table(table(&alone)));
    }
    let folded = families.iter().map(|it| Block::Fold(family::summary(it), table(&it.members)));
    blocks.extend(folded);
    blocks
}

fn table(changes: &[&Change]) -> Table {
    let sized = changes.iter().any(|change| change.size_delta_bytes.is_some());
    let mut head = vec!["Package", "Old", "New", "Change"];
    head.extend(sized.then_some("Size"));
    head.push("Line");
    Table { head, rows: changes.iter().map(|change| row(change, sized)).collect() }
}

fn name(change: &Change) -> Phrase {
    match &change.renamed_from {
        Some(before) => Phrase::log(&change.name).and_own(" (was ").and_log(before).and_own(")"),
        None => Phrase::log(&change.name),
    }
}

fn row(change: &Change, sized: bool) -> Vec<Phrase> {
    let old = if is_half_known(change) {
        Phrase::own("unknown")
    } else {
        side(&change.old, change.old_count, change.kind == ChangeKind::Added)
    };
    let new = side(&change.new, change.new_count, change.kind == ChangeKind::Removed);
    let mut row = vec![name(change), old, new, Phrase::own(what(change))];
    if sized {
        let delta = change.size_delta_bytes.map(english::size_delta);
        row.push(Phrase::own(delta.unwrap_or_default()));
    }
    row.push(lines(&change.lines));
    row
}

/// The versions of a side, which may have no package of that name at all.
fn side(versions: &[String], count: Option<u32>, may_be_absent: bool) -> Phrase {
    let phrase = match (versions, count) {
        // There are paths, but their names have no version: `aspell-dict  <none> -> 0`.
        ([], Some(1..)) => Phrase::own("no version"),
        ([], None) if !may_be_absent => Phrase::own("no version"),
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

/// Whether only the new version is known.
fn is_half_known(change: &Change) -> bool {
    change.source == ChangeSource::Plan && change.old.is_empty()
}

fn what(change: &Change) -> String {
    let kind = match change.kind {
        _ if is_half_known(change) => "",
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
