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
        /// Which of the slice, as stretches that follow each other.
        wanted: Vec<Stretch>,
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
    /// Which lines are output of these derivations, which are in the order of their names.
    Groups(Vec<Printer>),
}

/// Lines that follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// The number of the first. Starts at `1`.
    pub first: u32,
    /// How many there are.
    pub count: u32,
}

/// A derivation that printed something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printer {
    /// Its name without version, which stands before its lines.
    pub name: String,
    /// Its path, by which records of `internal-json` name it.
    pub drv: Option<String>,
    /// Whether it failed.
    pub is_failed: bool,
}

/// Lines that a derivation printed, with none of another between them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The lines.
    pub lines: Stretch,
    /// Which of the derivations that were asked for; the first one, of several.
    pub printer: u32,
    /// Whether several took turns so often that their lines are one group.
    pub is_mixed: bool,
    /// Whether one of them failed.
    pub is_failed: bool,
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
    /// What derivations printed, in the order of the log.
    Groups(Vec<Group>),
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

    /// The parts that hold stretches of lines, which are in order; parts that touch are one. Then
    /// the same lines, counted through these parts alone.
    pub fn parts(&self, stretches: &[Stretch]) -> (Vec<Part>, Vec<Stretch>) {
        let (mut parts, mut wanted) = (Vec::<Part>::new(), Vec::new());
        // Lines of the text that are in no part, before the part that is last.
        let mut n_skipped = 0;
        let mut end_line = 1;
        for Stretch { first, count } in stretches {
            let Some(part) = self.part(*first, *count) else { break };
            match parts.last_mut() {
                Some(last) if part.from <= last.to => last.to = part.to.max(last.to),
                _ => {
                    n_skipped += part.first.saturating_sub(end_line);
                    parts.push(part);
                }
            }
            end_line =
                (first - 1).saturating_add(*count).div_ceil(STRIDE).saturating_mul(STRIDE) + 1;
            wanted.push(Stretch { first: first - n_skipped, count: *count });
        }
        (parts, wanted)
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
    fn lines_that_lie_far_apart_are_counted_through_the_parts_that_hold_them() {
        let index = index(10_000);
        let stretch = |(first, count)| Stretch { first, count };
        for (asked, parts, wanted) in [
            (&[(10, 5), (30, 2)][..], &[(0, 4096)][..], &[(10, 5), (30, 2)][..]),
            (&[(1024, 1), (1025, 1)], &[(0, 8192)], &[(1024, 1), (1025, 1)]),
            (&[(10, 1), (5000, 3)], &[(0, 4096), (16384, 20480)], &[(10, 1), (1928, 3)]),
            (
                &[(5000, 200), (9999, 9)],
                &[(16384, 24576), (36864, 40000)],
                &[(904, 200), (2831, 9)],
            ),
            (&[(9999, 9), (20_000, 1)], &[(36864, 40000)], &[(783, 9)]),
        ] {
            let asked: Vec<Stretch> = asked.iter().copied().map(stretch).collect();
            let (found, counted) = index.parts(&asked);
            let found: Vec<(u64, u64)> = found.iter().map(|part| (part.from, part.to)).collect();
            let counted: Vec<(u32, u32)> = counted.iter().map(|it| (it.first, it.count)).collect();
            assert_eq!((found.as_slice(), counted.as_slice()), (parts, wanted), "{asked:?}");
        }
    }

    #[test]
    fn there_is_nothing_behind_the_end() {
        check(0, (1, 10), None);
        check(1024, (1025, 1), None);
    }
}
