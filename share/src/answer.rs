//! What the page is told of a link that somebody opens, by the program of the crate `link`.

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
    /// A report. Behind this stand what could be read of it, how much the link was to carry, a
    /// [`LinkLevel`](analyzer::report::LinkLevel), and the sentence on what is missing, an
    /// `Option` of text, of a link that was cut.
    Opened,
    /// It needs a password.
    Locked(Sealed),
    /// Nothing can be read, for the reason that this sentence gives.
    Refused(String),
}
