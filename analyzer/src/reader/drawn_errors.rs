//! The box in which nix-output-monitor repeats the errors of Nix, in each of its drawings.

use crate::message::nom::{self, NomLine};

/// Where in such a box a log is.
#[derive(Debug, Default)]
pub(super) struct DrawnErrors {
    /// How many errors the last box held.
    count: u64,
    state: State,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Outside,
    /// This box holds an error more than the one before.
    New,
    /// What it holds was read.
    Known,
}

/// What a line is to such a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// Nothing.
    None,
    /// It begins or ends one, so that an error before it is complete.
    Frame,
    /// A line of an error that was not read before.
    Error(&'a str),
}

impl DrawnErrors {
    /// Takes a line.
    pub(super) fn take<'a>(&mut self, text: &'a str) -> Part<'a> {
        match text.chars().next() {
            Some('┃') if self.state == State::New => {
                let inner = &text['┃'.len_utf8()..];
                Part::Error(inner.strip_prefix(' ').unwrap_or(inner))
            }
            Some('┏' | '┣' | '┗') => {
                self.frame(text);
                Part::Frame
            }
            _ => Part::None,
        }
    }

    fn frame(&mut self, text: &str) {
        self.state = State::Outside;
        if let Some(NomLine::Errors(count)) = nom::parse(text.trim_end()) {
            let is_new = std::mem::replace(&mut self.count, count) != count;
            self.state = if is_new { State::New } else { State::Known };
        }
    }
}
