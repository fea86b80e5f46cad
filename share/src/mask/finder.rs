//! Finds the names of users and machines in a log as it comes.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memmem, memrchr};

use super::names::{MAX_NAME_LEN, Names};
use super::place::Places;

/// A longer line is looked at in parts: progress bars have no ends of lines.
const MAX_LINE_LEN: usize = 1 << 16;

/// So much of a part is looked at again with the next one, so that no place is cut.
const OVERLAP: usize = 1 << 10;

/// Looks for names in the bytes of a log, which come in chunks of any size.
///
/// What it finds does not depend on how the log is cut. Colours are passed over, and so are the
/// zero bytes of a log in UTF-16. A log of any length takes no more memory than a few lines.
#[derive(Default)]
pub struct NameFinder {
    places: Places,
    names: Names,
    /// The beginning of a line whose end has not come.
    pending: Vec<u8>,
    /// Whether the pending bytes go on with a line of which a part was looked at.
    goes_on: bool,
}

impl NameFinder {
    /// Takes the next bytes.
    pub fn feed(&mut self, chunk: &[u8]) {
        let chunk = without_zeros(chunk);
        let Some(end) = memrchr(b'\n', &chunk) else {
            self.keep(&chunk);
            return;
        };
        let (lines, rest) = chunk.split_at(end + 1);
        let mut lines = lines;
        if !self.pending.is_empty() {
            let first = memchr(b'\n', lines).map_or(lines.len(), |at| at + 1);
            self.keep(&lines[..first]);
            self.flush(Edge::Line);
            lines = &lines[first..];
        }
        self.look(lines, Edge::Line, Edge::Line);
        self.keep(rest);
    }

    /// Takes the end, and gives the names.
    pub fn finish(mut self) -> Names {
        self.flush(Edge::Line);
        self.names
    }

    /// Adds to the line whose end has not come, and looks at it once it is long.
    fn keep(&mut self, mut bytes: &[u8]) {
        while self.pending.len() + bytes.len() > MAX_LINE_LEN {
            let (now, later) = bytes.split_at(MAX_LINE_LEN - self.pending.len());
            self.pending.extend_from_slice(now);
            let seen = self.pending.len() - OVERLAP;
            self.flush(Edge::Cut);
            self.pending.drain(..seen);
            bytes = later;
        }
        self.pending.extend_from_slice(bytes);
    }

    fn flush(&mut self, end: Edge) {
        let pending = std::mem::take(&mut self.pending);
        let start = if self.goes_on { Edge::Cut } else { Edge::Line };
        self.look(&pending, start, end);
        self.goes_on = end == Edge::Cut;
        if self.goes_on {
            self.pending = pending;
        }
    }

    fn look(&mut self, bytes: &[u8], start: Edge, end: Edge) {
        let text = without_colours(bytes);
        let names = &mut self.names;
        self.places.find_all(&text, &mut |role, range: Range<usize>| {
            let is_cut = (start == Edge::Cut && range.start <= MAX_NAME_LEN)
                || (end == Edge::Cut && range.end + MAX_NAME_LEN >= text.len());
            if !is_cut {
                names.add(role, &text[range]);
            }
        });
    }
}

/// What a piece of a log begins or ends with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    /// The beginning or end of a line.
    Line,
    /// Something in the middle of one.
    Cut,
}

/// UTF-16 is read as ASCII, which names are.
fn without_zeros(chunk: &[u8]) -> Cow<'_, [u8]> {
    if memchr(0, chunk).is_none() {
        return Cow::Borrowed(chunk);
    }
    Cow::Owned(chunk.iter().copied().filter(|byte| *byte != 0).collect())
}

/// As it stands in JSON.
const ESCAPED: &[u8] = b"\\u001b";

/// Takes out what only a terminal understands, also where it is written in JSON.
fn without_colours(text: &[u8]) -> Cow<'_, [u8]> {
    let mut plain = Cow::Borrowed(text);
    for escape in [ESCAPED, b"\x1b"] {
        let sought = memmem::Finder::new(escape);
        if sought.find(&plain).is_some() {
            plain = Cow::Owned(without_sequences(&plain, &sought));
        }
    }
    plain
}

