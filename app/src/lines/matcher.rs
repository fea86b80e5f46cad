//! Tells which lines hold what is searched for.

use std::ops::Range;

use analyzer::ansi;
use memchr::memmem::{self, Finder};

use crate::protocol::lines::{Pattern, PatternKind};

/// What is searched for.
#[derive(Debug)]
pub(super) enum Matcher {
    /// Text, in small letters if capitals are not told apart.
    Plain { finder: Box<Finder<'static>>, is_folded: bool, buffer: Vec<u8> },
    /// A regular expression.
    #[cfg(feature = "search")]
    Regex(regex::bytes::Regex),
}

impl Matcher {
    /// # Errors
    ///
    /// A sentence that says why the pattern is no regular expression.
    pub(super) fn of(pattern: &Pattern) -> Result<Self, String> {
        let is_folded = !has_capital(pattern);
        match pattern.kind {
            PatternKind::Plain => {
                let finder = Box::new(Finder::new(pattern.text.as_bytes()).into_owned());
                Ok(Self::Plain { finder, is_folded, buffer: Vec::new() })
            }
            PatternKind::Regex => regex(&pattern.text, is_folded),
        }
    }

    /// Whether a line of the log holds it.
    pub(super) fn is_in(&mut self, line: &[u8]) -> bool {
        let text = ansi::plain(line);
        match self {
            Self::Plain { finder, is_folded, buffer } => {
                finder.find(folded(&text, *is_folded, buffer)).is_some()
            }
            #[cfg(feature = "search")]
            Self::Regex(regex) => regex.is_match(text.as_bytes()),
        }
    }

    /// Where it is in a text; what is empty is nowhere.
    pub(super) fn ranges(&mut self, text: &str) -> Vec<Range<usize>> {
        let found: Vec<Range<usize>> = match self {
            Self::Plain { finder, is_folded, buffer } => {
                let len = finder.needle().len();
                let text = folded(text, *is_folded, buffer);
                memmem::find_iter(text, finder.needle()).map(|at| at..at + len).collect()
            }
            #[cfg(feature = "search")]
            Self::Regex(regex) => regex.find_iter(text.as_bytes()).map(|it| it.range()).collect(),
        };
        // A dot stands for a byte, which may be a part of a letter.
        let whole =
            |it: Range<usize>| text.floor_char_boundary(it.start)..text.ceil_char_boundary(it.end);
        found.into_iter().filter(|range| !range.is_empty()).map(whole).collect()
    }
}

/// What a backslash stands before is a class, not a capital.
fn has_capital(pattern: &Pattern) -> bool {
    let mut is_class = false;
    pattern.text.bytes().any(|byte| {
        let is_capital = byte.is_ascii_uppercase() && !is_class;
        is_class = pattern.kind == PatternKind::Regex && byte == b'\\' && !is_class;
        is_capital
    })
}

fn folded<'a>(text: &'a str, is_folded: bool, buffer: &'a mut Vec<u8>) -> &'a [u8] {
    if !is_folded {
        return text.as_bytes();
    }
    buffer.clear();
    buffer.extend_from_slice(text.as_bytes());
    buffer.make_ascii_lowercase();
    buffer
}

/// The most that a compiled expression, and what it remembers while it runs, may take, in bytes.
#[cfg(feature = "search")]
const MAX_REGEX_BYTES: usize = 4 << 20;

#[cfg(feature = "search")]
fn regex(text: &str, is_folded: bool) -> Result<Matcher, String> {
    let built = regex::bytes::RegexBuilder::new(text)
        .unicode(false)
        .case_insensitive(is_folded)
        .size_limit(MAX_REGEX_BYTES)
        .dfa_size_limit(MAX_REGEX_BYTES)
        .build();
    built.map(Matcher::Regex).map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "This regular expression is too large.".to_owned(),
        error => {
            let said = error.to_string();
            let reason = said.rsplit("error: ").next().unwrap_or_default();
            ["This is no regular expression: ", reason.trim_end_matches('.'), "."].concat()
        }
    })
}

#[cfg(not(feature = "search"))]
fn regex(_: &str, _: bool) -> Result<Matcher, String> {
    Err("This program reads no regular expressions.".to_owned())
}
