//! Feeds an analyzer with a log that may be packed.

use analyzer::{Analyzer, Reading};
use unpack::{BEFORE, Format, UnpackError, Unpacker};

/// More than this is not unpacked: a small file can hold endless zeros. No log is as large.
const MAX_UNPACKED_BYTES: u64 = 16 << 30;

/// The way of the bytes to the analyzer.
pub(crate) struct Feed {
    analyzer: Analyzer,
    way: Way,
    /// Bytes as they came.
    n_bytes: u64,
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

impl Default for Feed {
    fn default() -> Self {
        Self { analyzer: Analyzer::default(), way: Way::Unknown(Vec::new()), n_bytes: 0 }
    }
}

impl Feed {
    /// Takes the next bytes.
    pub(crate) fn feed(&mut self, chunk: &[u8]) {
        self.n_bytes += chunk.len() as u64;
        match &mut self.way {
            Way::Plain => self.analyzer.feed(chunk),
            Way::Packed(packed) => packed.feed(&mut self.analyzer, chunk),
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
    /// What was packed could not be unpacked at all.
    pub(crate) fn finish(mut self) -> Result<Reading, UnpackError> {
        self.choose();
        match self.way {
            Way::Packed(packed) => packed.finish(self.analyzer, self.n_bytes),
            _ => Ok(self.analyzer.finish_reading()),
        }
    }

    fn choose(&mut self) {
        let Way::Unknown(head) = &mut self.way else { return };
        let head = std::mem::take(head);
        let unpacker = Format::of(&head).and_then(|it| Unpacker::new(it, MAX_UNPACKED_BYTES));
        let Some(unpacker) = unpacker else {
            self.analyzer.feed(&head);
            self.way = Way::Plain;
            return;
        };
        let mut packed = Packed { unpacker, n_unpacked: 0, error: None };
        packed.feed(&mut self.analyzer, &head);
        self.way = Way::Packed(packed);
    }
}

impl Packed {
    fn feed(&mut self, analyzer: &mut Analyzer, chunk: &[u8]) {
        if self.error.is_none() {
            let n_unpacked = &mut self.n_unpacked;
            let result = self.unpacker.feed(chunk, &mut |text| take(analyzer, n_unpacked, text));
            self.error = result.err();
        }
    }

    fn finish(mut self, mut analyzer: Analyzer, n_bytes: u64) -> Result<Reading, UnpackError> {
        let n_unpacked = &mut self.n_unpacked;
        let result = self.unpacker.finish(&mut |text| take(&mut analyzer, n_unpacked, text));
        let error = self.error.or(result.err());
        if let Some(error) = error.filter(|_| self.n_unpacked == 0) {
            return Err(error);
        }
        let mut reading = analyzer.finish_reading();
        let report = &mut reading.report;
        report.source.bytes = n_bytes;
        report.source.compression = Some(self.unpacker.description());
        if let Some(error) = error {
            report.source.truncated = true;
            report.notes.insert(0, format!("{error} {BEFORE}"));
        }
        report.notes.extend(self.unpacker.archive().and_then(unpack::Archive::note));
        Ok(reading)
    }
}

fn take(analyzer: &mut Analyzer, n_unpacked: &mut u64, text: &[u8]) {
    *n_unpacked += text.len() as u64;
    analyzer.feed(text);
}
