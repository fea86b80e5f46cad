//! The frame around a page without program: what the first page has besides its own content.

use std::ops::Range;

use crate::failure::{Failure, Result};
use crate::html::{self, Edits, Tag};

/// A page that needs no program.
pub(super) struct Page<'a> {
    /// For the tab and for search engines.
    pub(super) title: String,
    /// One sentence for search engines and previews.
    pub(super) description: String,
    /// Below the base, with `/` at its end: `learn/nix-store/`.
    pub(super) path: String,
    /// Where the entry of the site's navigation leads that is this page or above it.
    pub(super) section: &'a str,
    /// What stands in `<main>`.
    pub(super) main: String,
}

/// Puts the page into the frame of the finished first page.
///
/// # Errors
///
/// The first page lacks a part that has to be replaced.
pub(super) fn fill(index: &str, base: &str, page: &Page<'_>) -> Result<String> {
    let mut edits = Edits::of(index);
    let tags = html::tags(index);
    let title = find(&tags, "title", |_| true)?;
    edits.replace(inner(index, title)?, escape(&page.title));
    let description = find(&tags, "meta", |tag| tag.has("name", "description"))?;
    let meta = format!("<meta name=\"description\" content=\"{}\">", escape(&page.description));
    edits.replace(description.range.clone(), meta);
    let main = find(&tags, "main", |_| true)?;
    let start = "<main id=\"main\" class=\"article-page\" tabindex=\"-1\">";
    edits.replace(main.range.clone(), start.to_owned());
    let replaced = inner(index, main)?;
    edits.replace(replaced.clone(), format!("\n{}\n", page.main.trim()));
    for tag in tags.iter().filter(|tag| !replaced.contains(&tag.range.start)) {
        if is_of_program(tag) {
            edits.remove_line(whole(index, tag)?);
        } else if tag.name == "a" {
            mark_current(&mut edits, tag, page.section);
        }
    }
    Ok(with_full_anchors(&edits.apply(), &format!("{base}{}", page.path)))
}

/// With `<base>` in the head, `#id` would mean the first page: `href="#id"` gets its path.
pub(super) fn with_full_anchors(html: &str, path: &str) -> String {
    html.replace("href=\"#", &format!("href=\"{path}#"))
}

/// What starts the program, is loaded for it, or is marked as of no use without it.
fn is_of_program(tag: &Tag<'_>) -> bool {
    match tag.name {
        "link" => tag.has("rel", "modulepreload") || tag.has("rel", "preload"),
        "script" => tag.attribute("data-js").is_some(),
        "meta" => tag.has("name", "rebuildscope-worker") || tag.has("name", "rebuildscope-tasks"),
        _ => tag.attribute("data-program").is_some(),
    }
}

/// Moves the mark of the current page to the entry of the navigation that leads to `section`.
fn mark_current(edits: &mut Edits<'_>, link: &Tag<'_>, section: &str) {
    const MARK: &str = " aria-current=\"page\"";
    let text = edits.original(link.range.clone());
    if link.has("aria-current", "page") {
        edits.replace(link.range.clone(), text.replace(MARK, ""));
    } else if link.has("href", section) && link.attribute("class").is_none() {
        edits.replace(link.range.clone(), text.replacen("<a", &format!("<a{MARK}"), 1));
    }
}

fn find<'t, 'a>(
    tags: &'t [Tag<'a>],
    name: &str,
    is_wanted: impl Fn(&Tag<'a>) -> bool,
) -> Result<&'t Tag<'a>> {
    let found = tags.iter().find(|tag| tag.name == name && is_wanted(tag));
    found
        .ok_or_else(|| Failure::new(format!("expected a `<{name}>` in index.html, but found none")))
}

/// From the end of a start tag to its end tag.
fn inner(html: &str, tag: &Tag<'_>) -> Result<Range<usize>> {
    let end = html[tag.range.end..].find(&format!("</{}>", tag.name));
    let end =
        end.ok_or_else(|| Failure::new(format!("expected `</{}>` in index.html", tag.name)))?;
    Ok(tag.range.end..tag.range.end + end)
}

/// From `<` of a start tag to `>` of its end tag, where it has one.
fn whole(html: &str, tag: &Tag<'_>) -> Result<Range<usize>> {
    if ["link", "meta"].contains(&tag.name) {
        return Ok(tag.range.clone());
    }
    Ok(tag.range.start..inner(html, tag)?.end + "</>".len() + tag.name.len())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = r#"<title>Home</title>
<meta name="description" content="Home.">
<meta name="rebuildscope-worker" content="w.js">
<link rel="preload" href="/s/app.wasm">
<script src="/s/theme.js"></script>
<script type="module" src="/s/boot.js" data-js="/s/app.js"></script>
<a class="brand" href="./">Rebuildscope</a>
<a href="./" aria-current="page">Analyse</a>
<a href="learn/">Learn</a>
<a class="more" href="learn/">More</a>
<main id="main"><p>Wait.</p><a href="learn/">x</a></main>
"#;

    fn page() -> Page<'static> {
        Page {
            title: "A & B".to_owned(),
            description: "The \"store\".".to_owned(),
            path: "learn/store/".to_owned(),
            section: "learn/",
            main: "<a href=\"#x\">x</a>".to_owned(),
        }
    }

    #[test]
    fn a_page_has_the_frame_and_no_program() {
        let expected = r#"<title>A &amp; B</title>
<meta name="description" content="The &quot;store&quot;.">
<script src="/s/theme.js"></script>
<a class="brand" href="./">Rebuildscope</a>
<a href="./">Analyse</a>
<a aria-current="page" href="learn/">Learn</a>
<a class="more" href="learn/">More</a>
<main id="main" class="article-page" tabindex="-1">
<a href="/s/learn/store/#x">x</a>
</main>
"#;
        assert_eq!(fill(INDEX, "/s/", &page()).unwrap(), expected);
    }

    #[test]
    fn a_frame_that_lacks_a_part_fails() {
        for part in ["title>", "\"description\"", "<main", "</main>", "</title>"] {
            assert!(fill(&INDEX.replace(part, ""), "/s/", &page()).is_err(), "{part}");
        }
    }
}
