//! A physical line of the log as text.

use std::borrow::Cow;

use crate::ansi;

use super::markup;

/// What Buildkite writes in front of each line: a command to a terminal that none knows.
const BUILDKITE: &[u8] = b"_bk;t=";

/// How Nix erases its bar.
const ERASED: &[u8] = b"\r\x1b[K";

/// What Nix 2.35 and later end a bar with.
const SHOW_CURSOR: &[u8] = b"\x1b[?25h";

/// Drawings of one line that are kept; a bar is drawn twenty times a second at most.
const MAX_DRAWINGS: usize = 1 << 16;

/// A physical line as text.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// What `ts` wrote before a progress bar went back to the first column and overwrote it.
    overwritten: Option<String>,
    text: Cow<'a, str>,
    /// Earlier frames that may be a progress bar.
    drawings: Vec<String>,
    /// Milliseconds since the epoch that Buildkite wrote.
    buildkite_ms: Option<i64>,
}

impl<'a> Line<'a> {
    /// `buffer` holds the text of a line with colours, so that it need not be allocated.
    pub(super) fn read(line: &'a [u8], buffer: &'a mut Vec<u8>) -> Self {
        let (buildkite_ms, line) = buildkite(line);
        let of_one_frame =
            |text| Self { overwritten: None, text, drawings: Vec::new(), buildkite_ms };
        if let Some(text) = ansi::without_controls(line) {
            return of_one_frame(text);
        }
        let text = ansi::without_colours(line, buffer);
        // What begins with a bracket may be the drawing of a bar.
        if let Some(text) = text.filter(|text| !text.starts_with('[')) {
            return of_one_frame(Cow::Borrowed(text));
        }
        let (overwritten, text) = ansi::first_and_last_frame(line);
        Self { overwritten, text: Cow::Owned(text), drawings: drawings(line), buildkite_ms }
    }

    pub(super) fn into_owned(self) -> Line<'static> {
        Line { text: Cow::Owned(self.text.into_owned()), ..self }
    }

    /// Where an envelope stands.
    pub(super) fn head(&self) -> &str {
        self.overwritten.as_deref().unwrap_or(&self.text)
    }

    /// The text that the line leaves on a terminal.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// What was drawn first, where another frame overwrote it.
    pub(super) fn overwritten(&self) -> Option<&str> {
        self.overwritten.as_deref()
    }

    /// What a progress bar drew before.
    pub(super) fn drawings(&self) -> &[String] {
        &self.drawings
    }

    /// Milliseconds since the epoch that Buildkite wrote.
    pub(super) fn buildkite_ms(&self) -> Option<i64> {
        self.buildkite_ms
    }

    /// Reads the text as HTML writes it.
    pub(super) fn unescape(&mut self) {
        if let Cow::Owned(text) = markup::unescaped(&self.text) {
            self.text = Cow::Owned(text);
        }
    }
}

// ESC _bk;t=1741840812123 BEL building Nix...
fn buildkite(line: &[u8]) -> (Option<i64>, &[u8]) {
    let start = line.strip_prefix(b"\x1b").unwrap_or(line);
    let Some(rest) = start.strip_prefix(BUILDKITE) else { return (None, line) };
    let len = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let ms = std::str::from_utf8(&rest[..len]).ok().and_then(|digits| digits.parse().ok());
    if len != 13 {
        return (None, line);
    }
    (ms, rest[len..].strip_prefix(b"\x07").unwrap_or(&rest[len..]))
}

/// The frames of a line that look like the bar of Nix, which begins with a bracket. The last one
/// is the text of the line, if it does.
fn drawings(line: &[u8]) -> Vec<String> {
    let mut drawings: Vec<String> = Vec::new();
    ansi::draw(line, |frame| {
        let is_new = drawings.last().is_none_or(|last| last != frame);
        if frame.starts_with('[') && is_new && drawings.len() < MAX_DRAWINGS {
            drawings.push(frame.to_owned());
        }
    });
    // The last bar is erased, and no line takes its place.
    let line = line.strip_suffix(SHOW_CURSOR).unwrap_or(line);
    if line == ERASED || (!drawings.is_empty() && line.ends_with(ERASED)) {
        drawings.push(String::new());
    }
    drawings
}
