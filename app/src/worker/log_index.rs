//! Finds lines in a text of any length, from a mark every so many lines.

use analyzer::line::{LineSplitter, Position};

/// How many lines lie between two marks: few enough to read past them in a millisecond,
/// and so many that the marks of a million lines take 8 kB.
const STRIDE: u32 = 1024;

/// Where the lines of a text begin. Made while the text streams by.
#[derive(Debug, Default)]
pub(super) struct LogIndex {
    splitter: LineSplitter,
    /// The offset of line `1`, of line `1 + STRIDE`, and so on.
    marks: Vec<u64>,
    /// The length of the text in bytes.
    len: u64,
}

/// A part of the text that holds the lines asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Its first byte.
    pub(super) from: u64,
    /// The byte after its last.
    pub(super) to: u64,
    /// The number of its first line. Starts at `1`.
    pub(super) first: u32,
}

impl LogIndex {
    /// Takes the next bytes of the text.
    pub(super) fn feed(&mut self, chunk: &[u8]) {
        self.len += chunk.len() as u64;
        let marks = &mut self.marks;
        self.splitter.feed(chunk, |at, _| mark(marks, at));
    }

    /// Takes the end of the text.
    pub(super) fn finish(&mut self) {
        let marks = &mut self.marks;
        self.splitter.finish(|at, _| mark(marks, at));
    }

    /// The part that holds `count` lines from line `first` on; `None` behind the last line.
    pub(super) fn part(&self, first: u32, count: u32) -> Option<Part> {
        let from_mark = (first.max(1) - 1) / STRIDE;
        let to_mark = (first.max(1) - 1).saturating_add(count).div_ceil(STRIDE);
        let from = *self.marks.get(from_mark as usize)?;
        let to = self.marks.get(to_mark as usize).copied().unwrap_or(self.len);
        Some(Part { from, to, first: from_mark * STRIDE + 1 })
    }
}

fn mark(marks: &mut Vec<u64>, at: Position) {
    if (at.line - 1).is_multiple_of(STRIDE) {
        marks.push(at.byte);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(n_lines: u32, chunk_len: usize) -> LogIndex {
        let text = "abc\n".repeat(n_lines as usize);
        let mut index = LogIndex::default();
        for chunk in text.as_bytes().chunks(chunk_len) {
            index.feed(chunk);
        }
        index.finish();
        index
    }

    #[track_caller]
    fn check(n_lines: u32, lines: (u32, u32), expected: Option<(u64, u64, u32)>) {
        for chunk_len in [1, 7, 4096, usize::MAX] {
            let part = index(n_lines, chunk_len).part(lines.0, lines.1);
            assert_eq!(part.map(|part| (part.from, part.to, part.first)), expected);
        }
    }

    #[test]
    fn short_text_is_one_part() {
        check(10, (1, 5), Some((0, 40, 1)));
        check(10, (10, 500), Some((0, 40, 1)));
    }

    #[test]
    fn part_begins_and_ends_at_a_mark() {
        check(5000, (1024, 1), Some((0, 4096, 1)));
        check(5000, (1025, 1), Some((4096, 8192, 1025)));
        check(5000, (1024, 2), Some((0, 8192, 1)));
        check(5000, (4990, 100), Some((16384, 20000, 4097)));
    }

    #[test]
    fn there_is_nothing_behind_the_end() {
        check(0, (1, 10), None);
        check(1024, (1025, 1), None);
    }
}
