//! What the page is told of a link that somebody opens, by the program of the crate `link`.

use analyzer::Report;
use analyzer::report::LinkLevel;
use serde::{Deserialize, Serialize};

use crate::link::seal::Sealed;

/// What the page asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Open a link: a bare fragment, one after `#`, or a whole address.
    Open(String),
    /// Open what was encrypted in a link.
    OpenDecrypted(Vec<u8>),
}

/// What is in a link, with sentences for what is wrong with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// A report.
    Opened {
        /// What could be read of it.
        report: Box<Report>,
        /// How much the link was to carry.
        level: LinkLevel,
        /// The sentence on what is missing, of a link that was cut.
        warning: Option<String>,
    },
    /// It needs a password.
    Locked(Sealed),
    /// Nothing can be read, for the reason that this sentence gives.
    Refused(String),
}
