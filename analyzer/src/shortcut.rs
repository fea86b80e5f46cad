//! Tells the lines of builders, which are nearly all of a long log, before anything else is tried.
//!
//! What is told here to be such a line is one to every other part of the pipeline, too: a test
//! reads all logs in both ways.

use crate::{ansi, envelope, reader};

/// The text of a line, without the blanks at its end, if a builder printed it; `buffer` holds it
/// where colours are stripped.
pub(crate) fn of_builder<'a>(line: &'a [u8], buffer: &'a mut Vec<u8>) -> Option<&'a str> {
    let text = ansi::text(line, buffer)?.trim_end();
    let is_of_builder = may_begin_output(text.trim_start_matches(' '))
        && !has_label_or_picture(text.as_bytes())
        && reader::is_of_builder(text);
    is_of_builder.then_some(text)
}

//   web | building '/nix/store/…-hello-2.12.drv'...
// building &#39;/nix/store/…-hello-2.12.drv&#39;...
//  🕛 3s Evaluating
fn has_label_or_picture(line: &[u8]) -> bool {
    memchr::memchr3(b'|', b'&', 0xF0, line).is_some()
}

/// Whether a line, without the blanks before it, begins with a word or a counter, and with none
/// that means something at the start of a log or a listing.
fn may_begin_output(text: &str) -> bool {
    match text.as_bytes() {
        // Running phase: buildPhase
        // got build log for '/nix/store/…-hello-2.12.drv' from 'daemon'
        // digraph G {
        [b'R', b'u', b'n', b'n', ..] | [b'g', b'o', b't', ..] | [b'd', b'i', b'g', ..] => false,
        [b'A'..=b'Z' | b'a'..=b'z' | b'[' | b'-', ..] => !envelope::may_begin(text),
        _ => false,
    }
}
