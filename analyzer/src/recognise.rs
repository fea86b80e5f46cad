//! Says what an input seems to be that is no log.

mod magic;
mod text;

use crate::ansi;

/// As much of the start of an input as is worth looking at, in bytes.
pub(crate) const HEAD_LEN: usize = 4096;

/// What an input with these first bytes seems to be; `None` where nothing tells.
///
/// Only of use for an input in which no line of a log was found.
pub(crate) fn guess(head: &[u8]) -> Option<&'static str> {
    if head.is_empty() {
        return Some("empty");
    }
    certain(head).or_else(|| {
        if magic::is_binary(head) {
            return Some("a binary file");
        }
        let text = plain(head);
        if text.trim().is_empty() {
            return Some("blank");
        }
        text::guess(&text)
    })
}

/// What an input with these first bytes is, whatever lines it holds: a program holds messages, and
/// a web page examples.
pub(crate) fn certain(head: &[u8]) -> Option<&'static str> {
    magic::guess(head)
        .or_else(|| text::is_web_page(&head[..head.len().min(200)]).then_some(text::WEB_PAGE))
}

/// The text, without the letters that a printer would strike twice.
fn plain(head: &[u8]) -> String {
    let lines: Vec<_> = head.split(|byte| *byte == b'\n').map(ansi::plain).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests;
