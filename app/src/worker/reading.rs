//! Reads a blob from its first byte to its report.

use std::fmt;

use analyzer::encoding::Decoder;
use analyzer::{Analyzer, Report};
use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStream, ReadableStreamDefaultReader, ReadableWritablePair};

use super::log_index::LogIndex;
use super::log_text::LogText;
use crate::protocol::Progress;

/// A log that was read to its end.
pub(super) struct Read {
    pub(super) report: Report,
    pub(super) text: LogText,
}

/// Progress is told after this many bytes: some ten times a second, and not so often that
/// telling it costs more than reading.
const PROGRESS_STEP_BYTES: u64 = 2 << 20;

/// More than this is not unpacked: a small file can hold endless zeros.
const MAX_UNPACKED_BYTES: u64 = 1 << 30;

/// Reads the log in `blob` and tells how far it has come.
///
/// # Errors
///
/// The file cannot be read, is packed in a way that is not understood, or unpacks to too much.
pub(super) async fn read(blob: &Blob, on_progress: impl Fn(Progress)) -> Result<Read, ReadError> {
    let start = beginning(blob).await?;
    let packing = Packing::of(&start)?;
    let is_converted = packing == Packing::Gzip || has_byte_order_mark(&start);
    let mut log = Log { kept: is_converted.then(Array::new), ..Log::default() };
    let mut chunks = Chunks::of(&packing.unpack(blob)?);
    let mut told = 0;
    loop {
        match chunks.next().await {
            Ok(Some(chunk)) => log.feed(chunk),
            Ok(None) => break,
            // The end of a packed file is missing; what came before it is a log.
            Err(_) if packing == Packing::Gzip && log.n_bytes > 0 => {
                log.is_damaged = true;
                break;
            }
            Err(error) => return Err(error.into()),
        }
        if log.n_bytes > MAX_UNPACKED_BYTES && packing == Packing::Gzip {
            return Err(ReadError::TooLarge);
        }
        if log.n_bytes - told >= PROGRESS_STEP_BYTES {
            told = log.n_bytes;
            on_progress(log.progress(packing, blob));
        }
    }
    log.finish(packing, blob)
}

/// Why a log could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReadError {
    /// The browser does not give the bytes.
    Unreadable,
    /// It is packed by a program that is not understood, by this name.
    Packed(&'static str),
    /// It unpacks to more than [`MAX_UNPACKED_BYTES`].
    TooLarge,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable => f.write_str(
                "The browser could not read the file. \
                 It may have been moved, changed or not be allowed; choose it again.",
            ),
            Self::Packed(name) => {
                write!(f, "This file is packed with {name}. Unpack it and choose the text in it.")
            }
            Self::TooLarge => write!(
                f,
                "This file unpacks to more than {} GiB. Choose a part of it.",
                MAX_UNPACKED_BYTES >> 30
            ),
        }
    }
}

impl From<JsValue> for ReadError {
    fn from(_: JsValue) -> Self {
        Self::Unreadable
    }
}

/// What a file is packed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    None,
    Gzip,
}

/// The first bytes of the formats that have to be unpacked by hand.
const OTHER_PACKINGS: [(&[u8], &str); 4] = [
    (b"\x28\xB5\x2F\xFD", "zstd"),
    (b"BZh", "bzip2"),
    (b"\xFD7zXZ\0", "xz"),
    (b"PK\x03\x04", "zip"),
];

/// The longest of the first bytes that are told apart.
const MAGIC_LEN: f64 = 6.0;

impl Packing {
    fn of(start: &[u8]) -> Result<Self, ReadError> {
        let other = OTHER_PACKINGS.iter().find(|(magic, _)| start.starts_with(magic));
        match other {
            Some((_, name)) => Err(ReadError::Packed(name)),
            None if start.starts_with(b"\x1F\x8B") => Ok(Self::Gzip),
            None => Ok(Self::None),
        }
    }

    fn unpack(self, blob: &Blob) -> Result<ReadableStream, JsValue> {
        match self {
            Self::None => Ok(blob.stream()),
            Self::Gzip => {
                // The bindings for this class are not stable yet, so it is found by name.
                let class: Function =
                    Reflect::get(&js_sys::global(), &"DecompressionStream".into())?.dyn_into()?;
                let unpacker = Reflect::construct(&class, &Array::of1(&"gzip".into()))?;
                // It has the two ends that a pair is made of.
                Ok(blob.stream().pipe_through(unpacker.unchecked_ref::<ReadableWritablePair>()))
            }
        }
    }
}

