//! The way in: bytes are fed, a report comes out.

use crate::diagnostic;
use crate::report::{Report, SCHEMA, Source};

/// Reads a log in chunks of any size.
#[derive(Debug, Default)]
pub struct Analyzer {
    source: Source,
}

/// How far an [`Analyzer`] has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes fed.
    pub bytes: u64,
    /// Complete lines read.
    pub lines: u32,
    /// Builds that have started.
    pub builds_started: u32,
    /// Store paths that are copied.
    pub paths_copied: u32,
    /// Failures seen.
    pub failures: u32,
}

impl Analyzer {
    /// Takes the next bytes of the log.
    pub fn feed(&mut self, chunk: &[u8]) {
        self.source.bytes += chunk.len() as u64;
        self.source.lines += u32::try_from(memchr::memchr_iter(b'\n', chunk).count()).unwrap_or(0);
    }

    /// Says how far it has come.
    pub fn progress(&self) -> Progress {
        Progress { bytes: self.source.bytes, lines: self.source.lines, ..Progress::default() }
    }

    /// Takes the end of the log and gives the report.
    pub fn finish(self) -> Report {
        let runs = Vec::new();
        Report {
            schema: SCHEMA,
            findings: diagnostic::findings(&self.source, &runs),
            source: self.source,
            runs,
            notes: Vec::new(),
        }
    }
}
