//! The report: everything that the product says about a log, as plain data.
//!
//! Rules that hold for every field:
//! - **Evidence.** Each fact carries `lines`, the line numbers that it was read from.
//! - **Units in names.** `_s` is seconds, `_bytes` is bytes. Times of day are RFC 3339,
//!   with an offset where the log has one.
//! - **Unknown is not zero.** What the log does not say is `None`.
//! - **Order.** Lists are in log order unless the field says otherwise.
//! - **Names** are split as by `builtins.parseDrvName`, with a known output suffix
//!   taken off the version.

mod at_level;
mod counts;
mod derivation;
mod listing;
mod run;
mod time;

use crate::sorting;

pub use at_level::LinkLevel;
pub use counts::{
    ChangeCounts, Counts, DerivationCounts, FailureCounts, StoreCounts, UnitCounts, WarningCounts,
};
pub use derivation::{
    Confidence, Derivation, DerivationKind, DerivationStatus, Direction, Fetch, FetchStatus, Phase,
    Silence, WhyBuilt, WhyBuiltGuess,
};
pub use listing::{Listing, ListingKind};
pub use run::{
    Activation, Change, ChangeKind, ChangeSource, Closure, Failure, FailureClass, FailureDetails,
    Garbage, Input, InputKind, InputRevision, Level, NixFlavour, NixOrder, Outcome, Plan, Reboot,
    RebootReason, RebootVerdict, Run, System, Tool, UnitLines, Units, Warning, WarningClass,
};
pub use time::{Axis, Binds, Grade, Span, Stage, StageTime, Timeline};

/// The version of the public form of [`Report`].
pub const SCHEMA: u32 = 1;

/// Line numbers as evidence: ranges `[first, last]`, 1-based and inclusive, in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Lines(pub Vec<[u32; 2]>);

impl Lines {
    /// The evidence of a single line.
    pub fn one(line: u32) -> Self {
        Self::range(line, line)
    }

    /// The evidence of all lines from `first` to `last`.
    pub fn range(first: u32, last: u32) -> Self {
        Self(vec![[first, last.max(first)]])
    }

    /// Adds a line; lines come in ascending order, and a neighbour extends the last range.
    pub fn push(&mut self, line: u32) {
        match self.0.last_mut() {
            Some([first, last]) if *first <= line && line <= last.saturating_add(1) => {
                *last = line.max(*last);
            }
            _ => self.0.push([line, line]),
        }
    }

    /// Puts ranges that came in any order into order, and joins those that touch or overlap.
    pub fn tidy(&mut self) {
        sorting::sort(&mut self.0);
        let mut tidy: Vec<[u32; 2]> = Vec::with_capacity(self.0.len());
        for [first, last] in std::mem::take(&mut self.0) {
            match tidy.last_mut() {
                Some(before) if first <= before[1].saturating_add(1) => {
                    before[1] = before[1].max(last);
                }
                _ => tidy.push([first, last]),
            }
        }
        self.0 = tidy;
    }

    /// The first line, if there is any.
    pub fn first(&self) -> Option<u32> {
        self.0.first().map(|range| range[0])
    }

    /// The last line, if there is any.
    pub fn last(&self) -> Option<u32> {
        self.0.last().map(|range| range[1])
    }
}

/// What a log says, made by [`Analyzer::finish`](crate::Analyzer::finish).
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// Version of this form: [`SCHEMA`].
    pub schema: u32,
    /// What was read.
    pub source: Source,
    /// One for each rebuild, build or switch found in the log, in order.
    pub runs: Vec<Run>,
    /// The few sentences that a person should read first, most important first.
    pub findings: Vec<Finding>,
    /// What could not be done with this input, in plain words.
    pub notes: Vec<String>,
}

/// What was read, and how much of it was understood.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// Bytes of the input as it came.
    pub bytes: u64,
    /// Lines of the input; a last line without an end counts.
    pub lines: u32,
    /// What was decoded: `utf-8`, `utf-16le` or `utf-16be`.
    pub encoding: String,
    /// What the input was compressed with, if it was.
    pub compression: Option<String>,
    /// What wrapped the lines, such as `journald` or `ts`; sorted.
    pub envelopes: Vec<String>,
    /// Whose wordings were found, such as `nix-human`, `activation` or `nvd`; sorted.
    pub dialects: Vec<String>,
    /// Lines that some dialect claimed, build output included.
    pub understood_lines: u32,
    /// Whether the log starts or ends in the middle of something.
    pub truncated: bool,
    /// What the input lists, if it is a listing of store paths and no log.
    pub listing: Option<Listing>,
}

/// A sentence that a person should read.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// Which rule found it, such as `local-build-dominates`; stable.
    pub id: String,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence in plain words, with the log's own numbers.
    pub text: String,
    /// The article that explains it, as `slug` or `slug#heading`.
    pub article: Option<String>,
    /// Index of the run in [`Report::runs`].
    pub run: u32,
    /// The lines that prove it.
    pub lines: Lines,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Severity {
    /// Something failed.
    Error,
    /// Something to act on.
    Warning,
    /// Something to know.
    Info,
    /// It went well.
    Good,
}
