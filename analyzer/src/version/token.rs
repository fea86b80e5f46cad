//! The parts of a version, by what they mean to a person.

use std::cmp::Ordering;

/// A part of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Digits.
    Number(&'a str),
    /// A day, as `YYYYMMDDhhmmss`.
    Date(u64),
    /// A mark such as `unstable`, with the day after it; it comes after its base.
    Snapshot(Option<u64>),
    /// A commit.
    Hash(&'a str),
    /// `dev`, `alpha`, `beta`, `pre`, `rc`, by rank; it comes before its base.
    Prerelease(u8),
    /// A letter or word for something after the base, as in `9.6p1`.
    Post(&'a str),
    /// Any other word.
    Word(&'a str),
    /// The version has no more parts.
    End,
}

/// How the month and the day of a date may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Digits {
    /// With two digits each: `2025.3.1` may be a release.
    Two,
    /// With one digit, too, as Python writes dates: `2024.12.14` came before `2025.1.31`.
    OneOrTwo,
}

/// Splits two versions into their parts; what is a date in one of them makes it one in the other.
pub(super) fn both<'a>(old: &'a str, new: &'a str) -> (Vec<Token<'a>>, Vec<Token<'a>>) {
    let (old_tokens, new_tokens) = (tokens(old, Digits::Two), tokens(new, Digits::Two));
    let starts_with_date = |tokens: &[Token]| matches!(tokens.first(), Some(Token::Date(_)));
    if starts_with_date(&old_tokens) == starts_with_date(&new_tokens) {
        return (old_tokens, new_tokens);
    }
    (tokens(old, Digits::OneOrTwo), tokens(new, Digits::OneOrTwo))
}

/// Splits a version into its parts. A `v` in front is no part.
fn tokens(version: &str, digits: Digits) -> Vec<Token<'_>> {
    let pieces = pieces(without_v(version));
    let mut tokens = Vec::new();
    let mut rest = pieces.as_slice();
    while let [piece, tail @ ..] = rest {
        if let Some((date, after)) = date_of_pieces(rest, digits) {
            tokens.push(Token::Date(date));
            rest = after;
            continue;
        }
        if is_hash(piece.text) || is_revision(*piece) {
            tokens.push(Token::Hash(piece.text));
        } else {
            push_runs(piece.text, &mut tokens);
        }
        rest = tail;
    }
    join_snapshots(&mut tokens);
    tokens
}

/// Compares numbers of any length.
pub(super) fn compare_digits(left: &str, right: &str) -> Ordering {
    let (left, right) = (left.trim_start_matches('0'), right.trim_start_matches('0'));
    left.len().cmp(&right.len()).then_with(|| left.cmp(right))
}

/// Whether digits could be a short commit that happens to have no letter.
pub(super) fn may_be_hash(digits: &str) -> bool {
    (7..=40).contains(&digits.len())
}

/// Letters and digits between two separators, and the separator before them.
#[derive(Clone, Copy)]
struct Piece<'a> {
    separator: Option<char>,
    text: &'a str,
}

fn pieces(version: &str) -> Vec<Piece<'_>> {
    let mut separator = None;
    version
        .split_inclusive(|c: char| !c.is_ascii_alphanumeric())
        .filter_map(|part| {
            let last = part.chars().next_back().filter(|c| !c.is_ascii_alphanumeric());
            let text = &part[..part.len() - last.map_or(0, char::len_utf8)];
            let piece = Piece { separator: std::mem::replace(&mut separator, last), text };
            (!text.is_empty()).then_some(piece)
        })
        .collect()
}

fn without_v(version: &str) -> &str {
    let rest = version.strip_prefix(['v', 'V']);
    rest.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(version)
}

/// 946aa34, g0348b2ea
fn is_hash(text: &str) -> bool {
    let digits = text.strip_prefix('g').unwrap_or(text);
    (7..=40).contains(&digits.len())
        && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && digits.bytes().any(|byte| byte.is_ascii_alphabetic())
        && digits.bytes().any(|byte| byte.is_ascii_digit())
}

/// 0.0.0+rev=1234567: a commit may happen to have no letter.
fn is_revision(piece: Piece) -> bool {
    piece.separator == Some('=') && piece.text.len() == 7
}

/// 2025-03-01, 2024.12.14
fn date_of_pieces<'a, 'b>(
    pieces: &'b [Piece<'a>],
    digits: Digits,
) -> Option<(u64, &'b [Piece<'a>])> {
    let [year, month, day, rest @ ..] = pieces else { return None };
    let is_part = |text: &str| match digits {
        Digits::Two => text.len() == 2,
        Digits::OneOrTwo => (1..=2).contains(&text.len()),
    };
    let is_date = year.text.len() == 4
        && is_part(month.text)
        && is_part(day.text)
        && month.separator == day.separator;
    let date = is_date.then(|| date_from(year.text, month.text, day.text))??;
    Some((date * 1_000_000, rest))
}

