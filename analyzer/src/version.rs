//! Compares versions: as Nix does, and as a person does.

use std::cmp::Ordering;

use crate::report::Level;

mod token;

use token::Token;

/// Compares two versions exactly as `builtins.compareVersions` does.
pub fn compare_nix(left: &str, right: &str) -> Ordering {
    let (mut left, mut right) = (left, right);
    while !left.is_empty() || !right.is_empty() {
        let order = compare_components(next_component(&mut left), next_component(&mut right));
        if order.is_ne() {
            return order;
        }
    }
    Ordering::Equal
}

/// Takes the next longest run of digits, or of anything else, off the front.
fn next_component<'a>(version: &mut &'a str) -> &'a str {
    let text = version.trim_start_matches(['.', '-']);
    let is_number = text.starts_with(|first: char| first.is_ascii_digit());
    let ends = |c: char| c.is_ascii_digit() != is_number || c == '.' || c == '-';
    let (component, rest) = text.split_at(text.find(ends).unwrap_or(text.len()));
    *version = rest;
    component
}

fn compare_components(left: &str, right: &str) -> Ordering {
    // Nix compares numbers that do not fit as strings.
    match (left.parse::<i32>().ok(), right.parse::<i32>().ok()) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ if left == right => Ordering::Equal,
        (_, Some(_)) if left.is_empty() => Ordering::Less,
        (Some(_), _) if right.is_empty() => Ordering::Greater,
        _ if left == "pre" => Ordering::Less,
        _ if right == "pre" => Ordering::Greater,
        // `2.3a` comes before `2.3.1`.
        (_, Some(_)) => Ordering::Less,
        (Some(_), _) => Ordering::Greater,
        _ => left.cmp(right),
    }
}

/// How a person sees the step from one version to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Order of the new version against the old; `None` where there is no order, as between
    /// commits or between two ways of counting.
    pub order: Option<Ordering>,
    /// How much the version moved; `None` where nothing tells, or where it did not move.
    pub level: Option<Level>,
}

/// Says how a person sees the step from `old` to `new`.
///
/// Other than for Nix, `1.0-rc1` comes before `1.0`; a dated snapshot comes after its base;
/// a `v` in front means nothing; commits have no order.
pub fn step(old: &str, new: &str) -> Step {
    let (old, new) = token::both(old, new);
    let mut place = Place::default();
    for at in 0..old.len().max(new.len()) {
        let (old, new) = (token_at(&old, at), token_at(&new, at));
        let step = compare_tokens(old, new, place);
        if step.order != Some(Ordering::Equal) {
            return step;
        }
        place.pass(old);
    }
    Step { order: Some(Ordering::Equal), level: None }
}

/// How much a version moved; see [`Step::level`].
pub fn level(old: &str, new: &str) -> Option<Level> {
    step(old, new).level
}

fn token_at<'a>(tokens: &[Token<'a>], at: usize) -> Token<'a> {
    tokens.get(at).copied().unwrap_or(Token::End)
}

/// What stood before the tokens that differ.
#[derive(Clone, Copy, Default)]
struct Place {
    tokens: usize,
    numbers: usize,
    after_prerelease: bool,
}

impl Place {
    fn pass(&mut self, token: Token) {
        self.tokens += 1;
        self.numbers += match token {
            Token::Number(_) => 1,
            // What follows a day is no more than a patch: 20250311 -> 20250311.1
            Token::Date(_) => 2,
            _ => 0,
        };
        self.after_prerelease |= matches!(token, Token::Prerelease(_));
    }

    /// The level of a number here.
    fn level(self) -> Level {
        match self.numbers {
            _ if self.after_prerelease => Level::Prerelease,
            0 => Level::Major,
            1 => Level::Minor,
            _ => Level::Patch,
        }
    }
}

fn compare_tokens(old: Token, new: Token, place: Place) -> Step {
    if old == new {
        return Step { order: Some(Ordering::Equal), level: None };
    }
    forward(old, new, place).unwrap_or_else(|| {
        let back = forward(new, old, place);
        let back = back.unwrap_or(Step { order: None, level: None });
        Step { order: back.order.map(Ordering::reverse), level: back.level }
    })
}

