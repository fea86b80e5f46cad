//! One article: its head and body, checked.

use std::collections::BTreeSet;

use pulldown_cmark::HeadingLevel;
use toml::Spanned;

use crate::body::{self, Body};
use crate::front_matter::{self, Cut, FrontMatter, NoteText};
use crate::living::Fault;
use crate::note::{self, Piece};
use crate::problem::{Problem, line_of};
use crate::value::{CODES, SECTIONS};

/// An article that is right in itself.
#[derive(Debug)]
pub(crate) struct Article {
    /// Its head.
    pub(crate) front: FrontMatter,
    /// Its notes, as in the head.
    pub(crate) notes: Vec<Note>,
    /// Findings that it explains, each with the heading that does.
    pub(crate) codes: Vec<(String, Option<String>)>,
    /// Its text.
    pub(crate) body: Body,
}

/// A note whose text was read.
#[derive(Debug)]
pub(crate) struct Note {
    /// For a reader who is new to Nix.
    pub(crate) new: Vec<Vec<Piece>>,
    /// For a reader who knows Nix.
    pub(crate) knows: Vec<Vec<Piece>>,
}

/// Reads the article of the file `slug.md`.
pub(crate) fn parse(slug: &str, text: &str) -> Result<Article, Problem> {
    let Cut { head, body, body_line } = front_matter::cut(text)?;
    let front = front_matter::parse(head)?;
    if front.slug.get_ref() != slug {
        let message = format!("expected `{slug}`, the name of the file");
        return Err(in_head(head, &front.slug, message));
    }
    if !front.checked_with.get_ref().starts_with("Nix 2.") {
        return Err(in_head(head, &front.checked_with, "expected a version such as `Nix 2.34`"));
    }
    if !is_day(front.updated.get_ref()) {
        return Err(in_head(head, &front.updated, "expected a day such as `2026-11-22`"));
    }
    for definition in front.terms.values() {
        // It also stands in places that show plain text only.
        if definition.get_ref().contains(['`', '*']) {
            return Err(in_head(head, definition, "expected a definition without markup"));
        }
    }
    let body = body::render(slug, body, body_line)?;
    check_headings(&body)?;
    check_sources(&body)?;
    let mut notes = Vec::new();
    for note in &front.notes {
        notes.push(read_note(head, note, &body)?);
    }
    let mut codes = Vec::new();
    for code in &front.codes {
        codes.push(read_code(head, code, &body)?);
    }
    Ok(Article { front, notes, codes, body })
}

/// `2026-11-22`
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let is_number = |part: &str, digits: usize| {
        part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    is_number(year, 4)
        && is_number(month, 2)
        && is_number(day, 2)
        && ("01"..="12").contains(&month)
        && ("01"..="31").contains(&day)
}

/// Checks what concerns several articles: links, and that nothing is explained twice.
pub(crate) fn check_together(articles: &[Article]) -> Result<(), (String, Problem)> {
    let mut explained = BTreeSet::new();
    for article in articles {
        let slug = article.front.slug.get_ref();
        check_links(&article.body, articles).map_err(|problem| (slug.clone(), problem))?;
        let notes = article.front.notes.iter().map(|note| note.section.get_ref());
        let codes = article.codes.iter().map(|(id, _)| id);
        for name in notes.chain(codes).chain(article.front.terms.keys()) {
            if !explained.insert(name) {
                let message = format!("`{name}` is explained by two articles");
                return Err((slug.clone(), Problem::new(1, message)));
            }
        }
    }
    Ok(())
}

/// Checks a page that is no article: it may link to articles but has no place for values.
pub(crate) fn check_page(body: &Body, articles: &[Article]) -> Result<(), Problem> {
    check_headings(body)?;
    check_links(body, articles)?;
    if body.html.contains("data-value") || body.html.contains("data-when") {
        return Err(Problem::new(1, "a page that is no article has no values"));
    }
    Ok(())
}

