//! Turns a row of a comparison into a change of the report.

mod rename;

use std::cmp::Ordering;

use crate::message::diff::{Row, RowStatus, RowVersion};
use crate::report::{Change, ChangeKind, ChangeSource, Level, Lines, NixOrder};
use crate::sorting;
use crate::store_path::fold_output;
use crate::version::{compare_nix, step};
use crate::{family, kind};

pub(crate) use rename::join_renamed;

/// What dix writes for versions that are on both sides.
const ON_BOTH_SIDES: [&str; 2] = ["<unchanged>", "<others>"];

/// Makes the change that a row tells of.
pub(crate) fn from_row(row: &Row, lines: Lines) -> Change {
    let all: Vec<&str> = row.old.iter().chain(&row.new).map(|version| version.text).collect();
    let (old, new) = (fold(&row.old, &all), fold(&row.new, &all));
    let verdict = verdict(row.status, &old, &new);
    let (old, new) = (public(&old), public(&new));
    // Nix has nothing to say of paths without a version.
    let nix_order = verdict.nix_order.filter(|_| !old.is_empty() && !new.is_empty());
    let version = new.first().or(old.first()).map(String::as_str);
    let subject = kind::of(row.name, version);
    let family = family::of(row.name, version).map(str::to_owned);
    Change {
        name: row.name.to_owned(),
        subject,
        kind: verdict.kind,
        level: verdict.level,
        old,
        new,
        old_count: count(row, &row.old),
        new_count: count(row, &row.new),
        size_delta_bytes: row.size_delta_bytes,
        selected: row.selected,
        family,
        renamed_from: None,
        nix_order,
        source: row.source,
        lines,
    }
}

/// A version without its output, and how many store paths of one output it has.
#[derive(Clone, Copy)]
struct Folded<'a> {
    version: &'a str,
    copies: u32,
}

/// Folds the outputs of one side; each version comes once, in the order of the row.
fn fold<'a>(side: &[RowVersion<'a>], all: &[&str]) -> Vec<Folded<'a>> {
    let mut folded: Vec<Folded> = Vec::new();
    for RowVersion { text, count } in side {
        let (version, _) = fold_output(text, all);
        match folded.iter_mut().find(|known| known.version == version) {
            Some(known) => known.copies = known.copies.max(*count),
            None => folded.push(Folded { version, copies: *count }),
        }
    }
    folded
}

/// Versions of which the outputs are folded already.
fn whole(versions: &[String]) -> Vec<Folded<'_>> {
    versions.iter().map(|version| Folded { version, copies: 1 }).collect()
}

/// The versions of one side that are versions.
fn public(side: &[Folded]) -> Vec<String> {
    let versions = side.iter().map(|folded| folded.version);
    let named = versions.filter(|text| !text.is_empty() && !ON_BOTH_SIDES.contains(text));
    named.map(str::to_owned).collect()
}

/// Store paths of one side, where the source names all of them.
fn count(row: &Row, side: &[RowVersion]) -> Option<u32> {
    let sum = side.iter().fold(0_u32, |sum, version| sum.saturating_add(version.count));
    matches!(row.source, ChangeSource::Nvd | ChangeSource::Compared).then_some(sum)
}

/// One change made of two: the package of `removed` goes on as that of `added`.
fn renamed(removed: Change, added: Change) -> Change {
    let (old, new) = (whole(&removed.old), whole(&added.new));
    let verdict = verdict(RowStatus::Changed, &old, &new);
    let size = removed.size_delta_bytes.zip(added.size_delta_bytes);
    let mut lines = removed.lines;
    lines.0.extend(added.lines.0);
    lines.tidy();
    Change {
        kind: verdict.kind,
        level: verdict.level,
        nix_order: verdict.nix_order.filter(|_| !old.is_empty() && !new.is_empty()),
        old: removed.old,
        old_count: removed.old_count,
        size_delta_bytes: size.map(|(old, new)| old.saturating_add(new)),
        renamed_from: Some(removed.name),
        lines,
        ..added
    }
}

struct Verdict {
    kind: ChangeKind,
    level: Option<Level>,
    nix_order: Option<NixOrder>,
}

impl Verdict {
    fn plain(kind: ChangeKind) -> Self {
        Self { kind, level: None, nix_order: None }
    }

    fn same_version(kind: ChangeKind) -> Self {
        Self { kind, level: None, nix_order: Some(NixOrder::Equal) }
    }
}

