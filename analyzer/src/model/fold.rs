//! What each message does to a run.

mod deployment;
mod failure;
mod fast_build;
mod service;
mod tool;

pub(super) use fast_build::Attributes;

use super::builds::{End, Surroundings};
use super::is_of_builds;
use super::plan::Kind;
use super::recent::Owner;
use super::run::{MAX_LINES_OF_TIME, Run, Sign};
use super::system::Existence;
use crate::message::List;
use crate::message::activation::ActivationLine;
use crate::message::bar::{Activity, Bar};
use crate::message::diff::DiffLine;
use crate::message::internal_json::{Ending, Event};
use crate::message::lock::LockLine;
use crate::message::plain::{Building, Copying, Plain, Step, Upkeep, flavour};
use crate::message::stdenv;
use crate::message::text::number;
use crate::message::took;
use crate::message::tool::is_of_nix;
use crate::message::warning::{Origin, Warning, is_nix_wording};
use crate::moment::At;
use crate::report::{Garbage, Lines, NixFlavour, Stage, Tool, WarningClass};

impl Run {
    pub(super) fn plain(&mut self, at: At, line: &Plain<'_>) {
        match line {
            Plain::StorePath(_) => self.touch_store_path(at),
            Plain::Version(_) | Plain::Other => self.touch(at, Sign::Weak),
            _ => self.touch(at, Sign::Sure),
        }
        match *line {
            Plain::PlannedBuilds { count } => self.planned(at, Kind::Builds, count, None),
            Plain::PlannedFetches { count, sizes } => self.planned(at, Kind::Fetches, count, sizes),
            Plain::Building(building) => self.building(at, building),
            Plain::Copying(copying) => self.copying(at, &copying),
            Plain::Step(step) => self.step(at, step),
            Plain::StorePath(path) => self.result(at, path),
            Plain::Freed { paths, bytes } => self.freed(at, paths, bytes),
            Plain::CacheDisabled => self.cache_disabled(at),
            Plain::CopyingPaths(count) => self.announced_copies += count,
            Plain::SwitchedGeneration(number) => self.switched_generation(at, number),
            Plain::UserEnvironment => self.user_environment(at),
            Plain::Version(flavour) => self.flavour = Some(flavour),
            Plain::Upkeep(upkeep) => self.upkeep(at, upkeep),
            Plain::UnknownPaths | Plain::Other => {}
        }
    }

    /// Takes a drawing of the progress bar.
    pub(super) fn bar(&mut self, at: At, bar: &Bar<'_>) {
        self.touch(at, Sign::Sure);
        if let Some(counts) = bar.builds {
            self.ending.bar(at, counts);
        }
        match bar.activity {
            Some(Activity::Building { name, host, phase }) => {
                self.stages.see(Stage::Build, at);
                self.builds.start_named(at, name, host);
                if let Some(phase) = phase {
                    self.builds.drawn_phase(at.start(), name, phase);
                }
                self.system.name(at, name);
            }
            Some(Activity::Fetching { name }) => {
                self.stages.see(Stage::Fetch, at);
                self.transfers.copy_named(at, name);
            }
            None => {}
        }
    }

    /// Takes the end of a progress bar: Nix has nothing more to do. A comparison ends with its rows.
    pub(super) fn bar_ends(&mut self, at: At) {
        if self.comparison.is_empty() {
            self.touch(at, Sign::Weak);
            self.ending.last_word(at);
        }
    }

    /// Takes a record that says nothing of its own.
    pub(super) fn record_of_nothing(&mut self, at: At) {
        self.touch(at, Sign::Sure);
    }

    /// Takes a record of `--log-format internal-json`.
    pub(super) fn record(&mut self, at: At, event: Event) {
        self.touch(at, Sign::Sure);
        match event {
            Event::Build { drv, host } => {
                self.building(at, Building { drv: &drv, host: host.as_deref() });
            }
            Event::BuildEnded { drv, how } => {
                self.stages.go_on(Stage::Build, at);
                self.build_ended(at, &drv, how);
            }
            Event::Phase { drv, phase } => self.builds.phase(at.start(), &drv, &phase),
            Event::Output { drv, text } => {
                self.stages.go_on(Stage::Build, at);
                let owner = self.builds.output_of(at.start(), &drv, &text);
                self.recent.push(at.first, owner, &text);
            }
            Event::Copy { path, from, to } => {
                let from = Some(from.as_str()).filter(|it| !is_own_store(it));
                let to = Some(to.as_str()).filter(|it| !is_own_store(it));
                self.copying(at, &Copying { path: &path, from, to });
            }
            Event::Copied => {
                self.stages.go_on(Stage::Fetch, at);
                self.copies.end(at.start());
            }
            Event::Downloaded { path, bytes } => self.transfers.downloaded(at, &path, bytes),
            Event::Realised => self.ending.last_word(at),
            Event::Text(_) => {}
        }
    }

