//! The link that holds a report: the fragment of an address, `r1` and base64url.

mod base64url;
mod bytes;
mod coder;
mod error;
mod field;
mod frame;
mod history;
mod listed;
mod logistic;
mod memory;
mod model;
mod moment;
mod name_form;
mod name_table;
mod names;
#[cfg(feature = "seal")]
mod password;
mod revision;
pub mod seal;
mod step;
mod stream;
mod tables;
mod text;
mod versions;
mod walk;

use analyzer::report::{LinkLevel, Report};
use serde::{Deserialize, Serialize};

pub use error::{Damage, OpenError};
pub use frame::{level, to_fragment};
pub use tables::Tables;

use coder::Ending;
use frame::Frame;
use stream::{Fault, Stream};

/// What a link held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// What could be read of the report; all of it, unless there is [`damage`](Self::damage).
    pub report: Report,
    /// How much the link was to carry.
    pub level: LinkLevel,
    /// What is missing, of a link that was cut.
    pub damage: Option<Damage>,
}

/// The fragment of a link that holds the report at that level, without `#`: `r1…`.
///
/// What no link can hold, being more than tens of thousands of packages, is left for the next
/// lower level.
pub fn encode(report: &Report, level: LinkLevel, tables: &Tables) -> String {
    frame::to_fragment(&encode_frame(report, level, tables))
}

/// The bytes in such a fragment: what is encrypted if the link is to need a password.
pub fn encode_frame(report: &Report, level: LinkLevel, tables: &Tables) -> Vec<u8> {
    let mut lower = LinkLevel::ALL.into_iter().rev().filter(|lower| *lower <= level);
    let frame = |level| {
        let mut stream = Stream::writer(tables);
        walk::report(&mut stream, level, &mut report.at_level(level));
        Some(Frame::write(level, &stream.finish()?))
    };
    lower.find_map(frame).unwrap_or_default()
}

/// Reads a link: a bare fragment, one after `#`, or a whole address.
///
/// # Errors
///
/// [`OpenError`] says what is wrong with it. A link that was cut is no error as long as something
/// of it can be read: then there is [`Opened::damage`].
pub fn decode(fragment: &str, tables: &Tables) -> Result<Opened, OpenError> {
    decode_frame(&frame::from_fragment(fragment)?, tables)
}

/// Reads the bytes of [`encode_frame`].
///
/// # Errors
///
/// As of [`decode`].
pub fn decode_frame(bytes: &[u8], tables: &Tables) -> Result<Opened, OpenError> {
    let frame = Frame::read(bytes)?;
    let ending = if frame.is_whole() { Ending::Whole } else { Ending::Cut };
    let mut stream = Stream::reader(&frame.body, ending, tables);
    let mut report = walk::blank();
    walk::report(&mut stream, frame.level, &mut report);
    let damage = match (stream.fault(), ending) {
        (None, Ending::Whole) => None,
        // What was missing did not matter, or the length was changed.
        (None | Some(Fault::Exhausted), Ending::Cut) if !report.runs.is_empty() => {
            Some(frame.damage())
        }
        (None | Some(Fault::Exhausted), Ending::Cut) => return Err(OpenError::Cut),
        (Some(Fault::TooLarge), _) => return Err(OpenError::TooLarge),
        (Some(_), _) => return Err(OpenError::Changed),
    };
    Ok(Opened { report, level: frame.level, damage })
}
