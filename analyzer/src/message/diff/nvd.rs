//! Lines of nvd.

use crate::report::{ChangeSource, Closure};

use super::{DiffLine, Row, RowStatus, Section, size, versions};

/// Reads a headline or the last line.
pub(super) fn headline(text: &str) -> Option<DiffLine<'_>> {
    let section = match text {
        "Version changes:" => Section::Changed,
        "Added packages:" => Section::Added,
        "Removed packages:" => Section::Removed,
        "Selection state changes:" => Section::Selection,
        "No version or selection state changes." => return Some(DiffLine::Nothing),
        _ => return figures(text).map(DiffLine::Figures),
    };
    Some(DiffLine::Section(section))
}

// Closure size: 1869 -> 1873 (335 paths added, 331 paths removed, delta +4, disk usage +42.6MiB).
// Closure size: 2205 -> 2206 (38 paths added, 37 paths removed, delta +1).
fn figures(text: &str) -> Option<Closure> {
    let (_, inner) = text.strip_prefix("Closure size: ")?.split_once(" (")?;
    let mut closure = Closure::default();
    for part in inner.trim_end_matches(['.', ')']).split(", ") {
        if let Some(count) = part.strip_suffix(" paths added") {
            closure.paths_added = count.parse().ok();
        } else if let Some(count) = part.strip_suffix(" paths removed") {
            closure.paths_removed = count.parse().ok();
        } else if let Some(delta) = part.strip_prefix("disk usage ") {
            closure.delta_bytes = size(delta);
        }
    }
    Some(closure)
}

// [U*]  #01  openssh         9.5p1 -> 9.6p1
// [C.]  #18  initrd-linux    6.12.19 -> 6.12.19 x2
// [A+]  #1  nvidia-offload  <none>
pub(super) fn row(text: &str) -> Option<DiffLine<'_>> {
    let (mark, rest) = mark(text)?;
    let rest = rest.trim_start().strip_prefix('#')?;
    let (_, rest) = rest.split_once(' ').filter(|(at, _)| at.parse::<u32>().is_ok())?;
    let rest = rest.trim_start();
    let (name, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let (sides, size_delta_bytes) = split_size(rest.trim());
    let (old, new) = match (mark.status, sides.split_once(" -> ")) {
        (_, Some((old, new))) => (old, new),
        (RowStatus::Added, None) => ("", sides),
        (RowStatus::Removed, None) => (sides, ""),
        // [C+]  #1  age   1.3.1
        (RowStatus::Changed, None) => return Some(DiffLine::Selection),
    };
    Some(DiffLine::Row(Row {
        source: ChangeSource::Nvd,
        name,
        status: mark.status,
        selected: Some(mark.selected),
        old: versions(old),
        new: versions(new),
        size_delta_bytes,
    }))
}

/// What stands in the brackets of nvd and dix.
pub(super) struct Mark {
    pub(super) status: RowStatus,
    pub(super) selected: bool,
}

/// Reads `[U*]`; gives what follows, too.
pub(super) fn mark(text: &str) -> Option<(Mark, &str)> {
    let [b'[', status, selection, b']', ..] = text.as_bytes() else { return None };
    let status = match status {
        b'U' | b'D' | b'C' => RowStatus::Changed,
        b'A' => RowStatus::Added,
        b'R' => RowStatus::Removed,
        _ => return None,
    };
    let selected = match selection {
        b'*' | b'+' => true,
        b'.' | b'-' => false,
        _ => return None,
    };
    Some((Mark { status, selected }, &text[4..]))
}

/// Takes a column with a size off the end, as some builds of nvd print it.
fn split_size(text: &str) -> (&str, Option<i64>) {
    let Some((sides, last)) = text.rsplit_once("  ") else { return (text, None) };
    size(last).map_or((text, None), |bytes| (sides.trim_end(), Some(bytes)))
}

#[cfg(test)]
mod tests {
    use super::super::RowVersion;
    use super::*;

    fn check(text: &str, status: RowStatus, selected: bool, name: &str, old: &str, new: &str) {
        let Some(DiffLine::Row(row)) = row(text) else { panic!("{text}") };
        let show = |side: &[RowVersion]| {
            let parts = side.iter().map(|v| format!("{}*{}", v.text, v.count));
            parts.collect::<Vec<_>>().join(" ")
        };
        assert_eq!((row.status, row.selected, row.name), (status, Some(selected), name));
        assert_eq!((show(&row.old).as_str(), show(&row.new).as_str()), (old, new));
    }

    #[test]
    fn rows_are_read() {
        use RowStatus::{Added, Changed, Removed};
        check(
            "[U*]  #01  openssh   9.5p1 -> 9.6p1",
            Changed,
            true,
            "openssh",
            "9.5p1*1",
            "9.6p1*1",
        );
        check(
            "[C.]  #18  x  6.1 -> 6.1 x2, 6.1-man",
            Changed,
            false,
            "x",
            "6.1*1",
            "6.1*2 6.1-man*1",
        );
        check(
            "[D.]  #20  libliftoff  0.5.0-dev -> 0.4.1",
            Changed,
            false,
            "libliftoff",
            "0.5.0-dev*1",
            "0.4.1*1",
        );
        check("[A+]  #1  nvidia-offload  <none>", Added, true, "nvidia-offload", "", "*1");
        check("[R-]  #1  tmux  3.4, 3.4-man", Removed, false, "tmux", "3.4*1 3.4-man*1", "");
    }

    #[test]
    fn a_size_at_the_end_is_no_version() {
        let Some(DiffLine::Row(row)) = row("[U.]  #1  a  1.0 -> 1.1  +1.5KiB") else { panic!() };
        assert_eq!((row.new[0].text, row.size_delta_bytes), ("1.1", Some(1536)));
    }

    #[test]
    fn a_row_about_selection_is_no_change() {
        assert_eq!(row("[C+]  #1  age   1.3.1, 1.3.1-fish"), Some(DiffLine::Selection));
    }

    #[test]
    fn figures_are_read() {
        let text = "Closure size: 1869 -> 1873 (335 paths added, 331 paths removed, delta +4, disk usage +42.6MiB).";
        let closure = figures(text).unwrap();
        assert_eq!(closure.paths_added, Some(335));
        assert_eq!(closure.paths_removed, Some(331));
        assert_eq!(closure.delta_bytes, Some(44_669_338));
        let old =
            figures("Closure size: 2205 -> 2206 (38 paths added, 37 paths removed, delta +1).");
        assert_eq!(old.unwrap().delta_bytes, None);
    }

    #[test]
    fn other_brackets_are_not_claimed() {
        for text in [
            "[1/2 built] building x",
            "[ 50%] Building C object",
            "[INFO ] Using flake",
            "[U.] x 1 -> 2",
        ] {
            assert_eq!(row(text), None, "{text}");
        }
    }
}
