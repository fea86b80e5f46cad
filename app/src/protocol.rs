//! What the page and its worker say to each other.
//!
//! Messages travel as bytes, so both sides share these types and nothing else.
//! Both programs come from one build: the form of the bytes promises nothing beyond it,
//! and [`Response::Ready`] says which build it is.
//! Before [`Response::Done`] comes an object with the text of the log, as a blob, and the bytes of
//! its [`lines::LineIndex`].

pub mod lines;
#[cfg(feature = "page")]
pub mod report;

use serde::{Deserialize, Serialize};

/// The build that this program is part of: a hash of its sources.
pub const BUILD_ID: &str = env!("BUILD_ID");

/// What the page asks for. To cancel, the page ends the worker and starts another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Read the log that is sent along as a blob.
    Analyze,
}

/// What the worker answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// The worker listens. It says so before anything else, since what is sent earlier is lost.
    Ready {
        /// The worker's [`BUILD_ID`].
        build_id: String,
    },
    /// Reading goes on.
    Progress(Progress),
    /// All was read. Behind this stands the report, which is without runs if it was no log, and
    /// behind that what the input lists, an `Option` of an inventory: the page hands both on to the
    /// program that compares, and reads no more than the report itself.
    Done,
    /// The input could not be read.
    Failed {
        /// What went wrong and what the person can do, in plain words.
        message: String,
    },
}

/// How far the worker has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Bytes of the file that were read.
    pub bytes_read: u64,
    /// Bytes of the file; `None` before anything was read.
    pub bytes_total: Option<u64>,
    /// Lines read.
    pub lines: u32,
    /// Builds that have started.
    pub builds_started: u32,
    /// Store paths that are copied.
    pub paths_copied: u32,
    /// Failures seen.
    pub failures: u32,
}

/// What is asked about the plan of a run; the bytes of its report follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanQuestion {
    /// Index of the run in the report.
    pub run: u32,
    /// An earlier run of the same system: its index, and the bytes of its report.
    pub earlier: Option<(u32, Vec<u8>)>,
}

/// What is asked for the figures of an article; the bytes of a report follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawQuestion {
    /// Index of the run in the report.
    pub run: u32,
    /// Names of figures.
    pub figures: Vec<String>,
}

/// Turns a message into bytes; `None` if it is too large to hold.
pub fn to_bytes(message: &impl Serialize) -> Option<Vec<u8>> {
    postcard::to_stdvec(message).ok()
}

/// Turns bytes back into a message; `None` if another build wrote them. What stands behind the
/// message is passed over.
pub fn from_bytes<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

/// Takes a value off the front of bytes, and gives what stands behind it.
pub fn take<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<(T, &'a [u8])> {
    postcard::take_from_bytes(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(response: &Response) {
        let bytes = to_bytes(response).unwrap();
        assert_eq!(from_bytes::<Response>(&bytes).as_ref(), Some(response));
    }

    #[test]
    fn every_response_comes_back_as_it_was_sent() {
        check(&Response::Ready { build_id: BUILD_ID.to_owned() });
        check(&Response::Progress(Progress { bytes_read: 1 << 40, ..Progress::default() }));
        check(&Response::Done);
    }

    #[test]
    fn what_stands_behind_a_message_is_passed_over() {
        let bytes = to_bytes(&(&Response::Done, "more")).unwrap();
        assert_eq!(from_bytes::<Response>(&bytes), Some(Response::Done));
        let (response, rest): (Response, _) = take(&bytes).unwrap();
        assert_eq!((response, from_bytes(rest)), (Response::Done, Some("more")));
    }

    #[test]
    fn bytes_of_another_kind_are_no_message() {
        assert_eq!(from_bytes::<Response>(b"\xff\xff\xff"), None);
        assert_eq!(from_bytes::<Request>(b""), None);
    }
}
