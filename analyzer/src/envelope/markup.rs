//! Reads text that was copied as HTML writes it.

use std::borrow::Cow;

/// What stands for a character, and the character. The last is what the others are written with.
const ENTITIES: [(&str, &str); 9] = [
    ("&gt;", ">"),
    ("&lt;", "<"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&#039;", "'"),
    ("&#x27;", "'"),
    ("&apos;", "'"),
    ("&nbsp;", " "),
    ("&amp;", "&"),
];

/// What quotes of Nix are written as.
const QUOTES: [&str; 5] = ["&#39;", "&#039;", "&#x27;", "&apos;", "&quot;"];

/// Whether lines are written as in HTML: there are entities, and not what they stand for.
pub(super) fn is_escaped(lines: &[&str]) -> bool {
    let holds = |text: &[&str]| lines.iter().any(|line| text.iter().any(|it| line.contains(it)));
    if lines.iter().any(|line| has_escaped_path(line)) {
        return true;
    }
    let has_quotes = holds(&QUOTES) && !holds(&["'"]);
    let has_brackets = holds(&["&gt; "]) && !holds(&["<", ">"]);
    has_quotes || has_brackets
}

/// Whether a line alone proves it.
// building &#39;/nix/store/…-nginx-1.27.4.drv&#39;...
pub(super) fn has_escaped_path(line: &str) -> bool {
    let Some(at) = line.find("/nix/store/") else { return false };
    QUOTES.iter().any(|quote| line[..at].ends_with(quote))
}

/// The text itself.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let (len, character) = ENTITIES
            .iter()
            .find(|(entity, _)| rest.starts_with(entity))
            .map_or((1, "&"), |(entity, character)| (entity.len(), *character));
        plain.push_str(character);
        rest = &rest[len..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}