    fn build_ended(&mut self, at: At, drv: &str, how: Ending) {
        match how {
            Ending::NotBuilt => self.builds.halt(at, drv),
            Ending::Unsaid if self.problems.any() => self.builds.stop(at, drv, End::Unsaid),
            Ending::Built | Ending::Unsaid => self.builds.stop(at, drv, End::Built),
        }
    }

    pub(super) fn listed(&mut self, at: At, list: List, path: &str) {
        self.touch(at, Sign::Sure);
        if is_of_builds(list) {
            let novelty = self.builds.plan(at, path);
            self.plans.path(at, novelty);
            self.system.path(at, path, Existence::Named);
        } else if list == List::Fetches {
            let novelty = self.transfers.plan(at, path);
            self.plans.path(at, novelty);
        }
    }

    pub(super) fn warning(&mut self, at: At, warning: Warning) {
        let Warning { text, class, origin } = warning;
        let is_evaluation = origin == Origin::Evaluation;
        let is_sure = is_evaluation || is_nix_wording(&text);
        self.touch(at, if is_sure { Sign::Sure } else { Sign::Weak });
        if is_evaluation || class == WarningClass::DirtyTree {
            self.stages.see_when_idle(Stage::Evaluate, at);
        }
        self.flavour = flavour::of_warning(&text).or(self.flavour);
        self.warnings.push(at, text, class);
    }

    pub(super) fn trace(&mut self, at: At) {
        self.touch_trace(at);
        self.stages.see_when_idle(Stage::Evaluate, at);
    }

    pub(super) fn activation(&mut self, at: At, line: &ActivationLine<'_>, text: &str) {
        let since = self.bounds.last_line();
        // `systemctl status` prints the same.
        let is_weak =
            matches!(line, ActivationLine::UnitStatus { .. } | ActivationLine::UnitStatusDetail);
        self.touch(at, if is_weak { Sign::Weak } else { Sign::Sure });
        self.closing = Some(at.start());
        self.stages.see(Stage::Activate, at);
        let before = if line.is_failure() { self.recent.unowned_since(since) } else { Vec::new() };
        self.switch.line(at, line, text, &before);
        if let Some(generation) = text.strip_prefix("Creating profile generation ")
            && let Some((generation, _)) = number(generation)
        {
            self.system.generation(at, generation);
        }
        match line {
            ActivationLine::HomeManagerBegins => {
                self.tool.get_or_insert(Tool::HomeManager);
                self.builds.end_all_well(Some(at.start()));
            }
            // What was built before the switch is complete; the switch may build more.
            ActivationLine::Begins(_) | ActivationLine::Bootloader(_) => {
                self.builds.end_all_well(Some(at.start()));
            }
            _ => {}
        }
    }

    /// A component that cannot be exchanged in a running system.
    pub(super) fn inhibitor(&mut self, at: At, text: &str) {
        self.touch(at, Sign::Sure);
        self.switch.inhibitor(at, text);
    }

    pub(super) fn lock(&mut self, at: At, line: &LockLine<'_>) {
        // Without the input in front, an address could stand in a list of anything.
        let is_orphan = matches!(line, LockLine::First(_) | LockLine::Then(_))
            && !self.inputs.expects_reference();
        self.touch(at, if is_orphan { Sign::Weak } else { Sign::Sure });
        self.stages.see(Stage::UpdateInputs, at);
        self.inputs.line(at, line);
    }

    pub(super) fn diff(&mut self, at: At, line: &DiffLine<'_>) {
        self.touch(at, if line.is_weak() { Sign::Weak } else { Sign::Sure });
        self.stages.pause(at.start());
        self.comparison.line(at, line);
    }

    /// Takes a line that is nothing else. Whether a build may have printed it.
    pub(super) fn output(&mut self, at: At, name: Option<&str>, text: &str) -> bool {
        if name.is_none() && self.shell_time(at, text) {
            self.touch(at, Sign::Weak);
            return true;
        }
        if let Some(owner) = self.builds.output(at.start(), name, text) {
            let is_phase = name.is_some() && stdenv::parse(text).is_some();
            self.touch(at, if is_phase { Sign::Sure } else { Sign::Weak });
            self.stages.go_on(Stage::Build, at);
            self.recent.push(at.first, owner, text);
            return true;
        }
        let is_journal = self.switch.statuses.journal(at, text);
        if is_journal {
            self.touch(at, Sign::Weak);
        } else {
            self.recent.push(at.first, Owner::Unknown, text);
        }
        is_journal
    }

