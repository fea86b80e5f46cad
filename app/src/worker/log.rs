//! What becomes of the bytes of a log: a report, and a text that lines can be taken from.

use analyzer::encoding::Decoder;
use analyzer::inventory::Inventory;
use analyzer::line::{LineSplitter, Position};
use analyzer::{Analyzer, Reading, Report};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::Blob;

use crate::protocol::Progress;
use crate::protocol::lines::LineIndex;

/// A log that was read to its end.
pub(super) struct Read {
    pub(super) report: Report,
    /// What it lists, if it is a listing of store paths.
    pub(super) listed: Option<Inventory>,
    /// Its text as UTF-8, wherever the browser keeps it.
    pub(super) text: Blob,
    /// Where the lines of the text begin.
    pub(super) index: LineIndex,
}

/// Progress is told after this many bytes: some ten times a second, and not so often that
/// telling it costs more than reading.
const PROGRESS_STEP_BYTES: u64 = 2 << 20;

/// A log that is being read.
#[derive(Default)]
pub(super) struct Log {
    analyzer: Analyzer,
    decoder: Decoder,
    lines: Lines,
    place: Place,
    n_bytes: u64,
    /// How many bytes there were when progress was told last.
    told: u64,
}

/// Where the text of the log is.
enum Place {
    /// In the file.
    File(Blob),
    /// In pieces that were kept, since the file is not the text itself; with how many bytes of
    /// them are still in this worker.
    Kept(Array, usize),
}

/// More is handed to the browser, which keeps it outside of the worker, and on the disk if there is
/// much.
const MAX_OWN_BYTES: usize = 8 << 20;

impl Default for Place {
    fn default() -> Self {
        Self::Kept(Array::new(), 0)
    }
}

impl Log {
    /// A log that is the content of `blob`.
    pub(super) fn of_blob(blob: Blob) -> Self {
        Self { place: Place::File(blob), ..Self::default() }
    }

    /// A log of which there is no file.
    pub(super) fn kept() -> Self {
        Self::default()
    }

    /// Bytes that were taken.
    pub(super) fn n_bytes(&self) -> u64 {
        self.n_bytes
    }

    pub(super) fn feed(&mut self, chunk: &[u8]) {
        self.n_bytes += chunk.len() as u64;
        self.analyzer.feed(chunk);
        let Self { decoder, lines, place, .. } = self;
        decoder.feed(chunk, |text| take_text(lines, place, text));
    }

    /// How far reading has come, if it is time to tell: `n_read` of `total` bytes of the file,
    /// or those that were taken where the file is the log.
    pub(super) fn progress(&mut self, n_read: Option<u64>, total: u64) -> Option<Progress> {
        // The first time at once: a person waits for a word.
        if self.told > 0 && self.n_bytes - self.told < PROGRESS_STEP_BYTES {
            return None;
        }
        self.told = self.n_bytes;
        let progress = self.analyzer.progress();
        Some(Progress {
            bytes_read: n_read.unwrap_or(self.n_bytes),
            bytes_total: Some(total),
            lines: progress.lines,
            builds_started: progress.builds_started,
            paths_copied: progress.paths_copied,
            failures: progress.failures,
        })
    }

    /// Takes the end of the log.
    ///
    /// # Errors
    ///
    /// The browser cannot hold the text.
    pub(super) fn finish(mut self) -> Result<Read, JsValue> {
        let Self { decoder, lines, place, .. } = &mut self;
        decoder.finish(|text| take_text(lines, place, text));
        lines.finish();
        let text = match self.place {
            Place::File(blob) => blob,
            Place::Kept(pieces, _) => Blob::new_with_u8_array_sequence(&pieces)?,
        };
        let Reading { report, listed } = self.analyzer.finish_reading();
        Ok(Read { report, listed, text, index: self.lines.index })
    }
}

/// Finds where the lines of a text begin while it streams by.
#[derive(Default)]
struct Lines {
    splitter: LineSplitter,
    index: LineIndex,
}

impl Lines {
    fn feed(&mut self, text: &[u8]) {
        let Self { splitter, index } = self;
        index.n_bytes += text.len() as u64;
        splitter.feed(text, |at, _| take_line(index, at));
    }

    fn finish(&mut self) {
        let Self { splitter, index } = self;
        splitter.finish(|at, _| take_line(index, at));
    }
}

fn take_line(index: &mut LineIndex, at: Position) {
    index.take(at.line, at.byte);
}

fn take_text(lines: &mut Lines, place: &mut Place, text: &[u8]) {
    lines.feed(text);
    let Place::Kept(pieces, own_bytes) = place else { return };
    pieces.push(&Uint8Array::from(text));
    *own_bytes += text.len();
    if *own_bytes >= MAX_OWN_BYTES
        && let Ok(blob) = Blob::new_with_u8_array_sequence(pieces)
    {
        *pieces = Array::of1(&blob);
        *own_bytes = 0;
    }
}
