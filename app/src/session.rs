//! What is loaded, from the first byte to the report.

use std::sync::Arc;

use analyzer::Report;
use analyzer::report::LinkLevel;
use share::link::seal::Sealed;

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
    /// A link is being opened.
    Opening,
    /// The link that was opened needs a password.
    Locked {
        /// What the password opens.
        sealed: Arc<Sealed>,
        /// What came of the last one.
        last: Attempt,
    },
    /// A log was read, or a link was opened.
    Done {
        /// What the person knows it by.
        name: String,
        /// What it says.
        report: Arc<Report>,
        /// Where the report comes from.
        origin: Origin,
    },
    /// A listing of store paths was read.
    Listing {
        /// What the person knows it by.
        name: String,
        /// What it is, in its notes, and how many lines it has.
        report: Arc<Report>,
    },
    /// Something was read that is neither.
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

/// What came of the password that was given last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// None was given.
    None,
    /// It did not open the link.
    Wrong,
}

/// What is said of a wrong password.
pub const WRONG: &str = "This password does not open the link, or the link was changed.";

/// Where a report comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From a log, whose text is there.
    Log,
    /// From a link, with no log behind it.
    Link {
        /// How much of the report the link carries.
        level: LinkLevel,
        /// What is missing, of a link that was cut.
        warning: Option<Arc<str>>,
    },
}

impl Origin {
    /// Whether a part of the report is missing.
    pub fn is_cut(&self) -> bool {
        matches!(self, Self::Link { warning: Some(_), .. })
    }
}

impl Session {
    /// Starts to read.
    pub fn reading(name: &str) -> Self {
        Self::Reading { name: name.to_owned(), progress: Progress::default() }
    }

    /// What became of an input that was read to its end.
    pub fn read(name: String, report: Report) -> Self {
        if !report.runs.is_empty() {
            return Self::Done { name, report: Arc::new(report), origin: Origin::Log };
        }
        if report.source.listing.is_some() {
            return Self::Listing { name, report: Arc::new(report) };
        }
        Self::NotALog { name, sentence: not_a_log(&report) }
    }

    /// Something that has no name could not be read.
    pub fn failed(message: String) -> Self {
        Self::Failed { name: String::new(), message }
    }

    /// What the person knows the log by; empty if there is none.
    pub fn name(&self) -> &str {
        match self {
            Self::Empty | Self::Opening | Self::Locked { .. } => "",
            Self::Reading { name, .. }
            | Self::Done { name, .. }
            | Self::Listing { name, .. }
            | Self::NotALog { name, .. }
            | Self::Failed { name, .. } => name,
        }
    }

    /// What a screen reader says on arrival; empty while there is nothing new to say.
    pub fn announcement(&self) -> String {
        match self {
            Self::Empty | Self::Opening => String::new(),
            Self::Locked { last: Attempt::None, .. } => "This report needs a password.".to_owned(),
            Self::Locked { last: Attempt::Wrong, .. } => WRONG.to_owned(),
            Self::Reading { name, .. } => format!("Reading {name}."),
            Self::Done { report, .. } => verdict(report),
            Self::Listing { report, .. } => notes(report),
            Self::NotALog { sentence, .. } => sentence.clone(),
            Self::Failed { message, .. } => message.clone(),
        }
    }
}

/// What the analyzer says of an input that is no log, or else what could have been read.
fn not_a_log(report: &Report) -> String {
    let said = notes(report);
    if said.is_empty() { NOT_A_LOG.to_owned() } else { said }
}

const NOT_A_LOG: &str = "Nothing in it was printed by a rebuild. What can be read: the output of \
                         nixos-rebuild, nix or nvd, or a journal that contains it.";

fn notes(report: &Report) -> String {
    report.notes.join(" ")
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
