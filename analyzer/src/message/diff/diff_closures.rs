//! Lines of `nix store diff-closures` and `nix profile diff-closures`.

use crate::report::ChangeSource;

use super::{DiffLine, Row, RowStatus, RowVersion, Section, size, versions};

/// First byte of the arrow between two versions.
const ARROW: u8 = "→".as_bytes()[0];

/// Reads a line; `nix profile` indents them by two blanks, and people by more.
pub(super) fn parse(text: &str) -> Option<DiffLine<'_>> {
    let text = text.trim_start_matches(' ');
    if let Some(rest) = text.strip_prefix("Version ") {
        return profile_versions(rest);
    }
    // Few lines have an arrow or end in a size: they are looked at closely.
    if memchr::memchr(ARROW, text.as_bytes()).is_none() && !text.ends_with("iB") {
        return None;
    }
    row(text, " → ", ChangeSource::DiffClosures).map(DiffLine::Row)
}

// Version 1 -> 2:
// Version 2 (2026-11-22) <- 1:
// Version 1 (2026-11-22):
fn profile_versions(rest: &str) -> Option<DiffLine<'_>> {
    let is_number = |text: &str| text.parse::<u32>().is_ok();
    let rest = rest.strip_suffix(':')?;
    if let Some((old, new)) = rest.split_once(" -> ") {
        let are_numbers = is_number(old) && is_number(new);
        return are_numbers.then_some(DiffLine::Section(Section::ProfileVersions));
    }
    let (head, before) = rest.split_once(" <- ").unwrap_or((rest, "0"));
    let (version, date) = head.strip_suffix(')')?.split_once(" (")?;
    let is_date = date.len() == 10 && date.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    (is_number(version) && is_number(before) && is_date)
        .then_some(DiffLine::Section(Section::History))
}

// firefox: 136.0 → 136.0.3
// btop: ∅ → 1.4.0, +601.1 KiB
// linux: 6.12.19, 6.12.19-modules → 6.12.20, 6.12.20-modules
// libfoo: 8.8 KiB
pub(super) fn row<'a>(text: &'a str, arrow: &str, source: ChangeSource) -> Option<Row<'a>> {
    let (name, rest) = text.split_once(": ").filter(|(name, _)| is_name(name))?;
    let (sides, delta) = split_size(rest);
    if sides.is_empty() {
        let size_delta_bytes = Some(delta?);
        let (old, new) = (Vec::new(), Vec::new());
        let (status, selected) = (RowStatus::Changed, None);
        return Some(Row { source, name, status, selected, old, new, size_delta_bytes });
    }
    let (old, new) = sides.split_once(arrow)?;
    let (old, new) = (side(old)?, side(new)?);
    let status = match (old.is_empty(), new.is_empty()) {
        (true, false) => RowStatus::Added,
        (false, true) => RowStatus::Removed,
        _ => RowStatus::Changed,
    };
    let (selected, size_delta_bytes) = (None, delta);
    Some(Row { source, name, status, selected, old, new, size_delta_bytes })
}

/// Reads one side; prose between arrows is none.
fn side(text: &str) -> Option<Vec<RowVersion<'_>>> {
    if text == "∅" {
        return Some(Vec::new());
    }
    let versions = versions(text);
    let are_versions = versions.iter().all(|version| !version.text.contains(' '));
    (are_versions && !versions.is_empty()).then_some(versions)
}

/// Takes the size off the end.
fn split_size(text: &str) -> (&str, Option<i64>) {
    let (sides, last) = text.rsplit_once(", ").unwrap_or(("", text));
    size(last).map_or((text, None), |bytes| (sides, Some(bytes)))
}

/// Whether it can be the name of a package.
fn is_name(name: &str) -> bool {
    let is_name_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"+-._?=".contains(&byte);
    !name.is_empty() && name.bytes().all(is_name_byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, status: RowStatus, old: &[&str], new: &[&str], delta: Option<i64>) {
        let Some(DiffLine::Row(row)) = parse(text) else { panic!("{text}") };
        let texts =
            |side: &[RowVersion<'_>]| side.iter().map(|v| v.text.to_owned()).collect::<Vec<_>>();
        assert_eq!((row.status, row.size_delta_bytes), (status, delta), "{text}");
        assert_eq!((texts(&row.old), texts(&row.new)), (texts_of(old), texts_of(new)), "{text}");
    }

    fn texts_of(side: &[&str]) -> Vec<String> {
        side.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn rows_of_all_versions_are_read() {
        use RowStatus::{Added, Changed, Removed};
        check("firefox: 136.0 → 136.0.3", Changed, &["136.0"], &["136.0.3"], None);
        check("btop: ∅ → 1.4.0, +601.5 KiB", Added, &[], &["1.4.0"], Some(615_936));
        check("  htop: 3.3.0 → ∅, -121.5 KiB", Removed, &["3.3.0"], &[], Some(-124_416));
        check("linux: 6.1, 6.1-modules → 6.2", Changed, &["6.1", "6.1-modules"], &["6.2"], None);
        check("source: ε → 1.0", Changed, &[""], &["1.0"], None);
        check("libfoo: 8.5 KiB", Changed, &[], &[], Some(8704));
    }

    #[test]
    fn profile_versions_are_a_section() {
        let section = DiffLine::Section(Section::ProfileVersions);
        assert_eq!(parse("Version 1 -> 2:"), Some(section));
    }

    #[test]
    fn other_lines_are_not_claimed() {
        for text in [
            "warning: something → else happened",
            "error: expected a, b → c or d",
            "a b: 1 → 2",
            "trace: 1.0",
            "source: → ",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
