//! The last lines of build output, to show what stood before a failure.

use crate::message::error::{Problem, Quote};
use crate::message::text::clipped;

/// Lines of which at least so many are kept.
const MAX_LINES: usize = 4096;
/// Bytes of which at least so many are kept.
const MAX_BYTES: usize = 256 << 10;
/// Longer lines are cut here.
const MAX_LINE_LEN: usize = 400;

/// Which build printed a line: its place in the list of builds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// One of those that ran.
    Unknown,
    /// One of those that have the name of this one.
    Named(usize),
    /// This one for certain.
    Build(usize),
}

/// The last lines of build output.
#[derive(Debug, Default)]
pub(super) struct Recent {
    /// The lines before those in `new`; they are forgotten when it is full.
    old: Part,
    new: Part,
    /// Number of the line on which a build was last said to have failed.
    last_failure: u32,
}

/// Lines that follow each other.
#[derive(Debug, Default)]
struct Part {
    /// The lines one after the other, without their ends.
    text: String,
    lines: Vec<Line>,
}

#[derive(Clone, Copy, Debug)]
struct Line {
    number: u32,
    owner: Owner,
    /// Bytes of its text.
    length: usize,
}

impl Recent {
    /// Takes a line of build output.
    pub(super) fn push(&mut self, number: u32, owner: Owner, text: &str) {
        if self.new.text.len() >= MAX_BYTES || self.new.lines.len() >= MAX_LINES {
            self.forget_old();
        }
        let text = clipped(text, MAX_LINE_LEN);
        self.new.text.push_str(text);
        self.new.lines.push(Line { number, owner, length: text.len() });
    }

    /// Takes an error that a builder may have printed.
    pub(super) fn push_error(&mut self, number: u32, owner: Owner, problem: &Problem) {
        let mut rest = problem.excerpt.as_slice();
        if let Some((first, more)) = rest.split_first()
            && first.text.starts_with(&problem.message)
        {
            rest = more;
        }
        self.push(number, owner, &format!("error: {}", problem.message));
        for quote in rest {
            self.push(quote.line, owner, &quote.text);
        }
    }

    /// What a build printed; `is_its` tells its lines.
    pub(super) fn lines_of(&self, is_its: impl Fn(Owner) -> bool) -> Vec<Quote> {
        self.select(|line| is_its(line.owner))
    }

    /// Lines since the last failure of which nothing tells whose they are.
    pub(super) fn unowned(&self) -> Vec<Quote> {
        self.select(|line| line.owner == Owner::Unknown && line.number > self.last_failure)
    }

    /// Lines of nobody from line `first` on.
    pub(super) fn unowned_since(&self, first: u32) -> Vec<Quote> {
        self.select(|line| line.owner == Owner::Unknown && line.number >= first)
    }

    /// Notes that a build is said to have failed.
    pub(super) fn failed(&mut self, number: u32) {
        self.last_failure = number;
    }

    fn select(&self, choose: impl Fn(&Line) -> bool) -> Vec<Quote> {
        let mut quotes = Vec::new();
        self.old.select(&choose, &mut quotes);
        self.new.select(&choose, &mut quotes);
        quotes
    }

    /// Forgets the older part; its memory is used again.
    fn forget_old(&mut self) {
        std::mem::swap(&mut self.old, &mut self.new);
        self.new.text.clear();
        self.new.lines.clear();
    }
}

impl Part {
    fn select(&self, choose: impl Fn(&Line) -> bool, into: &mut Vec<Quote>) {
        let mut start = 0;
        for line in &self.lines {
            let end = start + line.length;
            if choose(line) {
                into.push(Quote::new(line.number, &self.text[start..end]));
            }
            start = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_lines_are_forgotten_and_numbers_stay_right() {
        let mut recent = Recent::default();
        for number in 1..=100_000 {
            recent.push(number, Owner::Build(0), &format!("line {number}"));
        }
        let lines = recent.lines_of(|owner| owner == Owner::Build(0));
        assert!(lines.len() >= MAX_LINES && lines.len() <= 2 * MAX_LINES);
        assert!(lines.iter().all(|quote| quote.text == format!("line {}", quote.line)));
        assert_eq!(lines.last().map(|quote| quote.line), Some(100_000));
    }

    #[test]
    fn long_lines_do_not_fill_the_memory() {
        let mut recent = Recent::default();
        for number in 1..=10_000 {
            recent.push(number, Owner::Unknown, &"x".repeat(1000));
        }
        for part in [&recent.old, &recent.new] {
            assert!(part.text.len() <= MAX_BYTES + MAX_LINE_LEN);
            assert_eq!(part.text.len(), part.lines.iter().map(|line| line.length).sum::<usize>());
        }
    }

    #[test]
    fn lines_before_another_failure_are_not_taken_for_this_one() {
        let mut recent = Recent::default();
        recent.push(1, Owner::Unknown, "a.c:1:1: error: one");
        recent.failed(2);
        recent.push(3, Owner::Unknown, "b.c:1:1: error: two");
        assert_eq!(recent.unowned(), [Quote::new(3, "b.c:1:1: error: two")]);
    }
}
