//! Folds messages into runs: one method for each message.

mod bound;
mod builds;
mod comparison;
mod copies;
mod drag;
mod excerpt;
mod finish;
mod fold;
mod graph;
mod input;
mod join;
mod nom;
mod outcome;
mod phase;
mod plan;
mod problem;
mod reboot;
mod recent;
mod run;
mod schedule;
mod silence;
mod stage;
mod switch;
mod system;
mod time;
mod transfer;
mod unit;
mod warning;
mod why;
mod within;

use crate::kind;
use crate::message::diff::DiffLine;
use crate::message::lock::LockLine;
use crate::message::plain::{Plain, Step};
use crate::message::service::Service;
use crate::message::tool::{Conflict, ToolLine};
use crate::message::{List, Message};
use crate::moment::At;
use crate::report;
use crate::sorting;
use bound::Forgotten;
pub use graph::users_in_plan;
use graph::{Graph, Origin};
use recent::Recent;
use run::Run;

/// What has been understood so far.
#[derive(Debug, Default)]
pub(crate) struct Model {
    /// Runs that are over.
    runs: Vec<Run>,
    /// Those before them.
    forgotten: Forgotten,
    /// The run that is read.
    run: Run,
    /// Whether `run` may turn out to be what follows the last run, and no run of its own.
    is_tentative: bool,
    /// Whether the lines are one side of a merge that Git left open.
    is_conflict: bool,
    /// The machine that the lines are about, or that wrote them.
    host: Option<String>,
    /// Whether there are other hosts.
    is_told_apart: bool,
    /// Lines that some message claimed.
    understood_lines: u32,
    /// The last of them: a record holds several messages in one line.
    last_understood: u32,
    dialects: Vec<&'static str>,
    /// What derivations are made of, where the log says it.
    graph: Graph,
}

/// What a model gives at the end.
#[derive(Debug)]
pub(crate) struct Folded {
    /// The runs, in log order.
    pub(crate) runs: Vec<report::Run>,
    /// How many runs there were before these, which are not kept.
    pub(crate) n_forgotten: usize,
    /// Lines that were understood.
    pub(crate) understood_lines: u32,
    /// Whose wordings were found, sorted.
    pub(crate) dialects: Vec<String>,
    /// Whether the log starts or ends in the middle of something.
    pub(crate) truncated: bool,
    /// Whether a switch overwrote the start of the log.
    pub(crate) overwritten: bool,
}

impl Folded {
    /// Whether there is nothing that any command of Nix could not say before it does its work.
    pub(crate) fn is_nothing_but_warnings(&self) -> bool {
        self.runs.iter().all(|run| {
            run.outcome == report::Outcome::Unknown
                && run.plan.is_none()
                && run.derivations.is_empty()
                && run.fetches.is_empty()
                && run.changes.is_empty()
                && run.closure.is_none()
                && run.activation.is_none()
                && run.inputs.is_empty()
        })
    }

    /// Takes back what was taken for runs: the input is no log, whatever lines it holds.
    pub(crate) fn become_nothing(&mut self) {
        self.runs.clear();
        self.n_forgotten = 0;
        self.dialects.clear();
        self.understood_lines = 0;
        self.truncated = false;
        self.overwritten = false;
    }

    /// Notes that lines of a listing stand beside the runs.
    pub(crate) fn add_listing(&mut self, dialect: &str, lines: u32) {
        if !self.runs.is_empty() {
            self.understood_lines += lines;
            self.dialects.push(dialect.to_owned());
            sorting::sort(&mut self.dialects);
        }
    }

    /// Takes back what was taken for runs: the input is a listing.
    pub(crate) fn become_listing(&mut self, dialect: &str, claimed_lines: u32, is_cut: bool) {
        self.runs.clear();
        self.n_forgotten = 0;
        self.dialects = vec![dialect.to_owned()];
        self.understood_lines = claimed_lines;
        self.truncated = is_cut;
    }
}

impl Model {
    /// Takes the next message.
    pub(crate) fn take(&mut self, at: At, message: Message<'_>) {
        self.settle(&message);
        if self.run.ends_before(&message) || self.is_other_side(&message) {
            self.next_run();
        } else if self.run.may_end_before(&message) {
            self.next_run();
            self.is_tentative = true;
        }
        self.note_dialect(&message);
        let is_claimed = self.fold(at, message);
        if is_claimed {
            let before = at.first.saturating_sub(1).max(self.last_understood);
            self.understood_lines += at.last.saturating_sub(before);
            self.last_understood = at.last.max(before);
        }
    }

    /// Takes a derivation and one that it is made of, by their paths, as a dump has them.
    pub(crate) fn depends(&mut self, drv: &str, input: &str) {
        self.graph.depends(drv, input, Origin::Read);
    }

    /// Takes the end of the log.
    pub(crate) fn finish(mut self) -> Folded {
        self.next_run();
        let Forgotten { n_runs: n_forgotten, is_truncated, .. } = self.forgotten;
        let truncated = is_truncated || self.runs.iter().any(Run::is_truncated);
        let overwritten = self.runs.iter().any(Run::is_overwritten);
        let runs: Vec<_> = self
            .runs
            .into_iter()
            .filter(Run::is_real)
            .map(|run| run.into_report(&self.graph))
            .collect();
        let understood_lines = if runs.is_empty() { 0 } else { self.understood_lines };
        sorting::sort(&mut self.dialects);
        self.dialects.dedup();
        let dialects = self.dialects.into_iter().map(str::to_owned).collect();
        Folded { runs, n_forgotten, understood_lines, dialects, truncated, overwritten }
    }

