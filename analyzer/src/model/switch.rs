//! The switch to the new configuration.

use super::excerpt::{self, Excerpt};
use super::unit::UnitStatuses;
use crate::message::activation::{ActivationLine, Mode, UnitList, UnitScope, UnitVerb};
use crate::message::error::Quote;
use crate::moment::At;
use crate::report::{Activation, Lines, RebootReason};

/// What is known of the switch of a run.
#[derive(Debug, Default)]
pub(super) struct Switch {
    activation: Activation,
    /// Where the activation script starts.
    begins: Option<u32>,
    /// Where something stands that comes only after the activation script.
    pub(super) after_script: Lines,
    /// Where home-manager's activation starts, and its last step.
    home_manager: Option<(u32, u32)>,
    /// Whether it was only announced.
    pub(super) is_dry: bool,
    /// Parts of the switch that failed: where, the lines that say so, and what led to it.
    failures: Vec<(At, String, Excerpt)>,
    inhibitors: Vec<RebootReason>,
    pub(super) statuses: UnitStatuses,
}

/// Lines that follow after the one that says what failed.
const SUMMARIES: [&str; 2] = ["Pre-switch checks failed", "Failed to run activate script"];

/// Failures of activation snippets and checks that are kept.
const MAX_FAILURES: usize = 100;

impl Switch {
    /// Takes a line of an activation; `before` is what was printed since the last line that was
    /// understood.
    pub(super) fn line(&mut self, at: At, line: &ActivationLine<'_>, text: &str, before: &[Quote]) {
        self.activation.lines.push(at.first);
        if !matches!(line, ActivationLine::UnitStatusDetail) {
            self.statuses.end();
        }
        match line {
            ActivationLine::Units(list) => self.units(at, list),
            ActivationLine::Begins(Mode::Real) => self.begins = Some(at.first),
            ActivationLine::Begins(Mode::Dry) => self.is_dry = true,
            ActivationLine::Bootloader(name) => self.bootloader(at, name),
            ActivationLine::HomeManagerBegins => self.home_manager = Some((at.first, at.first)),
            ActivationLine::Step => self.step(at, text),
            ActivationLine::ScriptFailed(_)
            | ActivationLine::CheckFailed(_)
            | ActivationLine::BootloaderFailed
            | ActivationLine::InTheWay(_) => self.failed(at, text, before),
            ActivationLine::UnitFailed(unit) => self.unit_failed(at, unit),
            ActivationLine::UnitStatus { unit, .. } => self.statuses.begin(at, unit),
            ActivationLine::UnitStatusDetail => self.statuses.detail(at, text),
            ActivationLine::Inhibitors(_) => {}
        }
    }

    /// Whether the activation script ran to its end.
    pub(super) fn is_complete(&self) -> bool {
        let nixos = self.begins.is_some() && !self.after_script.0.is_empty();
        let home =
            self.home_manager.is_some_and(|(first, last)| last > first) && !self.has_failed();
        (nixos || home) && !self.is_dry
    }

    /// Whether it began.
    pub(super) fn has_begun(&self) -> bool {
        self.begins.is_some() || self.home_manager.is_some()
    }

    /// The line with which the activation script begins.
    pub(super) fn first_line(&self) -> Option<u32> {
        self.begins
    }

    /// Whether a boot loader was installed or updated.
    pub(super) fn has_bootloader(&self) -> bool {
        self.activation.bootloader.is_some()
    }

    /// Whether a part of it failed, other than a unit.
    pub(super) fn has_failed(&self) -> bool {
        !self.failures.is_empty()
    }

    /// Parts that failed, other than units: where, and the lines that say so.
    pub(super) fn failures(&self) -> &[(At, String, Excerpt)] {
        &self.failures
    }

    /// The units that failed.
    pub(super) fn failed_units(&self) -> &[String] {
        &self.activation.units.failed
    }

    /// Whether no line of a switch was read.
    pub(super) fn is_empty(&self) -> bool {
        self.activation.lines.0.is_empty()
    }

    /// Where the boot loader is named.
    pub(super) fn bootloader_lines(&self) -> &Lines {
        &self.activation.bootloader_lines
    }

