//! Recognises an input that is a report already: one that was saved as JSON, or a link that holds
//! one.

use std::fmt;

use analyzer::Report;
use analyzer::report::SCHEMA;
use serde_json::Value;

use crate::links::{self, LinkError};

/// More than this is no report of ours.
const MAX_BYTES: usize = 256 << 20;

/// More than this is no link of ours.
const MAX_LINK_BYTES: usize = 4 << 20;

/// The first bytes of a text, or all of one that may be a report.
#[derive(Default)]
pub(crate) struct Kept {
    held: Vec<u8>,
    seems: Seems,
}

/// What a text seems to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Seems {
    /// Too little of it is here.
    #[default]
    Open,
    /// Something else.
    Other,
    /// A report as JSON.
    Report,
    /// A link.
    Link,
}

/// Why a report that was kept cannot be read.
#[derive(Debug)]
pub(crate) enum KeptError {
    /// It was saved by another version, with this number of its form.
    OtherSchema(u64),
    /// It is not whole, or was changed.
    Damaged(serde_json::Error),
    /// It is in a link that cannot be read.
    Link(LinkError),
}

impl fmt::Display for KeptError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherSchema(schema) if *schema > SCHEMA.into() => write!(
                out,
                "This report was saved by a newer version: its schema is {schema}, and this \
                 version knows {SCHEMA}. Install the newer one."
            ),
            Self::OtherSchema(schema) => write!(
                out,
                "This report was saved by an older version: its schema is {schema}, and this \
                 version knows {SCHEMA}. Make it again from its log."
            ),
            Self::Damaged(error) => {
                write!(out, "This saved report is cut off, or not as it was saved: {error}.")
            }
            Self::Link(error) => write!(out, "{error}"),
        }
    }
}

impl Kept {
    /// Takes the next text, and gives what is to be read as a log.
    pub(crate) fn feed(&mut self, text: &[u8], read: impl FnOnce(&[u8])) {
        if self.seems == Seems::Other {
            return read(text);
        }
        self.held.extend_from_slice(text);
        self.seems = seeming(&self.held);
        if self.seems == Seems::Other {
            read(&std::mem::take(&mut self.held));
        }
    }

    /// Takes the end, and gives the report if there is one, else what is to be read as a log.
    pub(crate) fn finish(self) -> Result<Result<Report, KeptError>, Vec<u8>> {
        match self.seems {
            Seems::Report => match saved(&self.held) {
                Some(report) => Ok(report),
                None => Err(self.held),
            },
            Seems::Link => Ok(linked(&self.held)),
            Seems::Open | Seems::Other => Err(self.held),
        }
    }
}

fn seeming(text: &[u8]) -> Seems {
    let text = text.trim_ascii_start();
    if text.len() > MAX_BYTES {
        return Seems::Other;
    }
    if let Some(rest) = text.strip_prefix(b"{") {
        let rest = rest.trim_ascii_start();
        return when(
            b"\"schema\"".starts_with(&rest[..rest.len().min(8)]),
            rest.len() >= 8,
            Seems::Report,
        );
    }
    let is_one_line =
        text.len() <= MAX_LINK_BYTES && text.trim_ascii_end().iter().all(u8::is_ascii_graphic);
    let starts = [&b"#r0"[..], b"r0", b"http://", b"https://"];
    // Any digit may stand for the version of the link.
    let is_same =
        |(one, start): (&u8, &u8)| one == start || (*start == b'0' && one.is_ascii_digit());
    let is_start = |start: &&&[u8]| text.iter().zip(**start).all(is_same);
    let fitting: Vec<_> = starts.iter().filter(is_start).collect();
    let is_whole = fitting.iter().any(|start| text.len() >= start.len());
    when(is_one_line && !fitting.is_empty(), is_whole, Seems::Link)
}

/// What it seems to be if it fits so far, and enough is here to tell.
fn when(fits: bool, is_enough: bool, seems: Seems) -> Seems {
    match (fits, is_enough) {
        (false, _) => Seems::Other,
        (true, true) => seems,
        (true, false) => Seems::Open,
    }
}

