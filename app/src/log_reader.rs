//! Reads lines of a log for the page, by programs that run beside it.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use crate::browser::files::{self, Blob};
use crate::browser::task::{Program, TaskError, Tasks};
use crate::protocol;
use crate::protocol::lines::{
    Group, LineIndex, LinesAnswer, LinesRequest, Part, Pattern, Printer, STRIDE, Stretch, TextSpan,
};

/// The text of a log, or of a part of one.
#[derive(Clone, Debug)]
pub struct LogText {
    blob: Blob,
    index: Rc<LineIndex>,
    /// How many lines it has.
    pub n_lines: u32,
    /// The numbers of its lines in the log; `None` for the log itself.
    pub numbers: Option<Rc<Vec<u32>>>,
    /// Whether it is not all that it should be.
    pub is_cut: bool,
}

impl LogText {
    /// The text of a log.
    pub fn new(blob: Blob, index: LineIndex, n_lines: u32) -> Self {
        Self { blob, index: Rc::new(index), n_lines, numbers: None, is_cut: false }
    }

    /// The number in the log of the line of this row. The first row is `0`.
    pub fn line_of(&self, row: u32) -> u32 {
        let number = |numbers: &Rc<Vec<u32>>| numbers.get(row as usize).copied();
        self.numbers.as_ref().map_or(Some(row + 1), number).unwrap_or_default()
    }

    /// The row of a line, or of the next one that is there.
    pub fn row_of(&self, line: u32) -> u32 {
        let row = match &self.numbers {
            None => line.saturating_sub(1) as usize,
            Some(numbers) => numbers.partition_point(|number| *number < line),
        };
        u32::try_from(row).unwrap_or(u32::MAX).min(self.n_lines.saturating_sub(1))
    }

    fn slice(&self, part: Part) -> Result<Blob, String> {
        files::slice(&self.blob, part.from, part.to).ok_or_else(|| GONE.to_owned())
    }
}

/// What came of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// How many lines match in each block of [`STRIDE`] rows.
    per_block: Vec<u32>,
    /// How many lines match.
    pub n_lines: u64,
}

/// A line that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Its row. The first is `0`.
    pub row: u32,
    /// Which of those that match it is. Starts at `1`.
    pub ordinal: u64,
}

/// Which way to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Towards {
    /// Down; behind the last comes the first.
    Next,
    /// Up; before the first comes the last.
    Previous,
}

/// The programs, each in a worker of its own, so that lines come while a search goes on.
#[derive(Clone, Default)]
pub struct LogReader {
    reading: Rc<RefCell<Option<Rc<Tasks>>>>,
    searching: Rc<RefCell<Option<Rc<Tasks>>>>,
}

const GONE: &str = "The browser can no longer read the text: the file was moved, changed or deleted \
                    on the disk. The report stays; choose the file again to see its lines.";

impl LogReader {
    /// The text of stretches of lines, which are counted through this text and in order; with what
    /// matches marked.
    ///
    /// # Errors
    ///
    /// A sentence that says why it cannot be had.
    pub async fn lines(
        &self,
        text: &LogText,
        stretches: &[Stretch],
        pattern: Option<Pattern>,
    ) -> Result<Vec<Vec<TextSpan>>, String> {
        let (parts, wanted) = text.index.parts(stretches);
        let slices =
            parts.into_iter().map(|part| text.slice(part)).collect::<Result<Vec<_>, _>>()?;
        let Some(slice) = files::joined(&slices) else { return Ok(Vec::new()) };
        let program = if pattern.is_some() { Program::SearchLines } else { Program::ReadLines };
        let request = LinesRequest::Lines { wanted, pattern };
        match ask(&self.reading, program, &request, &slice, Rc::new(|_| ())).await? {
            // Where a browser does not look whether the file changed, it only ends too early.
            LinesAnswer::Lines(lines) if lines.is_empty() => Err(GONE.to_owned()),
            LinesAnswer::Lines(lines) => Ok(lines),
            _ => Ok(Vec::new()),
        }
    }

    /// The text of rows as it is copied.
    ///
    /// # Errors
    ///
    /// As [`LogReader::lines`].
    pub async fn plain(&self, text: &LogText, first: u32, count: u32) -> Result<String, String> {
        let mut plain = String::new();
        let stretch = Stretch { first: first + 1, count };
        for line in self.lines(text, &[stretch], None).await? {
            plain.extend(line.iter().map(|span| span.text.as_str()));
            plain.push('\n');
        }
        Ok(plain)
    }

