//! Writes the pages that are read without any program: articles, their list, and what this is.

use std::path::Path;

use content::{ARTICLES, Article, MONTHS, html};

use super::head::{About, Kind, escape};
use super::place::Place;
use super::shell::{self, Page};
use crate::failure::{Failure, Result};
use crate::files;

/// Chooses the reading level; `theme.js` acts on it.
const LEVEL_SWITCH: &str = "<div class=\"level-switch\" role=\"group\" aria-label=\"Reading level\">\
    <button type=\"button\" data-set-level=\"new\">New to Nix</button>\
    <button type=\"button\" data-set-level=\"knows\">Knows Nix</button></div>";

/// Where the glossary is; `public/terms.js` asks there for definitions.
const GLOSSARY: &str = "learn/glossary/";

/// How many words of an explanation one reads in a minute.
const WORDS_A_MINUTE: usize = 200;

/// Writes all of them below the folder and returns what is said of each.
///
/// `search_index` is the name of the file by which articles are searched.
///
/// # Errors
///
/// The first page cannot serve as frame, or a file cannot be written.
pub(super) fn write_all(
    staging: &Path,
    index: &str,
    search_index: &str,
    place: &Place,
) -> Result<Vec<About>> {
    files::write(&staging.join(GLOSSARY).join("terms.json"), html::glossary_json())?;
    let mut pages = vec![about(), list(search_index), glossary()];
    for (at, article) in ARTICLES.iter().enumerate() {
        let body = body_of(article)?;
        let path = path_of(article);
        let fragment = staging.join(&path).join("fragment.html");
        files::write(&fragment, shell::with_full_anchors(&body, &path))?;
        pages.push(page_of(at, article, &body));
    }
    for page in &pages {
        let html = shell::fill(index, page, place)?;
        files::write(&staging.join(&page.about.path).join("index.html"), html)?;
    }
    Ok(pages.into_iter().map(|page| page.about).collect())
}

fn about() -> Page<'static> {
    Page {
        about: About {
            title: "About Rebuildscope".to_owned(),
            description: "Privacy, formats, limits, version and licences of Rebuildscope."
                .to_owned(),
            path: "about/".to_owned(),
            picture: "pictures/about.png".to_owned(),
            kind: Kind::Text,
        },
        section: "about/",
        main: format!("<article class=\"article\">\n{}</article>", html::about_body("")),
    }
}

fn list(search_index: &str) -> Page<'static> {
    // Shown by the script that makes it work.
    let search = format!(
        "<div class=\"search\" role=\"search\" data-index=\"{search_index}\" hidden>\n\
         <label class=\"search__label\" for=\"search\">Search articles and terms</label>\n\
         <input class=\"search__field\" id=\"search\" type=\"search\" autocomplete=\"off\" \
         spellcheck=\"false\" aria-controls=\"found\">\n\
         <p class=\"search__count\" role=\"status\"></p>\n\
         <ol class=\"article-list\" id=\"found\"></ol>\n</div>\n<ol class=\"article-list\">"
    );
    let body = html::learn_index_body("").replacen("<ol class=\"article-list\">", &search, 1);
    Page {
        about: About {
            title: "Learn: what a NixOS rebuild does".to_owned(),
            description: "Short articles on what nixos-rebuild prints and why.".to_owned(),
            path: "learn/".to_owned(),
            picture: "pictures/learn.png".to_owned(),
            kind: Kind::Text,
        },
        section: "learn/",
        main: format!(
            "<article class=\"article\">\n{body}</article>\n\
             <script type=\"module\" src=\"search.js\"></script>"
        ),
    }
}

fn glossary() -> Page<'static> {
    Page {
        about: About {
            title: "Glossary of Nix and NixOS".to_owned(),
            description: "The words of Nix that logs and articles use, each in a sentence or two."
                .to_owned(),
            path: GLOSSARY.to_owned(),
            picture: "pictures/glossary.png".to_owned(),
            kind: Kind::Text,
        },
        section: "learn/",
        main: format!("<article class=\"article\">\n{}</article>", html::glossary_body("")),
    }
}

fn page_of(at: usize, article: &Article, body: &str) -> Page<'static> {
    let main = format!(
        "{}<article class=\"article\">\n{}{}</article>",
        breadcrumbs(article),
        with_anchors(article, &with_facts(article, body)),
        neighbours(at)
    );
    Page {
        about: About {
            title: article.title.to_owned(),
            description: article.description.to_owned(),
            path: path_of(article),
            picture: format!("pictures/{}.png", article.slug),
            kind: Kind::Article { updated: article.updated },
        },
        section: "learn/",
        main,
    }
}

