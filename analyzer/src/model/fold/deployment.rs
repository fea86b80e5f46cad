//! What the lines of colmena and deploy-rs do to a run.

use crate::message::colmena::{self, Colmena, Progress};
use crate::message::deploy::{Deploy, DeployStep};
use crate::model::run::Run;
use crate::model::system::Existence;
use crate::moment::At;
use crate::report::{FailureClass, Stage, Tool};

impl Run {
    pub(in crate::model) fn colmena(&mut self, at: At, line: &Colmena<'_>) {
        self.tool = Some(Tool::Colmena);
        if let Some(node) = line.node {
            self.host = Some(node.to_owned());
        }
        match (stage(line.what), line.seconds) {
            (Some(stage), None) => self.stages.see(stage, at),
            // The lines with times are written when all is over.
            (Some(stage), Some(seconds)) if line.progress != Progress::Running => {
                self.stages.stated(stage, at, seconds);
            }
            _ => {}
        }
        match line.progress {
            Progress::Running => {}
            Progress::Done => self.colmena_done(at, line),
            Progress::Failed => self.colmena_failed(at, line),
        }
    }

    /// What a command says that failed as a whole, it does not say of each host.
    fn colmena_failed(&mut self, at: At, line: &Colmena<'_>) {
        // 1 running, 9 succeeded, 1 failed
        let is_sum = line.what.starts_with(|c: char| c.is_ascii_digit());
        if let (true, Some(seconds)) = (is_sum, line.seconds) {
            self.ending.stated(at, Tool::Colmena, seconds);
        }
        if is_sum && self.is_told_apart {
            return;
        }
        self.ending.bad.push(at.first);
        if !is_sum {
            self.ending.said_failure(at, class(line.what), line.what);
        }
    }

    fn colmena_done(&mut self, at: At, line: &Colmena<'_>) {
        let path = line.what.strip_prefix("Built \"").and_then(|rest| rest.split('"').next());
        if let Some(path) = path {
            self.system.path(at, path, Existence::Exists);
        }
        if line.what == colmena::ALL_DONE {
            self.ending.good.push(at.first);
            if let Some(seconds) = line.seconds {
                self.ending.stated(at, Tool::Colmena, seconds);
            }
            return;
        }
        match line.what {
            "Activation successful" | "Activation successful (test)" => {
                self.ending.good.push(at.first);
                self.ending.activated.push(at.first);
            }
            "Will be activated next boot" => self.ending.good.push(at.first),
            "Dry activation successful" => self.switch.is_dry = true,
            _ => {}
        }
        if let (Some(_), Some(seconds)) = (line.node, line.seconds) {
            self.ending.job(at, seconds);
        }
    }

    /// What `ssh` says is the reason for what a tool says next.
    pub(in crate::model) fn ssh(&mut self, at: At, text: &str) {
        let reason = text.strip_prefix("ssh: ").unwrap_or(text);
        self.ending.said_failure(at, FailureClass::Network, reason);
    }

    pub(in crate::model) fn deploy(&mut self, at: At, line: Deploy<'_>) {
        self.tool = Some(Tool::DeployRs);
        match line {
            Deploy::Step(step, node) => {
                self.host = Some(node.to_owned());
                if step == DeployStep::Activate {
                    self.stages.see(Stage::Activate, at);
                }
            }
            Deploy::Path(path) => self.system.path(at, path, Existence::Exists),
            Deploy::Confirmed => {
                self.ending.good.push(at.first);
                self.ending.activated.push(at.first);
            }
            Deploy::DryActivated => self.switch.is_dry = true,
            Deploy::Failed(message) => {
                self.ending.bad.push(at.first);
                self.ending.said_failure(at, class(message), message);
                if message.contains("rolled back") {
                    self.ending.rolled_back.push(at.first);
                }
            }
            Deploy::RolledBack => self.roll_back(at),
            Deploy::Revoking if !self.ending.activated.0.is_empty() => self.roll_back(at),
            Deploy::Revoking | Deploy::Lists | Deploy::Other => {}
        }
    }

    fn roll_back(&mut self, at: At) {
        self.ending.bad.push(at.first);
        self.ending.rolled_back.push(at.first);
        let message = "what was switched to was taken back";
        self.ending.said_failure(at, FailureClass::Activation, message);
    }
}

/// The stage that a job of colmena belongs to.
fn stage(what: &str) -> Option<Stage> {
    const STAGES: [(&str, Stage); 5] = [
        ("Evaluat", Stage::Evaluate),
        ("Build", Stage::Build),
        ("Built", Stage::Build),
        ("Activat", Stage::Activate),
        ("Dry activation", Stage::Activate),
    ];
    STAGES.iter().find(|(start, _)| what.starts_with(start)).map(|(_, stage)| *stage)
}

/// What a tool says that failed, by its own words. A build or an evaluation has an error of Nix.
pub(super) fn class(message: &str) -> FailureClass {
    const SIGNS: [(&str, FailureClass); 9] = [
        ("Evaluation failed", FailureClass::Evaluation),
        ("Failed to evaluate", FailureClass::Evaluation),
        ("Push failed", FailureClass::Network),
        ("Failed to push", FailureClass::Network),
        ("over SSH: ", FailureClass::Network),
        ("ctivation", FailureClass::Activation),
        ("ctivating", FailureClass::Activation),
        ("rolled back", FailureClass::Activation),
        ("confirm", FailureClass::Activation),
    ];
    let sign = SIGNS.iter().find(|(sign, _)| message.contains(sign));
    sign.map_or(FailureClass::Other, |(_, class)| *class)
}
