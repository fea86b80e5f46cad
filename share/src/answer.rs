//! What the page is told of a link that somebody opens.

use analyzer::Report;
use analyzer::report::LinkLevel;
use serde::{Deserialize, Serialize};

use crate::link::seal::Sealed;
use crate::link::{self, OpenError, Opened, Tables};

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

impl Answer {
    /// Answers the page; there are no tables where they could not be loaded.
    pub fn to(request: &Request, tables: Option<&Tables>) -> Self {
        found(request, tables).unwrap_or_else(|error| Self::Refused(error.to_string()))
    }
}

fn found(request: &Request, tables: Option<&Tables>) -> Result<Answer, OpenError> {
    let tables = tables.ok_or(OpenError::OtherTables)?;
    let Opened { report, level, damage } = match request {
        Request::Open(link) => match Sealed::from_fragment(link)? {
            Some(sealed) => return Ok(Answer::Locked(sealed)),
            None => link::decode(link, tables)?,
        },
        Request::OpenDecrypted(frame) => link::decode_frame(frame, tables)?,
    };
    let warning = damage.map(|damage| damage.to_string());
    Ok(Answer::Opened { report: Box::new(report), level, warning })
}