fn verdict(status: RowStatus, old: &[Folded], new: &[Folded]) -> Verdict {
    let gone = missing_in(old, new);
    let came = missing_in(new, old);
    match status {
        RowStatus::Added => Verdict::plain(ChangeKind::Added),
        RowStatus::Removed => Verdict::plain(ChangeKind::Removed),
        RowStatus::Changed if gone.is_empty() && came.is_empty() => {
            Verdict::same_version(copies_changed(old, new))
        }
        RowStatus::Changed if gone.is_empty() => Verdict::plain(ChangeKind::Duplicated),
        RowStatus::Changed if came.is_empty() => Verdict::plain(ChangeKind::Deduplicated),
        RowStatus::Changed => moved(gone, came),
    }
}

/// Versions of one side that the other does not have, in the order of Nix.
fn missing_in<'a>(side: &[Folded<'a>], other: &[Folded]) -> Vec<&'a str> {
    let versions = side.iter().map(|folded| folded.version);
    let mut missing: Vec<&str> =
        versions.filter(|version| other.iter().all(|known| known.version != *version)).collect();
    sorting::sort_by(&mut missing, |left, right| compare_nix(left, right));
    missing
}

/// What happened where both sides have the same versions.
fn copies_changed(old: &[Folded], new: &[Folded]) -> ChangeKind {
    let copies = |side: &[Folded]| side.iter().map(|folded| u64::from(folded.copies)).sum::<u64>();
    match copies(new).cmp(&copies(old)) {
        Ordering::Greater => ChangeKind::Duplicated,
        Ordering::Less => ChangeKind::Deduplicated,
        Ordering::Equal => ChangeKind::Rebuilt,
    }
}

/// Pairs the versions that went with those that came, highest with highest.
fn moved(gone: Vec<&str>, came: Vec<&str>) -> Verdict {
    let pairs: Vec<_> = gone.into_iter().rev().zip(came.into_iter().rev()).collect();
    let steps: Vec<_> = pairs.iter().map(|(old, new)| step_of_pair(old, new)).collect();
    let all = |order| steps.iter().all(|step| step.order == Some(order));
    let kind = if all(Ordering::Greater) {
        ChangeKind::Upgraded
    } else if all(Ordering::Less) {
        ChangeKind::Downgraded
    } else {
        ChangeKind::Changed
    };
    let nix_order = pairs.first().map(|(old, new)| nix_order(old, new));
    // The order of levels begins with the greatest.
    Verdict { kind, level: steps.iter().filter_map(|step| step.level).min(), nix_order }
}

/// The step of a pair; one without a version on a side is neither up nor down.
fn step_of_pair(old: &str, new: &str) -> crate::version::Step {
    if old.is_empty() || new.is_empty() {
        return crate::version::Step { order: None, level: None };
    }
    step(old, new)
}

