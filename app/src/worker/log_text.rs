//! The text of the log that was read last. It stays a blob: only lines that are asked for
//! become strings.

use analyzer::ansi;
use analyzer::line::{LineSplitter, Position};
use wasm_bindgen::JsValue;
use web_sys::Blob;

use super::chunks::Chunks;
use super::log_index::LogIndex;

/// Of a longer line only the beginning is shown, in bytes: a page does not scroll far enough
/// to the right for more, and laying it out would freeze it.
const MAX_SHOWN_LEN: usize = 10_000;

/// A log as UTF-8, wherever the browser keeps it.
pub(super) struct LogText {
    pub(super) blob: Blob,
    pub(super) index: LogIndex,
}

impl LogText {
    /// The text of `count` lines from line `first` on, without colours and line ends;
    /// fewer at the end of the log.
    ///
    /// # Errors
    ///
    /// The file cannot be read any more, as when it was changed on the disk.
    pub(super) async fn lines(&self, first: u32, count: u32) -> Result<Vec<String>, JsValue> {
        let Some(part) = self.index.part(first, count) else { return Ok(Vec::new()) };
        let slice = self.blob.slice_with_f64_and_f64(part.from as f64, part.to as f64)?;
        let skip = (first.max(1) - part.first) as usize;
        let mut wanted = Wanted { skip, count: count as usize, texts: Vec::new() };
        let mut splitter = LineSplitter::default();
        let mut chunks = Chunks::of(&slice.stream());
        while let Some(chunk) = chunks.next().await? {
            splitter.feed(chunk, |at, line| wanted.take(at, line));
        }
        splitter.finish(|at, line| wanted.take(at, line));
        Ok(wanted.texts)
    }
}

struct Wanted {
    skip: usize,
    count: usize,
    texts: Vec<String>,
}

impl Wanted {
    fn take(&mut self, at: Position, line: &[u8]) {
        if at.line as usize > self.skip && self.texts.len() < self.count {
            self.texts.push(shown(line));
        }
    }
}

fn shown(line: &[u8]) -> String {
    let text = ansi::plain(line);
    if text.len() <= MAX_SHOWN_LEN {
        return text.into_owned();
    }
    let end = text.floor_char_boundary(MAX_SHOWN_LEN);
    format!("{} … and {} bytes more", &text[..end], text.len() - end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_taken_away() {
        assert_eq!(shown(b"\x1b[31;1merror:\x1b[0m no"), "error: no");
    }

    #[test]
    fn long_line_says_how_much_is_not_shown() {
        let text = shown("é".repeat(6000).as_bytes());
        assert!(text.ends_with("é … and 2000 bytes more"));
        assert_eq!(text.matches('é').count(), 5000);
    }
}
