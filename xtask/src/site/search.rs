//! The index by which the page of articles is searched in the browser.
//!
//! It names every section of every article with the words in it. `public/search.js` reads it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use content::{ARTICLES, Article, html};
use serde_json::json;

use super::hash::hashed_name;
use crate::failure::Result;
use crate::files;

/// A word in more of the sections says nothing of any.
const COMMON: f64 = 0.3;

/// What is longer is a hash.
const MAX_LETTERS: usize = 31;

/// A part of an article that a search can lead to.
struct Section {
    /// Position of its article in the list.
    article: usize,
    /// Id of its heading; empty for the start of an article.
    id: String,
    /// Its heading.
    heading: String,
    /// Its words, without markup.
    text: String,
}

/// Writes the index and returns its name.
///
/// # Errors
///
/// The file cannot be written.
pub(super) fn write(staging: &Path) -> Result<String> {
    let sections: Vec<Section> = ARTICLES.iter().enumerate().flat_map(sections_of).collect();
    let (words, common) = index(&sections);
    let places: Vec<_> = sections
        .iter()
        .map(|section| json!([section.article, section.id, section.heading]))
        .collect();
    let articles = ARTICLES.iter().map(|article| {
        json!([format!("learn/{}/", article.slug), article.title, article.description])
    });
    let terms = ARTICLES.iter().enumerate().flat_map(|(at, article)| {
        article.terms.iter().map(move |term| json!([at, term.name, term.definition]))
    });
    let data = json!({
        "articles": articles.collect::<Vec<_>>(),
        "sections": places,
        "terms": terms.collect::<Vec<_>>(),
        "common": common,
        "words": words,
    });
    let text = data.to_string();
    let name = hashed_name("search_index.json", text.as_bytes());
    files::write(&staging.join(&name), text)?;
    Ok(name)
}

fn sections_of((at, article): (usize, &Article)) -> Vec<Section> {
    let body = html::article_body(article.slug, "").unwrap_or_default();
    let mut rest = body.as_str();
    let mut sections = Vec::new();
    let mut here = (String::new(), article.title.to_owned());
    for heading in article.headings {
        let mark = format!(" id=\"{}\">", heading.id);
        let Some((before, after)) = rest.split_once(&mark) else { continue };
        sections.push(section(at, here, before));
        here = (heading.id.to_owned(), heading.text.to_owned());
        rest = after;
    }
    sections.push(section(at, here, rest));
    // Where its facts come from is nothing that one looks for.
    sections.retain(|section| section.id != "sources");
    sections
}

fn section(article: usize, (id, heading): (String, String), html: &str) -> Section {
    Section { article, id, heading, text: text_of(html) }
}

/// What a person reads of some HTML.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        let shown = part.split_once('>').map_or(part, |(_, shown)| shown);
        text.push_str(shown);
        text.push(' ');
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    entities.iter().fold(text, |text, (entity, letter)| text.replace(entity, letter))
}

/// Each word with the positions of its sections, a line each, and the words that are everywhere.
/// Each position is told by its distance from the one before.
fn index(sections: &[Section]) -> (String, String) {
    let mut found: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (position, section) in sections.iter().enumerate() {
        for word in words(&section.text).chain(words(&section.heading)) {
            found.entry(word).or_default().insert(position);
        }
    }
    let (mut lines, mut common) = (String::new(), Vec::new());
    for (word, positions) in found {
        if positions.len() as f64 > COMMON * sections.len() as f64 {
            common.push(word);
            continue;
        }
        lines.push_str(&word);
        let mut last = 0;
        for position in positions {
            let _ = write!(lines, " {}", position - last);
            last = position;
        }
        lines.push('\n');
    }
    (lines, common.join(" "))
}

/// The words as `search.js` cuts them too: letters and digits, in lower case. Hashes are none.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| (2..=MAX_LETTERS).contains(&word.chars().count())).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sections(texts: &[&str]) -> Vec<Section> {
        let of = |text: &&str| section(0, ("x".to_owned(), "Heading".to_owned()), text);
        texts.iter().map(of).collect()
    }

    #[test]
    fn a_word_leads_to_its_sections_and_common_ones_lead_nowhere() {
        let more = "the";
        let texts = [
            "<p>The Nix-store &amp; more</p>",
            "the cache",
            "the end",
            more,
            more,
            more,
            "the store",
        ];
        let (words, common) = index(&sections(&texts));
        assert_eq!(common, "heading the");
        assert_eq!(words, "cache 1\nend 2\nmore 0\nnix 0\nstore 0 6\n");
    }

    #[test]
    fn markup_holds_no_words() {
        assert_eq!(text_of("<a href=\"x\">a &lt;b&gt;</a>").trim(), "a <b>");
    }

    #[test]
    fn every_section_but_the_sources_can_be_found() {
        let all: Vec<Section> = ARTICLES.iter().enumerate().flat_map(sections_of).collect();
        for (at, article) in ARTICLES.iter().enumerate() {
            let found: Vec<&str> =
                all.iter().filter(|s| s.article == at).map(|s| s.id.as_str()).collect();
            let mut expected = vec![""];
            expected.extend(article.headings.iter().map(|heading| heading.id));
            expected.retain(|id| *id != "sources");
            assert_eq!(found, expected, "{}", article.slug);
        }
    }
}