    /// Ends the run that is read.
    fn next_run(&mut self) {
        if self.is_tentative {
            self.take_back();
        }
        let next = Run::of_host(self.host.clone(), self.is_told_apart);
        // Only the last one can go on: see `take_back`.
        if let Some(before) = self.runs.last_mut() {
            before.recent = Recent::default();
        }
        self.runs.push(std::mem::replace(&mut self.run, next));
        self.forget_early();
    }

    /// Whether a marker of Git parts the logs of two runs.
    fn is_other_side(&mut self, message: &Message<'_>) -> bool {
        let Message::Tool(ToolLine::Conflict(marker)) = message else { return false };
        let was_conflict = self.is_conflict;
        self.is_conflict = match marker {
            Conflict::Begins => true,
            Conflict::OtherSide => was_conflict,
            Conflict::Ends => false,
        };
        was_conflict || *marker == Conflict::Begins
    }

    /// Decides whether what may be a run of its own is one.
    fn settle(&mut self, message: &Message<'_>) {
        if !self.is_tentative || run::prepares(message) {
            return;
        }
        if run::begins(message) {
            self.is_tentative = false;
        } else if !matches!(message, Message::Blank | Message::Unrecognized(_)) {
            self.take_back();
        }
    }

    /// What only seemed to be a run of its own belongs to the one before.
    fn take_back(&mut self) {
        self.is_tentative = false;
        if let Some(before) = self.runs.pop() {
            let tail = std::mem::replace(&mut self.run, before);
            self.run.take_back(tail);
        }
    }

    /// Gives the message to the run. Whether anything could be done with it.
    fn fold(&mut self, at: At, message: Message<'_>) -> bool {
        let run = &mut self.run;
        match message {
            Message::Blank => return true,
            Message::Unrecognized(text) => return run.output(at, None, text),
            Message::Output { name, text } => return run.output(at, Some(name), text),
            Message::Bar(bar) => run.bar(at, &bar),
            Message::BarEnds => run.bar_ends(at),
            Message::Record(None) => run.record_of_nothing(at),
            Message::Record(Some(event)) => run.record(at, event),
            Message::Plain(line) => run.plain(at, &line),
            Message::Listed(list, path) => run.listed(at, list, path),
            Message::Problem(problem) => run.problem(at, *problem),
            Message::Warning(warning) => run.warning(at, warning),
            Message::Trace => run.trace(at),
            Message::Activation(line, text) => run.activation(at, &line, text),
            Message::Inhibitor(text) => run.inhibitor(at, text),
            Message::Lock(line) => run.lock(at, &line),
            Message::Diff(line) => run.diff(at, &line),
            Message::Tool(line) => run.tool(at, &line),
        }
        true
    }

    fn note_dialect(&mut self, message: &Message<'_>) {
        const NIXOS_REBUILD: &str = "nixos-rebuild";
        let dialect = match message {
            Message::Lock(LockLine::Channels(_)) => "channels",
            Message::Lock(_) => "flake-lock",
            Message::Diff(DiffLine::Row(row)) => comparison::dialect(row.source),
            Message::Diff(DiffLine::Nothing) => "nvd",
            Message::Plain(Plain::Step(Step::BuildingSystem | Step::BuildingNix)) => NIXOS_REBUILD,
            Message::Plain(_) | Message::Listed(..) => "nix-human",
            Message::Bar(_) => "nix-bar",
            Message::Record(_) => "internal-json",
            Message::Activation(..) => "activation",
            Message::Tool(ToolLine::Done(_) | ToolLine::CommandFailed { .. } | ToolLine::Debug) => {
                NIXOS_REBUILD
            }
            Message::Tool(ToolLine::Nom(_)) => "nom",
            Message::Tool(ToolLine::Nh(_)) => "nh",
            Message::Tool(ToolLine::Colmena(_) | ToolLine::ColmenaLog(_)) => "colmena",
            Message::Tool(ToolLine::Service(Service::Install(_))) => "nixos-anywhere",
            Message::Tool(ToolLine::Service(_)) => "comin",
            Message::Tool(ToolLine::FastBuild(_)) => "nix-fast-build",
            Message::Tool(ToolLine::Deploy(_)) => "deploy-rs",
            _ => return,
        };
        if !self.dialects.contains(&dialect) {
            self.dialects.push(dialect);
        }
    }
}

/// Whether to reboot between two systems, of which only the difference is known.
pub(crate) fn reboot_between(changes: &[report::Change]) -> report::Reboot {
    let facts = reboot::Facts {
        outcome: report::Outcome::Unknown,
        activated: None,
        changes,
        derivations: &[],
        fetches: &[],
    };
    reboot::judge(&Run::default(), &facts)
}

/// Whether a list is one of derivations.
fn is_of_builds(list: List) -> bool {
    matches!(list, List::Builds | List::BuildsWithoutHead)
}
