//! Rules on stylesheets: each is linked by the page, and colours have names.

use super::problem::Problem;
use super::sources::Source;
use crate::html;

/// The only file with colour values.
const TOKENS: &str = "app/styles/tokens.css";

/// Functions that make a colour from numbers.
const COLOUR_FUNCTIONS: [&str; 8] =
    ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklch("];

/// Words that are a fixed colour, of which a stylesheet could hold any; the likely ones.
const COLOUR_WORDS: [&str; 8] =
    ["black", "white", "red", "green", "blue", "gray", "grey", "orange"];

/// Compares the stylesheets of the app with those that the page links, both ways.
pub(super) fn check_links(sources: &[Source]) -> Vec<Problem> {
    let Some(index) = sources.iter().find(|source| source.path == "index.html") else {
        return vec![Problem::of_file("index.html", "expected the page, but there is none")];
    };
    let tags = html::tags(&index.text);
    let linked: Vec<&str> = tags
        .iter()
        .filter(|tag| tag.has("rel", "css") || tag.has("rel", "stylesheet"))
        .filter_map(|tag| tag.attribute("href"))
        .collect();
    let files: Vec<&str> = sources
        .iter()
        .filter(|source| source.is("css") && source.path.starts_with("app/"))
        .map(|source| source.path.as_str())
        .collect();
    let unlinked = files.iter().filter(|file| !linked.contains(file));
    let missing = linked.iter().filter(|link| !files.contains(link));
    unlinked
        .map(|file| Problem::of_file(file, "is not linked in index.html"))
        .chain(missing.map(|link| {
            Problem::of_file("index.html", format!("links `{link}`, which is not there"))
        }))
        .collect()
}

/// Finds colour values outside the file that names them.
pub(super) fn check_colours(source: &Source) -> Vec<Problem> {
    if !source.is("css") || source.path == TOKENS {
        return Vec::new();
    }
    let lines = source.text.lines().enumerate();
    lines
        .filter_map(|(index, line)| {
            let (_, value) = line.split_once(':')?;
            let colour = colour_in(value)?;
            let message = format!("the colour `{colour}` belongs into {TOKENS}");
            Some(Problem::at_index(&source.path, index, message))
        })
        .collect()
}

/// The first colour value in the part of a declaration after its colon.
fn colour_in(value: &str) -> Option<&str> {
    let is_end = |c: char| c.is_whitespace() || [',', ';', ')', '/'].contains(&c);
    value.split_inclusive(is_end).flat_map(|part| part.split_inclusive('(')).find_map(|part| {
        let word = part.trim_end_matches(is_end);
        (is_hex(word) || COLOUR_FUNCTIONS.contains(&word) || COLOUR_WORDS.contains(&word))
            .then_some(word)
    })
}

/// `#b01e1e`
fn is_hex(word: &str) -> bool {
    let Some(digits) = word.strip_prefix('#') else { return false };
    [3, 4, 6, 8].contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn styles_and_links_match_both_ways() {
        let page =
            |href: &str| source("index.html", &format!("<link data-trunk rel=css href={href}>"));
        let style = || source("app/styles/base.css", "");
        assert_eq!(check_links(&[style(), page("app/styles/base.css")]), []);
        assert_eq!(check_links(&[style(), page("app/other.css")]).len(), 2);
    }

    #[track_caller]
    fn check(line: &str, expected: Option<&str>) {
        assert_eq!(colour_in(line.split_once(':').unwrap().1), expected, "{line}");
    }

    #[test]
    fn colours_are_found_in_values_only() {
        check("color: #b01e1e;", Some("#b01e1e"));
        check("background: linear-gradient(#fff, var(--paper));", Some("#fff"));
        check("border: 1px solid rgb(0 0 0 / 10%);", Some("rgb("));
        check("color: white;", Some("white"));
        check("color: var(--red);", None);
        check("color: light-dark(var(--a), var(--b));", None);
        check("mask: url(#add-icon);", None);
        assert_eq!(check_colours(&source("app/a.css", "#fade { margin: 0 }")), []);
        assert_eq!(check_colours(&source(TOKENS, "--ok: #17663a;")), []);
    }
}
