//! Reads a blob from its first byte to its report.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use js_sys::Uint8Array;
use unpack::{BEFORE, Format};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::chunks::{self, Chunks};
use super::log::{Log, Read};
use super::unpacking::{self, MAX_UNPACKED_BYTES};
use crate::protocol::Progress;

/// What `unpack` says of such a file, whose sentences are in the programs that unpack.
const TOO_LARGE: &str = "The packed file holds more than 1024 MiB.";

/// What is said of a file that the browser stops giving.
const BROKEN_OFF: &str = "The browser could not read the file to its end: it may have been moved \
                          or changed meanwhile.";

/// Reads the log in `blob` and tells how far it has come.
///
/// # Errors
///
/// The file cannot be read, or nothing of it can be unpacked.
pub(super) async fn read(blob: &Blob, on_progress: impl Fn(Progress)) -> Result<Read, ReadError> {
    let reader = Reader { blob, on_progress };
    let start = beginning(blob).await?;
    match Format::of(&start) {
        None => reader.plain(&start).await,
        Some(Format::Gzip) => reader.gzip().await,
        Some(format) => reader.packed(format).await,
    }
}

/// Why a log could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ReadError {
    /// The browser does not give the bytes.
    Unreadable,
    /// The program that unpacks this format cannot be had.
    NotLoaded(&'static str),
    /// Nothing could be unpacked, for the reason in this sentence.
    Packed(String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable => f.write_str(
                "The browser could not read the file. \
                 It may have been moved, changed or not be allowed; choose it again.",
            ),
            Self::NotLoaded(format) => write!(
                f,
                "The part of this site that unpacks {format} could not be loaded. \
                 Reload the page and choose the file again, or unpack it yourself."
            ),
            Self::Packed(sentence) => write!(f, "{sentence} Nothing of it could be unpacked."),
        }
    }
}

impl From<JsValue> for ReadError {
    fn from(_: JsValue) -> Self {
        Self::Unreadable
    }
}

struct Reader<'a, F> {
    blob: &'a Blob,
    on_progress: F,
}

impl<F: Fn(Progress)> Reader<'_, F> {
    async fn plain(&self, start: &[u8]) -> Result<Read, ReadError> {
        // What is not UTF-8 is kept as such.
        let mut log =
            if has_byte_order_mark(start) { Log::kept() } else { Log::of_blob(self.blob.clone()) };
        let mut chunks = Chunks::of(&self.blob.stream());
        let is_whole = loop {
            match chunks.next().await {
                Ok(Some(chunk)) => log.feed(chunk),
                Ok(None) => break true,
                Err(error) if log.n_bytes() == 0 => return Err(error.into()),
                Err(_) => break false,
            }
            self.tell(&mut log, None);
        };
        let mut read = log.finish()?;
        if !is_whole {
            read.report.source.truncated = true;
            read.report.notes.insert(0, [BROKEN_OFF, BEFORE].join(" "));
        }
        Ok(read)
    }

    /// The browser reads one member of gzip, if it is sound, and much faster than our own
    /// program; that one reads the rest, and says what is wrong.
    async fn gzip(&self) -> Result<Read, ReadError> {
        let mut log = Log::kept();
        let stream = unpacking::by_browser(self.blob)?;
        let mut chunks = Chunks::of(&stream);
        let is_whole = loop {
            match chunks.next().await {
                Ok(Some(chunk)) if log.n_bytes() == 0 && is_tar(chunk) => break false,
                Ok(Some(chunk)) => log.feed(chunk),
                Ok(None) => break true,
                Err(_) => break false,
            }
            if log.n_bytes() > MAX_UNPACKED_BYTES.into() {
                return self.packed_log(log, "gzip", Some(TOO_LARGE));
            }
            self.tell(&mut log, Some(whole(stream.bytes_read())));
        };
        if is_whole {
            return self.packed_log(log, "gzip", None);
        }
        match self.packed(Format::Gzip).await {
            Err(ReadError::NotLoaded(_)) if log.n_bytes() > 0 => {
                let sentence = "The packed file is cut off, damaged or of several parts.";
                self.packed_log(log, "gzip", Some(sentence))
            }
            read => read,
        }
    }

    async fn packed(&self, format: Format) -> Result<Read, ReadError> {
        let unpacker =
            unpacking::load(format).await.map_err(|_| ReadError::NotLoaded(format.name()))?;
        let log = Rc::new(RefCell::new(Log::kept()));
        let sink = sink_of(log.clone());
        let sink = sink.as_ref().unchecked_ref();
        let mut chunks = Chunks::of(&self.blob.stream());
        let mut n_read = 0;
        let mut error = None;
        loop {
            let Ok(next) = chunks.next_array().await else {
                error = Some(BROKEN_OFF.to_owned());
                break;
            };
            let Some(chunk) = next else { break };
            n_read += u64::from(chunk.length());
            error = said(unpacker.feed(&chunk, sink));
            if error.is_some() {
                break;
            }
            self.tell(&mut log.borrow_mut(), Some(n_read));
        }
        let error = error.or_else(|| said(unpacker.finish(sink)));
        let mut read = self.packed_log(log.take(), &unpacker.description(), error.as_deref())?;
        read.report.notes.extend(unpacker.note());
        unpacker.free();
        Ok(read)
    }

    fn packed_log(
        &self,
        log: Log,
        description: &str,
        error: Option<&str>,
    ) -> Result<Read, ReadError> {
        if let Some(error) = error.filter(|_| log.n_bytes() == 0) {
            return Err(ReadError::Packed(error.to_owned()));
        }
        let mut read = log.finish()?;
        read.report.source.bytes = whole(self.blob.size());
        read.report.source.compression = Some(description.to_owned());
        if let Some(error) = error {
            read.report.source.truncated = true;
            read.report.notes.insert(0, format!("{error} {BEFORE}"));
        }
        Ok(read)
    }

    fn tell(&self, log: &mut Log, n_read: Option<u64>) {
        if let Some(progress) = log.progress(n_read, whole(self.blob.size())) {
            (self.on_progress)(progress);
        }
    }
}

