//! What the page is told of a link that somebody opens.

use analyzer::Report;
use analyzer::report::LinkLevel;
use serde::{Deserialize, Serialize};

use crate::link::{self, OpenError, Opened, Tables};

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
    /// It is encrypted.
    Locked,
    /// Nothing can be read, for the reason that this sentence gives.
    Refused(String),
}

impl Answer {
    /// Opens a link; there are no tables where they could not be loaded.
    pub fn of(fragment: &str, tables: Option<&Tables>) -> Self {
        let opened =
            tables.ok_or(OpenError::OtherTables).and_then(|tables| link::decode(fragment, tables));
        match opened {
            Ok(Opened { report, level, damage }) => {
                let warning = damage.map(|damage| damage.to_string());
                Self::Opened { report: Box::new(report), level, warning }
            }
            Err(OpenError::NeedsPassword) => Self::Locked,
            Err(error) => Self::Refused(error.to_string()),
        }
    }
}