    /// Takes what a shell says of the time of a command, if it is that.
    fn shell_time(&mut self, at: At, text: &str) -> bool {
        if let Some(seconds) = took::of_command(text) {
            self.timed = Some((seconds, at.first));
            return true;
        }
        let is_near = self.timed.is_some_and(|(_, line)| at.first - line <= MAX_LINES_OF_TIME);
        is_near && took::is_of_processors(text)
    }

    /// The head of a plan is what an evaluation ends with.
    fn planned(&mut self, at: At, kind: Kind, count: Option<u64>, sizes: Option<(u64, u64)>) {
        self.stages.see(Stage::Evaluate, at);
        // Only Nix up to 2.3 gives no number, which is older than those that were made from it.
        if kind == Kind::Builds && count.is_none() {
            self.flavour = Some(NixFlavour::Nix);
        }
        self.plans.head(at, kind, count, sizes);
        if kind == Kind::Builds {
            self.builds.begin_plan(count);
        }
    }

    fn building(&mut self, at: At, building: Building<'_>) {
        self.stages.see(Stage::Build, at);
        // Nix 1 named outputs here.
        if !building.drv.ends_with(".drv") {
            let drv = self.builds.sole_of_output(building.drv);
            if let Some(drv) = drv {
                self.builds.start(at, &drv, None, Surroundings::Busy);
            }
            return;
        }
        let around =
            if self.is_only_building() { Surroundings::OnlyBuilds } else { Surroundings::Busy };
        self.builds.start(at, building.drv, building.host, around);
        self.system.path(at, building.drv, Existence::Named);
    }

    fn copying(&mut self, at: At, copying: &Copying<'_>) {
        if copying.to.is_none() {
            self.stages.see(Stage::Fetch, at);
        }
        self.transfers.copy(at, copying);
        self.copies.begin(at.start());
    }

    fn step(&mut self, at: At, step: Step) {
        match step {
            Step::BuildingSystem => {
                // What stood before was a command that `nixos-rebuild -v` runs, or prepared it.
                self.command = self.command.take().filter(|command| !is_of_nix(command));
                self.building_system.push(at.first);
                self.tool.get_or_insert(Tool::NixosRebuild);
                self.stages.see(Stage::Evaluate, at);
            }
            Step::BuildingNix => {
                self.tool.get_or_insert(Tool::NixosRebuild);
                self.stages.see(Stage::Evaluate, at);
            }
            Step::Inputs => self.stages.see(Stage::UpdateInputs, at),
            Step::Evaluating => self.stages.see_when_idle(Stage::Evaluate, at),
        }
    }

    /// A store path alone on a line is what a command prints as its result.
    fn result(&mut self, at: At, path: &str) {
        self.closing = Some(at.start());
        self.ending.result(at, path);
        self.system.path(at, path, Existence::Exists);
    }

    fn freed(&mut self, at: At, paths: u64, bytes: u64) {
        // What could not be deleted is no success.
        if paths > 0 || !self.problems.any() {
            self.ending.good.push(at.first);
        }
        let lines = Lines::one(at.first);
        self.garbage =
            Some(Garbage { freed_bytes: Some(bytes), paths_deleted: Some(paths), lines });
    }

    fn upkeep(&mut self, at: At, upkeep: Upkeep) {
        if upkeep != Upkeep::Step {
            self.ending.good.push(at.first);
        }
        if let Upkeep::Linked(bytes) = upkeep {
            let lines = Lines::one(at.first);
            self.garbage = Some(Garbage { freed_bytes: Some(bytes), paths_deleted: None, lines });
        }
    }

    fn switched_generation(&mut self, at: At, number: u64) {
        self.system.generation(at, number);
        self.ending.good.push(at.first);
    }

    /// A profile is made of packages, as the last thing that `nix-channel --update` does. Within a
    /// rebuild it is the output of a build.
    fn user_environment(&mut self, at: At) {
        let is_output = self.builds.output(at.start(), None, "").is_some();
        if !is_output && self.is_only_preparation() {
            self.ending.good.push(at.first);
        }
    }

    fn cache_disabled(&mut self, at: At) {
        let text = "a binary cache did not answer and was not asked for a while".to_owned();
        self.warnings.push(at, text, WarningClass::Download);
    }
}

/// Whether a store is the one of this machine, as records name it.
fn is_own_store(uri: &str) -> bool {
    matches!(uri, "local" | "daemon" | "auto" | "unix") || uri.starts_with("local?")
}