fn sink_of(log: Rc<RefCell<Log>>) -> Closure<dyn FnMut(Uint8Array)> {
    let mut buffer = Vec::new();
    Closure::new(move |text: Uint8Array| {
        chunks::fill(&mut buffer, &text);
        log.borrow_mut().feed(&buffer);
    })
}

/// What an unpacker says; if it stopped, as for want of memory, that.
fn said(result: Result<Option<String>, JsValue>) -> Option<String> {
    result.unwrap_or_else(|_| Some("The program that unpacks the file stopped.".to_owned()))
}

fn is_tar(start: &[u8]) -> bool {
    Format::of(start) == Some(Format::Tar)
}

fn has_byte_order_mark(start: &[u8]) -> bool {
    [b"\xEF\xBB\xBF".as_slice(), b"\xFF\xFE", b"\xFE\xFF"]
        .iter()
        .any(|mark| start.starts_with(mark))
}

async fn beginning(blob: &Blob) -> Result<Vec<u8>, JsValue> {
    let slice = blob.slice_with_f64_and_f64(0.0, Format::HEAD_LEN as f64)?;
    let buffer = JsFuture::from(slice.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Browsers count bytes in an `f64`, exactly up to 2^53.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length is neither")]
fn whole(bytes: f64) -> u64 {
    bytes as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_say_what_to_do() {
        let sentence = ReadError::NotLoaded("zstd").to_string();
        assert!(
            sentence.starts_with("The part of this site that unpacks zstd could not be loaded")
        );
        assert!(sentence.ends_with("or unpack it yourself."));
        let sentence = ReadError::Packed("The packed file is damaged at byte 7.".to_owned());
        let expected = "The packed file is damaged at byte 7. Nothing of it could be unpacked.";
        assert_eq!(sentence.to_string(), expected);
    }

    #[test]
    fn limit_is_told_as_unpack_does() {
        let problem = unpack::Problem::TooLarge(MAX_UNPACKED_BYTES.into());
        assert_eq!(unpack::UnpackError { problem, byte: 0 }.to_string(), TOO_LARGE);
    }

    #[test]
    fn text_that_is_not_utf_8_is_told_by_its_mark() {
        assert!(has_byte_order_mark(b"\xFF\xFEb\0"));
        assert!(!has_byte_order_mark(b"building"));
    }
}
