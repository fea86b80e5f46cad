//! Chooses what stands in the place of each item.

use std::collections::BTreeSet;

use super::{Item, Kind, Names};

/// Gives each item its replacement: a word for its kind, from the second one on with a number.
///
/// The words are valid in names of units and derivations. No version begins inside them, as one
/// would behind a dash. A word that is a name in the log already is not used for another.
pub(super) fn choose(items: &mut [Item], names: &Names) {
    let mut taken: BTreeSet<String> =
        names.users.iter().chain(&names.hosts).map(|name| name.to_ascii_lowercase()).collect();
    for index in 0..items.len() {
        let (before, rest) = items.split_at_mut(index);
        let item = &mut rest[0];
        item.replacement = match same_machine(before, item) {
            Some(replacement) => replacement,
            None => free_word(item.kind, &mut taken),
        };
    }
}

/// The first of `user`, `user2`, `user3` that is free.
fn free_word(kind: Kind, taken: &mut BTreeSet<String>) -> String {
    let word = if kind == Kind::Home { "~" } else { kind.placeholder() };
    let numbered =
        |number: u32| if number == 1 { word.to_owned() } else { format!("{word}{number}") };
    let free = (1..=u32::MAX).map(numbered).find(|word| taken.insert(word.clone()));
    free.unwrap_or_else(|| word.to_owned())
}

/// The replacement of a machine of which this is a longer or a shorter name.
fn same_machine(before: &[Item], item: &Item) -> Option<String> {
    let is_same = |it: &&Item| {
        is_in_domain(&item.text, &it.text)
            || is_in_domain(&it.text, &item.text)
            || is_without_number(&item.text, &it.text)
    };
    let mut known = before.iter().filter(|it| it.kind == Kind::Host && item.kind == Kind::Host);
    known.find(is_same).map(|it| it.replacement.clone())
}

// laptop.lan and laptop
fn is_in_domain(long: &str, short: &str) -> bool {
    rest_of(long, short).is_some_and(|rest| rest.starts_with('.'))
}

// web and web-01, of which Nix takes the number for a version
fn is_without_number(short: &str, long: &str) -> bool {
    let number = rest_of(long, short).and_then(|rest| rest.strip_prefix('-'));
    number.is_some_and(|it| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit()))
}

fn rest_of<'a>(long: &'a str, short: &str) -> Option<&'a str> {
    let is_head = long.get(..short.len()).is_some_and(|it| it.eq_ignore_ascii_case(short));
    is_head.then(|| &long[short.len()..])
}