fn check_links(body: &Body, articles: &[Article]) -> Result<(), Problem> {
    match body.links.iter().find(|(_, link)| !exists(articles, link)) {
        Some((line, to)) => Err(Problem::new(*line, format!("no article or heading `{to}`"))),
        None => Ok(()),
    }
}

fn exists(articles: &[Article], link: &str) -> bool {
    let (slug, heading) = link.split_once('#').unwrap_or((link, ""));
    articles
        .iter()
        .filter(|article| article.front.slug.get_ref() == slug)
        .any(|article| heading.is_empty() || has_heading(&article.body, heading))
}

fn has_heading(body: &Body, id: &str) -> bool {
    body.headings.iter().any(|heading| heading.id == id)
}

fn check_headings(body: &Body) -> Result<(), Problem> {
    // Ids of the page around the text, and of the terms below it.
    let mut seen = BTreeSet::from(["main", "contents", "terms"]);
    for heading in &body.headings {
        // An article opens beside the report, whose sections have these ids.
        if SECTIONS.contains(&heading.id.as_str()) {
            let message = format!("the id `{}` is that of a section of the report", heading.id);
            return Err(Problem::new(heading.line, message));
        }
        if !seen.insert(heading.id.as_str()) {
            return Err(Problem::new(heading.line, format!("the id `{}` is taken", heading.id)));
        }
    }
    Ok(())
}

/// An article ends with the places where its facts can be looked up.
fn check_sources(body: &Body) -> Result<(), Problem> {
    let last = body.headings.last();
    let sources = last.filter(|last| last.level == HeadingLevel::H2 && last.id == "sources");
    let Some(sources) = sources else {
        return Err(Problem::new(
            last.map_or(1, |last| last.line),
            "expected `## Sources {#sources}` as the last heading",
        ));
    };
    if body.sources.iter().any(|(line, _)| *line > sources.line) {
        return Ok(());
    }
    Err(Problem::new(sources.line, "expected at least one link `https://…` below this heading"))
}

fn read_note(head: &str, note: &NoteText, body: &Body) -> Result<Note, Problem> {
    if !SECTIONS.contains(&note.section.get_ref().as_str()) {
        let message = format!("unknown section, expected one of {SECTIONS:?}");
        return Err(in_head(head, &note.section, message));
    }
    if let Some(heading) = &note.heading {
        check_heading_exists(head, heading, heading.get_ref(), body)?;
    }
    Ok(Note { new: paragraphs(head, &note.new)?, knows: paragraphs(head, &note.knows)? })
}

fn paragraphs(head: &str, text: &Spanned<String>) -> Result<Vec<Vec<Piece>>, Problem> {
    note::parse(text.get_ref()).map_err(|(offset, message): Fault| {
        // The text begins on the line after the opening quotes.
        let line = front_matter::head_line(head, text.span().start);
        Problem::new(line + line_of(text.get_ref(), offset), message)
    })
}

fn read_code(
    head: &str,
    code: &Spanned<String>,
    body: &Body,
) -> Result<(String, Option<String>), Problem> {
    let (id, heading) = match code.get_ref().split_once('#') {
        Some((id, heading)) => (id, Some(heading)),
        None => (code.get_ref().as_str(), None),
    };
    if !CODES.contains(&id) {
        let message = format!("unknown finding `{id}`, expected one of {CODES:?}");
        return Err(in_head(head, code, message));
    }
    if let Some(heading) = heading {
        check_heading_exists(head, code, heading, body)?;
    }
    Ok((id.to_owned(), heading.map(str::to_owned)))
}

fn check_heading_exists<T>(
    head: &str,
    at: &Spanned<T>,
    heading: &str,
    body: &Body,
) -> Result<(), Problem> {
    if has_heading(body, heading) {
        return Ok(());
    }
    Err(in_head(head, at, format!("no heading `{heading}` in this article")))
}

fn in_head<T>(head: &str, at: &Spanned<T>, message: impl Into<String>) -> Problem {
    Problem::new(front_matter::head_line(head, at.span().start), message)
}
