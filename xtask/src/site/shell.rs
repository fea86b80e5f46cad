//! The frame around a page: what the first page has besides its own content.

use std::ops::Range;

use super::head::{self, About, SITE, escape};
use super::place::{self, Place};
use crate::failure::{Failure, Result};
use crate::html::{self, Edits, Tag};

/// A page that needs no program.
pub(super) struct Page<'a> {
    /// What its head says of it.
    pub(super) about: About,
    /// Where the entry of the site's navigation leads that is this page or above it.
    pub(super) section: &'a str,
    /// What stands in `<main>`.
    pub(super) main: String,
}

/// The finished first page, with the head of another of its addresses.
///
/// # Errors
///
/// It lacks a part that has to be replaced.
pub(super) fn with_head(index: &str, about: &About, place: &Place) -> Result<String> {
    let tags = html::tags(index);
    let mut edits = Edits::of(index);
    write_head(index, &tags, &mut edits, about, place)?;
    Ok(edits.apply())
}

/// Puts the page into the frame of the finished first page.
///
/// # Errors
///
/// The first page lacks a part that has to be replaced.
pub(super) fn fill(index: &str, page: &Page<'_>, place: &Place) -> Result<String> {
    let mut edits = Edits::of(index);
    let tags = html::tags(index);
    write_head(index, &tags, &mut edits, &page.about, place)?;
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
    Ok(with_full_anchors(&edits.apply(), &page.about.path))
}

/// Title, description, the way to the root, and what `head` says.
fn write_head(
    index: &str,
    tags: &[Tag<'_>],
    edits: &mut Edits<'_>,
    about: &About,
    place: &Place,
) -> Result<()> {
    let title = find(tags, "title", |_| true)?;
    edits.replace(inner(index, title)?, escape(&tab_title(about)));
    let description = find(tags, "meta", |tag| tag.has("name", "description"))?;
    let meta = format!(
        "<meta name=\"description\" content=\"{}\">\n    {}",
        escape(&about.description),
        head::lines(about, place)
    );
    edits.replace(description.range.clone(), meta);
    let base = find(tags, "base", |_| true)?;
    let to_root = place::to_root(&about.path);
    edits.replace(base.range.clone(), format!("<base href=\"{to_root}\">"));
    Ok(())
}

fn tab_title(about: &About) -> String {
    let has_name = about.title.contains(SITE);
    if has_name { about.title.clone() } else { format!("{} · {SITE}", about.title) }
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

#[cfg(test)]
mod tests {
    use super::super::head::Kind;
    use super::*;

    const INDEX: &str = r#"<base href="./">
<title>Home</title>
<meta name="description" content="Home.">
<meta name="rebuildscope-worker" content="w.js">
<link rel="preload" href="./app.wasm">
<script src="./theme.js"></script>
<script type="module" src="./boot.js" data-js="./app.js"></script>
<a class="brand" href="./">Rebuildscope</a>
<a href="./" aria-current="page">Analyse</a>
<a href="learn/">Learn</a>
<a class="more" href="learn/">More</a>
<main id="main"><p>Wait.</p><a href="learn/">x</a></main>
"#;

    fn page() -> Page<'static> {
        let about = About {
            title: "A & B".to_owned(),
            description: "The \"store\".".to_owned(),
            path: "learn/store/".to_owned(),
            picture: String::new(),
            kind: Kind::Text,
        };
        Page { about, section: "learn/", main: "<a href=\"#x\">x</a>".to_owned() }
    }

    #[test]
    fn a_page_has_the_frame_and_no_program() {
        let html = fill(INDEX, &page(), &Place::default()).unwrap();
        let (head, body) = html.split_once("<script src").unwrap();
        let expected = r#"="./theme.js"></script>
<a class="brand" href="./">Rebuildscope</a>
<a href="./">Analyse</a>
<a aria-current="page" href="learn/">Learn</a>
<a class="more" href="learn/">More</a>
<main id="main" class="article-page" tabindex="-1">
<a href="learn/store/#x">x</a>
</main>
"#;
        assert_eq!(body, expected);
        for part in [
            "<base href=\"../../\">",
            "<title>A &amp; B · Rebuildscope</title>",
            "content=\"The &quot;store&quot;.\"",
        ] {
            assert!(head.contains(part), "`{part}` is not in\n{head}");
        }
        assert!(!head.contains("w.js"));
    }

    #[test]
    fn a_frame_that_lacks_a_part_fails() {
        for part in ["title>", "\"description\"", "<base", "<main", "</main>", "</title>"] {
            let index = INDEX.replace(part, "");
            assert!(fill(&index, &page(), &Place::default()).is_err(), "{part}");
        }
    }
}
