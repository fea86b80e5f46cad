//! Tells the lines of builders, which are nearly all of a long log, before anything else is tried.
//!
//! What is told here to be such a line is one to every other part of the pipeline, too: a test
//! reads all logs in both ways.

use crate::{ansi, envelope, reader};

/// Bytes that set off a closer look: a label of colmena, an entity of HTML, a picture.
const LOOKED_AT: [u8; 3] = [b'|', b'&', 0xF0];

/// The text of a line, without the blanks at its end, if a builder printed it; `buffer` holds it
/// where colours are stripped.
pub(crate) fn of_builder<'a>(line: &'a [u8], buffer: &'a mut Vec<u8>) -> Option<&'a str> {
    let text = ansi::text(line, buffer)?.trim_end();
    let [a, b, c] = LOOKED_AT;
    let is_other = !may_begin_output(text.trim_start_matches(' '))
        || memchr::memchr3(a, b, c, text.as_bytes()).is_some()
        || !reader::is_of_builder(text);
    (!is_other).then_some(text)
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
