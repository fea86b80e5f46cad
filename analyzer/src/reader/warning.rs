//! A warning whose further lines are awaited.

use crate::message::Message;
use crate::message::warning::{self, Head, Shape, Warning};

/// Lines of a warning that is not indented: what follows it may be anything.
const MAX_LOOSE_LINES: u32 = 40;
/// Longer warnings are cut here.
const MAX_WARNING_LEN: usize = 2000;

/// A warning whose further lines are awaited.
#[derive(Debug)]
pub(super) struct OpenWarning {
    text: String,
    shape: Shape,
    /// Blank lines at its end so far; they are its own only if it goes on.
    pub(super) blank: u32,
}

impl OpenWarning {
    pub(super) fn new(head: Head<'_>) -> Self {
        Self { text: head.message.to_owned(), shape: head.shape, blank: 0 }
    }

    /// Takes the line if it belongs to the warning; `count` lines came after the first.
    pub(super) fn offer(&mut self, text: &str, count: u32) -> bool {
        let belongs = match self.shape {
            Shape::OneLine => return false,
            Shape::Indented => text.is_empty() || text.starts_with("        "),
            Shape::UntilRetry => count <= MAX_LOOSE_LINES && !self.text.contains("retrying "),
            Shape::Loose | Shape::Trace => count <= MAX_LOOSE_LINES && super::is_loose(text),
        };
        if belongs {
            self.push(text);
        }
        belongs
    }

    fn push(&mut self, text: &str) {
        if text.is_empty() {
            self.blank += 1;
            return;
        }
        let blank = std::mem::take(&mut self.blank);
        if self.text.len() < MAX_WARNING_LEN {
            self.text.push_str(if blank > 0 { "\n\n" } else { "\n" });
            self.text.push_str(text.trim_start());
        }
    }

    pub(super) fn message(self) -> Message<'static> {
        if self.shape == Shape::Trace {
            return Message::Trace;
        }
        let class = warning::class(&self.text);
        Message::Warning(Warning { text: self.text, class, origin: self.shape.origin() })
    }
}
