//! One rebuild, build or switch: the records that the fold keeps for it.

use std::collections::VecDeque;

use super::build::{Builds, End};
use super::comparison::Comparison;
use super::input::Inputs;
use super::outcome::{self, Ending};
use super::plan::{Kind, Plans};
use super::problem::{self, Problems};
use super::switch::Switch;
use super::system::{Existence, SystemFacts};
use super::transfer::Transfers;
use super::warning::Warnings;
use super::{At, is_of_builds};
use crate::message::activation::ActivationLine;
use crate::message::diff::DiffLine;
use crate::message::error::{Problem, Role};
use crate::message::lock::LockLine;
use crate::message::plain::{Building, Copying, Plain, Step};
use crate::message::text::{clipped, number};
use crate::message::tool::{Colmena, Deploy, NhStep, ToolLine, system_in};
use crate::message::{List, Message};
use crate::report::{
    self, Axis, FailureClass, Garbage, Grade, Lines, Reboot, RebootVerdict, Span, Timeline, Tool,
    WarningClass,
};

/// Lines of build output kept, to show what stood before a failure.
const MAX_RECENT_LINES: usize = 40;
/// Longer ones are cut here.
const MAX_RECENT_LINE_LEN: usize = 400;

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
    pub(super) garbage: Option<Garbage>,
    pub(super) command: Option<String>,
    pub(super) tool: Option<Tool>,
    host: Option<String>,
    lines: Option<(u32, u32)>,
    /// Whether something was read that only such a log has.
    is_real: bool,
    /// Where `nixos-rebuild` begins with the system.
    pub(super) building_system: Lines,
    /// The last lines of build output.
    recent: VecDeque<String>,
}

impl Run {
    /// Whether a message belongs to another run already.
    pub(super) fn ends_before(&self, message: &Message<'_>) -> bool {
        match message {
            Message::Tool(ToolLine::Command(_)) => self.is_real,
            Message::Tool(ToolLine::UpgradeStarts) => self.is_real,
            Message::Plain(Plain::Step(Step::BuildingSystem)) => {
                !self.building_system.0.is_empty() && self.has_concluded()
            }
            Message::Plain(Plain::Step(Step::BuildingNix))
            | Message::Lock(LockLine::Channels(_)) => {
                !self.building_system.0.is_empty() && self.has_concluded()
            }
            Message::Diff(DiffLine::Section(_)) => self.comparison.is_complete(),
            Message::Plain(Plain::PlannedBuilds { .. } | Plain::PlannedFetches { .. }) => {
                self.ending.is_final()
            }
            _ => false,
        }
    }

    /// Whether anything was read that only the log of a rebuild has.
    pub(super) fn is_real(&self) -> bool {
        self.is_real
    }

    pub(super) fn plain(&mut self, at: At, line: &Plain<'_>) {
        let is_weak = matches!(line, Plain::StorePath(_) | Plain::Other);
        self.touch(at, !is_weak);
        match *line {
            Plain::PlannedBuilds { count } => self.plans.head(at, Kind::Builds, count, None),
            Plain::PlannedFetches { count, sizes } => {
                self.plans.head(at, Kind::Fetches, count, sizes)
            }
            Plain::Building(building) => self.building(at, building),
            Plain::Copying(copying) => self.copying(at, &copying),
            Plain::Step(step) => self.step(at, step),
            Plain::StorePath(path) => self.result(at, path),
            Plain::Freed { paths, bytes } => self.freed(at, paths, bytes),
            Plain::CacheDisabled => {
                self.warnings.push(
                    at,
                    "a binary cache was disabled".to_owned(),
                    WarningClass::Download,
                );
            }
            Plain::UnknownPaths | Plain::CopyingPaths(_) | Plain::Other => {}
        }
    }

    pub(super) fn listed(&mut self, at: At, list: List, path: &str) {
        self.touch(at, true);
        if is_of_builds(list) {
            let novelty = self.builds.plan(at, path);
            self.plans.path(at, novelty);
            self.system.path(at, path, Existence::Named);
        } else if list == List::Fetches {
            let novelty = self.transfers.plan(at, path);
            self.plans.path(at, novelty);
        }
    }

    pub(super) fn problem(&mut self, at: At, mut problem: Problem) {
        self.touch(at, problem.role != Role::Unclear);
        problem::complete(&mut problem, &self.builds);
        if let Some(path) = system_in(&problem.message) {
            self.system.path(at, path.as_str(), Existence::Named);
        }
        if let Some(drv) = &problem.drv {
            self.system.path(at, drv, Existence::Named);
            match problem.role {
                Role::Cause => self.builds.end(at, drv, End::Failed),
                Role::Consequence => self.builds.end(at, drv, End::Blocked),
                _ => {}
            }
        }
        if let Some(path) = &problem.output {
            self.transfers.fail(at, path);
        }
        if problem.role == Role::Cause && problem.excerpt.is_empty() && problem.drv.is_some() {
            problem.excerpt = self.recent.drain(..).collect();
        }
        self.problems.push(at, problem);
    }

