//! The programs that read lines of a log for the page: their text, which match, whose they are.

mod colours;
#[cfg(feature = "lines")]
mod extract;
#[cfg(feature = "lines")]
mod groups;
mod matcher;
#[cfg(feature = "lines")]
mod records;

use analyzer::line::{LineSplitter, Position};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::protocol;
use crate::protocol::lines::{LinesAnswer, LinesRequest, STRIDE, Stretch, TextSpan};
#[cfg(feature = "lines")]
use extract::Extractor;
#[cfg(feature = "lines")]
use groups::Grouper;
use matcher::Matcher;

/// Reads a log, or a slice of one, piece by piece.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Scan {
    splitter: LineSplitter,
    work: Work,
}

/// What is to be found out.
#[derive(Debug)]
enum Work {
    Lines {
        wanted: Vec<Stretch>,
        matcher: Option<Matcher>,
        lines: Vec<Vec<TextSpan>>,
    },
    Search {
        matcher: Matcher,
        per_block: Vec<u32>,
    },
    Matches {
        before: u32,
        matcher: Matcher,
        lines: Vec<u32>,
    },
    #[cfg(feature = "lines")]
    Extract(Extractor),
    #[cfg(feature = "lines")]
    Groups(Grouper),
    BadPattern(String),
}

#[wasm_bindgen]
impl Scan {
    /// Takes a request, as `protocol::lines` has it.
    #[wasm_bindgen(constructor)]
    pub fn new(request: &[u8]) -> Self {
        let work = match protocol::from_bytes(request) {
            Some(request) => Work::of(request).unwrap_or_else(Work::BadPattern),
            None => Work::BadPattern("The page asked for something else.".to_owned()),
        };
        Self { splitter: LineSplitter::default(), work }
    }

    /// Takes the next piece of the log.
    pub fn feed(&mut self, chunk: &[u8]) {
        let Self { splitter, work } = self;
        splitter.feed(chunk, |at, line| work.take(at, line));
    }

    /// Takes the end, and gives the answer.
    pub fn finish(mut self) -> Vec<u8> {
        let Self { splitter, work } = &mut self;
        splitter.finish(|at, line| work.take(at, line));
        protocol::to_bytes(&self.work.answer()).unwrap_or_default()
    }
}

impl Work {
    fn of(request: LinesRequest) -> Result<Self, String> {
        Ok(match request {
            LinesRequest::Lines { mut wanted, pattern } => {
                let matcher = pattern.map(|pattern| Matcher::of(&pattern)).transpose()?;
                // The next is at the end, where it is taken away.
                wanted.reverse();
                Self::Lines { wanted, matcher, lines: Vec::new() }
            }
            LinesRequest::Search(pattern) => {
                Self::Search { matcher: Matcher::of(&pattern)?, per_block: Vec::new() }
            }
            LinesRequest::Matches { slice_first, pattern } => {
                let matcher = Matcher::of(&pattern)?;
                let before = slice_first.saturating_sub(1);
                Self::Matches { before, matcher, lines: Vec::new() }
            }
            #[cfg(feature = "lines")]
            LinesRequest::Extract { name, drv } => Self::Extract(Extractor::new(&name, drv)),
            #[cfg(feature = "lines")]
            LinesRequest::Groups(printers) => Self::Groups(Grouper::new(printers)),
            #[cfg(not(feature = "lines"))]
            LinesRequest::Extract { .. } | LinesRequest::Groups(_) => {
                return Err("This program only searches.".to_owned());
            }
        })
    }

    fn take(&mut self, at: Position, line: &[u8]) {
        match self {
            Self::Lines { wanted, matcher, lines } => {
                let Some(next) = wanted.last().filter(|next| next.first <= at.line) else { return };
                if at.line + 1 >= next.first.saturating_add(next.count) {
                    wanted.pop();
                }
                lines.push(colours::spans(line, matcher.as_mut()));
            }
            Self::Search { matcher, per_block } => {
                let block = ((at.line - 1) / STRIDE) as usize;
                if per_block.len() <= block {
                    per_block.resize(block + 1, 0);
                }
                per_block[block] += u32::from(matcher.is_in(line));
            }
            Self::Matches { before, matcher, lines } => {
                if matcher.is_in(line) {
                    lines.push(*before + at.line);
                }
            }
            #[cfg(feature = "lines")]
            Self::Extract(extractor) => extractor.take(at.line, line),
            #[cfg(feature = "lines")]
            Self::Groups(grouper) => grouper.take(at.line, line),
            Self::BadPattern(_) => {}
        }
    }

    fn answer(self) -> LinesAnswer {
        match self {
            Self::Lines { lines, .. } => LinesAnswer::Lines(lines),
            Self::Search { per_block, .. } => LinesAnswer::Found(per_block),
            Self::Matches { lines, .. } => LinesAnswer::Matches(lines),
            #[cfg(feature = "lines")]
            Self::Extract(extractor) => LinesAnswer::Extract(extractor.finish()),
            #[cfg(feature = "lines")]
            Self::Groups(grouper) => LinesAnswer::Groups(grouper.finish()),
            Self::BadPattern(sentence) => LinesAnswer::BadPattern(sentence),
        }
    }
}

#[cfg(test)]
mod tests;