/// The report of a JSON file; `None` if it is a file of something else.
fn saved(text: &[u8]) -> Option<Result<Report, KeptError>> {
    let error = match serde_json::from_slice::<Report>(text) {
        Ok(report) if report.schema == SCHEMA => return Some(Ok(report)),
        Ok(report) => return Some(Err(KeptError::OtherSchema(report.schema.into()))),
        Err(error) => error,
    };
    match serde_json::from_slice::<Value>(text).as_ref().map(|value| &value["schema"]) {
        // It is cut off: another program would hardly begin so.
        Err(_) => Some(Err(KeptError::Damaged(error))),
        Ok(schema) => match schema.as_u64()? {
            schema if schema == u64::from(SCHEMA) => Some(Err(KeptError::Damaged(error))),
            schema => Some(Err(KeptError::OtherSchema(schema))),
        },
    }
}

fn linked(text: &[u8]) -> Result<Report, KeptError> {
    let link = String::from_utf8_lossy(text);
    let mut opened = links::read(&link, None).map_err(KeptError::Link)?;
    if let Some(damage) = opened.damage {
        opened.report.source.truncated = true;
        opened.report.notes.push(damage.to_string());
    }
    Ok(opened.report)
}

/// Whether a word on the command line is a link rather than the name of a file.
pub(crate) fn is_link(word: &str) -> bool {
    let fragment = word.rsplit_once('#').map_or(word, |(_, fragment)| fragment);
    let version = fragment.strip_prefix('r').unwrap_or_default();
    version.starts_with(|c: char| c.is_ascii_digit())
        && word.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a text seems to be when it comes byte by byte.
    fn seems(text: &str) -> Seems {
        let mut kept = Kept::default();
        text.bytes().for_each(|byte| kept.feed(&[byte], |_| {}));
        kept.seems
    }

    #[test]
    fn reports_and_links_are_told_from_logs() {
        for (text, expected) in [
            ("{\"schema\":1,", Seems::Report),
            ("\n{\n  \"schema\" : 1", Seems::Report),
            ("{\"sch", Seems::Open),
            ("{\"path\":1}", Seems::Other),
            ("#r1abc\n", Seems::Link),
            ("r1abc", Seems::Link),
            ("r9", Seems::Link),
            ("running", Seems::Other),
            ("https://example.org/#r1abc", Seems::Link),
            ("https://example.org/ is down\n", Seems::Other),
            ("https://example.org/\nbuilding", Seems::Other),
            ("running phase: buildPhase\n", Seems::Other),
            ("", Seems::Open),
        ] {
            assert_eq!(seems(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_report_is_read_as_a_log_without_a_byte_lost() {
        for text in ["{\"sch", "r", "{\"schema\":\"x\"}", "{\"path\":1}", "a\nb"] {
            let (mut kept, mut read) = (Kept::default(), Vec::new());
            text.bytes().for_each(|byte| kept.feed(&[byte], |text| read.extend_from_slice(text)));
            read.extend(kept.finish().expect_err(text));
            assert_eq!(String::from_utf8_lossy(&read), text);
        }
    }

    #[test]
    fn reports_of_other_versions_have_a_sentence() {
        let error = |text: &str| saved(text.as_bytes()).unwrap().unwrap_err().to_string();
        assert!(error("{\"schema\":2,\"runs\":[]}").contains("newer version: its schema is 2"));
        assert!(error("{\"schema\":0}").contains("older version: its schema is 0"));
        assert!(error("{\"schema\":1,\"runs\":[]}").contains("not as it was saved"));
        assert!(error("{\"schema\":1,\"ru").contains("cut off"));
    }

    #[test]
    fn links_are_told_from_files() {
        for (word, expected) in [
            ("r1abc", true),
            ("#r1abc", true),
            ("https://example.org/#r1", true),
            ("rebuild.log", false),
            ("old#readme", false),
            ("r1 of may.log", false),
        ] {
            assert_eq!(is_link(word), expected, "{word}");
        }
    }
}
