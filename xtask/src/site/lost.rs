//! The page for addresses that do not exist, at whatever depth a host shows it.

use super::head::{About, Kind};
use super::offline::sha256;
use super::place::Place;
use super::shell::{self, Page};
use crate::failure::{Failure, Result};

/// Finds the root of the site where the build does not know it.
const SCRIPT: &str = include_str!("lost.js");

const MAIN: &str = "<article class=\"article\">\n<h1>There is no such page</h1>\n\
    <p class=\"article__lead\">The address may be mistyped, or the page may have moved.</p>\n\
    <ul>\n<li><a href=\"./\">Analyse a log</a></li>\n\
    <li><a href=\"learn/\">Search the articles</a></li>\n</ul>\n</article>";

/// The page as HTML.
///
/// # Errors
///
/// The first page cannot serve as frame.
pub(super) fn page(index: &str, place: &Place) -> Result<String> {
    let about = About {
        title: "There is no such page".to_owned(),
        description: "The address does not exist on this site.".to_owned(),
        path: String::new(),
        picture: String::new(),
        kind: Kind::Text,
    };
    let page = Page { about, section: "404", main: MAIN.to_owned() };
    // It is no page of the site, so nothing absolute is said of it.
    let html = shell::fill(index, &page, &Place::default())?;
    let root = place.path().unwrap_or("/");
    let html = replaced(&html, "<base href=\"./\">", &format!("<base href=\"{root}\">"))?;
    if place.path().is_some() {
        return Ok(html);
    }
    let policy = format!("script-src 'self' '{}'", sha256(SCRIPT.as_bytes()));
    let html = replaced(&html, "script-src 'self'", &policy)?;
    replaced(&html, "</head>", &format!("<script type=\"module\">{SCRIPT}</script>\n  </head>"))
}

fn replaced(html: &str, part: &str, by: &str) -> Result<String> {
    if html.contains(part) {
        return Ok(html.replacen(part, by, 1));
    }
    Err(Failure::new(format!("expected `{part}` in index.html, but found none")))
}

#[cfg(test)]
mod tests {
    use super::super::tests::INDEX;
    use super::*;

    #[test]
    fn a_known_address_needs_no_script() {
        let place = Place::of("https://a.org/scope/").unwrap();
        let html = page(INDEX, &place).unwrap();
        assert!(html.contains("<base href=\"/scope/\">") && !html.contains("isRoot"));
        assert!(!html.contains("https://a.org"));
    }

    #[test]
    fn an_unknown_one_is_looked_for_by_the_one_script_that_the_policy_lets_in() {
        let html = page(INDEX, &Place::default()).unwrap();
        let (_, rest) = html.split_once("<script type=\"module\">").unwrap();
        let script = rest.split_once("</script>").unwrap().0;
        assert!(html.contains(&format!("script-src 'self' '{}'", sha256(script.as_bytes()))));
    }
}