fn without_sequences(text: &[u8], escape: &memmem::Finder<'_>) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = escape.find(rest) {
        plain.extend_from_slice(&rest[..at]);
        rest = &rest[at + escape.needle().len()..];
        rest = &rest[sequence_len(rest)..];
    }
    plain.extend_from_slice(rest);
    plain
}

/// The length of what follows an escape: `[1;31m`, or a title that a bell ends.
fn sequence_len(text: &[u8]) -> usize {
    match text.first() {
        Some(b'[') => {
            let is_final = |byte: &u8| (0x40..=0x7e).contains(byte);
            text[1..].iter().position(is_final).map_or(text.len(), |at| at + 2)
        }
        Some(b']') => {
            let line = &text[..memchr(b'\n', text).unwrap_or(text.len())];
            line.iter().position(|byte| matches!(byte, 0x07 | 0x1b)).map_or(line.len(), |at| {
                // An escape and a backslash end it too.
                if line[at] == 0x07 { at + 1 } else { at }
            })
        }
        Some(byte) if byte.is_ascii() && *byte != b'\n' => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LOG: &str = "alice@laptop:~$ nixos-rebuild switch\r\n\
        building '/nix/store/x.drv' on 'ssh://builder'...\n\
        reloading user units for bob...";

    fn names(chunks: &[&[u8]]) -> (Vec<String>, Vec<String>) {
        let mut finder = NameFinder::default();
        for chunk in chunks {
            finder.feed(chunk);
        }
        let Names { mut users, mut hosts } = finder.finish();
        users.sort();
        hosts.sort();
        (users, hosts)
    }

    fn expected() -> (Vec<String>, Vec<String>) {
        let owned = |names: [&str; 2]| names.map(str::to_owned).to_vec();
        (owned(["alice", "bob"]), owned(["builder", "laptop"]))
    }

    #[test]
    fn utf_16_is_read() {
        let little: Vec<u8> = LOG.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = LOG.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(names(&[b"\xff\xfe", &little]), expected());
        assert_eq!(names(&[b"\xfe\xff", &big]), expected());
    }

    #[test]
    fn colours_are_passed_over() {
        for text in [
            "\x1b[01;32malice@laptop\x1b[00m:\x1b[01;34m~\x1b[00m$ ",
            "\x1b]0;title\x07\x1b[1;32m[alice@laptop:~]$\x1b[0m",
            "\\u001b[1malice\\u001b[0m@\\u001b[35mlaptop\\u001b[0m",
        ] {
            let found = names(&[text.as_bytes()]);
            assert_eq!(found, (vec!["alice".to_owned()], vec!["laptop".to_owned()]), "{text}");
        }
    }

    #[test]
    fn a_line_without_end_is_looked_at_in_parts() {
        for before in [MAX_LINE_LEN - 20, MAX_LINE_LEN - 5, MAX_LINE_LEN, 3 * MAX_LINE_LEN - 700] {
            let line = format!("{} {LOG}", "x".repeat(before));
            assert_eq!(names(&[line.as_bytes()]), expected(), "{before}");
        }
    }

    #[test]
    fn memory_is_bounded() {
        let mut finder = NameFinder::default();
        for number in 0..10_000 {
            finder.feed(format!("/home/user{number}x ").repeat(20).as_bytes());
        }
        assert!(finder.pending.capacity() <= 4 * MAX_LINE_LEN);
        assert!(finder.names.users.len() < 1000);
    }

    proptest! {
        #[test]
        fn names_do_not_depend_on_chunks(cuts in prop::collection::vec(0..LOG.len(), 0..8)) {
            let mut cuts = cuts;
            cuts.extend([0, LOG.len()]);
            cuts.sort_unstable();
            let chunks: Vec<&[u8]> =
                cuts.windows(2).map(|it| &LOG.as_bytes()[it[0]..it[1]]).collect();
            prop_assert_eq!(names(&chunks), expected());
        }
    }
}