/// 20250311, 20250311123456
fn date_of_digits(text: &str) -> Option<u64> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(text.len(), 8 | 14) {
        return None;
    }
    let date = date_from(&text[..4], &text[4..6], &text[6..8])?;
    let time = text[8..].parse().unwrap_or(0);
    Some(date * 1_000_000 + time)
}

/// A day as `YYYYMMDD`, if it is one of our time.
fn date_from(year: &str, month: &str, day: &str) -> Option<u64> {
    let (year, month, day): (u64, u64, u64) =
        (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let is_date =
        (1990..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    is_date.then_some(year * 10_000 + month * 100 + day)
}

/// Splits `15p2` into digits and letters.
fn push_runs<'a>(mut text: &'a str, tokens: &mut Vec<Token<'a>>) {
    while let Some(first) = text.chars().next() {
        let is_number = first.is_ascii_digit();
        let end = text.find(|c: char| c.is_ascii_digit() != is_number).unwrap_or(text.len());
        let (run, rest) = text.split_at(end);
        let token = match date_of_digits(run) {
            Some(date) => Token::Date(date),
            None if is_number => Token::Number(run),
            None => word(run, rest),
        };
        tokens.push(token);
        text = rest;
    }
}

/// What a word means; `rest` is what follows it without a separator.
fn word<'a>(text: &'a str, rest: &str) -> Token<'a> {
    match text.to_ascii_lowercase().as_str() {
        "dev" | "nightly" => Token::Prerelease(0),
        "alpha" => Token::Prerelease(1),
        "beta" => Token::Prerelease(2),
        "pre" | "preview" | "prerelease" => Token::Prerelease(3),
        "rc" => Token::Prerelease(4),
        // 25.1a1; but 2.3a and 2024a come after their base.
        "a" if !rest.is_empty() => Token::Prerelease(1),
        "b" if !rest.is_empty() => Token::Prerelease(2),
        "unstable" | "git" | "date" | "snapshot" | "svn" | "hg" | "cvs" => Token::Snapshot(None),
        "patch" | "post" | "pl" | "sp" | "rev" | "build" | "hotfix" | "update" => Token::Post(text),
        letter if letter.len() == 1 => Token::Post(text),
        _ => Token::Word(text),
    }
}

/// `unstable` and the date after it are one mark.
fn join_snapshots(tokens: &mut Vec<Token>) {
    let mut last_is_snapshot = false;
    let mut joined: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens.drain(..) {
        match token {
            Token::Date(date) if last_is_snapshot => {
                joined.pop();
                joined.push(Token::Snapshot(Some(date)));
            }
            _ => joined.push(token),
        }
        last_is_snapshot = token == Token::Snapshot(None);
    }
    *tokens = joined;
}

#[cfg(test)]
mod tests {
    use super::Token::{Date, Hash, Number, Post, Prerelease, Snapshot, Word};
    use super::*;

    #[test]
    fn versions_have_parts() {
        for (version, expected) in [
            ("v1.15p2", &[Number("1"), Number("15"), Post("p"), Number("2")][..]),
            ("1.0-rc1", &[Number("1"), Number("0"), Prerelease(4), Number("1")]),
            ("25.1a1", &[Number("25"), Number("1"), Prerelease(1), Number("1")]),
            ("2024a", &[Number("2024"), Post("a")]),
            ("0-unstable-2024-01-01", &[Number("0"), Snapshot(Some(20_240_101_000_000))]),
            ("20230705-git", &[Date(20_230_705_000_000), Snapshot(None)]),
            (
                "24.11.20250313.abcdef0",
                &[Number("24"), Number("11"), Date(20_250_313_000_000), Hash("abcdef0")],
            ),
            ("1.g0348b2ea", &[Number("1"), Hash("g0348b2ea")]),
            ("2025.3.1", &[Number("2025"), Number("3"), Number("1")]),
            ("6.1-modules-ß", &[Number("6"), Number("1"), Word("modules")]),
            ("", &[]),
        ] {
            assert_eq!(tokens(version, Digits::Two), expected, "{version}");
        }
    }

    #[test]
    fn long_numbers_compare_as_numbers() {
        assert_eq!(
            compare_digits("99999999999999999999999", "100000000000000000000000"),
            Ordering::Less
        );
        assert_eq!(compare_digits("007", "7"), Ordering::Equal);
    }
}
