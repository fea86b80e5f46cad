//! One rebuild, build or switch: the records that the fold keeps for it, and where it begins and ends.

use super::build::Builds;
use super::comparison::Comparison;
use super::input::Inputs;
use super::outcome::Ending;
use super::plan::Plans;
use super::problem::Problems;
use super::recent::Recent;
use super::stage::Stages;
use super::switch::Switch;
use super::system::SystemFacts;
use super::transfer::Transfers;
use super::warning::Warnings;
use crate::message::Message;
use crate::message::diff::DiffLine;
use crate::message::lock::LockLine;
use crate::message::plain::{Plain, Step};
use crate::message::tool::{ToolLine, is_comparison};
use crate::moment::{At, Moment};
use crate::report::{Garbage, Lines, Tool};

/// What is known of one run.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) builds: Builds,
    pub(super) transfers: Transfers,
    pub(super) plans: Plans,
    pub(super) problems: Problems,
    pub(super) switch: Switch,
    pub(super) system: SystemFacts,
    pub(super) warnings: Warnings,
    pub(super) ending: Ending,
    pub(super) inputs: Inputs,
    pub(super) comparison: Comparison,
    pub(super) stages: Stages,
    pub(super) recent: Recent,
    pub(super) garbage: Option<Garbage>,
    pub(super) command: Option<String>,
    pub(super) tool: Option<Tool>,
    pub(super) host: Option<String>,
    /// Where `nixos-rebuild` begins with the system.
    pub(super) building_system: Lines,
    pub(super) bounds: Bounds,
    /// Whether something was read that only such a log has.
    is_real: bool,
}

/// The first and the last line of a run, and the first and the last one with a time.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    lines: Option<(u32, u32)>,
    times: Option<(Moment, Moment)>,
}

/// Whether a message alone shows that a log is one of a rebuild.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// It does.
    Sure,
    /// Other texts have such lines, too.
    Weak,
}

impl Run {
    /// Whether a message belongs to another run already.
    pub(super) fn ends_before(&self, message: &Message<'_>) -> bool {
        match message {
            Message::Tool(ToolLine::Command(command)) => self.ends_before_command(command),
            Message::Tool(ToolLine::UpgradeStarts) => self.is_real,
            Message::Plain(Plain::Step(Step::BuildingSystem | Step::BuildingNix))
            | Message::Lock(LockLine::Channels(_)) => {
                !self.building_system.0.is_empty() && self.has_concluded()
            }
            Message::Plain(Plain::PlannedBuilds { .. } | Plain::PlannedFetches { .. }) => {
                self.ending.is_final()
            }
            Message::Diff(DiffLine::Section(_)) => self.comparison.is_complete(),
            _ => false,
        }
    }

    /// Whether what comes now may prepare the next run: it does if a next run begins at all.
    pub(super) fn may_end_before(&self, message: &Message<'_>) -> bool {
        prepares(message) && self.is_over()
    }

    /// Whether anything was read that only the log of a rebuild has.
    pub(super) fn is_real(&self) -> bool {
        self.is_real
    }

    /// Whether there is nothing yet but what comes before a rebuild: inputs and warnings.
    pub(super) fn is_only_preparation(&self) -> bool {
        self.plans.is_empty()
            && self.builds.iter().next().is_none()
            && self.transfers.is_empty()
            && self.building_system.0.is_empty()
            && self.switch.is_empty()
            && self.comparison.is_empty()
            && !self.problems.any()
            && self.ending.is_empty()
    }

    /// Whether the log starts or ends in the middle of it.
    pub(super) fn is_truncated(&self) -> bool {
        self.is_real && (self.plans.has_orphans() || self.inputs.has_orphans())
    }

    /// Takes what followed this run and was not the start of another one.
    pub(super) fn take_back(&mut self, other: Self) {
        self.warnings.append(other.warnings);
        self.inputs.append(other.inputs);
        self.bounds.append(&other.bounds);
    }

    /// Notes that a message belongs to this run.
    pub(super) fn touch(&mut self, at: At, sign: Sign) {
        self.bounds.push(at);
        self.is_real |= sign == Sign::Sure;
    }

    /// A comparison after a rebuild is a part of it, and inputs are updated before one.
    fn ends_before_command(&self, command: &str) -> bool {
        if is_comparison(command) {
            return self.comparison.is_complete();
        }
        self.is_real && !self.is_only_preparation()
    }

    /// Whether a verdict on this run was read.
    fn has_concluded(&self) -> bool {
        self.is_over() || self.problems.any()
    }

    /// Whether it has come to its end.
    fn is_over(&self) -> bool {
        self.ending.is_final() || self.switch.is_complete() || self.problems.is_interrupted()
    }
}

/// Whether a message stands before the start of a rebuild, but also after its end.
pub(super) fn prepares(message: &Message<'_>) -> bool {
    matches!(message, Message::Warning { .. } | Message::Trace | Message::Lock(_))
}

/// Whether a rebuild begins with a message.
pub(super) fn begins(message: &Message<'_>) -> bool {
    match message {
        Message::Plain(line) => matches!(
            line,
            Plain::Step(Step::BuildingSystem | Step::BuildingNix)
                | Plain::PlannedBuilds { .. }
                | Plain::PlannedFetches { .. }
        ),
        Message::Tool(line) => matches!(line, ToolLine::Command(_) | ToolLine::UpgradeStarts),
        _ => false,
    }
}

impl Bounds {
    fn push(&mut self, at: At) {
        let first = self.lines.map_or(at.first, |(first, _)| first);
        self.lines = Some((first, at.last));
        for moment in [at.start(), at.end()].into_iter().filter(|moment| moment.time.is_some()) {
            let first = self.times.map_or(moment, |(first, _)| first);
            self.times = Some((first, moment));
        }
    }

    fn append(&mut self, other: &Self) {
        if let (Some((_, last)), Some((_, other))) = (&mut self.lines, other.lines) {
            *last = other;
        }
        if let (Some((_, last)), Some((_, other))) = (&mut self.times, other.times) {
            *last = other;
        }
    }

    /// All lines.
    pub(super) fn lines(&self) -> Lines {
        self.lines.map_or_else(Lines::default, |(first, last)| Lines::range(first, last))
    }

    /// The first moment of which the time is known.
    pub(super) fn start(&self) -> Option<Moment> {
        self.times.map(|(first, _)| first)
    }

    /// The last moment of which the time is known.
    pub(super) fn end(&self) -> Option<Moment> {
        self.times.map(|(_, last)| last)
    }
}
