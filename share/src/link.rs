//! The link that holds a report: the fragment of an address, `r1` and base64url.

mod base64url;
mod error;
mod frame;
mod tables;

use analyzer::report::{LinkLevel, Report};
use serde::{Deserialize, Serialize};

pub use error::{Damage, OpenError};
pub use tables::Tables;

use frame::Frame;

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
pub fn encode(report: &Report, level: LinkLevel, tables: &Tables) -> String {
    let _ = tables;
    let body = postcard::to_allocvec(&report.at_level(level)).unwrap_or_default();
    Frame { level, body }.write()
}

/// Reads a link: a bare fragment, one after `#`, or a whole address.
///
/// # Errors
///
/// [`OpenError`] says what is wrong with it. A link that was cut is no error as long as something
/// of it can be read: then there is [`Opened::damage`].
pub fn decode(fragment: &str, tables: &Tables) -> Result<Opened, OpenError> {
    let _ = tables;
    let frame = Frame::read(fragment)?;
    let report = postcard::from_bytes(&frame.body).map_err(|_| OpenError::Changed)?;
    Ok(Opened { report, level: frame.level, damage: None })
}
