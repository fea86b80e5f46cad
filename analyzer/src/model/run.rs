//! One rebuild, build or switch: the records that the fold keeps for it, and where it begins and ends.

use super::builds::Builds;
use super::comparison::Comparison;
use super::copies::Copies;
use super::fold::Attributes;
use super::input::Inputs;
use super::nom::Drawing;
use super::outcome::{self, Ending};
use super::plan::Plans;
use super::problem::Problems;
use super::recent::Recent;
use super::stage::Stages;
use super::switch::Switch;
use super::system::SystemFacts;
use super::transfer::Transfers;
use super::warning::Warnings;
use crate::message::Message;
use crate::message::colmena::LogLine;
use crate::message::deploy::Deploy;
use crate::message::diff::DiffLine;
use crate::message::lock::LockLine;
use crate::message::plain::{Plain, Step};
use crate::message::tool::{ToolLine, is_comparison, is_of_nix};
use crate::moment::{At, Moment};
use crate::report::{Garbage, Lines, NixFlavour, Outcome, Tool};

/// What is known of one run.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) builds: Builds,
    pub(super) transfers: Transfers,
    pub(super) copies: Copies,
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
    pub(super) drawing: Drawing,
    pub(super) attributes: Attributes,
    pub(super) garbage: Option<Garbage>,
    /// Copies between stores that `copying 24 paths...` announces.
    pub(super) announced_copies: u64,
    pub(super) command: Option<String>,
    pub(super) tool: Option<Tool>,
    pub(super) flavour: Option<NixFlavour>,
    pub(super) host: Option<String>,
    /// Whether these are the lines of one host among several.
    pub(super) is_told_apart: bool,
    /// Whether it is what several hosts share.
    pub(super) is_shared: bool,
    /// Where `nixos-rebuild` begins with the system.
    pub(super) building_system: Lines,
    pub(super) bounds: Bounds,
    /// The last line that is printed when builds are over: by then they had ended, unless a line of
    /// one follows.
    pub(super) closing: Option<Moment>,
    /// The wall time that a shell or systemd printed behind the command.
    pub(super) timed: Option<(f64, u32)>,
    /// Whether something was read that only such a log has.
    is_real: bool,
    weak_signs: WeakSigns,
}

/// Lines that a shell may print behind the wall time: those of processors, and a status.
pub(super) const MAX_LINES_OF_TIME: u32 = 4;

/// Lines that other texts have, too. Two sorts of them are a sign.
#[derive(Debug, Default)]
struct WeakSigns {
    trace: bool,
    store_path: bool,
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
    /// A run of a host, if that is known; `is_told_apart` if there are others.
    pub(super) fn of_host(host: Option<String>, is_told_apart: bool) -> Self {
        Self { host, is_told_apart, ..Self::default() }
    }

