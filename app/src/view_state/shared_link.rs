//! Links that hold a report, as far as an address or a text shows that it is one.

use std::sync::Arc;

/// The part of a link that holds a report: `r1…`, as it stands behind the `#`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedLink(Arc<str>);

/// A text that is shorter may as well be a word.
const MIN_TEXT_LEN: usize = 8;

impl SharedLink {
    /// The link in what stands behind the `#` of an address; `None` for the name of a place in a
    /// page.
    pub fn in_fragment(fragment: &str) -> Option<Self> {
        // Whether its version can be read is not decided here.
        let is_link = matches!(fragment.as_bytes(), [b'r', b'0'..=b'9', ..]);
        is_link.then(|| Self(fragment.into()))
    }

    /// The link that a text is: an address with one, or the part behind the `#` alone, which may
    /// be broken into lines or have brackets around it. `None` for all other texts, such as a log
    /// with a link in it.
    pub fn in_text(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c| !is_digit(c) && c != '#');
        let (address, fragment) = text.split_once('#').unwrap_or(("", text));
        let fragment: String = fragment.lines().map(str::trim).collect();
        let is_one_word = fragment.len() >= MIN_TEXT_LEN
            && fragment.chars().all(is_digit)
            && !address.contains([' ', '\t', '\n']);
        Self::in_fragment(&fragment).filter(|_| is_one_word)
    }

    /// The link without `#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a character can be part of what a link holds.
fn is_digit(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let link = SharedLink::in_text(text);
        assert_eq!(link.as_ref().map(SharedLink::as_str), expected, "{text}");
    }

    #[test]
    fn a_text_that_is_a_link_is_one() {
        for text in [
            "https://site.test/#r1ABC-def_9",
            "https://site.test/sub/report/?v=1&section=time#r1ABC-def_9",
            "  #r1ABC-def_9\n",
            "r1ABC-def_9",
            "<https://site.test/#r1ABC-def_9>",
            "[Switched.](https://site.test/#r1ABC-def_9).",
            "https://site.test/#r1ABC\r\n  -def_9",
        ] {
            check(text, Some("r1ABC-def_9"));
        }
        check("https://site.test/#r7ABC-def_9", Some("r7ABC-def_9"));
    }

    #[test]
    fn a_text_with_a_link_in_it_is_none() {
        for text in [
            "",
            "r1",
            "these paths will be fetched:",
            "look at https://site.test/#r1ABC-def_9",
            "r1 was rebuilt today",
            "nixos-rebuild switch --flake .#r2d2-laptop",
            "https://site.test/#r1ABC-def_9\nbuilding hello.drv",
            "https://site.test/report/#versions",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn the_name_of_a_place_is_no_link() {
        assert!(SharedLink::in_fragment("reading").is_none());
        assert!(SharedLink::in_fragment("").is_none());
        assert!(SharedLink::in_fragment("r1").is_some());
    }
}
