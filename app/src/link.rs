//! Addresses of places in the report and of pages elsewhere.
//!
//! A link within the report is a change of what is looked at: an empty value takes a key away,
//! and what is not named stays.

use analyzer::report::Lines;

use crate::view_state::{Page, Section, Side, ViewState};

/// Where a section stands, with all its rows.
pub fn to_section(section: Section) -> String {
    ["report/?section=", section.slug(), "&line=&q=&sort="].concat()
}

/// Where lines stand in the log; `None` where there are none.
pub fn to_lines(lines: &Lines) -> Option<String> {
    let (first, last) = (lines.first()?.to_string(), lines.last()?.to_string());
    let range = if first == last { first } else { [first, last].join("-") };
    Some(["report/?section=log&line=", &range, "&q=&sort="].concat())
}

/// Where lines stand in the text of one of several logs; `log` is the part of the address that
/// names it, such as `file=1`.
pub fn to_lines_of(log: &str, lines: &Lines) -> Option<String> {
    Some(to_lines(lines)?.replacen('?', &["?", log, "&"].concat(), 1))
}

/// Another run in the same log. Starts at `0`.
pub fn to_run(index: usize) -> String {
    ["report/?run=", &index.to_string(), "&section=&line=&q=&sort=&window="].concat()
}

/// Where two files that were handed in are compared, or one with something else.
pub fn to_comparison(old: u32, new: Option<u32>) -> String {
    let state = ViewState {
        page: Page::Compare,
        sides: [Side::File(old), new.map_or(Side::Empty, Side::File)],
        ..ViewState::default()
    };
    state.to_address()
}

/// A run of a kept report. Starts at `0`.
pub fn to_kept(id: u32, run: usize) -> String {
    let run = if run == 0 { String::new() } else { ["&run=", &run.to_string()].concat() };
    ["report/?v=1&kept=", &id.to_string(), &run].concat()
}

/// Where an article opens beside the report; `reference` is `slug` or `slug#heading`.
pub fn to_article(reference: &str) -> String {
    ["report/?article=", &encode(reference)].concat()
}

/// A package on search.nixos.org.
pub fn to_package_search(name: &str) -> String {
    ["https://search.nixos.org/packages?query=", &encode(name)].concat()
}

/// A package on Repology.
pub fn to_repology(name: &str) -> String {
    ["https://repology.org/projects/?search=", &encode(name)].concat()
}

/// Text as a value of a query: letters and digits stay, everything else is escaped.
fn encode(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for &byte in text.as_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(char::from(DIGITS[usize::from(byte >> 4)]));
            encoded.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_lines_leaves_the_search_behind() {
        let cases = [
            (Lines::one(446), Some("report/?section=log&line=446&q=&sort=")),
            (Lines(vec![[4, 5], [9, 9]]), Some("report/?section=log&line=4-9&q=&sort=")),
            (Lines::default(), None),
        ];
        for (lines, expected) in cases {
            assert_eq!(to_lines(&lines).as_deref(), expected);
            let of_file = expected.map(|link| link.replace('?', "?file=1&"));
            assert_eq!(to_lines_of("file=1", &lines), of_file);
        }
    }

    #[test]
    fn names_from_a_log_stay_one_value() {
        assert_eq!(
            to_package_search("gtk+&x=ü"),
            "https://search.nixos.org/packages?query=gtk%2B%26x%3D%C3%BC"
        );
        assert_eq!(to_article("nix-store#gc"), "report/?article=nix-store%23gc");
    }
}
