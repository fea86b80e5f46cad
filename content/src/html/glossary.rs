//! The glossary: all terms of the articles, for a page and for the definitions that it shows.

use std::fmt::Write as _;

use super::escape;
use crate::{ARTICLES, Term};

/// A term with the slug of the article that defines it.
type Entry = (&'static Term, &'static str);

/// All terms by name, as a list with links to the articles that explain them.
pub fn glossary_body(base_url: &str) -> String {
    let entries = entries();
    let mut html = format!(
        "<h1>Glossary</h1>\n<p class=\"article__lead\">{} words of Nix and NixOS that logs and \
         articles use, each in a sentence or two.</p>\n<dl class=\"glossary\">\n",
        entries.len()
    );
    for (term, slug) in entries {
        let title = crate::article(slug).map_or("", |article| article.title);
        let _ = writeln!(
            html,
            "<dt id=\"{}\">{}</dt>\n<dd>{} <a href=\"{base_url}learn/{slug}/\">{}</a></dd>",
            term.id,
            escape(term.name),
            escape(term.definition),
            escape(title)
        );
    }
    html + "</dl>\n"
}

/// The definitions as a JSON object, by the id that a term has in the glossary.
pub fn glossary_json() -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let pairs = entries().into_iter().map(|(term, _)| {
        let definition = [term.name, ": ", term.definition].concat();
        [quoted(term.id), ":".to_owned(), quoted(&definition)].concat()
    });
    format!("{{{}}}", pairs.collect::<Vec<_>>().join(",\n"))
}

fn entries() -> Vec<Entry> {
    let of_article =
        |article: &'static crate::Article| article.terms.iter().map(|term| (term, article.slug));
    let mut entries: Vec<Entry> = ARTICLES.iter().flat_map(of_article).collect();
    entries.sort_by_key(|(term, _)| term.name.to_lowercase());
    entries
}