    /// Counts what matches; `tell` hears how many bytes were read. What was searched for before
    /// is given up.
    ///
    /// # Errors
    ///
    /// A sentence on the pattern, or on why the text cannot be had.
    pub async fn search(
        &self,
        text: &LogText,
        pattern: Pattern,
        tell: Rc<dyn Fn(u64)>,
    ) -> Result<Found, String> {
        self.stop_searching();
        let request = LinesRequest::Search(pattern);
        match ask(&self.searching, Program::SearchLines, &request, &text.blob, tell).await? {
            LinesAnswer::Found(per_block) => {
                let n_lines = per_block.iter().map(|n| u64::from(*n)).sum();
                Ok(Found { per_block, n_lines })
            }
            LinesAnswer::BadPattern(sentence) => Err(sentence),
            _ => Err(GONE.to_owned()),
        }
    }

    /// Gives up what is being searched for.
    pub fn stop_searching(&self) {
        self.searching.take();
    }

    /// The length of the text, in bytes.
    pub fn n_bytes(text: &LogText) -> u64 {
        text.index.n_bytes
    }

    /// The next row that matches, seen from `row`; before the first row is `-1`.
    ///
    /// # Errors
    ///
    /// As [`LogReader::lines`].
    pub async fn next(
        &self,
        text: &LogText,
        (pattern, found): (&Pattern, &Found),
        row: i64,
        towards: Towards,
    ) -> Result<Option<Match>, String> {
        let start = u32::try_from(row.max(0)).unwrap_or(u32::MAX) / STRIDE;
        for (visit, block) in found.blocks(start, towards).into_iter().enumerate() {
            // Only on the first visit of the block where the way begins something is behind.
            let is_start = visit == 0 && block == start;
            let rows = self.rows_of(text, pattern, block).await?;
            let is_ahead = |at: u32| !is_start || towards.is_ahead(i64::from(at), row);
            let mut ahead = rows.into_iter().enumerate().filter(|(_, at)| is_ahead(*at));
            let hit = match towards {
                Towards::Next => ahead.next(),
                Towards::Previous => ahead.next_back(),
            };
            if let Some((index, row)) = hit {
                return Ok(Some(Match { row, ordinal: found.before(block) + index as u64 + 1 }));
            }
        }
        Ok(None)
    }

    /// The rows of a block that match.
    async fn rows_of(
        &self,
        text: &LogText,
        pattern: &Pattern,
        block: u32,
    ) -> Result<Vec<u32>, String> {
        let Some(part) = text.index.part(block * STRIDE + 1, STRIDE) else { return Ok(Vec::new()) };
        let request = LinesRequest::Matches { slice_first: part.first, pattern: pattern.clone() };
        let (slice, tell) = (text.slice(part)?, Rc::new(|_| ()));
        match ask(&self.searching, Program::SearchLines, &request, &slice, tell).await? {
            LinesAnswer::Matches(lines) => Ok(lines.into_iter().map(|line| line - 1).collect()),
            _ => Ok(Vec::new()),
        }
    }

    /// Which lines derivations printed; `tell` hears how many bytes were read.
    ///
    /// # Errors
    ///
    /// As [`LogReader::lines`].
    pub async fn groups(
        &self,
        text: &LogText,
        printers: Vec<Printer>,
        tell: Rc<dyn Fn(u64)>,
    ) -> Result<Vec<Group>, String> {
        let request = LinesRequest::Groups(printers);
        match ask(&self.reading, Program::ReadLines, &request, &text.blob, tell).await? {
            LinesAnswer::Groups(groups) => Ok(groups),
            _ => Err(GONE.to_owned()),
        }
    }

