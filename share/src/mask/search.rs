//! Finds items in the texts of a report, and replaces them.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use analyzer::report::Report;

use super::pattern::{Known, Patterns};
use super::place::Places;
use super::walk::Field;
use super::{Item, Kind, Reach};

/// What looks for a list of items.
pub(super) struct Search<'a> {
    items: &'a [Item],
    /// All texts of the items at once; `None` if there are too many for it.
    words: Option<AhoCorasick>,
    /// What tells places, if an item is only sought there.
    surroundings: Option<Surroundings>,
}

struct Surroundings {
    places: Places,
    known: Known,
}

/// An item at a place of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Its index in the list.
    pub(super) item: usize,
    range: Range<usize>,
}

impl<'a> Search<'a> {
    pub(super) fn new(items: &'a [Item], report: &Report) -> Self {
        let words = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(items.iter().map(|item| &item.text))
            .ok();
        let has_places = items.iter().any(|item| item.reach == Reach::Places);
        let surroundings = has_places
            .then(|| Surroundings { places: Places::default(), known: Known::of(report) });
        Self { items, words, surroundings }
    }

    /// Every item in a text; one may stand inside another.
    pub(super) fn find_all(&self, field: Field, text: &str) -> Vec<Found> {
        let mut all = Vec::new();
        let Some(words) = self.words.as_ref().filter(|_| field != Field::Fixed) else { return all };
        for found in words.find_overlapping_iter(text) {
            let (item, range) = (found.pattern().as_usize(), found.range());
            if stands(&self.items[item], field, text, &range) {
                all.push(Found { item, range });
            }
        }
        if !all.is_empty() {
            self.keep_places(field, text, &mut all);
        }
        all
    }

    /// Drops items that are only sought at certain places and stand elsewhere.
    fn keep_places(&self, field: Field, text: &str, all: &mut Vec<Found>) {
        let is_bound = |found: &Found| self.items[found.item].reach == Reach::Places;
        let Some(around) = self.surroundings.as_ref().filter(|_| all.iter().any(is_bound)) else {
            return;
        };
        let mut places: Vec<Range<usize>> = Vec::new();
        around.places.find_all(text.as_bytes(), &mut |_, range| places.push(range));
        if field == Field::Text {
            let known = &around.known;
            Patterns::all().find_all(text, known, &mut |_, range| places.push(range));
        }
        all.retain(|found| {
            let item = &self.items[found.item];
            let is_machine = item.kind == Kind::Host && field == Field::Text;
            let is_name = || is_machine && !around.known.is_package(&item.text);
            !is_bound(found)
                || places.contains(&found.range)
                // The host of a run is a text by itself.
                || (is_machine && found.range == (0..text.len()))
                || (is_name() && is_quoted(text, &found.range))
        });
    }

    /// The text with all items replaced; `None` if there are none.
    pub(super) fn replaced(&self, field: Field, text: &str) -> Option<String> {
        let mut all = self.find_all(field, text);
        if all.is_empty() {
            return None;
        }
        all.sort_by_key(|found| (found.range.start, std::cmp::Reverse(found.range.end)));
        let mut replaced = String::with_capacity(text.len());
        let mut end = 0;
        for Found { item, range } in all {
            // Inside another, or the end of what another begins: the longer one stands for both.
            if range.start >= end {
                replaced += &text[end..range.start];
                replaced += &self.items[item].replacement;
            }
            end = end.max(range.end);
        }
        replaced += &text[end..];
        Some(replaced)
    }
}

/// Whether an item that was found as bytes stands there as what it is.
fn stands(item: &Item, field: Field, text: &str, range: &Range<usize>) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    match item.kind {
        // Not a part of it may be seen.
        Kind::Key | Kind::Token => true,
        Kind::Password => item.reach == Reach::Everywhere || is_word(before, after),
        Kind::Home => !before.ends_with(is_name_char) && !after.starts_with(is_name_char),
        Kind::Address => {
            field == Field::Text && is_word(before, after) && !before.ends_with(['.', '-'])
        }
        Kind::User | Kind::Host | Kind::Mail | Kind::Repository => is_word(before, after),
    }
}

/// Whether it stands between backticks, as names do in the sentences of a report.
fn is_quoted(text: &str, range: &Range<usize>) -> bool {
    text[..range.start].ends_with('`') && text[range.end..].starts_with('`')
}

fn is_name_char(it: char) -> bool {
    it.is_alphanumeric() || matches!(it, '_' | '-')
}

/// Whether neither a letter nor a digit touches the text on either side.
fn is_word(before: &str, after: &str) -> bool {
    let is_joined = before.ends_with(|it: char| it.is_ascii_alphanumeric()) && !is_escape(before);
    !is_joined && !after.starts_with(|it: char| it.is_ascii_alphanumeric())
}

// home-alice\x2ddata.mount, %2Falice, "\nalice"
/// Whether an escaped character ends there.
fn is_escape(before: &str) -> bool {
    let ends_with_hex = |mark: &str| {
        let digits = before.get(before.len().saturating_sub(2)..);
        let rest = before.get(..before.len().saturating_sub(2));
        digits.is_some_and(|it| it.bytes().all(|it| it.is_ascii_hexdigit()))
            && rest.is_some_and(|it| it.ends_with(mark))
    };
    ends_with_hex("\\x")
        || ends_with_hex("%")
        || ["\\n", "\\t", "\\r"].iter().any(|it| before.ends_with(it))
}
