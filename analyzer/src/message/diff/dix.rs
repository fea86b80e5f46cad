//! Lines of dix, as nh prints them too.

use crate::report::{ChangeSource, Closure};

use super::nvd::mark;
use super::{DiffLine, Row, RowStatus, Section, size, versions};

/// Reads a headline or one of the last lines.
pub(super) fn headline(text: &str) -> Option<DiffLine<'_>> {
    let (word, rest) = text.split_once([' ', ':']).unwrap_or((text, ""));
    // CHANGED (12)
    let is_count = rest.is_empty() || (rest.starts_with('(') && rest.ends_with(')'));
    let section = match word {
        "CHANGED" if is_count => Section::Changed,
        "ADDED" if is_count => Section::Added,
        "REMOVED" if is_count => Section::Removed,
        "SIZE" | "DIFF" | "PATHS" => return figures(word, rest.trim()).map(DiffLine::Figures),
        "NOTE" if rest.contains(" hidden ") => return Some(DiffLine::Note),
        _ => return None,
    };
    Some(DiffLine::Section(section))
}

// SIZE: 20.5 GiB -> 20.5 GiB (+1.95 KiB)
// DIFF: 1.95 KiB
// PATHS: 7529 -> 7536 (+5054, -5047)
fn figures(word: &str, rest: &str) -> Option<Closure> {
    let mut closure = Closure::default();
    let (sides, inner) = rest.split_once(" (").unwrap_or((rest, ""));
    let inner = inner.trim_end_matches(')');
    match word {
        "SIZE" => {
            let (old, new) = sides.split_once(" -> ")?;
            closure.old_bytes = Some(u64::try_from(size(old)?).ok()?);
            closure.new_bytes = Some(u64::try_from(size(new)?).ok()?);
            closure.delta_bytes = size(inner);
        }
        "DIFF" => closure.delta_bytes = Some(size(sides)?),
        _ => {
            let (added, removed) = inner.split_once(", ")?;
            closure.paths_added = Some(added.strip_prefix('+')?.parse().ok()?);
            closure.paths_removed = Some(removed.strip_prefix('-')?.parse().ok()?);
        }
    }
    Some(closure)
}

// [U.] linux-firmware 20260221 -> 20260309, +9.67 KiB
// [C.] source         -9.67 KiB
// [A.] git-wt-clean <none>
pub(super) fn row(text: &str) -> Option<DiffLine<'_>> {
    let (mark, rest) = mark(text)?;
    let rest = rest.strip_prefix(' ')?;
    let (name, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    if name.is_empty() || name.starts_with('#') {
        return None;
    }
    let (sides, size_delta_bytes) = split_size(rest.trim());
    let (old, new) = match (mark.status, sides.split_once(" -> ")) {
        (_, Some((old, new))) => (old, new),
        (RowStatus::Added, None) => ("", sides),
        (RowStatus::Removed, None) => (sides, ""),
        // Only the size differs.
        (RowStatus::Changed, None) if sides.is_empty() => ("", ""),
        (RowStatus::Changed, None) => return None,
    };
    Some(DiffLine::Row(Row {
        source: ChangeSource::Dix,
        name,
        status: mark.status,
        selected: Some(mark.selected),
        old: versions(old),
        new: versions(new),
        size_delta_bytes,
    }))
}

/// Takes the size off the end.
fn split_size(text: &str) -> (&str, Option<i64>) {
    let (sides, last) = text.rsplit_once(", ").unwrap_or(("", text));
    size(last).map_or((text, None), |bytes| (sides, Some(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Row<'_> {
        let Some(DiffLine::Row(row)) = row(text) else { panic!("{text}") };
        row
    }

    #[test]
    fn rows_are_read() {
        let row = read("[U.] linux-firmware 20260221 -> 20260309, +9.5 KiB");
        assert_eq!(
            (row.name, row.old[0].text, row.new[0].text),
            ("linux-firmware", "20260221", "20260309")
        );
        assert_eq!(row.size_delta_bytes, Some(9728));
        let row = read("[C*] glibc 2.40-66 ×2, <unchanged> -> 2.40-67 ×2, <unchanged>");
        assert_eq!((row.old.len(), row.new[0].count, row.selected), (2, 2, Some(true)));
        let row = read("[A.] git-wt-clean <none>");
        assert_eq!((row.status, row.old.len(), row.new[0].text), (RowStatus::Added, 0, ""));
    }

    #[test]
    fn a_row_may_hold_a_size_only() {
        let row = read("[C.] source         -9.5 KiB");
        assert_eq!((row.old.len(), row.new.len(), row.size_delta_bytes), (0, 0, Some(-9728)));
    }

    #[test]
    fn figures_are_read() {
        let Some(DiffLine::Figures(size)) = headline("SIZE: 20.5 GiB -> 20.5 GiB (+1.5 KiB)")
        else {
            panic!()
        };
        assert_eq!((size.old_bytes, size.delta_bytes), (Some(22_011_707_392), Some(1536)));
        let Some(DiffLine::Figures(paths)) = headline("PATHS: 7529 -> 7536 (+5054, -5047)") else {
            panic!()
        };
        assert_eq!((paths.paths_added, paths.paths_removed), (Some(5054), Some(5047)));
        let Some(DiffLine::Figures(diff)) = headline("DIFF: 1.5 KiB") else { panic!() };
        assert_eq!(diff.delta_bytes, Some(1536));
    }

    #[test]
    fn headlines_may_count() {
        assert_eq!(headline("CHANGED (12)"), Some(DiffLine::Section(Section::Changed)));
        assert_eq!(headline("ADDED"), Some(DiffLine::Section(Section::Added)));
        assert_eq!(headline("ADDED a thing"), None);
    }
}
