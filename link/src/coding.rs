//! Reports, in the form of postcard, to frames and back.

use alloc::vec::Vec;

use bits::{Coder, Ending, Fault};

#[cfg(feature = "write")]
use crate::bytes::Bytes;
use crate::error::{Damage, OpenError};
use crate::frame::{self, Frame};
use crate::level::Level;
use crate::report::{REPORT, Report};
use crate::stream::Stream;
use crate::tables::Tables;
use crate::value::Value;
use crate::walk;

/// What a link held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The report in the form of postcard, or what could be read of it if there is
    /// [`damage`](Self::damage).
    pub report: Vec<u8>,
    /// How much the link was to carry.
    pub level: Level,
    /// What is missing, of a link that was cut.
    pub damage: Option<Damage>,
}

/// The bytes of a link that holds the report: what is encrypted if it is to need a password.
///
/// The report is in the form of postcard, and has what its level has. `None` if it is larger than
/// links can be, which is tens of thousands of packages, or no report.
#[cfg(feature = "write")]
pub fn encode_frame(report: &[u8], level: Level, tables: &Tables) -> Option<Vec<u8>> {
    let mut report = REPORT.read(&mut Bytes::new(report))?;
    let mut stream = tables.stream(Coder::writer());
    walk::report(&mut stream, level, &mut report);
    Some(frame::write(level, &stream.finish()?))
}

/// Reads a link: a bare fragment, one after `#`, or a whole address.
///
/// # Errors
///
/// [`OpenError`] says what is wrong with it. A link that was cut is no error as long as something
/// of it can be read: then there is [`Opened::damage`].
pub fn decode(link: &str, tables: &Tables) -> Result<Opened, OpenError> {
    decode_frame(&frame::from_fragment(link.as_bytes())?, tables)
}

/// Reads the bytes of [`encode_frame`].
///
/// # Errors
///
/// As of [`decode`].
pub fn decode_frame(bytes: &[u8], tables: &Tables) -> Result<Opened, OpenError> {
    decode_once(bytes, tables.clone())
}

/// As [`decode_frame`], for tables that are used for nothing after.
pub(crate) fn decode_once(bytes: &[u8], tables: Tables) -> Result<Opened, OpenError> {
    let frame = Frame::read(bytes)?;
    let ending = if frame.is_whole() { Ending::Whole } else { Ending::Cut };
    let Tables { names, model, memory } = tables;
    let mut stream = Stream::new(Coder::reader(frame.body, ending), &names, model, memory);
    let mut report = Value::None;
    walk::report(&mut stream, frame.level, &mut report);
    let has_runs = !report.at(Report::Runs).items().is_empty();
    let damage = match (stream.fault(), ending) {
        (None, Ending::Whole) => None,
        // What was missing did not matter, or the length was changed.
        (None | Some(Fault::Exhausted), Ending::Cut) if has_runs => Some(frame.damage()),
        (None | Some(Fault::Exhausted), Ending::Cut) => return Err(OpenError::Cut),
        (Some(Fault::TooLarge), _) => return Err(OpenError::TooLarge),
        (Some(_), _) => return Err(OpenError::Changed),
    };
    let mut bytes = Vec::new();
    REPORT.write(&report, &mut bytes);
    Ok(Opened { report: bytes, level: frame.level, damage })
}
