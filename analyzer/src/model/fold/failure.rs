//! What an error does to a run.

use crate::message::error::{Problem, Role};
use crate::message::tool::system_in;
use crate::model::builds::End;
use crate::model::excerpt::{self, Excerpt};
use crate::model::problem;
use crate::model::run::{Run, Sign};
use crate::model::system::Existence;
use crate::moment::At;
use crate::report::{FailureClass, Stage, WarningClass};

impl Run {
    /// Takes an error block.
    pub(in crate::model) fn problem(&mut self, at: At, mut problem: Problem) {
        let since = self.bounds.last_line();
        self.touch(at, if problem.role == Role::Unclear { Sign::Weak } else { Sign::Sure });
        self.stages.see_when_idle(Stage::Evaluate, at);
        self.stages.go_on(Stage::Build, at);
        // The archive is gone from the cache; Nix goes on to build the path.
        if problem.message.ends_with("does not exist in binary cache") {
            return self.warnings.push(at, problem.message, WarningClass::Download);
        }
        problem::complete(&mut problem, &self.builds);
        if problem.may_be_output() && self.builds.any_open() {
            problem.role = Role::Unclear;
        }
        if problem.role == Role::Unclear {
            self.recent.push_error(at.first, self.builds.sole_owner(), &problem);
        } else {
            self.closing = Some(at.start());
        }
        if let Some(path) = system_in(&problem.message) {
            self.system.path(at, path.as_str(), Existence::Named);
        }
        if let Some(path) = &problem.output {
            self.transfers.fail(at, path);
        }
        let shown = match problem.drv.clone() {
            Some(drv) => self.failed_build(at, &drv, &mut problem),
            None => self.excerpt_of_message(at, &problem, since),
        };
        self.problems.push(at, problem, shown);
    }

    fn failed_build(&mut self, at: At, drv: &str, problem: &mut Problem) -> Excerpt {
        self.system.path(at, drv, Existence::Named);
        match problem.role {
            Role::Cause => {
                if problem.is_of_builder() {
                    self.builds.see_started(at, drv);
                }
                let shown = self.excerpt_of_build(at, drv, problem);
                self.recent.failed(at.last);
                self.builds.fail(at, drv, End::Failed);
                return shown;
            }
            Role::Consequence => self.builds.fail(at, drv, End::Blocked),
            Role::Summary | Role::Interrupt | Role::Unclear => {}
        }
        excerpt::of_block(&problem.excerpt, at.first)
    }

    /// The message with the reason that another program gave, since the line that was understood
    /// last.
    fn excerpt_of_message(&self, at: At, problem: &Problem, since: u32) -> Excerpt {
        let shown = excerpt::of_message(&problem.excerpt, at.first);
        let is_of_program = problem.message.starts_with("program ");
        if problem.class != FailureClass::Network && !is_of_program {
            return shown;
        }
        excerpt::with_reason(&self.recent.unowned_since(since), shown)
    }

    /// What the build printed, which the block of Nix may repeat in part.
    fn excerpt_of_build(&self, at: At, drv: &str, problem: &mut Problem) -> Excerpt {
        if !quotes_output(problem) {
            return excerpt::of_block(&problem.excerpt, at.first);
        }
        let (since, output) = self.builds.output_lines(drv);
        let own = self.recent.lines_of(|owner| self.builds.is_of(owner, drv));
        let tail = std::mem::take(&mut problem.excerpt);
        let lines = if own.len() < tail.len() { tail } else { own };
        let mut unowned = self.recent.unowned();
        unowned.retain(|quote| since.is_none_or(|since| quote.line > since));
        if !lines.is_empty() {
            problem::classify_by_output(problem, &lines);
            problem::classify_by_kernel(problem, &unowned);
            return Excerpt { output, ..excerpt::of_build(&lines) };
        }
        problem::classify_by_output(problem, &unowned);
        excerpt::of_several(&unowned)
    }
}

/// Whether what the build printed tells of such a failure, the end of which the block may repeat.
fn quotes_output(problem: &Problem) -> bool {
    use FailureClass::{BuilderExit, DiskFull, Killed, Timeout};
    matches!(problem.class, BuilderExit | DiskFull | Killed | Timeout)
        || problem.message.starts_with("failed to produce output path")
}
