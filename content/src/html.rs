//! The articles and the other pages as HTML, for whoever writes them to files.
//!
//! `base_url` is what leads to the root of the site and ends with `/`: `/`, `/rebuildscope/`
//! or `../../`.

use std::fmt::Write as _;

use crate::{ARTICLES, article};

mod glossary;

pub use glossary::{glossary_body, glossary_json};

mod generated {
    //! What the build script wrote.

    include!(concat!(env!("OUT_DIR"), "/html.rs"));
}

/// Stands for the address of the site in what the build script wrote.
const BASE: &str = "{base}";

/// An article from its heading to its terms; `None` for a slug that does not exist.
pub fn article_body(slug: &str, base_url: &str) -> Option<String> {
    let article = article(slug)?;
    let (_, body) = generated::BODIES.iter().find(|(known, _)| *known == slug)?;
    let head = format!(
        "<h1>{}</h1>\n<p class=\"article__lead\">{}</p>\n",
        escape(article.title),
        escape(article.description)
    );
    let checked =
        format!("<p class=\"article__checked\">Checked with {}.</p>\n", article.checked_with);
    Some(head + &with_base(body, base_url) + &checked)
}

/// The sections of an article as a list of links within its page.
pub fn article_toc(slug: &str) -> Option<String> {
    let mut html = String::from("<ul class=\"article-contents\">\n");
    let headings = article(slug)?.headings;
    for heading in headings.iter().filter(|heading| heading.level == 2) {
        let _ = writeln!(html, "<li><a href=\"#{}\">{}</a></li>", heading.id, escape(heading.text));
    }
    Some(html + "</ul>\n")
}

/// The page about the site: privacy, formats, limits, version and licences.
pub fn about_body(base_url: &str) -> String {
    "<h1>About Rebuildscope</h1>\n".to_owned() + &with_base(generated::ABOUT, base_url)
}

/// The list of all articles.
pub fn learn_index_body(base_url: &str) -> String {
    let mut html = String::from(
        "<h1>Learn</h1>\n<p class=\"article__lead\">What a rebuild does and why, in short \
         articles. Their words are explained in the <a href=\"{base}learn/glossary/\">glossary</a>.</p>\n\
         <ol class=\"article-list\">\n",
    );
    for article in ARTICLES {
        let _ = writeln!(
            html,
            "<li><h2><a href=\"{base_url}learn/{}/\">{}</a></h2><p>{}</p></li>",
            article.slug,
            escape(article.title),
            escape(article.description)
        );
    }
    with_base(&html, base_url) + "</ol>\n"
}

fn with_base(html: &str, base_url: &str) -> String {
    html.replace(BASE, base_url)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