    /// The lines of one derivation by themselves.
    ///
    /// # Errors
    ///
    /// As [`LogReader::lines`].
    pub async fn extract(
        &self,
        text: &LogText,
        name: String,
        drv: Option<String>,
    ) -> Result<LogText, String> {
        let request = LinesRequest::Extract { name, drv };
        let tell = Rc::new(|_| ());
        let answer = ask(&self.reading, Program::ReadLines, &request, &text.blob, tell).await?;
        let LinesAnswer::Extract(extract) = answer else { return Err(GONE.to_owned()) };
        let blob = files::of_bytes(&extract.text).ok_or_else(|| GONE.to_owned())?;
        Ok(LogText {
            blob,
            index: Rc::new(extract.index),
            n_lines: u32::try_from(extract.numbers.len()).unwrap_or(u32::MAX),
            numbers: Some(Rc::new(extract.numbers)),
            is_cut: extract.is_cut,
        })
    }
}

impl Found {
    /// Blocks in which something matches, from this one on and around to it again.
    fn blocks(&self, start: u32, towards: Towards) -> Vec<u32> {
        let n_blocks = u32::try_from(self.per_block.len()).unwrap_or(u32::MAX);
        let step = |n: u32| match towards {
            Towards::Next => (start + n) % n_blocks,
            Towards::Previous => (start + n_blocks * 2 - n) % n_blocks,
        };
        let has_any = |block: &u32| self.per_block[*block as usize] > 0;
        (0..=n_blocks).filter(|_| n_blocks > 0).map(step).filter(has_any).collect()
    }

    /// How many lines match before a block.
    fn before(&self, block: u32) -> u64 {
        self.per_block.iter().take(block as usize).map(|n| u64::from(*n)).sum()
    }
}

impl Towards {
    fn is_ahead(self, at: i64, row: i64) -> bool {
        match self {
            Self::Next => at > row,
            Self::Previous => at < row,
        }
    }
}

/// What is answered some time; boxed, since each question would have the whole way as a copy.
type Answering<'a> = Pin<Box<dyn Future<Output = Result<LinesAnswer, String>> + 'a>>;

/// Asks a program that is started for the first question and kept for the next.
fn ask<'a>(
    tasks: &'a RefCell<Option<Rc<Tasks>>>,
    program: Program,
    request: &'a LinesRequest,
    text: &'a Blob,
    tell: Rc<dyn Fn(u64)>,
) -> Answering<'a> {
    Box::pin(answer(tasks, program, request, text, tell))
}

async fn answer(
    tasks: &RefCell<Option<Rc<Tasks>>>,
    program: Program,
    request: &LinesRequest,
    text: &Blob,
    tell: Rc<dyn Fn(u64)>,
) -> Result<LinesAnswer, String> {
    let running = tasks.borrow().clone();
    let running = if let Some(running) = running {
        running
    } else {
        let started = Rc::new(Tasks::start().map_err(|error| error.to_string())?);
        tasks.replace(Some(started.clone()));
        started
    };
    let request = protocol::to_bytes(request).unwrap_or_default();
    match running.scan(program, &request, text, tell).await {
        Ok(answer) => protocol::from_bytes(&answer).ok_or_else(|| GONE.to_owned()),
        Err(TaskError::Stopped(reason)) if is_gone(&reason) => Err(GONE.to_owned()),
        Err(error) => {
            // What stopped in the middle is started again for the next question.
            tasks.replace(None);
            Err(error.to_string())
        }
    }
}

/// What browsers say of a file that changed since it was chosen.
fn is_gone(reason: &str) -> bool {
    // A stream that breaks off is a "network error", though there is no network in it.
    ["NotReadableError", "NotFoundError", "network error", "WebKitBlobResource"]
        .iter()
        .any(|said| reason.contains(said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_gone_through_once_around() {
        let found = Found { per_block: vec![1, 0, 2, 3], n_lines: 6 };
        assert_eq!(found.blocks(2, Towards::Next), [2, 3, 0, 2]);
        assert_eq!(found.blocks(1, Towards::Next), [2, 3, 0]);
        assert_eq!(found.blocks(2, Towards::Previous), [2, 0, 3, 2]);
        assert_eq!(found.before(3), 3);
        assert!(Found { per_block: Vec::new(), n_lines: 0 }.blocks(0, Towards::Next).is_empty());
    }

    #[test]
    fn file_that_changed_is_told_from_a_program_that_stopped() {
        assert!(is_gone("NotReadableError: The requested file could not be read"));
        assert!(is_gone("TypeError: network error"));
        assert!(is_gone("NotFoundError: A requested file or directory could not be found"));
        assert!(!is_gone("RuntimeError: unreachable"));
    }
}
