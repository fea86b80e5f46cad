//! What happened to each package, by its store paths on both sides.

use super::{Items, Sides};
use crate::change;
use crate::inventory::{Held, Identity, NO_LINE, Size};
use crate::message::diff::{Row, RowStatus, RowVersion};
use crate::report::{Change, ChangeKind, ChangeSource, DerivationKind, Lines};
use crate::sorting;

/// The changes, by name.
pub(super) fn changes(sides: &Sides<'_>, items: &Items<'_>) -> Vec<Change> {
    let (mut old, mut new) = (items.old.as_slice(), items.new.as_slice());
    let mut changes = Vec::new();
    while let Some(name) = first_name(old, new) {
        let package = Package { old: take(&mut old, name), new: take(&mut new, name), name };
        changes.extend(package.change(sides));
    }
    changes
}

fn first_name<'a>(old: &[Held<'a>], new: &[Held<'a>]) -> Option<&'a str> {
    let (old, new) = (old.first().map(|item| item.name), new.first().map(|item| item.name));
    match (old, new) {
        (Some(old), Some(new)) => Some(old.min(new)),
        (one, other) => one.or(other),
    }
}

/// Takes the items of a package off the front.
fn take<'i, 'a>(items: &mut &'i [Held<'a>], name: &str) -> &'i [Held<'a>] {
    let end = items.iter().position(|item| item.name != name).unwrap_or(items.len());
    let (package, rest) = items.split_at(end);
    *items = rest;
    package
}

/// A package on both sides, each sorted by version.
struct Package<'i, 'a> {
    name: &'a str,
    old: &'i [Held<'a>],
    new: &'i [Held<'a>],
}

impl Package<'_, '_> {
    /// What happened to it; `None` if nothing did, or nothing is known to have.
    fn change(&self, sides: &Sides<'_>) -> Option<Change> {
        if sides.are_complete() { self.change_of_listings(sides) } else { self.known_change(sides) }
    }

    fn change_of_listings(&self, sides: &Sides<'_>) -> Option<Change> {
        let status = match (self.old, self.new) {
            ([], _) => RowStatus::Added,
            (_, []) => RowStatus::Removed,
            _ if self.is_same() => return None,
            _ => RowStatus::Changed,
        };
        let mut change = self.row(status, sides);
        let has_same_versions = matches!(
            change.kind,
            ChangeKind::Rebuilt | ChangeKind::Duplicated | ChangeKind::Deduplicated
        ) && change.old == change.new;
        if has_same_versions {
            change.kind = self.kind_of_same_versions();
        }
        Some(change)
    }

    /// What happened as far as a log can tell: it does not name what it left alone.
    fn known_change(&self, sides: &Sides<'_>) -> Option<Change> {
        if self.new.is_empty() {
            return None;
        }
        let mut change = self.row(RowStatus::Changed, sides);
        if self.old.is_empty() {
            let is_package = change.subject == DerivationKind::Software && !change.new.is_empty();
            change.kind = ChangeKind::Changed;
            change.source = ChangeSource::Plan;
            return is_package.then_some(change);
        }
        let is_moved = change.new.iter().any(|version| !change.old.contains(version));
        if is_moved {
            // A version of a log may have come beside the ones that were there.
            return (change.kind != ChangeKind::Duplicated).then_some(change);
        }
        change.kind = ChangeKind::Rebuilt;
        change.old.clone_from(&change.new);
        (change.subject != DerivationKind::Other && self.is_rebuilt()).then_some(change)
    }

    /// Whether both sides have the same store paths.
    fn is_same(&self) -> bool {
        let same =
            |(old, new): (&Held, &Held)| old.identity == new.identity && old.version == new.version;
        self.old.len() == self.new.len() && self.old.iter().zip(self.new).all(same)
    }

    /// What happened where the versions are the same and the store paths are not.
    fn kind_of_same_versions(&self) -> ChangeKind {
        let lacks = |side: &[Held], other: &[Held]| {
            let is_there = |item: &Held| {
                other.iter().any(|it| (it.identity, it.version) == (item.identity, item.version))
            };
            !side.iter().all(is_there)
        };
        match (lacks(self.old, self.new), lacks(self.new, self.old)) {
            (false, _) => ChangeKind::Duplicated,
            (true, false) => ChangeKind::Deduplicated,
            (true, true) => ChangeKind::Rebuilt,
        }
    }

    /// Whether the same version is known by two store paths, or made by two derivations.
    fn is_rebuilt(&self) -> bool {
        self.new.iter().any(|new| {
            let mut alike = self.old.iter().filter(|old| {
                old.version == new.version && is_comparable(old.identity, new.identity)
            });
            let mut all = alike.clone();
            alike.next().is_some() && all.all(|old| old.identity != new.identity)
        })
    }

    fn row(&self, status: RowStatus, sides: &Sides<'_>) -> Change {
        let row = Row {
            source: ChangeSource::Compared,
            name: self.name,
            status,
            selected: self.selected(),
            old: versions(self.old),
            new: versions(self.new),
            size_delta_bytes: self.size_delta(sides),
        };
        let change = change::from_row(&row, self.lines(sides.shift));
        let counts = sides.are_complete();
        Change {
            old_count: change.old_count.filter(|_| counts),
            new_count: change.new_count.filter(|_| counts),
            ..change
        }
    }

    /// Whether a person chose it: on the new side, else on the old one.
    fn selected(&self) -> Option<bool> {
        let side = if self.new.is_empty() { self.old } else { self.new };
        side.iter().filter_map(|item| item.selected).max()
    }

    /// How much more it takes on the new side, if that is certain.
    fn size_delta(&self, sides: &Sides<'_>) -> Option<i64> {
        if !sides.are_complete() {
            return None;
        }
        total(self.old)?.step(total(self.new)?)
    }

    fn lines(&self, shift: u32) -> Lines {
        let known = |items: &[Held<'_>], shift: u32| -> Vec<u32> {
            let lines = items.iter().map(|item| item.line).filter(|line| *line != NO_LINE);
            lines.map(|line| line.saturating_add(shift)).collect()
        };
        let (old, new) = (known(self.old, 0), known(self.new, shift));
        let mut all = [old, new].concat();
        // The lines of the old input come first, and most packages have one in each.
        if !all.is_sorted() {
            sorting::sort(&mut all);
        }
        let mut lines = Lines::default();
        for line in all {
            lines.push(line);
        }
        lines
    }
}

/// Whether both are known by their store paths, or both by their derivations.
fn is_comparable(one: Identity<'_>, other: Identity<'_>) -> bool {
    matches!(
        (one, other),
        (Identity::Path(_), Identity::Path(_)) | (Identity::Derivation(_), Identity::Derivation(_))
    )
}

/// The size of all items together.
fn total(side: &[Held<'_>]) -> Option<Size> {
    let none = Size { bytes: 0, slack: 0 };
    side.iter().try_fold(none, |total, item| Some(total.plus(item.size?)))
}

/// The versions of a side with the number of their store paths.
fn versions<'a>(side: &[Held<'a>]) -> Vec<RowVersion<'a>> {
    let mut versions: Vec<RowVersion> = Vec::new();
    for item in side {
        let text = item.version.unwrap_or_default();
        match versions.last_mut().filter(|last| last.text == text) {
            Some(last) => last.count += 1,
            None => versions.push(RowVersion { text, count: 1 }),
        }
    }
    versions
}