fn nix_order(old: &str, new: &str) -> NixOrder {
    match compare_nix(new, old) {
        Ordering::Greater => NixOrder::Greater,
        Ordering::Less => NixOrder::Less,
        Ordering::Equal => NixOrder::Equal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::diff::{self, DiffLine};

    fn change(text: &str) -> Change {
        let Some(DiffLine::Row(row)) = diff::parse(text) else { panic!("{text}") };
        from_row(&row, Lines::one(1))
    }

    fn check(text: &str, kind: ChangeKind, level: Option<Level>, old: &[&str], new: &[&str]) {
        let change = change(text);
        assert_eq!((change.kind, change.level), (kind, level), "{text}");
        assert_eq!(change.old, old, "{text}");
        assert_eq!(change.new, new, "{text}");
    }

    #[test]
    fn a_version_moves() {
        use ChangeKind::{Changed, Downgraded, Upgraded};
        use Level::{Date, Major, Minor, Patch, Scheme};
        check("[U*]  #1  ollama  0.5.13 -> 0.6.0", Upgraded, Some(Minor), &["0.5.13"], &["0.6.0"]);
        check("[D.]  #1  glib  10.2 -> 9.11", Downgraded, Some(Major), &["10.2"], &["9.11"]);
        check(
            "[D.]  #1  a  20230705-git -> 1.1.4",
            Changed,
            Some(Scheme),
            &["20230705-git"],
            &["1.1.4"],
        );
        check("nginx: 1.26.3 → 1.26.4", Upgraded, Some(Patch), &["1.26.3"], &["1.26.4"]);
        check(
            "[U.] linux-firmware 20260221 -> 20260309",
            Upgraded,
            Some(Date),
            &["20260221"],
            &["20260309"],
        );
        check("[U.]  #1  aspell-dict  <none> -> 0", Changed, None, &[], &["0"]);
    }

    #[test]
    fn outputs_are_folded() {
        check(
            "[U*]  #1  flatpak  1.14.4, 1.14.4-dev, 1.14.4-man -> 1.14.5, 1.14.5-dev, 1.14.5-man",
            ChangeKind::Upgraded,
            Some(Level::Patch),
            &["1.14.4"],
            &["1.14.5"],
        );
        check(
            "[D.]  #1  libliftoff  0.5.0-dev -> 0.4.1",
            ChangeKind::Downgraded,
            Some(Level::Minor),
            &["0.5.0-dev"],
            &["0.4.1"],
        );
    }

    #[test]
    fn several_versions_move_in_pairs() {
        check(
            "[C.]  #1  curl  8.10.1 x2, 8.10.1-bin, 8.9.1 -> 8.11.0 x2, 8.11.0-bin, 8.9.1",
            ChangeKind::Upgraded,
            Some(Level::Minor),
            &["8.10.1", "8.9.1"],
            &["8.11.0", "8.9.1"],
        );
        check(
            "[U.]  #1  linux  6.1.67, 6.1.67-modules-shrunk -> 6.1.71, 6.1.71-modules-shrunk",
            ChangeKind::Upgraded,
            Some(Level::Patch),
            &["6.1.67", "6.1.67-modules-shrunk"],
            &["6.1.71", "6.1.71-modules-shrunk"],
        );
    }

    #[test]
    fn a_version_beside_a_kept_one_is_a_duplicate() {
        use ChangeKind::{Deduplicated, Duplicated};
        check(
            "[C.]  #1  expat  2.6.3 x2 -> 2.6.3, 2.6.4",
            Duplicated,
            None,
            &["2.6.3"],
            &["2.6.3", "2.6.4"],
        );
        check(
            "[C.]  #1  glibc  2.37-8, 2.38-27 -> 2.38-27",
            Deduplicated,
            None,
            &["2.37-8", "2.38-27"],
            &["2.38-27"],
        );
        check(
            "[C.] glibc 2.37-8, <unchanged> -> <unchanged>",
            Deduplicated,
            None,
            &["2.37-8"],
            &[],
        );
    }

    #[test]
    fn the_same_versions_are_rebuilt_or_counted() {
        use ChangeKind::{Deduplicated, Duplicated, Rebuilt};
        check(
            "[C.]  #1  linux  6.12.19 -> 6.12.19 x2",
            Duplicated,
            None,
            &["6.12.19"],
            &["6.12.19"],
        );
        check("[C.]  #1  client.conf  <none> x2 -> <none>", Deduplicated, None, &[], &[]);
        check(
            "[C.]  #1  sqlite  3.46.1, 3.46.1-bin -> 3.46.1, 3.46.1-man",
            Rebuilt,
            None,
            &["3.46.1"],
            &["3.46.1"],
        );
        check("libfoo: 8.8 KiB", Rebuilt, None, &[], &[]);
    }

    #[test]
    fn packages_come_and_go() {
        check("[A.]  #01  dtc  1.7.0", ChangeKind::Added, None, &[], &["1.7.0"]);
        check("htop: 3.3.0 → ∅, -121.1 KiB", ChangeKind::Removed, None, &["3.3.0"], &[]);
    }

    #[test]
    fn paths_are_counted_where_the_row_names_all() {
        let row =
            change("[C.]  #1  dbus  1, 1.14.10 x2, 1.14.10-dev -> 1 x3, 1.14.10 x2, 1.14.10-dev");
        assert_eq!((row.old_count, row.new_count), (Some(4), Some(6)));
        assert_eq!(change("dbus: 1.14.8 → 1.14.10").old_count, None);
    }

    #[test]
    fn nix_says_what_it_says() {
        assert_eq!(change("a: 1.0-rc1 → 1.0").nix_order, Some(NixOrder::Less));
        assert_eq!(change("[A.]  #01  dtc  1.7.0").nix_order, None);
        assert_eq!(change("[C.]  #01  etc  <none> -> <none> x3").nix_order, None);
    }
}