fn breadcrumbs(article: &Article) -> String {
    format!(
        "<nav class=\"breadcrumbs\" aria-label=\"Where this is\"><ol>\
         <li><a href=\"learn/\">All articles</a></li>\
         <li aria-current=\"page\">{}</li></ol></nav>\n",
        escape(article.title)
    )
}

/// Says below the sentence at the top how long it takes to read, how new it is and what is in it.
fn with_facts(article: &Article, body: &str) -> String {
    let words = body.split('<').filter_map(|part| part.split_once('>'));
    let words: usize = words.map(|(_, text)| text.split_whitespace().count()).sum();
    let minutes = match words.div_ceil(WORDS_A_MINUTE) {
        0 | 1 => "A minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    };
    let day = article.updated;
    let facts = format!(
        "</p>\n<p class=\"article__facts\">{minutes} to read · <time datetime=\"{day}\">{}</time></p>\n{}",
        written_day(day),
        contents(article)
    );
    body.replacen("</p>\n", &facts, 1)
}

/// The reading level, and the sections, which `theme.js` unfolds where there is room beside the
/// text.
fn contents(article: &Article) -> String {
    let list = html::article_toc(article.slug).unwrap_or_default();
    format!(
        "<div class=\"article-page__beside\"><div class=\"article-page__contents\">\n{LEVEL_SWITCH}\n\
         <details class=\"fold\" id=\"contents\"><summary><span>In this article</span></summary>\n\
         <nav aria-label=\"In this article\">\n{list}</nav></details>\n</div></div>\n"
    )
}

/// `2026-11-02` is 2 November 2026.
fn written_day(day: &str) -> String {
    let parts: Vec<&str> = day.split('-').collect();
    let [year, month, day] = parts[..] else { return day.to_owned() };
    let month = month.parse::<usize>().ok().and_then(|month| MONTHS.get(month - 1));
    format!("{} {} {year}", day.trim_start_matches('0'), month.unwrap_or(&""))
}

/// Each heading leads to itself, so that its address can be copied.
fn with_anchors(article: &Article, body: &str) -> String {
    article.headings.iter().fold(body.to_owned(), |body, heading| {
        let (id, level) = (heading.id, heading.level);
        let start = format!("<h{level} id=\"{id}\">");
        let Some((before, after)) = body.split_once(&start) else { return body };
        let Some((inner, rest)) = after.split_once(&format!("</h{level}>")) else { return body };
        format!(
            "{before}{start}<a class=\"article__anchor\" href=\"#{id}\">{inner}</a></h{level}>{rest}"
        )
    })
}

/// The articles before and after this one.
fn neighbours(at: usize) -> String {
    let link = |article: &Article, rel: &str, word: &str| {
        format!(
            "<a rel=\"{rel}\" href=\"{}\"><span>{word}</span> {}</a>",
            path_of(article),
            escape(article.title)
        )
    };
    let before = at.checked_sub(1).and_then(|at| ARTICLES.get(at));
    let before = before.map(|article| link(article, "prev", "Before this")).unwrap_or_default();
    let after = ARTICLES.get(at + 1);
    let after = after.map(|article| link(article, "next", "After this")).unwrap_or_default();
    format!("<nav class=\"neighbours\" aria-label=\"Other articles\">{before}{after}</nav>\n")
}

fn body_of(article: &Article) -> Result<String> {
    let body = html::article_body(article.slug, "")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_out() {
        assert_eq!(written_day("2026-11-02"), "2 November 2026");
        assert_eq!(written_day("2026-01-22"), "22 January 2026");
    }

    #[test]
    fn every_heading_of_an_article_leads_to_itself() {
        for article in ARTICLES {
            let body = with_anchors(article, &body_of(article).unwrap());
            let n_anchors = body.matches("article__anchor").count();
            assert_eq!(n_anchors, article.headings.len(), "{}", article.slug);
        }
    }

    #[test]
    fn the_first_and_the_last_article_have_one_neighbour() {
        assert!(!neighbours(0).contains("rel=\"prev\""));
        assert!(neighbours(0).contains("rel=\"next\""));
        let last = ARTICLES.len() - 1;
        assert!(
            neighbours(last).contains("rel=\"prev\"") && !neighbours(last).contains("\"next\"")
        );
    }
}