    pub(super) fn warning(&mut self, at: At, text: String, class: WarningClass) {
        self.touch(at, crate::message::warning::is_nix_wording(&text));
        self.warnings.push(at, text, class);
    }

    pub(super) fn trace(&mut self, at: At) {
        self.touch(at, false);
    }

    pub(super) fn activation(&mut self, at: At, line: &ActivationLine<'_>, text: &str) {
        self.touch(at, true);
        self.switch.line(at, line, text);
        if let Some(generation) = text.strip_prefix("Creating profile generation ")
            && let Some((generation, _)) = number(generation)
        {
            self.system.generation(at, generation);
        }
        if matches!(line, ActivationLine::HomeManagerBegins) && self.tool.is_none() {
            self.tool = Some(Tool::HomeManager);
        }
        // What was built before the switch is complete; the switch may build more.
        if matches!(line, ActivationLine::Begins(_) | ActivationLine::HomeManagerBegins) {
            self.builds.end_all_well();
        }
    }

    pub(super) fn lock(&mut self, at: At, line: &LockLine<'_>) {
        self.touch(at, true);
        self.inputs.line(at, line);
    }

    pub(super) fn diff(&mut self, at: At, line: &DiffLine<'_>) {
        self.touch(at, !line.is_weak());
        self.comparison.line(at, line);
    }

    /// Takes a line that is nothing else. Whether a build may have printed it.
    pub(super) fn output(&mut self, at: At, name: Option<&str>, text: &str) -> bool {
        let is_output = self.builds.output(name);
        if is_output {
            self.touch(at, false);
            if self.recent.len() == MAX_RECENT_LINES {
                self.recent.pop_front();
            }
            self.recent.push_back(clipped(text, MAX_RECENT_LINE_LEN).to_owned());
        }
        is_output
    }

    pub(super) fn tool(&mut self, at: At, line: &ToolLine<'_>) {
        self.touch(at, !matches!(line, ToolLine::Command(_) | ToolLine::ExitStatus(_)));
        match *line {
            ToolLine::Command(command) => self.command = Some(command.to_owned()),
            ToolLine::Done(path) => self.done(at, path),
            ToolLine::CommandFailed { command, status } => self.command_failed(at, command, status),
            ToolLine::ExitStatus(status) => self.ending.exit_status(at, status),
            ToolLine::SystemLog { ended: true } => self.ending.good.push(at.first),
            ToolLine::SystemLog { ended: false } | ToolLine::UpgradeStarts => {}
            ToolLine::NomFinished(seconds) => self.ending.stated(at, "nix-output-monitor", seconds),
            ToolLine::Nh(step) => self.nh(at, step),
            ToolLine::Colmena(line) => self.colmena(at, &line),
            ToolLine::Deploy(line) => self.deploy(at, line),
            ToolLine::UpgradeEnds { good: true } => self.ending.good.push(at.first),
            ToolLine::UpgradeEnds { good: false } => self.ending.bad.push(at.first),
            ToolLine::Debug => self.tool = Some(Tool::NixosRebuild),
        }
    }

    pub(super) fn into_report(mut self) -> report::Run {
        self.close();
        let verdict = outcome::judge(&self);
        if verdict.everything_built {
            self.builds.end_all_well();
        }
        let tool = outcome::tool(&self);
        let (changes, closure) = self.comparison.into_report();
        let (first, last) = self.lines.unwrap_or((1, 1));
        report::Run {
            tool,
            command: self.command,
            host: self.host.or_else(|| self.system.host().map(str::to_owned)),
            nix_flavour: None,
            outcome: verdict.outcome,
            activated: verdict.activated,
            lines: Lines::range(first, last),
            time: unknown_time(),
            stages: Vec::new(),
            timeline: order_timeline(),
            plan: self.plans.into_report(),
            derivations: self.builds.into_report(),
            fetches: self.transfers.into_report(),
            changes,
            closure,
            inputs: self.inputs.into_report(),
            failures: self.problems.into_report(),
            warnings: self.warnings.into_report(),
            activation: self.switch.into_report(),
            system: self.system.into_report(),
            reboot: Reboot { verdict: RebootVerdict::Unknown, reasons: Vec::new() },
            garbage: self.garbage,
        }
    }

    /// Whether the log starts or ends in the middle of it.
    pub(super) fn is_truncated(&self) -> bool {
        self.is_real && (self.plans.has_orphans() || self.inputs.has_orphans())
    }

    /// Turns what only the end of the run tells into failures.
    fn close(&mut self) {
        self.close_units();
        let Some((at, command, status)) = &self.ending.command_failed else { return };
        if !self.problems.any() {
            let class = if command.contains("switch-to-configuration") {
                FailureClass::Activation
            } else {
                FailureClass::Other
            };
            let program = command
                .split_whitespace()
                .next()
                .unwrap_or("the command")
                .trim_matches(['[', '\'', ',']);
            let message = format!("{program} returned non-zero exit status {status}");
            let mut failure = problem::other_failure(*at, class, &message);
            failure.exit_code = Some(*status);
            self.problems.push_failure(failure);
        }
    }

