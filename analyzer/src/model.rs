//! Folds messages into runs: one method for each message.

mod build;
mod comparison;
mod input;
mod outcome;
mod plan;
mod problem;
mod run;
mod switch;
mod system;
mod transfer;
mod warning;

use std::collections::BTreeSet;

use crate::message::diff::DiffLine;
use crate::message::lock::LockLine;
use crate::message::plain::{Plain, Step};
use crate::message::tool::ToolLine;
use crate::message::{List, Message};
use crate::report;
use run::Run;

/// Where a message stands: its first and its last line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct At {
    /// The first line.
    pub(crate) first: u32,
    /// The last line.
    pub(crate) last: u32,
}

/// What has been understood so far.
#[derive(Debug, Default)]
pub(crate) struct Model {
    /// Runs that are over.
    runs: Vec<Run>,
    /// The run that is read.
    run: Run,
    /// Lines that some message claimed.
    understood_lines: u32,
    dialects: BTreeSet<&'static str>,
}

/// What a model gives at the end.
#[derive(Debug)]
pub(crate) struct Folded {
    /// The runs, in log order.
    pub(crate) runs: Vec<report::Run>,
    /// Lines that were understood.
    pub(crate) understood_lines: u32,
    /// Whose wordings were found, sorted.
    pub(crate) dialects: Vec<String>,
    /// Whether the log starts or ends in the middle of something.
    pub(crate) truncated: bool,
}

impl Model {
    /// Takes the next message.
    pub(crate) fn take(&mut self, at: At, message: Message<'_>) {
        if self.run.ends_before(&message) {
            self.runs.push(std::mem::take(&mut self.run));
        }
        self.note_dialect(&message);
        let is_claimed = self.fold(at, message);
        if is_claimed {
            self.understood_lines += at.last - at.first + 1;
        }
    }

    /// Builds started, paths copied and failures seen so far.
    pub(crate) fn counts(&self) -> (usize, usize, usize) {
        let runs = || self.runs.iter().chain(std::iter::once(&self.run));
        (
            runs().map(|run| run.builds.n_started()).sum(),
            runs().map(|run| run.transfers.n_copied()).sum(),
            runs().map(|run| run.problems.n_failures()).sum(),
        )
    }

    /// Takes the end of the log.
    pub(crate) fn finish(mut self) -> Folded {
        self.runs.push(self.run);
        let truncated = self.runs.iter().any(Run::is_truncated);
        let runs: Vec<_> =
            self.runs.into_iter().filter(Run::is_real).map(Run::into_report).collect();
        let understood_lines = if runs.is_empty() { 0 } else { self.understood_lines };
        let dialects = self.dialects.into_iter().map(str::to_owned).collect();
        Folded { runs, understood_lines, dialects, truncated }
    }

    /// Gives the message to the run. Whether anything could be done with it.
    fn fold(&mut self, at: At, message: Message<'_>) -> bool {
        let run = &mut self.run;
        match message {
            Message::Blank => return true,
            Message::Unrecognized(text) => return run.output(at, None, text),
            Message::Output { name, text } => return run.output(at, Some(name), text),
            Message::Plain(line) => run.plain(at, &line),
            Message::Listed(list, path) => run.listed(at, list, path),
            Message::Problem(problem) => run.problem(at, *problem),
            Message::Warning { text, class } => run.warning(at, text, class),
            Message::Trace => run.trace(at),
            Message::Activation(line, text) => run.activation(at, &line, text),
            Message::Lock(line) => run.lock(at, &line),
            Message::Diff(line) => run.diff(at, &line),
            Message::Tool(line) => run.tool(at, &line),
        }
        true
    }

    fn note_dialect(&mut self, message: &Message<'_>) {
        let dialect = match message {
            Message::Plain(Plain::Step(Step::BuildingSystem | Step::BuildingNix)) => {
                "nixos-rebuild"
            }
            Message::Lock(LockLine::Channels(_)) => "channels",
            Message::Lock(_) => "flake-lock",
            Message::Diff(DiffLine::Row(row)) => comparison::dialect(row.source),
            Message::Plain(_) | Message::Listed(..) => "nix-human",
            Message::Activation(..) => "activation",
            Message::Tool(ToolLine::Done(_) | ToolLine::CommandFailed { .. } | ToolLine::Debug) => {
                "nixos-rebuild"
            }
            Message::Tool(ToolLine::NomFinished(_)) => "nom",
            Message::Tool(ToolLine::Nh(_)) => "nh",
            Message::Tool(ToolLine::Colmena(_)) => "colmena",
            Message::Tool(ToolLine::Deploy(_)) => "deploy-rs",
            _ => return,
        };
        self.dialects.insert(dialect);
    }
}

/// Whether a list is one of derivations.
fn is_of_builds(list: List) -> bool {
    matches!(list, List::Builds | List::BuildsWithoutHead)
}
