//! Collects the lines of an error: which of them belong to it, and how many are kept.

use std::collections::VecDeque;

use super::Quote;

/// Lines kept from the start of a block.
const KEPT_HEAD: usize = 60;
/// Lines kept from the end of a block. A trace of an evaluation may have thousands
/// of lines; the message is the last of them.
const KEPT_TAIL: usize = 60;

/// Nix 2.4 and later indent a block as far as the text behind `error: ` begins.
const INDENT: &str = "       ";

/// The lines of an error.
#[derive(Clone, Debug, Default)]
pub(crate) struct Block {
    head: Vec<Quote>,
    tail: VecDeque<Quote>,
    /// Empty lines at the end: part of the block only if it goes on.
    blank: u32,
    /// Lines of build output that the first line announces: `; last 10 log lines:`.
    announced: u32,
    style: Style,
}

/// How the lines after the first one are marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Style {
    /// They are indented.
    #[default]
    Indented,
    /// Nix 2.3 prints a trace without indentation, the message last.
    BareTrace,
    /// The message begins on the line after a bare `error: `.
    BareMessage,
}

/// Whether a line belongs to a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Continuation {
    /// It does.
    Taken,
    /// It does if more follows; until then it stands for itself.
    Blank,
    /// It does not.
    Ended,
}

impl Block {
    /// Begins with the first line, `error: ` included if there is one.
    pub(crate) fn open(line: u32, text: &str) -> Self {
        let first = text.strip_prefix("error:").unwrap_or(text).trim();
        let style = match first {
            "" => Style::BareMessage,
            _ if first.starts_with("while evaluating ") => Style::BareTrace,
            _ => Style::Indented,
        };
        let mut block = Self { style, announced: announced(first), ..Self::default() };
        block.push(line, first);
        block
    }

    /// Takes the line if it belongs to the block.
    pub(crate) fn offer(&mut self, line: u32, text: &str) -> Continuation {
        if text.trim().is_empty() {
            self.blank += 1;
            return Continuation::Blank;
        }
        if !self.belongs(text) {
            return Continuation::Ended;
        }
        let last = self.tail.back().or(self.head.last()).map_or(line, |quote| quote.line);
        for before in (1..=std::mem::take(&mut self.blank)).rev() {
            // All lines of a record are one line of the log.
            self.push(line.saturating_sub(before).max(last), "");
        }
        self.push(line, text.strip_prefix(INDENT).unwrap_or(text));
        Continuation::Taken
    }

    /// Empty lines that were offered last and do not belong to the block after all.
    pub(crate) fn blank_lines(&self) -> u32 {
        self.blank
    }

    /// The lines without their common indentation. Of a long block, its start and its end.
    pub(crate) fn lines(&self) -> Vec<Quote> {
        self.head.iter().chain(&self.tail).cloned().collect()
    }

    fn belongs(&mut self, text: &str) -> bool {
        if self.announced > 0 && text.starts_with("  ") {
            self.announced -= 1;
            return true;
        }
        if text.starts_with(INDENT) || is_old_continuation(text) {
            self.style = Style::Indented;
            return true;
        }
        if self.blank > 0 {
            return false;
        }
        match self.style {
            Style::Indented => false,
            Style::BareTrace => {
                if !text.starts_with("while evaluating ") && !text.starts_with("while calling ") {
                    self.style = Style::Indented;
                }
                true
            }
            Style::BareMessage => {
                self.style = Style::Indented;
                text.ends_with(':') || text.ends_with(';') || text.ends_with('.')
            }
        }
    }

    fn push(&mut self, line: u32, text: &str) {
        let quote = Quote::new(line, text);
        if self.head.len() < KEPT_HEAD {
            self.head.push(quote);
            return;
        }
        if self.tail.len() == KEPT_TAIL {
            self.tail.pop_front();
        }
        self.tail.push_back(quote);
    }
}

// builder for '/nix/store/….drv' failed with exit code 2; last 10 log lines:
fn announced(first: &str) -> u32 {
    let Some((_, rest)) = first.split_once("; last ") else { return 0 };
    let Some(count) = rest.strip_suffix(" log lines:") else { return 0 };
    count.parse().unwrap_or(0)
}

/// Lines that go on with an error though they are not indented, or less than usual.
fn is_old_continuation(text: &str) -> bool {
    const STARTS: [&str; 8] = [
        "  wanted: ",
        "  got:    ",
        "- In `",
        "Try 'nix",
        "(use '--show-trace' ",
        "(stack trace truncated; ",
        "note: build failure may have been caused by lack of free disk space",
        "  /nix/store/",
    ];
    STARTS.iter().any(|start| text.starts_with(start)) || is_assertion(text)
}

// - The ‘fileSystems’ option does not specify your root file system.
fn is_assertion(text: &str) -> bool {
    text == "Failed assertions:" || text.starts_with("- ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str], rest: &str) {
        let mut lines = (1..).zip(text.lines());
        let mut block = Block::open(1, lines.next().unwrap().1);
        let mut left: Vec<&str> = Vec::new();
        for (number, line) in lines {
            if !left.is_empty() || block.offer(number, line) == Continuation::Ended {
                left.push(line);
            }
        }
        let lines = block.lines();
        assert_eq!(lines.iter().map(|quote| quote.text.as_str()).collect::<Vec<_>>(), expected);
        assert!(lines.iter().zip(1..).all(|(quote, number)| quote.line == number));
        assert_eq!(left.join("\n"), rest);
    }

    #[test]
    fn what_is_indented_belongs_to_the_error() {
        check("error: a\n       b\n\n         c\ncopying", &["a", "b", "", "  c"], "copying");
    }

    #[test]
    fn old_versions_do_not_indent() {
        check(
            "error: \nFailed assertions:\n- one\n- two\nbuilding",
            &["", "Failed assertions:", "- one", "- two"],
            "building",
        );
        check(
            "hash mismatch in fixed-output derivation 'x':\n  wanted: a\n  got:    b\nerror: c",
            &["hash mismatch in fixed-output derivation 'x':", "  wanted: a", "  got:    b"],
            "error: c",
        );
        check(
            "error: while evaluating the attribute 'x' at f:1:2:\nwhile evaluating 'y' at f:2:3:\nboom, at f:4:5\nz",
            &[
                "while evaluating the attribute 'x' at f:1:2:",
                "while evaluating 'y' at f:2:3:",
                "boom, at f:4:5",
            ],
            "z",
        );
    }

    #[test]
    fn announced_log_lines_belong_to_the_error() {
        check(
            "builder for 'x' failed with exit code 1; last 2 log lines:\n  a\n  b\n  c",
            &["builder for 'x' failed with exit code 1; last 2 log lines:", "  a", "  b"],
            "  c",
        );
    }

    #[test]
    fn long_blocks_keep_their_start_and_their_end() {
        let mut block = Block::open(1, "error: start");
        for index in 0..10_000 {
            block.offer(index + 2, &format!("       line {index}"));
        }
        let lines = block.lines();
        assert_eq!(lines.len(), KEPT_HEAD + KEPT_TAIL);
        assert_eq!(lines[0], Quote::new(1, "start"));
        assert_eq!(lines.last().unwrap(), &Quote::new(10_001, "line 9999"));
    }
}