fn has_byte_order_mark(start: &[u8]) -> bool {
    [b"\xEF\xBB\xBF".as_slice(), b"\xFF\xFE", b"\xFE\xFF"]
        .iter()
        .any(|mark| start.starts_with(mark))
}

async fn beginning(blob: &Blob) -> Result<Vec<u8>, JsValue> {
    let slice = blob.slice_with_f64_and_f64(0.0, MAGIC_LEN)?;
    let buffer = JsFuture::from(slice.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// What becomes of the bytes that were read so far.
#[derive(Default)]
struct Log {
    analyzer: Analyzer,
    decoder: Decoder,
    index: LogIndex,
    /// The text in pieces, where the blob is not the text itself.
    kept: Option<Array>,
    n_bytes: u64,
    is_damaged: bool,
}

impl Log {
    fn feed(&mut self, chunk: &[u8]) {
        self.n_bytes += chunk.len() as u64;
        self.analyzer.feed(chunk);
        let Self { decoder, index, kept, .. } = self;
        decoder.feed(chunk, |text| take_text(index, kept.as_ref(), text));
    }

    fn progress(&self, packing: Packing, blob: &Blob) -> Progress {
        let progress = self.analyzer.progress();
        Progress {
            bytes_read: self.n_bytes,
            bytes_total: (packing == Packing::None).then(|| size(blob)),
            lines: progress.lines,
            builds_started: progress.builds_started,
            paths_copied: progress.paths_copied,
            failures: progress.failures,
        }
    }

    fn finish(mut self, packing: Packing, blob: &Blob) -> Result<Read, ReadError> {
        let Self { decoder, index, kept, .. } = &mut self;
        decoder.finish(|text| take_text(index, kept.as_ref(), text));
        index.finish();
        let mut report = self.analyzer.finish();
        if packing == Packing::Gzip {
            report.source.bytes = size(blob);
            report.source.compression = Some("gzip".to_owned());
        }
        if self.is_damaged {
            report.source.truncated = true;
            report.notes.push(
                "The packed file is cut off or damaged; what could be unpacked was read."
                    .to_owned(),
            );
        }
        let text = match &self.kept {
            Some(pieces) => Blob::new_with_u8_array_sequence(pieces)?,
            None => blob.clone(),
        };
        Ok(Read { report, text: LogText { blob: text, index: self.index } })
    }
}

fn take_text(index: &mut LogIndex, kept: Option<&Array>, text: &[u8]) {
    index.feed(text);
    if let Some(kept) = kept {
        kept.push(&Uint8Array::from(text));
    }
}

/// Bytes in a blob. Browsers count them in an `f64`, exactly up to 2^53.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length is neither")]
fn size(blob: &Blob) -> u64 {
    blob.size() as u64
}

/// The chunks of a stream, one after the other in the same memory.
pub(super) struct Chunks {
    reader: ReadableStreamDefaultReader,
    buffer: Vec<u8>,
}

impl Chunks {
    pub(super) fn of(stream: &ReadableStream) -> Self {
        Self { reader: stream.get_reader().unchecked_into(), buffer: Vec::new() }
    }

    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    ///
    /// The stream breaks off.
    pub(super) async fn next(&mut self) -> Result<Option<&[u8]>, JsValue> {
        let result = JsFuture::from(self.reader.read()).await?;
        if Reflect::get(&result, &"done".into())?.is_truthy() {
            return Ok(None);
        }
        let chunk: Uint8Array = Reflect::get(&result, &"value".into())?.dyn_into()?;
        self.buffer.resize(chunk.length() as usize, 0);
        chunk.copy_to(&mut self.buffer);
        Ok(Some(&self.buffer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_files_are_told_by_their_first_bytes() {
        assert_eq!(Packing::of(b"\x1F\x8B\x08"), Ok(Packing::Gzip));
        assert_eq!(Packing::of(b"building"), Ok(Packing::None));
        assert_eq!(Packing::of(b""), Ok(Packing::None));
        assert_eq!(Packing::of(b"\xFD7zXZ\0"), Err(ReadError::Packed("xz")));
    }

    #[test]
    fn error_says_what_to_do() {
        let sentence = ReadError::Packed("zstd").to_string();
        assert_eq!(sentence, "This file is packed with zstd. Unpack it and choose the text in it.");
    }
}
