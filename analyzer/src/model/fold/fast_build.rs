//! What the lines of nix-fast-build do to a run.

use crate::message::fast_build::FastBuild;
use crate::model::builds::End;
use crate::model::run::Run;
use crate::moment::At;
use crate::report::{FailureClass, Stage, Tool};

/// Attributes that nix-fast-build builds.
#[derive(Debug, Default)]
pub(in crate::model) struct Attributes {
    /// How many have begun and not ended.
    open: u32,
    /// The one that failed last, while its derivation is not known.
    failed: Option<(At, String, f64)>,
}

impl Attributes {
    /// Whether every one that has begun has ended.
    pub(in crate::model) fn are_complete(&self) -> bool {
        self.open == 0
    }
}

impl Run {
    pub(in crate::model) fn fast_build(&mut self, at: At, line: FastBuild<'_>) {
        self.tool = Some(Tool::NixFastBuild);
        match line {
            FastBuild::Started => {
                self.stages.see(Stage::Build, at);
                self.attributes.open += 1;
            }
            FastBuild::Ended { attribute, good, seconds } => {
                self.attribute_ended(at, attribute, good, seconds);
            }
            FastBuild::EndOfLog { attribute, drv } => {
                let failed = self.attributes.failed.take_if(|(_, name, _)| name == attribute);
                if let Some((_, _, seconds)) = failed {
                    self.builds.state(at, drv, End::Failed, seconds);
                }
            }
            FastBuild::Counts { what: "BUILD", failed: 0 } => self.ending.good.push(at.first),
            FastBuild::Counts { failed: 1.., .. } => self.ending.bad.push(at.first),
            FastBuild::Summary { failed, seconds } => {
                let lines = if failed == 0 { &mut self.ending.good } else { &mut self.ending.bad };
                lines.push(at.first);
                self.ending.stated(at, Tool::NixFastBuild, seconds);
            }
            FastBuild::Counts { .. } | FastBuild::Output | FastBuild::Other => {}
        }
    }

    fn attribute_ended(&mut self, at: At, attribute: &str, good: bool, seconds: f64) {
        self.close_attribute();
        self.stages.go_on(Stage::Build, at);
        self.attributes.open = self.attributes.open.saturating_sub(1);
        if good {
            self.ending.built.push(at.first);
            return self.builds.state(at, attribute, End::Built, seconds);
        }
        self.ending.bad.push(at.first);
        self.ending.said_failure(at, FailureClass::Other, &format!("{attribute} failed"));
        self.attributes.failed = Some((at, attribute.to_owned(), seconds));
    }

    /// Nothing names the derivation of the attribute that failed.
    pub(in crate::model) fn close_attribute(&mut self) {
        if let Some((at, attribute, seconds)) = self.attributes.failed.take() {
            self.builds.state(at, &attribute, End::Failed, seconds);
        }
    }
}
