//! Lines of commands that tend the store and its profiles.

use crate::message::text::{bytes, number};

/// What a command that tends the store or a profile says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Upkeep {
    /// It does something.
    Step,
    /// It has done what it was asked for.
    Done,
    /// It made links of equal files, which freed so many bytes.
    Linked(u64),
}

/// Reads such a line.
pub(super) fn parse(text: &str) -> Option<Upkeep> {
    const STEPS: [&str; 5] = [
        "reading the Nix store...",
        "checking path existence...",
        "checking hashes...",
        "checking link hashes...",
        "checking store hashes...",
    ];
    match text.as_bytes().first()? {
        b'c' | b'r' if STEPS.contains(&text) => Some(Upkeep::Step),
        b'r' => generation(text).or_else(|| packages(text)),
        b'0'..=b'9' => linked(text).map(Upkeep::Linked),
        _ => None,
    }
}

// removing generation 1
// removing profile version 1
fn generation(text: &str) -> Option<Upkeep> {
    let rest = text.strip_prefix("removing generation ");
    let (_, rest) = number(rest.or_else(|| text.strip_prefix("removing profile version "))?)?;
    rest.is_empty().then_some(Upkeep::Step)
}

// removed 1 packages, kept 2 packages
fn packages(text: &str) -> Option<Upkeep> {
    let (_, rest) = number(text.strip_prefix("removed ")?)?;
    let (_, rest) = number(rest.strip_prefix(" packages, kept ")?)?;
    (rest == " packages").then_some(Upkeep::Done)
}

// 7.55 MiB freed by hard-linking 81 files
fn linked(text: &str) -> Option<u64> {
    let (size, rest) = text.split_once(" freed by hard-linking ")?;
    let (_, rest) = number(rest)?;
    (rest == " files").then(|| bytes(size))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upkeep_is_told_from_build_output() {
        let table = [
            ("checking store hashes...", Some(Upkeep::Step)),
            ("checking for gcc... yes", None),
            ("removing profile version 12", Some(Upkeep::Step)),
            ("removing generation 3", Some(Upkeep::Step)),
            ("removing generation 3 of the tests", None),
            ("removed 1 packages, kept 2 packages", Some(Upkeep::Done)),
            ("removed 1 packages, kept them", None),
            ("7.55 MiB freed by hard-linking 81 files", Some(Upkeep::Linked(7_916_749))),
            ("7 files freed", None),
        ];
        for (text, expected) in table {
            assert_eq!(parse(text), expected, "{text}");
        }
    }
}
