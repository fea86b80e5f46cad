//! Turns the first mention of a term in an article into a link to the glossary.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use toml::Spanned;

use crate::article::Article;
use crate::body::BASE;

/// Elements in which a term is not linked: links and code, what has weight of its own, and what a
/// page fills or hides.
const PASSED_OVER: [&str; 9] = ["a", "code", "pre", "h2", "h3", "strong", "th", "span", "svg"];

/// The HTML of an article with a link where it first mentions each term of another article.
pub(crate) fn link(article: &Article, all: &[Article]) -> String {
    let names = all.iter().flat_map(|article| article.front.terms.keys().map(String::as_str));
    let mut terms = Terms::new(names, &article.front.terms);
    let mut linked = String::new();
    let mut passed_over = 0;
    let mut rest = article.body.html.as_str();
    while let Some((text, after)) = rest.split_once('<') {
        linked += &if passed_over == 0 { with_links(text, &mut terms) } else { text.to_owned() };
        let (tag, behind) = after.split_once('>').unwrap_or((after, ""));
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        match (PASSED_OVER.contains(&name), tag.starts_with('/')) {
            (true, false) => passed_over += 1,
            (true, true) => passed_over -= 1,
            (false, _) => {}
        }
        let _ = write!(linked, "<{tag}>");
        rest = behind;
    }
    linked + rest
}

fn with_links(text: &str, terms: &mut Terms) -> String {
    let mut html = String::new();
    for (words, term) in terms.split(text) {
        match term.map(|name| id(&name)) {
            Some(id) => {
                let href = format!("{BASE}learn/glossary/#{id}");
                let _ = write!(
                    html,
                    "<a class=\"term\" href=\"{href}\" data-term=\"{id}\">{words}</a>"
                );
            }
            None => html += words,
        }
    }
    html
}

/// Terms of the articles, and which of them this article has mentioned.
#[derive(Debug)]
struct Terms {
    /// Names, the longest first, so that `store path` is found before `store`.
    names: Vec<String>,
    mentioned: BTreeSet<usize>,
}

/// Words that mean more than the term does: a link would often be wrong.
const PLAIN_WORDS: [&str; 28] = [
    "build job",
    "builder",
    "collision",
    "configuration",
    "container",
    "downgrade",
    "evidence",
    "finding",
    "grade",
    "image",
    "input",
    "journal",
    "module",
    "option",
    "output",
    "override",
    "phase",
    "plan",
    "priority",
    "purity",
    "reference",
    "revision",
    "rollback",
    "sample log",
    "staging",
    "state",
    "unit",
    "virtual machine",
];

impl Terms {
    /// All terms that are linked, without those of the article itself.
    fn new<'a>(
        all: impl Iterator<Item = &'a str>,
        own: &BTreeMap<String, Spanned<String>>,
    ) -> Self {
        let linked = all.filter(|name| !PLAIN_WORDS.contains(name) && !own.contains_key(*name));
        let mut names: Vec<String> = linked.map(str::to_owned).collect();
        names.sort_by_key(|name| (Reverse(name.len()), name.clone()));
        Self { names, mentioned: BTreeSet::new() }
    }

    /// The text in parts: words, and mentions with the name of their term.
    fn split<'a>(&mut self, text: &'a str) -> Vec<(&'a str, Option<String>)> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((start, end, index)) = self.first(rest) {
            self.mentioned.insert(index);
            parts.push((&rest[..start], None));
            parts.push((&rest[start..end], Some(self.names[index].clone())));
            rest = &rest[end..];
        }
        parts.push((rest, None));
        parts
    }

    /// The first mention of a term that was not mentioned before.
    fn first(&self, text: &str) -> Option<(usize, usize, usize)> {
        let fresh = (0..self.names.len()).filter(|index| !self.mentioned.contains(index));
        let found = fresh.filter_map(|index| {
            let (start, end) = mention(text, &self.names[index])?;
            Some((start, end, index))
        });
        // The names are sorted by length, so the longest of those at one place comes first.
        found.min_by_key(|(start, _, index)| (*start, *index))
    }
}

/// Where a text mentions a term as whole words: also in the plural, and at the start of a sentence.
fn mention(text: &str, name: &str) -> Option<(usize, usize)> {
    let mut capital = name.to_owned();
    if let Some(first) = capital.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let places = text.match_indices(name).chain(text.match_indices(capital.as_str()));
    let whole = places.filter_map(|(start, _)| {
        let after = &text[start + name.len()..];
        let plural = usize::from(after.starts_with('s'));
        let end = start + name.len() + plural;
        let is_whole = !text[..start].ends_with(is_of_word) && !text[end..].starts_with(is_of_word);
        is_whole.then_some((start, end))
    });
    whole.min()
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || ['-', '_', '/', '’', '\''].contains(&character)
}

/// The id of a term in the glossary: `store-path` for `store path`.
pub(crate) fn id(name: &str) -> String {
    let plain = |character: char| match character {
        'a'..='z' | '0'..='9' => character,
        _ => '-',
    };
    name.to_lowercase().chars().map(plain).collect()
}