    /// Each unit that failed is a failure.
    fn close_units(&mut self) {
        let lines = self.switch.failed_unit_lines();
        let at = At { first: lines.first().unwrap_or(1), last: lines.last().unwrap_or(1) };
        for unit in self.switch.failed_units() {
            let mut failure =
                problem::other_failure(at, FailureClass::UnitFailed, &format!("{unit} failed"));
            failure.unit = Some(unit.clone());
            self.problems.push_failure(failure);
        }
    }

    fn touch(&mut self, at: At, is_sure_sign: bool) {
        let (first, _) = self.lines.unwrap_or((at.first, at.last));
        self.lines = Some((first, at.last));
        self.is_real |= is_sure_sign;
    }

    /// Whether a verdict on this run was read.
    fn has_concluded(&self) -> bool {
        self.ending.is_final() || self.switch.is_complete() || !self.problems.interrupt.0.is_empty()
    }

    fn building(&mut self, at: At, building: Building<'_>) {
        self.builds.start(at, building.drv, building.host);
        self.system.path(at, building.drv, Existence::Named);
    }

    fn copying(&mut self, at: At, copying: &Copying<'_>) {
        self.transfers.copy(at, copying);
    }

    fn step(&mut self, at: At, step: Step) {
        match step {
            Step::BuildingSystem => {
                self.building_system.push(at.first);
                self.tool.get_or_insert(Tool::NixosRebuild);
            }
            Step::BuildingNix => {
                self.tool.get_or_insert(Tool::NixosRebuild);
            }
            Step::Inputs | Step::Evaluating => {}
        }
    }

    /// A store path alone on a line is what a command prints as its result.
    fn result(&mut self, at: At, path: &str) {
        self.ending.result.push(at.first);
        self.system.path(at, path, Existence::Exists);
        if path.ends_with("-home-manager-generation") {
            self.system.result(at, path);
        }
    }

    fn freed(&mut self, at: At, paths: u64, bytes: u64) {
        self.garbage = Some(Garbage {
            freed_bytes: Some(bytes),
            paths_deleted: Some(paths),
            lines: Lines::one(at.first),
        });
    }

    fn done(&mut self, at: At, path: Option<&str>) {
        self.ending.done.push(at.first);
        self.tool.get_or_insert(Tool::NixosRebuild);
        if let Some(path) = path {
            self.system.result(at, path);
        }
    }

    fn command_failed(&mut self, at: At, command: &str, status: i32) {
        self.tool.get_or_insert(Tool::NixosRebuild);
        self.ending.command_failed =
            Some((at, clipped(command, MAX_RECENT_LINE_LEN).to_owned(), status));
        if let Some(path) = system_in(command) {
            let existence = match command.contains("/bin/switch-to-configuration") {
                true => Existence::Exists,
                false => Existence::Named,
            };
            self.system.path(at, path.as_str(), existence);
        }
    }

    fn nh(&mut self, at: At, step: NhStep) {
        self.tool = Some(Tool::Nh);
        match step {
            NhStep::Bootloader => self.ending.good.push(at.first),
            NhStep::Failed => self.ending.bad.push(at.first),
            NhStep::Building | NhStep::Comparing | NhStep::Activating => {}
        }
    }

    fn colmena(&mut self, at: At, line: &Colmena<'_>) {
        self.tool = Some(Tool::Colmena);
        if let Some(node) = line.node {
            self.host = Some(node.to_owned());
        }
        if !line.good {
            self.ending.bad.push(at.first);
        }
        if let Some(path) =
            line.what.strip_prefix("Built \"").and_then(|rest| rest.split('"').next())
        {
            self.system.path(at, path, Existence::Exists);
        }
        if line.what == "Activation successful" {
            self.ending.activated = true;
        }
        if let (None, Some(seconds)) = (line.node, line.seconds) {
            self.ending.good.push(at.first);
            self.ending.stated(at, "colmena", seconds);
        }
    }

    fn deploy(&mut self, at: At, line: Deploy<'_>) {
        self.tool = Some(Tool::DeployRs);
        match line {
            Deploy::Node(node) => self.host = Some(node.to_owned()),
            Deploy::Path(path) => self.system.path(at, path, Existence::Exists),
            Deploy::Confirmed => {
                self.ending.good.push(at.first);
                self.ending.activated = true;
            }
            Deploy::Failed(_) => self.ending.bad.push(at.first),
            Deploy::Other => {}
        }
    }
}

fn unknown_time() -> Span {
    Span {
        total_s: None,
        low_s: None,
        high_s: None,
        grade: Grade::Unknown,
        from: None,
        to: None,
        because: "the lines of this log carry no time".to_owned(),
        lines: Lines::default(),
    }
}

fn order_timeline() -> Timeline {
    Timeline {
        axis: Axis::Order,
        slots: None,
        chain: Vec::new(),
        chain_s: None,
        chain_inferred: false,
        lower_bound_s: None,
        binds: None,
    }
}
