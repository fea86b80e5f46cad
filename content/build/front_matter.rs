//! The head of an article: TOML between two lines `+++`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::problem::{Problem, line_of};

/// What the head says. Every field is required, and no other is allowed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FrontMatter {
    /// Heading of the article.
    pub(crate) title: String,
    /// The same as the name of the file.
    pub(crate) slug: Spanned<String>,
    /// The day on which it last said something new, as `2026-11-22`.
    pub(crate) updated: Spanned<String>,
    /// One sentence that says what the article answers.
    pub(crate) description: String,
    /// Place in the list of articles.
    pub(crate) sort_order: u32,
    /// Findings that it explains, as `id` or `id#heading`.
    pub(crate) codes: Vec<Spanned<String>>,
    /// Terms that it defines.
    pub(crate) terms: BTreeMap<String, Spanned<String>>,
    /// The version that the text was checked with.
    pub(crate) checked_with: Spanned<String>,
    /// The margin notes, one for each section that the article explains.
    pub(crate) notes: Vec<NoteText>,
}

/// A margin note as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteText {
    /// The section that it stands beside.
    pub(crate) section: Spanned<String>,
    /// Heading of the article that says more.
    pub(crate) heading: Option<Spanned<String>>,
    /// Title of the note.
    pub(crate) title: String,
    /// For a reader who is new to Nix.
    pub(crate) new: Spanned<String>,
    /// For a reader who knows Nix.
    pub(crate) knows: Spanned<String>,
}

/// An article cut in two.
pub(crate) struct Cut<'a> {
    /// The TOML, from line 2 on.
    pub(crate) head: &'a str,
    /// The Markdown.
    pub(crate) body: &'a str,
    /// Line of the file where the Markdown begins.
    pub(crate) body_line: usize,
}

/// The head and the body of a file.
pub(crate) fn cut(text: &str) -> Result<Cut<'_>, Problem> {
    let Some(rest) = text.strip_prefix("+++\n") else {
        return Err(Problem::new(1, "expected a line `+++` at the start of the file"));
    };
    let Some((head, body)) = rest.split_once("\n+++\n") else {
        return Err(Problem::new(1, "expected a second line `+++` after the front matter"));
    };
    Ok(Cut { head, body, body_line: line_of(text, text.len() - body.len()) })
}

/// The fields of a head.
pub(crate) fn parse(head: &str) -> Result<FrontMatter, Problem> {
    toml::from_str(head).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        Problem::new(head_line(head, offset), error.message())
    })
}

/// Line of the file for an offset in its head, which begins at line 2.
pub(crate) fn head_line(head: &str, offset: usize) -> usize {
    line_of(head, offset) + 1
}
