//! Finds tags in HTML that we wrote ourselves, as it comes out of Trunk.

use std::ops::Range;

/// A start tag.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// `link`
    pub(crate) name: &'a str,
    /// Where it stands in the text, from `<` to `>`.
    pub(crate) range: Range<usize>,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    /// The value of an attribute; empty for one without a value.
    pub(crate) fn attribute(&self, name: &str) -> Option<&'a str> {
        let found = self.attributes.iter().find(|(key, _)| *key == name)?;
        Some(found.1)
    }

    /// Whether an attribute has this value.
    pub(crate) fn has(&self, name: &str, value: &str) -> bool {
        self.attribute(name) == Some(value)
    }
}

/// The start tags of a text outside comments, in order.
pub(crate) fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut from = 0;
    while let Some(offset) = html[from..].find('<') {
        let start = from + offset;
        from = match &html[start..] {
            rest if rest.starts_with("<!--") => start + rest.find("-->").unwrap_or(rest.len()),
            rest => match tag_length(rest) {
                Some(length) => {
                    tags.push(tag(html, start..start + length));
                    start + length
                }
                None => start + 1,
            },
        };
    }
    tags
}

/// The length of a start tag at the beginning of a text, `>` in quotes left aside.
fn tag_length(text: &str) -> Option<usize> {
    if !text[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn tag(html: &str, range: Range<usize>) -> Tag<'_> {
    let inner = html[range.clone()].trim_matches(['<', '>']);
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let (name, mut rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let mut attributes = Vec::new();
    while let Some((attribute, after)) = first_attribute(rest) {
        attributes.push(attribute);
        rest = after;
    }
    Tag { name, range, attributes }
}

/// `href="a b" crossorigin` gives `("href", "a b")` and the rest.
fn first_attribute(text: &str) -> Option<((&str, &str), &str)> {
    let text = text.trim_start();
    if text.is_empty() {
        return None;
    }
    let end = text.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let Some(value) = rest.strip_prefix('=') else { return Some(((name, ""), rest)) };
    let Some(quote) = value.chars().next().filter(|c| ['"', '\''].contains(c)) else {
        let end = value.find(char::is_whitespace).unwrap_or(value.len());
        return Some(((name, &value[..end]), &value[end..]));
    };
    let value = &value[1..];
    let end = value.find(quote).unwrap_or(value.len());
    Some(((name, &value[..end]), value.get(end + 1..).unwrap_or_default()))
}

/// Changes to a text at places that were found in it.
pub(crate) struct Edits<'a> {
    text: &'a str,
    replacements: Vec<(Range<usize>, String)>,
}

impl<'a> Edits<'a> {
    /// No changes yet.
    pub(crate) fn of(text: &'a str) -> Self {
        Self { text, replacements: Vec::new() }
    }

    /// What stands there before any change.
    pub(crate) fn original(&self, range: Range<usize>) -> &'a str {
        &self.text[range]
    }

    /// Puts something else there. The places must not overlap.
    pub(crate) fn replace(&mut self, range: Range<usize>, with: String) {
        self.replacements.push((range, with));
    }

    /// Removes what stands there, and its line if nothing else is on it.
    pub(crate) fn remove_line(&mut self, range: Range<usize>) {
        let before = self.text[..range.start].trim_end_matches([' ', '\t']);
        let is_alone = before.ends_with('\n') && self.text[range.end..].starts_with('\n');
        let range = if is_alone { before.len()..range.end + 1 } else { range };
        self.replace(range, String::new());
    }

    /// The text with all changes.
    pub(crate) fn apply(mut self) -> String {
        self.replacements.sort_by_key(|(range, _)| range.start);
        let mut text = String::with_capacity(self.text.len());
        let mut done = 0;
        for (range, with) in self.replacements {
            text.push_str(&self.text[done..range.start]);
            text.push_str(&with);
            done = range.end;
        }
        text + &self.text[done..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_come_in_all_forms_of_html() {
        let html = "<link rel=preload href='a b' crossorigin title=\"x > y\"/>";
        let tags = tags(html);
        assert_eq!(tags.len(), 1);
        assert_eq!(tags[0].range, 0..html.len());
        for (name, value) in
            [("rel", "preload"), ("href", "a b"), ("crossorigin", ""), ("title", "x > y")]
        {
            assert_eq!(tags[0].attribute(name), Some(value));
        }
        assert_eq!(tags[0].attribute("as"), None);
    }

    #[test]
    fn comments_end_tags_and_text_hold_no_tag() {
        let html = "<!doctype html><!-- <link> --><p>1 < 2</p><a>";
        let names: Vec<&str> = tags(html).iter().map(|tag| tag.name).collect();
        assert_eq!(names, ["p", "a"]);
    }

    #[test]
    fn a_cut_tag_is_text() {
        assert_eq!(tags("<p"), []);
        assert_eq!(tags("<"), []);
    }
}