    /// Components that cannot be exchanged in a running system.
    pub(super) fn inhibitors(&self) -> &[RebootReason] {
        &self.inhibitors
    }

    /// Takes a component that cannot be exchanged in a running system: `dbus : a -> b`.
    pub(super) fn inhibitor(&mut self, at: At, text: &str) {
        self.activation.lines.push(at.first);
        let what = text.trim_start_matches([' ', '-']).replacen(" : ", ": ", 1);
        self.inhibitors.push(RebootReason { what, lines: Lines::one(at.first) });
    }

    /// The lines on which units are said to have failed.
    pub(super) fn failed_unit_lines(&self) -> &Lines {
        &self.activation.unit_lines.failed
    }

    /// `None` where no line of an activation was read.
    pub(super) fn into_report(self) -> Option<Activation> {
        (!self.activation.lines.0.is_empty()).then_some(self.activation)
    }

    fn units(&mut self, at: At, list: &UnitList<'_>) {
        if list.mode == Mode::Dry {
            self.is_dry = true;
        }
        if list.scope == UnitScope::User {
            return self.after_script.push(at.first);
        }
        // Units are stopped before the activation script, all else comes after it.
        if !matches!(list.verb, UnitVerb::Stopped | UnitVerb::NotRestarted) {
            self.after_script.push(at.first);
        }
        let units = &mut self.activation.units;
        let lines = &mut self.activation.unit_lines;
        let (units, lines) = match list.verb {
            UnitVerb::Stopped => (&mut units.stopped, &mut lines.stopped),
            UnitVerb::Started => (&mut units.started, &mut lines.started),
            UnitVerb::Restarted => (&mut units.restarted, &mut lines.restarted),
            UnitVerb::Reloaded => (&mut units.reloaded, &mut lines.reloaded),
            UnitVerb::NotRestarted => (&mut units.not_restarted, &mut lines.not_restarted),
            UnitVerb::New => (&mut units.new, &mut lines.new),
            UnitVerb::Failed => (&mut units.failed, &mut lines.failed),
        };
        lines.push(at.first);
        for name in
            list.names().filter(|name| !units.iter().any(|known| known == name)).collect::<Vec<_>>()
        {
            units.push(name.to_owned());
        }
    }

    fn failed(&mut self, at: At, text: &str, before: &[Quote]) {
        // What failed was named before: this only sums it up.
        let is_summary = SUMMARIES.contains(&text.trim()) && !self.failures.is_empty();
        if !is_summary && self.failures.len() < MAX_FAILURES {
            let led_to_it = excerpt::of_switch(before);
            self.failures.push((at, text.trim().to_owned(), led_to_it));
        }
    }

    fn unit_failed(&mut self, at: At, unit: &str) {
        let failed = &mut self.activation.units.failed;
        if !failed.iter().any(|known| known == unit) {
            failed.push(unit.to_owned());
            self.activation.unit_lines.failed.push(at.first);
        }
    }

    fn bootloader(&mut self, at: At, name: &str) {
        self.activation.bootloader = Some(name.to_owned());
        self.activation.bootloader_lines.push(at.first);
    }

    fn step(&mut self, at: At, text: &str) {
        const DARWIN: [&str; 4] = [
            "setting up launchd services...",
            "configuring networking...",
            "setting up /Library/Fonts/Nix Fonts...",
            "setting nvram variables...",
        ];
        const AFTER: [&str; 4] = [
            "restarting systemd...",
            "reloading user units for ",
            "restarting sysinit-reactivation.target",
            "setting up tmpfiles",
        ];
        let text = text.trim_start();
        if AFTER.iter().any(|start| text.starts_with(start)) {
            self.after_script.push(at.first);
        }
        // nix-darwin has no line for the start of its script; these steps come late in it.
        if DARWIN.iter().any(|start| text.starts_with(start)) {
            self.begins = self.begins.or(self.activation.lines.first());
            self.after_script.push(at.first);
        }
        if let Some((_, last)) = &mut self.home_manager {
            *last = at.first;
        }
    }
}
