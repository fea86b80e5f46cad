//! Turns what is known of a run into its report.

use super::drag;
use super::graph::Graph;
use super::outcome::{self, Stated, Verdict};
use super::problem;
use super::reboot::{self, Facts};
use super::run::{MAX_LINES_OF_TIME, Run};
use super::schedule::{self, Order};
use super::system::SystemFacts;
use super::time;
use super::why::{self, Evidence, Surroundings};
use super::within;
use crate::message::tool::max_jobs;
use crate::message::tool::target_host;
use crate::report::{self, Axis, FailureClass, Span, Tool};

impl Run {
    /// The report of the run.
    pub(super) fn into_report(mut self, graph: &Graph) -> report::Run {
        self.close();
        let verdict = outcome::judge(&self);
        self.close_builds(verdict);
        let reboot_outcome = (verdict.outcome, verdict.activated);
        let (start, end) = (self.bounds.start(), self.bounds.end());
        let (mut time, tool, lines) = (self.time(), outcome::tool(&self), self.bounds.lines());
        let (changes, closure) = std::mem::take(&mut self.comparison).into_report();
        let fetches = std::mem::take(&mut self.transfers).into_report();
        if let Some(max_jobs) = self.command.as_deref().and_then(max_jobs) {
            self.builds.bound_by_slots(max_jobs);
        }
        let needs = self.builds.settle(graph);
        let edges = self.builds.read_edges(graph);
        let (started, slots) = (self.builds.in_order_of_start(), self.builds.slots());
        let evidence = Evidence::new(&fetches, self.surroundings());
        let mut derivations = std::mem::take(&mut self.builds).into_report(start, &evidence);
        why::follow(&mut derivations, &started, &needs);
        let axis = if start.is_some() { Axis::Time } else { Axis::Order };
        let run_s = time.total_s.or(time.high_s);
        let order = Order { started: &started, needs: &needs, slots, run_s };
        // Evaluation waits for the builds that it asks for, but for tools that run several.
        let is_serial = !matches!(tool, Some(Tool::Colmena | Tool::DeployRs));
        let busy = start.and_then(|start| self.copies.seconds(start));
        if let Some(busy) = busy.filter(|_| is_serial) {
            drag::fill(&mut derivations, &busy);
        }
        let mut stages = std::mem::take(&mut self.stages).into_report(start, end);
        within::leave_end_open(&mut time, &derivations, &mut stages);
        within::bound_by_run(&time, &mut derivations, &mut stages);
        let (outcome, activated) = reboot_outcome;
        let host = self.for_host();
        let facts = Facts {
            outcome,
            activated,
            changes: &changes,
            derivations: &derivations,
            fetches: &fetches,
        };
        let reboot = reboot::judge(&self, &facts);
        report::Run {
            command: self.command,
            tool,
            host,
            nix_flavour: self.flavour,
            outcome,
            activated,
            lines,
            time,
            stages,
            timeline: schedule::timeline(axis, &derivations, order, edges),
            plan: self.plans.into_report(),
            derivations,
            fetches,
            changes,
            closure,
            inputs: self.inputs.into_report(),
            failures: self.problems.into_report(),
            warnings: self.warnings.into_report(),
            activation: self.switch.into_report(),
            system: self.system.into_report(),
            reboot,
            garbage: self.garbage,
            counts: None,
        }
    }

    /// What holds for all builds, and may be why they were made here.
    fn surroundings(&self) -> Surroundings {
        let mut names = self.builds.iter().map(|build| build.name.as_str());
        let today = self.bounds.start().and_then(|moment| moment.time?.to_rfc3339());
        Surroundings {
            is_for_configuration: self.system.is_named()
                || names.any(|name| name == "home-manager-generation"),
            lacks_a_cache: self.warnings.tell_of_a_cache_not_asked(),
            is_fresh: today.is_some_and(|today| self.inputs.has_nixpkgs_of(&today)),
        }
    }

    /// The machine: where hosts are told apart, by the name that the log has for it.
    fn for_host(&mut self) -> Option<String> {
        if self.is_shared {
            self.system = SystemFacts::default();
            return None;
        }
        let of_system = self.system.host().map(str::to_owned);
        let target = self.command.as_deref().and_then(target_host).map(str::to_owned);
        if self.is_told_apart {
            self.host.take()
        } else {
            of_system.or(self.host.take()).or(target)
        }
    }

