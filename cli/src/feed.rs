//! Feeds what reads a log with one that may be packed.

use analyzer::{Analyzer, Reading};
use share::mask::{NameFinder, Names};
use unpack::{BEFORE, Format, UnpackError, Unpacker};

use crate::kept::{Kept, KeptError};

/// More than this is not unpacked: a small file can hold endless zeros. No log is as large.
const MAX_UNPACKED_BYTES: u64 = 16 << 30;

/// The way of the bytes to those that read them.
pub(crate) struct Feed {
    readers: Readers,
    way: Way,
    /// Bytes as they came.
    n_bytes: u64,
}

/// Why nothing could be read.
#[derive(Debug)]
pub(crate) enum FeedError {
    /// It is packed, and nothing of it can be unpacked.
    Packed(UnpackError),
    /// It is a report that was kept, and cannot be read.
    Kept(KeptError),
}

/// What reads the log.
#[derive(Default)]
struct Readers {
    kept: Kept,
    analyzer: Analyzer,
    /// Looks for names, if somebody wants to know them.
    names: Option<NameFinder>,
}

/// What was read.
enum Read {
    /// A log or a listing.
    Log(Reading),
    /// A report.
    Kept(Reading),
}

impl Readers {
    fn feed(&mut self, text: &[u8]) {
        let analyzer = &mut self.analyzer;
        self.kept.feed(text, |text| analyzer.feed(text));
        if let Some(names) = &mut self.names {
            names.feed(text);
        }
    }

    fn finish(mut self) -> Result<(Read, Names), FeedError> {
        let names = self.names.map(NameFinder::finish).unwrap_or_default();
        let read = match self.kept.finish() {
            Ok(report) => {
                let report = report.map_err(FeedError::Kept)?;
                Read::Kept(Reading { report, listed: None })
            }
            Err(rest) => {
                self.analyzer.feed(&rest);
                Read::Log(self.analyzer.finish_reading())
            }
        };
        Ok((read, names))
    }
}

/// Whether the names of users and machines are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Search {
    /// They are not.
    Nothing,
    /// They are.
    Names,
}

/// What becomes of the bytes.
enum Way {
    /// Too few came to tell.
    Unknown(Vec<u8>),
    /// They are the log.
    Plain,
    /// They hold the log.
    Packed(Packed),
}

struct Packed {
    unpacker: Unpacker,
    n_unpacked: u64,
    error: Option<UnpackError>,
}

impl Feed {
    /// The way to an analyzer and, if names are looked for, to what finds them.
    pub(crate) fn new(search: Search) -> Self {
        let names = (search == Search::Names).then(NameFinder::default);
        let readers = Readers { names, ..Readers::default() };
        Self { readers, way: Way::Unknown(Vec::new()), n_bytes: 0 }
    }

    /// Takes the next bytes.
    pub(crate) fn feed(&mut self, chunk: &[u8]) {
        self.n_bytes += chunk.len() as u64;
        match &mut self.way {
            Way::Plain => self.readers.feed(chunk),
            Way::Packed(packed) => packed.feed(&mut self.readers, chunk),
            Way::Unknown(head) => {
                head.extend_from_slice(chunk);
                if head.len() >= Format::HEAD_LEN {
                    self.choose();
                }
            }
        }
    }

    /// Takes the end, and gives what was read.
    ///
    /// # Errors
    ///
    /// What was packed could not be unpacked at all, or is a report that cannot be read.
    pub(crate) fn finish(mut self) -> Result<(Reading, Names), FeedError> {
        self.choose();
        if let Way::Packed(packed) = self.way {
            return packed.finish(self.readers, self.n_bytes);
        }
        let (Read::Log(reading) | Read::Kept(reading), names) = self.readers.finish()?;
        Ok((reading, names))
    }

    fn choose(&mut self) {
        let Way::Unknown(head) = &mut self.way else { return };
        let head = std::mem::take(head);
        let unpacker = Format::of(&head).and_then(|it| Unpacker::new(it, MAX_UNPACKED_BYTES));
        let Some(unpacker) = unpacker else {
            self.readers.feed(&head);
            self.way = Way::Plain;
            return;
        };
        let mut packed = Packed { unpacker, n_unpacked: 0, error: None };
        packed.feed(&mut self.readers, &head);
        self.way = Way::Packed(packed);
    }
}

impl Packed {
    fn feed(&mut self, readers: &mut Readers, chunk: &[u8]) {
        if self.error.is_none() {
            let n_unpacked = &mut self.n_unpacked;
            let result = self.unpacker.feed(chunk, &mut |text| take(readers, n_unpacked, text));
            self.error = result.err();
        }
    }

    fn finish(mut self, mut readers: Readers, n_bytes: u64) -> Result<(Reading, Names), FeedError> {
        let n_unpacked = &mut self.n_unpacked;
        let result = self.unpacker.finish(&mut |text| take(&mut readers, n_unpacked, text));
        let error = self.error.or(result.err());
        if let Some(error) = error.filter(|_| self.n_unpacked == 0) {
            return Err(FeedError::Packed(error));
        }
        let (mut reading, names) = match readers.finish()? {
            (Read::Kept(reading), names) => return Ok((reading, names)),
            (Read::Log(reading), names) => (reading, names),
        };
        let report = &mut reading.report;
        report.source.bytes = n_bytes;
        report.source.compression = Some(self.unpacker.description());
        if let Some(error) = error {
            report.source.truncated = true;
            report.notes.insert(0, format!("{error} {BEFORE}"));
        }
        report.notes.extend(self.unpacker.archive().and_then(unpack::Archive::note));
        Ok((reading, names))
    }
}

fn take(readers: &mut Readers, n_unpacked: &mut u64, text: &[u8]) {
    *n_unpacked += text.len() as u64;
    readers.feed(text);
}
