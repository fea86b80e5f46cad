//! Error blocks of all generations of Nix: one line, or a line and what is indented under it.

mod block;
mod build;
mod evaluation;

pub(crate) use block::{Block, Continuation};

use super::text::clipped;
use crate::report::{FailureClass, FailureDetails};
use crate::store_path::unquote;

/// What is said of a build that the evaluation itself needs.
const DURING_EVALUATION: &str = ", and the evaluation needs its result";

/// Longer messages are cut here: a type error can print a whole attribute set.
const MAX_MESSAGE_LEN: usize = 1000;

/// What an error block says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Problem {
    /// Whether it is a cause.
    pub(crate) role: Role,
    /// What sort of failure it is.
    pub(crate) class: FailureClass,
    /// Path of the derivation that it is about.
    pub(crate) drv: Option<String>,
    /// Path of the output that it is about, where the wording names that.
    pub(crate) output: Option<String>,
    /// Exit status of the builder.
    pub(crate) exit_code: Option<i32>,
    /// Values that help to mend it.
    pub(crate) details: FailureDetails,
    /// The message without decoration.
    pub(crate) message: String,
    /// The lines that show the error.
    pub(crate) excerpt: Vec<Quote>,
}

/// A line of the log, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Quote {
    /// Its number.
    pub(crate) line: u32,
    /// What it says.
    pub(crate) text: String,
}

impl Quote {
    pub(crate) fn new(line: u32, text: &str) -> Self {
        Self { line, text: text.to_owned() }
    }

    /// The same line, of which `choose` shows a part.
    fn part(&self, choose: impl FnOnce(&str) -> &str) -> Self {
        Self::new(self.line, choose(&self.text))
    }
}

/// What an error block means for the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It failed by itself.
    Cause,
    /// It was not built because something that it needs failed.
    Consequence,
    /// Nix closes with what it was asked to build; says nothing new.
    Summary,
    /// Somebody stopped it.
    Interrupt,
    /// It may be an error of Nix, or a line that a build printed.
    Unclear,
}

impl Problem {
    fn new(role: Role, class: FailureClass, message: &str) -> Self {
        Self {
            role,
            class,
            drv: None,
            output: None,
            exit_code: None,
            details: FailureDetails::default(),
            message: clipped(message, MAX_MESSAGE_LEN).to_owned(),
            excerpt: Vec::new(),
        }
    }

    fn cause(class: FailureClass, message: &str) -> Self {
        Self::new(Role::Cause, class, message)
    }

    /// Whether a builder may have printed it: builders of Nix itself print errors like Nix.
    pub(crate) fn may_be_output(&self) -> bool {
        self.role == Role::Cause && self.drv.is_none() && self.output.is_none()
    }

    /// Whether a builder must have run, be it that no line says so.
    pub(crate) fn is_of_builder(&self) -> bool {
        let is_by_builder = matches!(
            self.class,
            FailureClass::BuilderExit
                | FailureClass::Killed
                | FailureClass::HashMismatch
                | FailureClass::Timeout
        );
        self.role == Role::Cause && (is_by_builder || self.exit_code.is_some())
    }

    fn of_drv(mut self, drv: &str) -> Self {
        self.drv = drv_path(drv);
        self
    }
}

/// Reads a whole block.
pub(crate) fn parse(block: &Block) -> Problem {
    let lines = block.lines();
    build_error(&lines, 0)
        .or_else(|| needed_error(&lines))
        .unwrap_or_else(|| evaluation::parse(&lines))
}

fn build_error(lines: &[Quote], start: usize) -> Option<Problem> {
    let first = lines.get(start).map_or("", |quote| quote.text.as_str());
    let first = first.strip_prefix("error:").unwrap_or(first).trim_start();
    build::parse(first, lines.get(start + 1..).unwrap_or_default())
}

/// The error of a build that an evaluation could not do without, below the trace that led to it.
fn needed_error(lines: &[Quote]) -> Option<Problem> {
    let start = evaluation::message_start(lines);
    let mut problem = if start > 0 { build_error(lines, start)? } else { return None };
    problem.message += DURING_EVALUATION;
    Some(problem)
}

/// Whether a line is the second one of an error of Nix 2.29 and later.
pub(crate) fn is_headless(text: &str) -> bool {
    text.starts_with("       ") && text.trim_start().starts_with(build::REASON)
}

/// Whether a line without `error:` is an error of Nix 2.0 to 2.3.
pub(crate) fn is_bare_error(text: &str) -> bool {
    match text.as_bytes() {
        [b'b', b'u', ..] => {
            let rest =
                text.strip_prefix("builder for ").or_else(|| text.strip_prefix("building of "));
            rest.and_then(unquote).is_some_and(|(_, rest)| {
                [" failed ", " timed out ", " killed "].iter().any(|end| rest.contains(end))
            })
        }
        [b'c', ..] => text.starts_with("cannot build derivation "),
        [b'h', ..] => text.starts_with("hash mismatch in fixed-output derivation "),
        [b'o', ..] => text.starts_with("output '/") && text.contains(" is not allowed to refer "),
        [b'd', ..] => {
            text.starts_with("derivation '/") && text.contains(" may not be deterministic")
        }
        // error 10 while decompressing xz file
        [b'e', ..] => text.starts_with("error ") && text.contains(" while decompressing "),
        // file 'nar/….nar.xz' does not exist in binary cache
        [b'f', ..] => {
            text.starts_with("file 'nar/") && text.contains("' does not exist in binary cache")
        }
        [b's', ..] => text.starts_with("some substitutes for the outputs of derivation '"),
        _ => false,
    }
}

/// The path of a derivation, without the output that is asked for: `….drv!out`, `….drv^*`.
fn drv_path(text: &str) -> Option<String> {
    let end = text.find(".drv")? + ".drv".len();
    Some(text[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn problem(text: &str) -> Problem {
        let mut lines = (1..).zip(text.lines());
        let mut block = Block::open(1, lines.next().unwrap().1);
        for (number, line) in lines {
            assert_ne!(block.offer(number, line), Continuation::Ended, "{line}");
        }
        parse(&block)
    }

    #[test]
    fn bare_errors_of_old_versions_are_told_from_build_output() {
        assert!(is_bare_error("builder for '/nix/store/x-a.drv' failed with exit code 1"));
        assert!(is_bare_error(
            "cannot build derivation '/x.drv': 1 dependencies couldn't be built"
        ));
        assert!(is_bare_error("building of '/x.drv' timed out after 3 seconds"));
        assert!(is_bare_error("error 10 while decompressing xz file"));
        assert!(is_bare_error("file 'nar/1.nar.xz' does not exist in binary cache"));
        assert!(!is_bare_error("error 10 while decompressing"));
        assert!(!is_bare_error("building '/nix/store/x-a.drv'..."));
        assert!(!is_bare_error("building of module core"));
    }
}