    /// Turns what only the end of the run tells into facts.
    fn close(&mut self) {
        self.close_drawing();
        self.close_attribute();
        self.transfers.fail_built(&self.builds.unplanned());
        self.close_units();
        for (at, text, shown) in self.switch.failures() {
            let mut failure = problem::other_failure(*at, FailureClass::Activation, text);
            problem::show(&mut failure, shown.clone());
            self.problems.push_failure(failure);
        }
        self.close_command();
        if let Some((at, path)) = self.ending.sole_result() {
            self.system.result(at, &path);
        }
    }

    /// Each unit that failed is a failure.
    fn close_units(&mut self) {
        let listed = self.switch.failed_unit_lines();
        for unit in self.switch.failed_units() {
            self.problems.push_failure(self.switch.statuses.failure(unit, listed));
        }
    }

    /// A command that did not succeed is a failure where nothing else says what failed.
    fn close_command(&mut self) {
        if let Some((at, class, message)) = self.ending.said_cause()
            && !self.problems.any()
        {
            let failure = problem::other_failure(*at, *class, message);
            self.problems.push_failure(failure);
        }
        let Some(failed) = self.ending.failed_command() else { return };
        if self.problems.any() || self.problems.is_interrupted() {
            return;
        }
        let class = if failed.command.contains("switch-to-configuration") {
            FailureClass::Activation
        } else {
            FailureClass::Other
        };
        let message =
            format!("the command {} failed with exit status {}", failed.program(), failed.status);
        let mut failure = problem::other_failure(failed.at, class, &message);
        failure.exit_code = Some(failed.status);
        self.problems.push_failure(failure);
    }

    fn close_builds(&mut self, verdict: Verdict) {
        let last_line = self.builds.last_line();
        // Nix says nothing when the last build ends: it may go on behind the last line of the log.
        let end = self.closing.filter(|closing| closing.line > last_line);
        if verdict.everything_built {
            self.builds.end_all_well(end);
        }
        self.builds.bound_all(end);
    }

    /// The wall time: by the stamps, else as a tool printed it.
    fn time(&self) -> Span {
        let stamped = self.bounds.start().zip(self.bounds.end()).and_then(|(from, to)| {
            time::stamped(from, to, "stamps on the first and the last line of the run")
        });
        stamped
            .or_else(|| self.timed_command())
            .or_else(|| self.stated_time())
            .unwrap_or_else(time::unknown)
    }

    /// What a shell printed behind the command. A build may print the same: it counts only at the
    /// end of a run in which nothing was left to do.
    fn timed_command(&self) -> Option<Span> {
        let (seconds, line) = self.timed?;
        let is_last = self.bounds.lines().last()?.saturating_sub(line) <= MAX_LINES_OF_TIME;
        let is_over = self.has_begun_all_planned() || self.has_concluded();
        let because = "what ran the command printed how long it took";
        (is_last && is_over).then(|| time::stated(seconds, because, line))
    }

    /// The jobs of a host come one after the other, and wait for those of others.
    fn jobs_time(&self, all: &Stated) -> Option<Span> {
        let (seconds, mut lines) = self.ending.jobs_s()?;
        lines.0.push([all.line, all.line]);
        lines.tidy();
        let because =
            "the times of the jobs of this host, and of all hosts, as colmena printed them";
        Some(time::bounded(Some(seconds), Some(all.seconds.max(seconds)), because, lines))
    }

    /// What nix-output-monitor prints is the time of one build; colmena's is that of all.
    fn stated_time(&self) -> Option<Span> {
        let [stated] = self.ending.stated_times() else { return None };
        if self.is_told_apart {
            return self.jobs_time(stated);
        }
        if stated.tool == Tool::Colmena {
            return Some(time::stated(stated.seconds, "colmena printed it", stated.line));
        }
        let because = "nix-output-monitor printed it; what came after the build is not in it";
        Some(Span { high_s: None, ..time::stated(stated.seconds, because, stated.line) })
    }
}
