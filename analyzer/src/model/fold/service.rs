//! What the lines of comin and nixos-anywhere do to a run.

use crate::message::service::{InstallStep, Service};
use crate::model::run::Run;
use crate::model::system::Existence;
use crate::moment::At;
use crate::report::{FailureClass, Stage, Tool};

impl Run {
    pub(in crate::model) fn service(&mut self, at: At, line: Service<'_>) {
        match line {
            Service::Install(step) => self.install(at, step),
            Service::CominSystem(path) => self.comin(at, Some((path, Existence::Named))),
            Service::CominSwitches(path) => {
                self.comin(at, Some((path, Existence::Exists)));
                self.stages.see(Stage::Activate, at);
            }
            Service::CominSwitched => {
                self.comin(at, None);
                self.ending.good.push(at.first);
                self.ending.activated.push(at.first);
            }
            Service::CominFailed(message) => {
                self.comin(at, None);
                self.ending.bad.push(at.first);
                self.ending.said_failure(at, FailureClass::Other, message);
            }
            Service::Comin => self.comin(at, None),
        }
    }

    fn comin(&mut self, at: At, system: Option<(&str, Existence)>) {
        self.tool = Some(Tool::Comin);
        if let Some((path, existence)) = system {
            self.system.path(at, path, existence);
        }
    }

    fn install(&mut self, at: At, step: InstallStep) {
        match step {
            InstallStep::Other => {}
            InstallStep::Installs => self.stages.see(Stage::Activate, at),
            // `nixos-install` says so, whoever runs it.
            InstallStep::Installed => return self.ending.good.push(at.first),
            InstallStep::Done => self.ending.good.push(at.first),
        }
        self.tool = Some(Tool::NixosAnywhere);
    }
}
