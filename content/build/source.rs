//! Writes checked articles as Rust source.

use std::fmt::Write as _;

use crate::article::Article;
use crate::body::{Body, escape};
use crate::note::Piece;
use crate::term_links;

/// The constants `ARTICLES` and `LINKED_TERMS`.
pub(crate) fn articles(articles: &[Article]) -> String {
    let linked = term_links::linked(term_links::names(articles));
    let linked = linked.iter().map(|name| format!("({name:?}, {:?})", term_links::id(name)));
    constant("ARTICLES: &[Article]", articles.iter().map(article))
        + &constant("LINKED_TERMS: &[(&str, &str)]", linked)
}

/// The constants `BODIES` and `ABOUT`.
pub(crate) fn html(articles: &[Article], about: &Body) -> String {
    let bodies = articles.iter().map(|article| {
        let html = term_links::link(article, articles) + &terms_html(article);
        format!("({:?}, {html:?})", article.front.slug.get_ref())
    });
    let about = format!("pub(super) const ABOUT: &str = {:?};\n", about.html);
    constant("BODIES: &[(&str, &str)]", bodies) + &about
}

/// Stands before a field that only the pages of articles show.
const HTML: &str = "#[cfg(feature = \"html\")]";

fn constant(head: &str, items: impl Iterator<Item = String>) -> String {
    format!("pub(super) const {head} = {};\n", list(items))
}

fn list(items: impl Iterator<Item = String>) -> String {
    let mut source = String::from("&[\n");
    for item in items {
        source.push_str(&item);
        source.push_str(",\n");
    }
    source.push(']');
    source
}

fn article(article: &Article) -> String {
    let front = &article.front;
    format!(
        "Article {{ slug: {:?}, title: {:?}, notes: {}, codes: {}, headings: {}, \
         {HTML} updated: {:?}, {HTML} description: {:?}, {HTML} sort_order: {}, {HTML} terms: {}, \
         {HTML} checked_with: {:?} }}",
        front.slug.get_ref(),
        front.title,
        notes(article),
        codes(article),
        headings(&article.body),
        front.updated.get_ref(),
        front.description,
        front.sort_order,
        terms(article),
        front.checked_with.get_ref(),
    )
}

fn notes(article: &Article) -> String {
    let written = article.front.notes.iter().zip(&article.notes);
    list(written.map(|(front, note)| {
        let heading = front.heading.as_ref().map(toml::Spanned::get_ref);
        format!(
            "Note {{ article: {:?}, section: {:?}, heading: {heading:?}, title: {:?}, new: {}, \
             knows: {} }}",
            article.front.slug.get_ref(),
            front.section.get_ref(),
            front.title,
            list(note.new.iter().map(|paragraph| pieces(paragraph))),
            list(note.knows.iter().map(|paragraph| pieces(paragraph))),
        )
    }))
}

fn pieces(written: &[Piece]) -> String {
    list(written.iter().map(piece))
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Text(text) => format!("Piece::Text({text:?})"),
        Piece::Code(text) => format!("Piece::Code({text:?})"),
        Piece::Strong(text) => format!("Piece::Strong({text:?})"),
        Piece::Slot(name, default, [_, _, many]) if many.is_empty() => {
            format!("Piece::Value {{ name: {name:?}, default: {default:?} }}")
        }
        Piece::Slot(name, default, [zero, one, many]) => format!(
            "Piece::Plural {{ name: {name:?}, default: {default:?}, zero: {zero:?}, \
             one: {one:?}, many: {many:?} }}"
        ),
        Piece::When(condition, inner) => {
            format!("Piece::When {{ condition: {condition:?}, pieces: {} }}", pieces(inner))
        }
    }
}

fn codes(article: &Article) -> String {
    let slug = article.front.slug.get_ref();
    list(
        article.codes.iter().map(|(id, heading)| {
            format!("({id:?}, Place {{ slug: {slug:?}, heading: {heading:?} }})")
        }),
    )
}

fn terms(article: &Article) -> String {
    let terms = article.front.terms.iter();
    list(terms.map(|(name, definition)| {
        let id = term_links::id(name);
        format!("Term {{ name: {name:?}, id: {id:?}, definition: {:?} }}", definition.get_ref())
    }))
}

fn headings(body: &Body) -> String {
    list(body.headings.iter().map(|heading| {
        let level = heading.level as u8;
        format!(
            "Heading {{ id: {:?}, {HTML} level: {level}, {HTML} text: {:?} }}",
            heading.id, heading.text
        )
    }))
}

/// The terms of an article as a list below its text.
fn terms_html(article: &Article) -> String {
    if article.front.terms.is_empty() {
        return String::new();
    }
    let mut html = String::from("<h2 id=\"terms\">Terms</h2>\n<dl class=\"article__terms\">\n");
    for (name, definition) in &article.front.terms {
        let _ =
            writeln!(html, "<dt>{}</dt><dd>{}</dd>", escape(name), escape(definition.get_ref()));
    }
    html.push_str("</dl>\n");
    html
}