/// The step between two different tokens, if the rules name them in this order.
fn forward(old: Token, new: Token, place: Place) -> Option<Step> {
    use Token::{Date, End, Hash, Number, Post, Prerelease, Snapshot, Word};
    let known = |order, level| Some(Step { order: Some(order), level: Some(level) });
    let unordered = |level| Some(Step { order: None, level: Some(level) });
    match (old, new) {
        // 946aa34 -> 3564204: a commit without a letter in it.
        (Hash(_), Number(digits)) if token::may_be_hash(digits) => unordered(Level::Revision),
        (Number(old), Number(new)) => known(token::compare_digits(new, old), place.level()),
        (Date(old) | Snapshot(Some(old)), Date(new) | Snapshot(Some(new))) => {
            known(new.cmp(&old), Level::Date)
        }
        (Hash(_), Hash(_) | End) | (Snapshot(_), Snapshot(_)) => unordered(Level::Revision),
        (Prerelease(old), Prerelease(new)) => known(new.cmp(&old), Level::Prerelease),
        // 47.rc -> 47.0
        (Prerelease(_), Number(digits)) if digits.bytes().all(|byte| byte == b'0') => {
            known(Ordering::Greater, Level::Prerelease)
        }
        (Prerelease(_) | End, Number(_)) => known(Ordering::Greater, place.level()),
        (Prerelease(_), _) => known(Ordering::Greater, Level::Prerelease),
        (Post(old), Post(new)) => known(new.cmp(old), Level::Patch),
        (Date(_) | Snapshot(Some(_)), End) => known(Ordering::Less, Level::Date),
        (Snapshot(None), End) => known(Ordering::Less, Level::Revision),
        (Post(_), End) => known(Ordering::Less, Level::Patch),
        // unstable-2023-11-20 -> 0.9.3, 20230705-git -> 1.1.4
        (Date(_), Number(_)) => unordered(Level::Scheme),
        (Snapshot(_) | Hash(_), Number(_)) if place.tokens == 0 => unordered(Level::Scheme),
        (Snapshot(_) | Hash(_) | Post(_) | Word(_), Number(_)) => {
            known(Ordering::Greater, place.level())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers of `builtins.compareVersions`, of Nix 2.3.7, 2.8.0 and 2.34.8 alike.
    #[test]
    fn nix_order_is_that_of_nix() {
        use Ordering::{Equal, Greater, Less};
        for (left, right, expected) in [
            ("1.0", "1.0", Equal),
            ("1.0", "1.0.0", Less),
            ("1.0pre1", "1.0", Less),
            ("1.0", "1.0a", Less),
            ("1.0a", "1.0b", Less),
            ("1.10", "1.9", Greater),
            ("2.3.1", "2.3", Greater),
            ("2.3.1", "2.3a", Greater),
            ("2.3pre1", "2.3", Less),
            ("2.3pre3", "2.3pre12", Less),
            ("2.3a", "2.3c", Less),
            ("2.3pre1", "2.3c", Less),
            ("2.3pre1", "2.3q", Less),
            ("5.2p37", "5.2p21", Greater),
            ("0-unstable-2025-03-01", "0-unstable-2025-02-01", Greater),
            ("1.0-rc1", "1.0", Greater),
            ("24.11.20250313.abcdef0", "24.11.20250327.5b35d24", Less),
            ("", "1", Less),
            ("1.0~beta", "1.0", Greater),
            ("1.0+git", "1.0", Greater),
            ("01", "1", Equal),
            // Too large for Nix, which falls back to text.
            ("9999999999", "10000000000", Greater),
        ] {
            assert_eq!(compare_nix(left, right), expected, "{left} and {right}");
            assert_eq!(compare_nix(right, left), expected.reverse(), "{right} and {left}");
        }
    }

    fn check(old: &str, new: &str, order: Option<Ordering>, level: Option<Level>) {
        assert_eq!(step(old, new), Step { order, level }, "{old} -> {new}");
        let back = Step { order: order.map(Ordering::reverse), level };
        assert_eq!(step(new, old), back, "{new} -> {old}");
    }

    #[test]
    fn releases_step_by_their_first_difference() {
        for (old, new, level) in [
            ("0.5.13", "0.6.0", Level::Minor),
            ("135.0.1", "136.0", Level::Major),
            ("6.12.18", "6.12.19", Level::Patch),
            ("9.11", "10.2", Level::Major),
            ("1.3", "1.3.2", Level::Patch),
            ("1.0", "v1.1", Level::Minor),
            ("9.5p1", "9.6p1", Level::Minor),
            ("1.9.15p2", "1.9.15p4", Level::Patch),
            ("2.3a", "2.3.1", Level::Patch),
            ("1.0.2t", "1.0.2u", Level::Patch),
            ("1.0.2", "1.0.2a", Level::Patch),
            ("4.2.0-stable", "4.2.1-stable", Level::Patch),
            ("545.29.06-6.1.67", "545.29.06-6.1.71", Level::Patch),
            ("2.40-36", "2.40-66", Level::Patch),
            ("1.2.25.1011.g0348b2ea", "1.2.26.1187.g36b715a1", Level::Patch),
        ] {
            check(old, new, Some(Ordering::Greater), Some(level));
        }
    }

    #[test]
    fn prereleases_come_before_their_release() {
        for (old, new, level) in [
            ("1.0.0-rc1", "1.0.0", Level::Prerelease),
            ("2.3pre1", "2.3", Level::Prerelease),
            ("4.0.0-beta.2", "4.0.0-beta.10", Level::Prerelease),
            ("4.0.0-beta.10", "4.0.0-rc.1", Level::Prerelease),
            ("4.0.0-rc.1", "4.0.1", Level::Patch),
            ("0.4.1", "0.5.0-dev", Level::Minor),
            ("25.1a1", "25.1b1", Level::Prerelease),
        ] {
            check(old, new, Some(Ordering::Greater), Some(level));
        }
    }

    #[test]
    fn dated_snapshots_come_after_their_base() {
        for (old, new) in [
            ("0.1.1", "0.1.1+date=2023-03-02"),
            ("1.15.0", "1.15.0-unstable-2025-01-01"),
            ("0-unstable-2024-01-01", "0-unstable-2024-06-01"),
            ("2024-01-05", "2024-02-01"),
            ("20240909", "20250311"),
            ("24.05.20231211.a9bf124", "24.05.20240106.46ae021"),
        ] {
            check(old, new, Some(Ordering::Greater), Some(Level::Date));
        }
        check("1.15.0-unstable-2025-01-01", "1.15.1", Some(Ordering::Greater), Some(Level::Patch));
    }

    #[test]
    fn what_has_no_order_is_unordered() {
        check("0.11.1-946aa34", "0.11.1-3564204", None, Some(Level::Revision));
        check("20230705-git", "1.1.4", None, Some(Level::Scheme));
        check("unstable-2023-11-20", "0.9.3", None, Some(Level::Scheme));
        check("1.0-foo", "1.0-bar", None, None);
        check("1.0-foo", "1.0", None, None);
    }

    #[test]
    fn equal_versions_do_not_step() {
        check("1.01", "1.1", Some(Ordering::Equal), None);
    }

    /// The table of what people say, where it is at hand.
    #[test]
    fn versions_step_as_people_say() {
        let path = "../../shared/data/version-vectors.tsv";
        let Ok(table) = std::fs::read_to_string(path) else {
            println!("skipped: {path} is not here");
            return;
        };
        for row in table.lines().filter(|row| !row.starts_with('#')) {
            let fields: Vec<&str> = row.split('\t').collect();
            let [old, new, kind, level, ..] = fields[..] else { panic!("{row}") };
            let step = step(old, new);
            let said = match step.order {
                Some(Ordering::Greater) => "upgraded",
                Some(Ordering::Less) => "downgraded",
                _ => "changed",
            };
            assert_eq!(said, kind, "{row}");
            let said = format!("{:?}", step.level.expect("a level")).to_lowercase();
            assert!(level == "*" || level == said, "{row}: {said}");
        }
    }
}
