//! Writes the pages that are read without any program: articles, their list, and what this is.

use std::path::Path;

use content::{Article, html};

use super::shell::{self, Page};
use crate::failure::{Failure, Result};
use crate::files;

/// Chooses the reading level; `theme.js` acts on it.
const LEVEL_SWITCH: &str = "<div class=\"level-switch\" role=\"group\" aria-label=\"Reading level\">\
    <button type=\"button\" data-set-level=\"new\">New to Nix</button>\
    <button type=\"button\" data-set-level=\"knows\">Knows Nix</button></div>";

/// Writes all of them below the folder.
///
/// # Errors
///
/// The first page cannot serve as frame, or a file cannot be written.
pub(super) fn write_all(staging: &Path, index: &str, base: &str) -> Result<()> {
    let mut pages = vec![about(base), list(base)];
    for article in content::ARTICLES {
        let body = body_of(article, base)?;
        let fragment = staging.join(path_of(article)).join("fragment.html");
        files::write(&fragment, shell::with_full_anchors(&body, &url_of(article, base)))?;
        pages.push(page_of(article, base, &body));
    }
    for page in pages {
        let html = shell::fill(index, base, &page)?;
        files::write(&staging.join(page.path).join("index.html"), html)?;
    }
    Ok(())
}

fn about(base: &str) -> Page<'static> {
    Page {
        title: "About Rebuildscope".to_owned(),
        description: "Privacy, formats, limits, version and licences of Rebuildscope.".to_owned(),
        path: "about/".to_owned(),
        section: "about/",
        main: format!("<article class=\"article\">\n{}</article>", html::about_body(base)),
    }
}

fn list(base: &str) -> Page<'static> {
    Page {
        title: "Learn: what a NixOS rebuild does".to_owned(),
        description: "Short articles on what nixos-rebuild prints and why.".to_owned(),
        path: "learn/".to_owned(),
        section: "learn/",
        main: format!("<article class=\"article\">\n{}</article>", html::learn_index_body(base)),
    }
}

fn page_of(article: &Article, base: &str, body: &str) -> Page<'static> {
    let contents = html::article_toc(article.slug).unwrap_or_default();
    let main = format!(
        "<nav class=\"article-page__contents\" aria-labelledby=\"contents\">\n\
         <p><a href=\"{base}learn/\">All articles</a></p>\n\
         <h2 id=\"contents\">In this article</h2>\n{contents}{LEVEL_SWITCH}\n</nav>\n\
         <article class=\"article\">\n{body}</article>"
    );
    Page {
        title: format!("{} · Rebuildscope", article.title),
        description: article.description.to_owned(),
        path: path_of(article),
        section: "learn/",
        main,
    }
}

fn body_of(article: &Article, base: &str) -> Result<String> {
    let body = html::article_body(article.slug, base)
        .ok_or_else(|| Failure::new(format!("the article `{}` has no body", article.slug)))?;
    if body.contains("{base}") {
        let sentence = format!("the article `{}` has a placeholder left", article.slug);
        return Err(Failure::new(sentence));
    }
    Ok(body)
}

fn path_of(article: &Article) -> String {
    format!("learn/{}/", article.slug)
}

fn url_of(article: &Article, base: &str) -> String {
    format!("{base}{}", path_of(article))
}
