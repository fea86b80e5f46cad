//! What the page and the programs that read lines of a log say to each other.
//!
//! A request goes along with the log, or with a slice of it, which the program gets piece by
//! piece.

use serde::{Deserialize, Serialize};

/// How many lines lie between two marks of a [`LineIndex`]: few enough to read past them in a
/// millisecond, and so many that the marks of a million lines take 8 kB.
pub const STRIDE: u32 = 1024;

/// Where the lines of a text begin.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineIndex {
    /// The offset of line `1`, of line `1 + STRIDE`, and so on.
    pub marks: Vec<u64>,
    /// The length of the text in bytes.
    pub n_bytes: u64,
}

/// A part of the text that holds the lines asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its first byte.
    pub from: u64,
    /// The byte after its last.
    pub to: u64,
    /// The number of its first line. Starts at `1`.
    pub first: u32,
}

/// What the person searches for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// The text, or the regular expression. A capital in it tells capitals apart.
    pub text: String,
    /// Which of both it is.
    pub kind: PatternKind,
}

/// How a pattern is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PatternKind {
    /// As it stands.
    #[default]
    Plain,
    /// As a regular expression.
    Regex,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinesRequest {
    /// The text of lines, with what matches marked.
    Lines {
        /// The number of the first line of the slice.
        slice_first: u32,
        /// The number of the first line that is wanted.
        first: u32,
        /// How many are wanted.
        count: u32,
        /// What to mark.
        pattern: Option<Pattern>,
    },
    /// How many lines match.
    Search(Pattern),
    /// Which lines of a slice match.
    Matches {
        /// The number of the first line of the slice.
        slice_first: u32,
        /// What they match.
        pattern: Pattern,
    },
    /// The lines of one derivation.
    Extract {
        /// Its name without version, which stands before its lines.
        name: String,
        /// Its path, by which records of `internal-json` name it.
        drv: Option<String>,
    },
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinesAnswer {
    /// Lines; fewer than asked for at the end of the log.
    Lines(Vec<Vec<TextSpan>>),
    /// How many lines match in each block of [`STRIDE`] lines.
    Found(Vec<u32>),
    /// The numbers of the lines that match.
    Matches(Vec<u32>),
    /// Lines of one derivation.
    Extract(Extract),
    /// The pattern is no regular expression, for the reason in this sentence.
    BadPattern(String),
}

/// The lines of one derivation, without those between them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extract {
    /// Their text, a line end after each.
    pub text: Vec<u8>,
    /// Where the lines of this text begin.
    pub index: LineIndex,
    /// The numbers that they have in the log.
    pub numbers: Vec<u32>,
    /// Whether there are more.
    pub is_cut: bool,
}

/// Text of one look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSpan {
    /// The text.
    pub text: String,
    /// How a terminal shows it.
    pub style: TextStyle,
    /// Whether it is what is searched for.
    pub is_match: bool,
}

/// How a terminal shows text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextStyle {
    /// The colour of the letters, `1` to `6` for red, yellow, green, cyan, blue and magenta, `7`
    /// for grey; `0` for that of the page.
    pub ink: u8,
    /// The colour behind them, likewise.
    pub paper: u8,
    /// Whether it is bold.
    pub is_bold: bool,
    /// Whether it is dim.
    pub is_dim: bool,
}

impl LineIndex {
    /// The part that holds `count` lines from line `first` on; `None` behind the last line.
    pub fn part(&self, first: u32, count: u32) -> Option<Part> {
        let from_mark = (first.max(1) - 1) / STRIDE;
        let to_mark = (first.max(1) - 1).saturating_add(count).div_ceil(STRIDE);
        let from = *self.marks.get(from_mark as usize)?;
        let to = self.marks.get(to_mark as usize).copied().unwrap_or(self.n_bytes);
        Some(Part { from, to, first: from_mark * STRIDE + 1 })
    }

    /// Takes the next line of the text, by its number and its first byte.
    pub fn take(&mut self, line: u32, byte: u64) {
        if (line - 1).is_multiple_of(STRIDE) {
            self.marks.push(byte);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of four bytes.
    fn index(n_lines: u32) -> LineIndex {
        let mut index = LineIndex { n_bytes: u64::from(n_lines) * 4, ..LineIndex::default() };
        for line in 1..=n_lines {
            index.take(line, u64::from(line - 1) * 4);
        }
        index
    }

    #[track_caller]
    fn check(n_lines: u32, lines: (u32, u32), expected: Option<(u64, u64, u32)>) {
        let part = index(n_lines).part(lines.0, lines.1);
        assert_eq!(part.map(|part| (part.from, part.to, part.first)), expected);
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
