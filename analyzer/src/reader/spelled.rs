//! Colours that a viewer or a page has turned into text: `^[[31;1merror:`, `ESC[31;1merror:`, and
//! `[31;1merror:` where the escape character is lost.

use std::borrow::Cow;

/// Takes off spelled colours from the first line on that begins with one.
///
/// Nix colours the first word of an error or a warning; a text that only has such marks within its
/// lines may mean them.
#[derive(Debug, Default)]
pub(super) struct Spelled {
    is_on: bool,
}

impl Spelled {
    /// The line without spelled colours.
    pub(super) fn plain<'a>(&mut self, text: &'a str) -> Cow<'a, str> {
        if !self.is_on {
            self.is_on = matches!(text.as_bytes().first(), Some(b'^' | b'E' | b'['))
                && colour(text).is_some();
        }
        if self.is_on { without(text) } else { Cow::Borrowed(text) }
    }
}

fn without(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'[', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['^', 'E', '[']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let len = colour(rest).unwrap_or(0);
        if len == 0 {
            plain.push_str(&rest[..1]);
        }
        rest = &rest[len.max(1)..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The length of the spelled colour that `text` begins with.
fn colour(text: &str) -> Option<usize> {
    let start = ["^[[", "ESC[", "["].into_iter().find(|start| text.starts_with(start))?;
    let parameters = &text.as_bytes()[start.len()..];
    let len = parameters.iter().take_while(|it| it.is_ascii_digit() || **it == b';').count();
    (len > 0 && parameters.get(len) == Some(&b'm')).then_some(start.len() + len + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_taken_off_once_a_line_begins_with_one() {
        let mut spelled = Spelled::default();
        for (text, expected) in [
            ("a[1m", "a[1m"),
            ("[12/90] cc", "[12/90] cc"),
            ("[31;1merror:[0m x '[35;1m/a[0m'", "error: x '/a'"),
            ("^[[35;1mwarning:^[[0m [1/2] ^ ESC", "warning: [1/2] ^ ESC"),
            ("ESC[1mEüESC[0m", "Eü"),
            ("plain", "plain"),
        ] {
            assert_eq!(spelled.plain(text), expected, "{text}");
        }
    }
}
