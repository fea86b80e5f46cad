//! What the lines of the programs around Nix do to a run.

use super::deployment;
use crate::message::colmena::LogLine;
use crate::message::text::clipped;
use crate::message::tool::{NhStep, ToolLine, is_comparison, is_of_nix, system_in};
use crate::model::recent::Owner;
use crate::model::run::{Run, Sign};
use crate::model::system::Existence;
use crate::moment::At;
use crate::report::{Stage, Tool};

/// Longer command lines are cut here.
const MAX_COMMAND_LEN: usize = 1000;

impl Run {
    pub(in crate::model) fn tool(&mut self, at: At, line: &ToolLine<'_>) {
        if *line == ToolLine::Typescript {
            return;
        }
        let is_weak = matches!(
            line,
            ToolLine::Command(_)
                | ToolLine::ExitStatus(_)
                | ToolLine::Conflict(_)
                | ToolLine::Ssh(_)
        );
        self.touch(at, if is_weak { Sign::Weak } else { Sign::Sure });
        match *line {
            ToolLine::Command(command) => self.command(at, command),
            ToolLine::Done(path) => self.done(at, path),
            ToolLine::CommandFailed { command, status } => self.command_failed(at, command, status),
            // Of several hosts, nobody knows which one it is about.
            ToolLine::ExitStatus(status) if status != 0 && self.is_told_apart => {}
            ToolLine::ExitStatus(status) => self.ending.exit_status(at, status),
            ToolLine::LoggedWell => self.ending.good.push(at.first),
            ToolLine::UpgradeFailed => self.ending.bad.push(at.first),
            ToolLine::SwitchLogged
            | ToolLine::UpgradeStarts
            | ToolLine::Typescript
            | ToolLine::Conflict(_) => {}
            ToolLine::Nom(line) => self.nom(at, &line),
            ToolLine::Nh(step) => self.nh(at, step),
            ToolLine::ColmenaLog(line) => self.colmena_log(line),
            ToolLine::Colmena(line) => self.colmena(at, &line),
            ToolLine::Service(line) => self.service(at, line),
            ToolLine::FastBuild(line) => self.fast_build(at, line),
            ToolLine::Ssh(text) => {
                self.recent.push(at.first, Owner::Unknown, text);
                self.ssh(at, text);
            }
            ToolLine::Deploy(line) => self.deploy(at, line),
            ToolLine::Debug => self.debug(at),
        }
    }

    fn command(&mut self, at: At, command: &str) {
        if self.is_inner(command) {
            return;
        }
        self.stages.pause(at.start());
        // nixos-rebuild shows the commands that it runs itself below its own.
        let is_below =
            is_of_nix(command) && self.command.as_deref().is_some_and(|above| !is_of_nix(above));
        if !is_below && !is_comparison(command) {
            self.command = Some(clipped(command, MAX_COMMAND_LEN).to_owned());
        }
    }

    fn debug(&mut self, at: At) {
        self.tool = Some(Tool::NixosRebuild);
        self.stages.see_when_idle(Stage::Evaluate, at);
    }

    fn done(&mut self, at: At, path: Option<&str>) {
        self.ending.done.push(at.first);
        self.closing = Some(at.start());
        self.stages.go_on(Stage::Activate, at);
        self.tool.get_or_insert(Tool::NixosRebuild);
        self.builds.end_all_well(Some(at.start()));
        if let Some(path) = path {
            self.system.result(at, path);
        }
    }

    fn command_failed(&mut self, at: At, command: &str, status: i32) {
        self.closing = Some(at.start());
        self.tool.get_or_insert(Tool::NixosRebuild);
        let is_switch = command.contains("/bin/switch-to-configuration");
        if let Some(path) = system_in(command) {
            let existence = if is_switch { Existence::Exists } else { Existence::Named };
            self.system.path(at, path.as_str(), existence);
        }
        self.ending.command_failed(at, clipped(command, MAX_COMMAND_LEN), status);
    }

    fn colmena_log(&mut self, line: LogLine<'_>) {
        self.tool = Some(Tool::Colmena);
        if let LogLine::Repeats(Some(node)) = line {
            self.host = Some(node.to_owned());
        }
    }

    fn nh(&mut self, at: At, step: NhStep<'_>) {
        self.tool = Some(Tool::Nh);
        match step {
            NhStep::Building => self.stages.see(Stage::Evaluate, at),
            NhStep::Comparing => self.stages.pause(at.start()),
            NhStep::Activating => self.stages.see(Stage::Activate, at),
            NhStep::Bootloader => self.ending.good.push(at.first),
            NhStep::Other => {}
            NhStep::Rejected => self.problems.interrupt.push(at.first),
            NhStep::Failed(what) => {
                self.ending.bad.push(at.first);
                self.ending.said_failure(at, deployment::class(what), what);
            }
        }
    }
}
