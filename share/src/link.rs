//! The link that holds a report: the fragment of an address, `r1` and base64url.
//!
//! The crate `link` has the format; here is what reports are in it.

#[cfg(feature = "seal")]
mod password;
pub mod seal;

use analyzer::report::{LinkLevel, Report};
use link::Level;

pub use link::{Damage, OpenError, Tables, to_fragment};

/// What a link held.
#[derive(Clone, Debug, PartialEq)]
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
    to_fragment(&encode_frame(report, level, tables))
}

/// The bytes in such a fragment: what is encrypted if the link is to need a password.
pub fn encode_frame(report: &Report, level: LinkLevel, tables: &Tables) -> Vec<u8> {
    let mut lower = LinkLevel::ALL.into_iter().rev().filter(|lower| *lower <= level);
    let frame = |level| {
        let report = postcard::to_allocvec(&report.at_level(level)).ok()?;
        link::encode_frame(&report, to_level(level), tables)
    };
    lower.find_map(frame).unwrap_or_default()
}

/// Reads a link: a bare fragment, one after `#`, or a whole address.
///
/// # Errors
///
/// [`OpenError`] says what is wrong with it. A link that was cut is no error as long as something
/// of it can be read: then there is [`Opened::damage`].
pub fn decode(link: &str, tables: &Tables) -> Result<Opened, OpenError> {
    opened(link::decode(link, tables)?)
}

/// Reads the bytes of [`encode_frame`].
///
/// # Errors
///
/// As of [`decode`].
pub fn decode_frame(bytes: &[u8], tables: &Tables) -> Result<Opened, OpenError> {
    opened(link::decode_frame(bytes, tables)?)
}

/// The level that the first byte of a frame tells.
pub fn level(head: u8) -> Option<LinkLevel> {
    link::level(head).map(of_level)
}

fn opened(opened: link::Opened) -> Result<Opened, OpenError> {
    let link::Opened { report, level, damage } = opened;
    // Another form would be a mistake of this program.
    let report = postcard::from_bytes(&report).map_err(|_| OpenError::Changed)?;
    Ok(Opened { report, level: of_level(level), damage })
}

fn to_level(level: LinkLevel) -> Level {
    match level {
        LinkLevel::Verdict => Level::Verdict,
        LinkLevel::Changes => Level::Changes,
        LinkLevel::Full => Level::Full,
    }
}

fn of_level(level: Level) -> LinkLevel {
    match level {
        Level::Verdict => LinkLevel::Verdict,
        Level::Changes => LinkLevel::Changes,
        Level::Full => LinkLevel::Full,
    }
}