    /// Whether a message belongs to another run already.
    pub(super) fn ends_before(&self, message: &Message<'_>) -> bool {
        match message {
            Message::Tool(ToolLine::Command(command)) => self.ends_before_command(command),
            Message::Tool(ToolLine::UpgradeStarts) => self.is_real,
            Message::Tool(
                ToolLine::ColmenaLog(LogLine::Selected(_)) | ToolLine::Deploy(Deploy::Lists),
            ) => !self.ending.is_empty(),
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

    /// How much it holds.
    pub(super) fn n_entries(&self) -> usize {
        self.builds.iter().count()
            + self.transfers.len()
            + self.comparison.len()
            + self.warnings.len()
    }

    /// The first line; that of an empty run comes last.
    pub(super) fn first_line(&self) -> u32 {
        self.bounds.lines.map_or(u32::MAX, |(first, _)| first)
    }

    /// Whether anything was built, fetched, switched or compared, or failed.
    pub(super) fn has_work(&self) -> bool {
        !self.plans.is_empty()
            || self.builds.iter().next().is_some()
            || !self.transfers.is_empty()
            || !self.switch.is_empty()
            || !self.comparison.is_empty()
            || self.problems.any()
            || self.ending.said_failures()
    }

    /// Takes what came before this run and belongs to it.
    pub(super) fn prepend(&mut self, before: Self) {
        self.warnings.prepend(before.warnings);
        self.inputs.prepend(before.inputs);
        self.stages.prepend(before.stages);
        self.bounds.prepend(&before.bounds);
        self.command = self.command.take().or(before.command);
        self.tool = self.tool.or(before.tool);
    }

    /// Whether everything that was planned was begun, and anything was planned at all.
    pub(super) fn has_begun_all_planned(&self) -> bool {
        let mut planned = self.builds.iter().filter(|build| build.planned);
        let is_planned = !self.plans.is_empty() || self.announced_copies > 0;
        is_planned
            && planned.all(|build| build.started)
            && self.transfers.has_begun_all_planned()
            && self.transfers.n_copied() as u64 >= self.announced_copies
    }

    /// Whether nothing was copied, and nothing evaluated between builds.
    pub(super) fn is_only_building(&self) -> bool {
        self.transfers.is_empty() && self.plans.count() <= 1
    }

    /// Whether the log starts or ends in the middle of it.
    pub(super) fn is_truncated(&self) -> bool {
        let lacks_its_start =
            self.plans.has_orphans() || self.inputs.has_orphans() || self.is_overwritten();
        self.is_real && (lacks_its_start || self.lacks_its_end())
    }

    /// Whether the switch stands before what led to it: with `&> file`, a switch on a terminal of
    /// its own writes to the start of the file.
    pub(super) fn is_overwritten(&self) -> bool {
        let Some(switch) = self.switch.first_line() else { return false };
        let before = [self.building_system.first(), self.plans.first_line()];
        self.is_real && before.iter().flatten().min().is_some_and(|first| *first > switch)
    }

    /// Takes what followed this run and was not the start of another one.
    pub(super) fn take_back(&mut self, other: Self) {
        self.warnings.append(other.warnings);
        self.inputs.append(other.inputs);
        self.bounds.append(&other.bounds);
    }

    /// Takes a trace, which other programs print, too.
    pub(super) fn touch_trace(&mut self, at: At) {
        self.weak_signs.trace = true;
        self.touch_weakly(at);
    }

    /// Takes a store path alone on a line, as any list of them has.
    pub(super) fn touch_store_path(&mut self, at: At) {
        self.weak_signs.store_path = true;
        self.touch_weakly(at);
    }

    fn touch_weakly(&mut self, at: At) {
        let are_both = self.weak_signs.trace && self.weak_signs.store_path;
        self.touch(at, if are_both { Sign::Sure } else { Sign::Weak });
    }

    /// Notes that a message belongs to this run.
    pub(super) fn touch(&mut self, at: At, sign: Sign) {
        self.bounds.push(at);
        self.is_real |= sign == Sign::Sure;
    }

    /// Whether more must have followed: a switch, builds or an evaluation had begun. A plan alone
    /// may be all that was asked for.
    fn lacks_its_end(&self) -> bool {
        if outcome::judge(self).outcome != Outcome::Unknown {
            return false;
        }
        let is_switching = self.switch.has_begun();
        let has_begun = self.builds.n_started() > 0 || self.transfers.n_copied() > 0;
        let is_building = has_begun && !self.plans.is_empty() && !self.has_begun_all_planned();
        let is_evaluating = !self.building_system.0.is_empty() && self.plans.is_empty();
        is_switching || is_building || is_evaluating
    }

    /// A comparison after a rebuild is a part of it, and inputs are updated before one.
    fn ends_before_command(&self, command: &str) -> bool {
        if is_comparison(command) {
            return self.comparison.is_complete();
        }
        if self.is_inner(command) {
            return false;
        }
        self.is_real && !self.is_only_preparation()
    }

    /// Whether `nixos-rebuild -v` says that it runs a command of Nix.
    pub(super) fn is_inner(&self, command: &str) -> bool {
        is_of_nix(command) && !self.building_system.0.is_empty() && !self.has_concluded()
    }

    /// Whether a verdict on this run was read.
    pub(super) fn has_concluded(&self) -> bool {
        self.is_over() || self.problems.any()
    }

    /// Whether it has come to its end.
    fn is_over(&self) -> bool {
        self.ending.is_final() || self.switch.is_complete() || self.problems.is_interrupted()
    }
}

/// Whether a message stands before the start of a rebuild, but also after its end.
pub(super) fn prepares(message: &Message<'_>) -> bool {
    matches!(message, Message::Warning(_) | Message::Trace | Message::Lock(_))
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

    fn prepend(&mut self, other: &Self) {
        if let (Some((first, _)), Some((other, _))) = (&mut self.lines, other.lines) {
            *first = other.min(*first);
        }
        if let (Some((first, _)), Some((other, _))) = (&mut self.times, other.times) {
            *first = other;
        }
    }

    /// The last line of it so far.
    pub(super) fn last_line(&self) -> u32 {
        self.lines.map_or(0, |(_, last)| last)
    }

    /// All lines.
    pub(super) fn lines(&self) -> Lines {
        self.lines.map_or_else(Lines::default, |(first, last)| Lines::range(first, last))
    }

    /// Whether a line is the last one.
    pub(super) fn ends_with(&self, line: u32) -> bool {
        self.lines.is_some_and(|(_, last)| last == line)
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
