//! Splits a byte stream into lines, wherever the chunk boundaries fall.

use memchr::memchr;

/// Where a line sits in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line number. Starts at `1`, like the gutter in the log view.
    pub line: u32,
    /// Offset of the line's first byte from the start of the log. Starts at `0`.
    pub byte: u64,
}

/// Longer lines lose their middle: a progress bar without newlines must not fill the memory,
/// and both what it began with and what it ended with are worth keeping.
pub const MAX_LINE_LEN: usize = 1 << 20;

/// How much is kept of either end of a line that is too long, in bytes.
const KEPT_END_LEN: usize = MAX_LINE_LEN / 2;

/// Collects chunks and gives lines.
#[derive(Debug)]
pub struct LineSplitter {
    /// Where the line that is being read begins.
    start: Position,
    /// What earlier chunks hold of that line: all of it, or its first and its last part.
    held: Vec<u8>,
    /// The length of what earlier chunks hold of that line, parts left out included.
    held_len: u64,
    cut_lines: u32,
}

impl Default for LineSplitter {
    fn default() -> Self {
        let start = Position { line: 1, byte: 0 };
        Self { start, held: Vec::new(), held_len: 0, cut_lines: 0 }
    }
}

impl LineSplitter {
    /// Calls `emit` for each line that `chunk` completes, without its `\n` and
    /// without the `\r`s before it.
    ///
    /// A line that lies within `chunk` is not copied.
    pub fn feed(&mut self, chunk: &[u8], mut emit: impl FnMut(Position, &[u8])) {
        let mut rest = chunk;
        while let Some(end) = memchr(b'\n', rest) {
            self.end_line(&rest[..end], 1, &mut emit);
            rest = &rest[end + 1..];
        }
        self.hold(rest);
    }

    /// Takes the end of the stream; calls `emit` with a last line that has no `\n`, if there is one.
    pub fn finish(&mut self, mut emit: impl FnMut(Position, &[u8])) {
        if self.held_len > 0 {
            self.end_line(b"", 0, &mut emit);
        }
    }

    /// Lines completed so far.
    pub fn lines(&self) -> u32 {
        self.start.line - 1
    }

    /// The line that is being read, as far as it has come, if all of that is still held.
    pub fn open_line(&self) -> Option<(u32, &[u8])> {
        (self.held_len == self.held.len() as u64).then_some((self.start.line, &self.held))
    }

    /// Lines that were longer than [`MAX_LINE_LEN`] and lost their middle.
    pub fn cut_lines(&self) -> u32 {
        self.cut_lines
    }

    /// Ends the line with `tail`, the part of it that lies in the present chunk.
    fn end_line(&mut self, tail: &[u8], end_len: u64, emit: &mut impl FnMut(Position, &[u8])) {
        let len = self.held_len + tail.len() as u64;
        if self.held_len == 0 && tail.len() <= MAX_LINE_LEN {
            emit(self.start, without_returns(tail));
        } else {
            self.hold(tail);
            self.cut();
            emit(self.start, without_returns(&self.held));
        }
        self.cut_lines = self.cut_lines.saturating_add(u32::from(len > MAX_LINE_LEN as u64));
        self.held.clear();
        self.held_len = 0;
        self.start.line = self.start.line.saturating_add(1);
        self.start.byte += len + end_len;
    }

    /// Keeps a part of a line. The buffer may grow to the limit and half of it again,
    /// so that its middle is not taken out for every chunk.
    fn hold(&mut self, part: &[u8]) {
        self.held_len += part.len() as u64;
        for piece in part.chunks(KEPT_END_LEN) {
            if self.held.len() + piece.len() > MAX_LINE_LEN + KEPT_END_LEN {
                self.cut();
            }
            self.held.extend_from_slice(piece);
        }
    }

    /// Takes the middle out of what is held if it is too long.
    fn cut(&mut self) {
        if self.held.len() > MAX_LINE_LEN {
            self.held.drain(KEPT_END_LEN..self.held.len() - KEPT_END_LEN);
        }
    }
}

/// Takes off the carriage returns at the end: CR LF, and CR CR LF as terminals record it.
fn without_returns(mut line: &[u8]) -> &[u8] {
    while let Some(shorter) = line.strip_suffix(b"\r") {
        line = shorter;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    type Line = (u32, u64, Vec<u8>);

    fn split(input: &[u8], chunk_len: usize) -> (Vec<Line>, u32) {
        let mut splitter = LineSplitter::default();
        let mut lines = Vec::new();
        let mut emit = |at: Position, line: &[u8]| lines.push((at.line, at.byte, line.to_vec()));
        for chunk in input.chunks(chunk_len) {
            splitter.feed(chunk, &mut emit);
        }
        splitter.finish(&mut emit);
        (lines, splitter.cut_lines())
    }

    fn check(input: &str, expected: &[(u32, u64, &str)]) {
        let expected: Vec<Line> = expected
            .iter()
            .map(|(line, byte, text)| (*line, *byte, text.as_bytes().to_vec()))
            .collect();
        for chunk_len in 1..=input.len().max(1) {
            assert_eq!(split(input.as_bytes(), chunk_len), (expected.clone(), 0));
        }
    }

    #[test]
    fn empty_input_has_no_lines() {
        check("", &[]);
    }

    #[test]
    fn last_line_without_newline_is_kept() {
        check("a\nb", &[(1, 0, "a"), (2, 2, "b")]);
        check("a\n\nb\n", &[(1, 0, "a"), (2, 2, ""), (3, 3, "b")]);
    }

    #[test]
    fn carriage_returns_before_the_newline_go() {
        check("a\r\nb\r\r\n\r\nc\r", &[(1, 0, "a"), (2, 3, "b"), (3, 7, ""), (4, 9, "c")]);
    }

    #[test]
    fn carriage_returns_within_a_line_stay() {
        check("a\rb\n", &[(1, 0, "a\rb")]);
    }

    #[test]
    fn a_long_line_keeps_both_ends() {
        let mut input = b"head".to_vec();
        input.resize(3 * MAX_LINE_LEN, b'.');
        input.extend_from_slice(b"tail\nnext\n");
        let whole = split(&input, input.len());
        let (lines, cut) = &whole;
        assert_eq!(*cut, 1);
        assert_eq!(lines[0].2.len(), MAX_LINE_LEN);
        assert!(lines[0].2.starts_with(b"head") && lines[0].2.ends_with(b"tail"));
        assert_eq!(lines[1], (2, 3 * MAX_LINE_LEN as u64 + 5, b"next".to_vec()));
        for chunk_len in [1000, 65_536, KEPT_END_LEN, MAX_LINE_LEN + 1] {
            assert!(split(&input, chunk_len) == whole, "chunks of {chunk_len} bytes");
        }
    }

    #[test]
    fn a_line_of_the_greatest_length_is_whole() {
        let mut input = vec![b'.'; MAX_LINE_LEN];
        input.push(b'\n');
        for chunk_len in [7919, input.len()] {
            let (lines, cut) = split(&input, chunk_len);
            assert_eq!((lines[0].2.len(), cut), (MAX_LINE_LEN, 0));
        }
    }
}
