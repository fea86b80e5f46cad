//! What is loaded, from the first byte to the report.

use std::sync::Arc;

use analyzer::Report;

use crate::protocol::Progress;

/// What is loaded. There is one at a time; the next takes its place.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Session {
    /// Nothing.
    #[default]
    Empty,
    /// A log is being read.
    Reading {
        /// What the person knows it by.
        name: String,
        /// How far reading has come.
        progress: Progress,
    },
    /// A log was read.
    Done {
        /// What the person knows it by.
        name: String,
        /// What it says.
        report: Arc<Report>,
    },
    /// Something was read that is not a log.
    NotALog {
        /// What the person knows it by.
        name: String,
        /// What it seems to be and what could be read, in plain words.
        sentence: String,
    },
    /// Something could not be read.
    Failed {
        /// What the person knows it by.
        name: String,
        /// What went wrong and what the person can do, in plain words.
        message: String,
    },
}

impl Session {
    /// Starts to read.
    pub fn reading(name: &str) -> Self {
        Self::Reading { name: name.to_owned(), progress: Progress::default() }
    }

    /// What the person knows the log by; empty if there is none.
    pub fn name(&self) -> &str {
        match self {
            Self::Empty => "",
            Self::Reading { name, .. }
            | Self::Done { name, .. }
            | Self::NotALog { name, .. }
            | Self::Failed { name, .. } => name,
        }
    }

    /// What a screen reader says on arrival; empty while there is nothing new to say.
    pub fn announcement(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Reading { name, .. } => format!("Reading {name}."),
            Self::Done { report, .. } => verdict(report),
            Self::NotALog { sentence, .. } => sentence.clone(),
            Self::Failed { message, .. } => message.clone(),
        }
    }
}

/// The first sentences of the report, which are those that matter most.
fn verdict(report: &Report) -> String {
    let sentences = report.findings.iter().take(2).map(|finding| finding.text.as_str());
    let mut verdict = "Report ready.".to_owned();
    for sentence in sentences {
        verdict.push(' ');
        verdict.push_str(sentence);
    }
    verdict
}
