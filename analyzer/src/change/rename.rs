//! Packages that only changed their name, such as `python3.12-x` and `python3.13-x`.

use std::collections::HashMap;

use super::renamed;
use crate::report::{Change, ChangeKind};
use crate::sorting;

/// Joins a package that went with one that came where the evidence is good: their names differ
/// only in numbers, or one has all words of the other and both have the same version; and there
/// is no third such package.
pub(crate) fn join_renamed(changes: Vec<Change>) -> Vec<Change> {
    let mut pairs = pairs_by(&changes, |change| Some(skeleton(&change.name)));
    pairs.extend(pairs_by(&changes, |change| distinctive_version(change).map(str::to_owned)));
    let mut slots: Vec<Option<Change>> = changes.into_iter().map(Some).collect();
    for (removed, added) in pairs {
        let are_there = slots[removed].is_some() && slots[added].is_some();
        if let Some((old, new)) =
            are_there.then(|| slots[removed].take().zip(slots[added].take())).flatten()
        {
            slots[added] = Some(renamed(old, new));
        }
    }
    slots.into_iter().flatten().collect()
}

/// Pairs of one removed and one added package that are alone in having the same `key`, and have
/// names that go together.
fn pairs_by(changes: &[Change], key: impl Fn(&Change) -> Option<String>) -> Vec<(usize, usize)> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<[Vec<usize>; 2]> = Vec::new();
    for (index, change) in changes.iter().enumerate() {
        let side = match change.kind {
            ChangeKind::Removed => 0,
            ChangeKind::Added => 1,
            _ => continue,
        };
        if let Some(key) = key(change) {
            let place = *places.entry(key).or_insert(groups.len());
            if place == groups.len() {
                groups.push(Default::default());
            }
            groups[place][side].push(index);
        }
    }
    let mut alone: Vec<(usize, usize)> = groups
        .into_iter()
        .filter_map(|[removed, added]| {
            let ([removed], [added]) = (&removed[..], &added[..]) else { return None };
            Some((*removed, *added))
        })
        .collect();
    sorting::sort(&mut alone);
    alone.retain(|(old, new)| go_together(&changes[*old].name, &changes[*new].name));
    alone
}

/// A name with its numbers and commits left out: `python#-requests`.
fn skeleton(name: &str) -> String {
    let mut skeleton = String::with_capacity(name.len());
    for (index, word) in name.split('-').enumerate() {
        if index > 0 {
            skeleton.push('-');
        }
        if is_commit(word) {
            skeleton.push('#');
            continue;
        }
        let mut is_number = false;
        for c in word.chars() {
            let goes_on = is_number && c == '.';
            if c.is_ascii_digit() && !is_number {
                skeleton.push('#');
            } else if !c.is_ascii_digit() && !goes_on {
                skeleton.push(c);
            }
            is_number = c.is_ascii_digit() || goes_on;
        }
    }
    skeleton
}

fn is_commit(word: &str) -> bool {
    (7..=40).contains(&word.len())
        && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && word.bytes().any(|byte| byte.is_ascii_digit())
}

/// The only version of a package, if few other packages can have the same.
fn distinctive_version(change: &Change) -> Option<&str> {
    let versions = if change.old.is_empty() { &change.new } else { &change.old };
    let [version] = &versions[..] else { return None };
    let digits = version.bytes().filter(u8::is_ascii_digit).count();
    (digits >= 4).then_some(version)
}

/// Whether two names differ only in numbers, or one has all words of the other.
fn go_together(old: &str, new: &str) -> bool {
    if skeleton(old) == skeleton(new) {
        return true;
    }
    let words = |name: &str| name.split(['-', '_']).map(str::to_owned).collect::<Vec<_>>();
    let (old, new) = (words(old), words(new));
    let (few, many) = if old.len() < new.len() { (old, new) } else { (new, old) };
    few.len() > 1 && few.iter().all(|word| many.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::from_row;
    use crate::message::diff::{self, DiffLine};
    use crate::report::{Level, Lines};

    fn joined(rows: &[&str]) -> Vec<Change> {
        let changes = rows.iter().zip(1..).map(|(row, line)| {
            let Some(DiffLine::Row(row)) = diff::parse(row) else { panic!("{row}") };
            from_row(&row, Lines::one(line))
        });
        join_renamed(changes.collect())
    }

    #[track_caller]
    fn check(rows: &[&str], expected: &[(&str, Option<&str>)]) {
        let changes = joined(rows);
        let found: Vec<_> =
            changes.iter().map(|it| (it.name.as_str(), it.renamed_from.as_deref())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_package_set_moves_to_another_interpreter() {
        let changes =
            joined(&["python3.12-requests: 2.31.0 → ∅", "python3.13-requests: ∅ → 2.32.3"]);
        let [change] = &changes[..] else { panic!("{changes:?}") };
        assert_eq!((change.kind, change.level), (ChangeKind::Upgraded, Some(Level::Minor)));
        assert_eq!(change.renamed_from.as_deref(), Some("python3.12-requests"));
        assert_eq!(change.lines, Lines::range(1, 2));
    }

    #[test]
    fn the_same_version_under_another_name_is_renamed() {
        check(
            &["noto-fonts-emoji: 2.0471 → ∅", "noto-fonts-color-emoji: ∅ → 2.0471"],
            &[("noto-fonts-color-emoji", Some("noto-fonts-emoji"))],
        );
        check(
            &["neovim-ee3d4f6: ε → ∅", "neovim-80f75d0: ∅ → ε"],
            &[("neovim-80f75d0", Some("neovim-ee3d4f6"))],
        );
    }

    #[test]
    fn what_only_looks_alike_is_not_renamed() {
        check(&["a: 1.0 → ∅", "b: ∅ → 1.0"], &[("a", None), ("b", None)]);
        check(&["x-a: 1.0 → ∅", "x-a-b: ∅ → 1.1"], &[("x-a", None), ("x-a-b", None)]);
        check(
            &["lib1: 1.0 → ∅", "lib2: ∅ → 2.0", "lib3: ∅ → 3.0"],
            &[("lib1", None), ("lib2", None), ("lib3", None)],
        );
    }
}
