//! Turns the first mention of a term in an article into a link to the glossary.

use std::cmp::Reverse;
use std::fmt::Write as _;

use crate::article::Article;
use crate::body::BASE;
use crate::mention::Mentions;

/// Elements in which a term is not linked: links and code, what has weight of its own, and what a
/// page fills or hides.
const PASSED_OVER: [&str; 9] = ["a", "code", "pre", "h2", "h3", "strong", "th", "span", "svg"];

/// The HTML of an article with a link where it first mentions each term of another article.
pub(crate) fn link(article: &Article, all: &[Article]) -> String {
    let own = &article.front.terms;
    let names = linked(names(all).filter(|name| !own.contains_key(*name)));
    let mut mentions = Mentions::of(names.iter().copied());
    let mut linked = String::new();
    let mut passed_over = 0;
    let mut rest = article.body.html.as_str();
    while let Some((text, after)) = rest.split_once('<') {
        linked += &if passed_over == 0 {
            with_links(text, &names, &mut mentions)
        } else {
            text.to_owned()
        };
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

fn with_links(text: &str, names: &[&str], mentions: &mut Mentions<'_>) -> String {
    let mut html = String::new();
    for (words, term) in mentions.split(text) {
        match term.map(|index| id(names[index])) {
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

/// The names of terms that are linked, the longest first.
pub(crate) fn linked<'a>(all: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut names: Vec<&str> = all.filter(|name| !PLAIN_WORDS.contains(name)).collect();
    names.sort_by_key(|name| (Reverse(name.len()), *name));
    names
}

/// The names of the terms of all articles.
pub(crate) fn names(articles: &[Article]) -> impl Iterator<Item = &str> {
    articles.iter().flat_map(|article| article.front.terms.keys().map(String::as_str))
}

/// The id of a term in the glossary: `store-path` for `store path`.
pub(crate) fn id(name: &str) -> String {
    let plain = |character: char| match character {
        'a'..='z' | '0'..='9' => character,
        _ => '-',
    };
    name.to_lowercase().chars().map(plain).collect()
}
