//! Lines of programs that compare two systems: nvd, dix, `nix store diff-closures`.

use crate::message::text;
use crate::report::{ChangeSource, Closure};

mod diff_closures;
mod dix;
mod nvd;

/// What a line of a comparison says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum DiffLine<'a> {
    /// The old or the new system, as `<<< PATH` or `>>> PATH`.
    Compared {
        /// Which of the two.
        side: Side,
        /// Its path or name.
        path: &'a str,
    },
    /// Rows of this kind follow.
    Section(Section),
    /// A package that differs.
    Row(Row<'a>),
    /// Only whether the package is in `environment.systemPackages` differs.
    Selection,
    /// Figures of both systems; what the line does not tell is `None`, and there are no lines yet.
    Figures(Closure),
    /// The program found nothing that differs.
    Nothing,
    /// A remark of the program.
    Note,
}

impl DiffLine<'_> {
    /// Whether it could also be a line of something else, such as `zlib: 8.8 KiB`.
    pub(crate) fn is_weak(&self) -> bool {
        let Self::Row(row) = self else { return matches!(self, Self::Note) };
        row.source == ChangeSource::DiffClosures && row.old.is_empty() && row.new.is_empty()
    }
}

/// One of two systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The one before.
    Old,
    /// The one after.
    New,
}

/// What the rows of a part of the output are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// Packages with other versions.
    Changed,
    /// New packages.
    Added,
    /// Packages that are gone.
    Removed,
    /// Packages that are selected or no longer selected.
    Selection,
    /// Two versions of a profile.
    ProfileVersions,
    /// One version of a profile; rows of [`history`] follow.
    History,
}

/// A package that differs, as one line has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row<'a> {
    /// Whose line it is.
    pub(crate) source: ChangeSource,
    /// Name of the package.
    pub(crate) name: &'a str,
    /// What the program calls it.
    pub(crate) status: RowStatus,
    /// Whether it is in `environment.systemPackages`, where the program says.
    pub(crate) selected: Option<bool>,
    /// Versions of the old side.
    pub(crate) old: Vec<RowVersion<'a>>,
    /// Versions of the new side.
    pub(crate) new: Vec<RowVersion<'a>>,
    /// Change of size, in bytes.
    pub(crate) size_delta_bytes: Option<i64>,
}

/// What a program calls a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowStatus {
    /// It is on both sides.
    Changed,
    /// It is only on the new side.
    Added,
    /// It is only on the old side.
    Removed,
}

/// A version on one side of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RowVersion<'a> {
    /// The version; empty for paths without one.
    pub(crate) text: &'a str,
    /// Store paths of this version.
    pub(crate) count: u32,
}

/// Reads a line below the head of a version in `nix profile history`.
// git: 2.47.2 -> ∅
// No changes.
pub(crate) fn history(text: &str) -> Option<DiffLine<'_>> {
    let text = text.strip_prefix("  ")?.trim_start_matches(' ');
    if text == "No changes." {
        return Some(DiffLine::Note);
    }
    diff_closures::row(text, " -> ", ChangeSource::History).map(DiffLine::Row)
}

/// Reads a line without the blanks at its end. Escape sequences are gone.
pub(crate) fn parse(text: &str) -> Option<DiffLine<'_>> {
    match text.as_bytes().first()? {
        b'[' => nvd::row(text).or_else(|| dix::row(text)),
        b'<' | b'>' => compared(text),
        b'V' | b'A' | b'R' | b'S' | b'C' | b'N' | b'D' | b'P' => nvd::headline(text)
            .or_else(|| dix::headline(text))
            .or_else(|| diff_closures::parse(text)),
        _ => diff_closures::parse(text),
    }
}

// <<< /run/current-system
// >>> /nix/var/nix/profiles/system-15-link
fn compared(text: &str) -> Option<DiffLine<'_>> {
    let (side, path) = match text.strip_prefix("<<< ") {
        Some(path) => (Side::Old, path),
        None => (Side::New, text.strip_prefix(">>> ")?),
    };
    // The marks of Git and the prompt of Python look alike.
    let is_path = path.starts_with(['/', '.']) || (!path.is_empty() && !path.contains(' '));
    is_path.then_some(DiffLine::Compared { side, path })
}

/// Versions of one side beyond this are left out. Real rows have a dozen; comparing all with all
/// must not take long for a line that only looks like a row.
const MAX_VERSIONS: usize = 256;

/// Reads `1.14.10 x2, 1.14.10-dev, <none>`. What somebody cut is left out.
fn versions(text: &str) -> Vec<RowVersion<'_>> {
    let parts = text.split(", ").map(str::trim).filter(|part| !part.is_empty());
    parts.filter_map(version).take(MAX_VERSIONS).collect()
}

fn version(part: &str) -> Option<RowVersion<'_>> {
    let (text, count) = part
        .rsplit_once([' '])
        .and_then(|(text, count)| Some((text, count.strip_prefix(['x', '×'])?.parse().ok()?)))
        .unwrap_or((part, 1));
    if text.contains('…') || text.contains("...") {
        return None;
    }
    let is_none = matches!(text, "<none>" | "ε");
    Some(RowVersion { text: if is_none { "" } else { text }, count })
}

/// Reads `+42.6MiB`, `-121.1 KiB`, `0B`, `9.67 KiB` in bytes. The factor is 1024.
fn size(text: &str) -> Option<i64> {
    let (is_negative, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start();
    if !matches!(unit, "B" | "bytes" | "KiB" | "MiB" | "GiB" | "TiB") {
        return None;
    }
    let bytes = i64::try_from(text::bytes(text)?).ok()?;
    Some(if is_negative { -bytes } else { bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_counted() {
        let version = |text, count| RowVersion { text, count };
        for (text, expected) in [
            ("1.0", &[version("1.0", 1)][..]),
            ("1, 1.14.10 x2, <none>", &[version("1", 1), version("1.14.10", 2), version("", 1)]),
            ("2.0.0 ×3", &[version("2.0.0", 3)]),
            ("<none> x2", &[version("", 2)]),
            ("8.20.0 x3, …", &[version("8.20.0", 3)]),
            ("", &[]),
        ] {
            assert_eq!(versions(text), expected, "{text}");
        }
    }

    #[test]
    fn sizes_are_bytes() {
        for (text, expected) in [
            ("+42.6MiB", Some(44_669_338)),
            ("-121.1 KiB", Some(-124_006)),
            ("+0B", Some(0)),
            ("1.4.0", None),
            ("", None),
            ("1e9 KiB", None),
        ] {
            assert_eq!(size(text), expected, "{text}");
        }
    }

    #[test]
    fn compared_systems_are_named() {
        let path = "/run/current-system";
        let line = DiffLine::Compared { side: Side::Old, path };
        assert_eq!(parse("<<< /run/current-system"), Some(line));
        assert_eq!(parse(">>> import os; os.stat"), None);
    }
}
