//! How a run ended, by evidence.

use super::run::Run;
use crate::message::bar::Counts;
use crate::message::text::clipped;
use crate::moment::At;
use crate::report::{ChangeSource, FailureClass, Lines, Outcome, Tool};

/// Lines that tell how a run ended.
#[derive(Debug, Default)]
pub(super) struct Ending {
    /// `nixos-rebuild` says that it is done.
    pub(super) done: Lines,
    /// A tool says that it went well.
    pub(super) good: Lines,
    /// A tool says that it went wrong.
    pub(super) bad: Lines,
    /// A tool says that everything was built; more may follow.
    pub(super) built: Lines,
    /// A deployment tool says that the new configuration is active.
    pub(super) activated: Lines,
    /// It was taken back.
    pub(super) rolled_back: Lines,
    /// Seconds that each job of a deployment took, and its line.
    jobs: Vec<(u32, f64)>,
    /// What a tool says that failed. Errors of Nix and of the switch tell more.
    said: Vec<(At, FailureClass, String)>,
    /// Store paths that commands printed as their results.
    results: Vec<(At, String)>,
    failed_command: Option<FailedCommand>,
    /// Where the bar was drawn last, and whether everything was built then.
    bar: Option<(u32, bool)>,
    stated: Vec<Stated>,
    /// Where Nix was through with what it was asked for, if nothing failed.
    last_word: Option<u32>,
}

/// A command that did not succeed.
#[derive(Clone, Debug)]
pub(super) struct FailedCommand {
    pub(super) at: At,
    pub(super) command: String,
    pub(super) status: i32,
}

/// A time that a tool printed.
#[derive(Clone, Debug)]
pub(super) struct Stated {
    pub(super) line: u32,
    pub(super) tool: Tool,
    pub(super) seconds: f64,
}

/// Results kept: only whether it is one matters.
const MAX_RESULTS: usize = 2;

/// Jobs of one host that are kept; colmena has four.
const MAX_JOBS: usize = 100;

/// Failures that a tool says of one host, and bytes of each, that are kept.
const MAX_SAID: usize = 100;
const MAX_SAID_LEN: usize = 1000;

/// What the evidence says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) outcome: Outcome,
    pub(super) activated: Option<bool>,
    /// Whether everything that started and did not fail must have been built.
    pub(super) everything_built: bool,
}

impl Ending {
    /// Takes an exit status that a script wrote.
    pub(super) fn exit_status(&mut self, at: At, status: i32) {
        let lines = if status == 0 { &mut self.good } else { &mut self.bad };
        lines.push(at.first);
    }

    /// Takes a store path that a command printed.
    pub(super) fn result(&mut self, at: At, path: &str) {
        self.results.retain(|(_, known)| known != path);
        self.results.truncate(MAX_RESULTS - 1);
        self.results.push((at, path.to_owned()));
    }

    /// Takes the numbers of a progress bar.
    pub(super) fn bar(&mut self, at: At, counts: Counts) {
        self.bar = Some((at.last, counts.done == counts.expected && counts.failed == 0));
    }

    /// Takes a line with which Nix has nothing more to do. It is the end of the run only if nothing
    /// follows.
    pub(super) fn last_word(&mut self, at: At) {
        self.last_word = Some(at.last);
    }

    /// Takes a command that did not succeed.
    pub(super) fn command_failed(&mut self, at: At, command: &str, status: i32) {
        self.failed_command = Some(FailedCommand { at, command: command.to_owned(), status });
    }

    /// Takes a time that a tool printed.
    pub(super) fn stated(&mut self, at: At, tool: Tool, seconds: f64) {
        self.stated.push(Stated { line: at.first, tool, seconds });
    }

    /// Takes what was said of all hosts before any of them was named.
    pub(super) fn take_over(&mut self, shared: &Self) {
        self.good.clone_from(&shared.good);
        self.stated.clone_from(&shared.stated);
    }

    /// Takes a job of a deployment that is done.
    pub(super) fn job(&mut self, at: At, seconds: f64) {
        if self.jobs.len() < MAX_JOBS {
            self.jobs.push((at.first, seconds));
        }
    }

    /// Takes what a tool says that failed.
    pub(super) fn said_failure(&mut self, at: At, class: FailureClass, message: &str) {
        if self.said.len() < MAX_SAID {
            self.said.push((at, class, clipped(message, MAX_SAID_LEN).to_owned()));
        }
    }

    /// Whether a tool says that something failed.
    pub(super) fn said_failures(&self) -> bool {
        !self.said.is_empty()
    }

    /// Where the run went wrong: what `ssh` says, else the first thing that a tool says; what it
    /// says next follows from that.
    pub(super) fn said_cause(&self) -> Option<&(At, FailureClass, String)> {
        let is_of_ssh = |said: &&(At, FailureClass, String)| said.1 == FailureClass::Network;
        let cause = self.said.iter().rfind(is_of_ssh).or(self.said.first());
        cause.filter(|_| !self.bad.0.is_empty())
    }

    /// Seconds that the jobs of a deployment took, one after the other, and their lines.
    pub(super) fn jobs_s(&self) -> Option<(f64, Lines)> {
        let mut lines = Lines::default();
        self.jobs.iter().for_each(|(line, _)| lines.push(*line));
        let seconds: f64 = self.jobs.iter().map(|(_, seconds)| seconds).sum();
        (!self.jobs.is_empty()).then_some((seconds, lines))
    }

    /// The command that did not succeed.
    pub(super) fn failed_command(&self) -> Option<FailedCommand> {
        self.failed_command.clone()
    }

    /// The times that tools printed.
    pub(super) fn stated_times(&self) -> &[Stated] {
        &self.stated
    }

    /// The one result that was printed.
    pub(super) fn sole_result(&self) -> Option<(At, String)> {
        match self.results.as_slice() {
            [result] => Some(result.clone()),
            _ => None,
        }
    }

    /// Whether the tool has said its last word.
    pub(super) fn is_final(&self) -> bool {
        !self.done.0.is_empty() || self.failed_command.is_some()
    }

    /// Whether nothing was said.
    pub(super) fn is_empty(&self) -> bool {
        let lines = [&self.done, &self.good, &self.bad];
        lines.iter().all(|lines| lines.0.is_empty()) && self.results.is_empty() && !self.is_final()
    }

    /// The last line that speaks for success.
    fn last_good(&self) -> Option<u32> {
        let bar = self.bar.and_then(|(line, all_built)| all_built.then_some(line));
        self.done.last().max(self.good.last()).max(bar)
    }

    /// The last line that holds a result.
    fn last_result(&self) -> Option<u32> {
        self.results.last().map(|(at, _)| at.last)
    }
}

impl FailedCommand {
    /// The program that failed: `Command '['/nix/store/…', 'test']'` names it by its path.
    pub(super) fn program(&self) -> &str {
        if self.command.contains("/bin/switch-to-configuration") {
            return "switch-to-configuration";
        }
        let word = self.command.split_whitespace().next().unwrap_or("the command");
        let word = word.trim_matches(['[', ']', '\'', ',']);
        word.rsplit('/').next().unwrap_or(word)
    }
}

/// Weighs the evidence.
pub(super) fn judge(run: &Run) -> Verdict {
    let outcome = outcome(run);
    Verdict {
        outcome,
        activated: activated(run, outcome),
        everything_built: outcome == Outcome::Succeeded
            || run.switch.has_begun()
            || run.switch.has_bootloader()
            || run.switch.has_failed(),
    }
}

/// The last word counts: a failure that something later overcame is not the end of the run.
fn outcome(run: &Run) -> Outcome {
    if !run.problems.interrupt.0.is_empty()
        && run.problems.interrupt.last() >= run.ending.last_good()
    {
        return Outcome::Interrupted;
    }
    let is_switch_bad = !run.switch.failed_units().is_empty() || run.switch.has_failed();
    if is_switch_bad || run.ending.failed_command.is_some() {
        return Outcome::Failed;
    }
    let failed = run.problems.last_line().max(run.ending.bad.last());
    let succeeded = run.ending.last_good().max(run.switch.after_script.last());
    if failed.is_some() && failed >= succeeded {
        return if is_only_unclear(run) { silent_outcome(run) } else { Outcome::Failed };
    }
    if run.switch.is_dry {
        return Outcome::DryRun;
    }
    if run.ending.last_good().is_some() || run.switch.is_complete() {
        return Outcome::Succeeded;
    }
    silent_outcome(run)
}

/// Whether the only failures are lines that a build may have printed.
fn is_only_unclear(run: &Run) -> bool {
    run.problems.n_failures() == 0
        && run.problems.summary.0.is_empty()
        && run.ending.bad.0.is_empty()
        && run.ending.last_result() > run.problems.last_line()
}

/// Nix prints nothing when all went well. A result path says it; so does the start of everything
/// that was planned, unless more than Nix was to run.
fn silent_outcome(run: &Run) -> Outcome {
    if !run.building_system.0.is_empty() || run.switch.has_begun() {
        return Outcome::Unknown;
    }
    let is_built = !run.ending.built.0.is_empty() && run.attributes.are_complete();
    if run.ending.last_result().is_some() || is_built {
        return Outcome::Succeeded;
    }
    let is_through = run.ending.last_word.is_some_and(|line| run.bounds.ends_with(line));
    if is_through || run.has_begun_all_planned() { Outcome::Succeeded } else { Outcome::Unknown }
}

fn activated(run: &Run, outcome: Outcome) -> Option<bool> {
    if run.is_shared {
        return None;
    }
    if !run.ending.rolled_back.0.is_empty() {
        return Some(false);
    }
    if run.switch.is_complete() || !run.ending.activated.0.is_empty() {
        return Some(true);
    }
    let is_about_a_system = run.tool.is_some_and(switches) || run.system.is_named();
    if run.switch.has_begun() || outcome == Outcome::Unknown || !is_about_a_system {
        return None;
    }
    Some(false)
}

/// Whether a tool may switch to what it builds.
fn switches(tool: Tool) -> bool {
    !matches!(tool, Tool::NixFastBuild | Tool::NixosAnywhere)
}

/// The tool, from what it printed or from what it builds.
pub(super) fn tool(run: &Run) -> Option<Tool> {
    let builds = |start: &str| run.builds.iter().any(|build| build.name.starts_with(start));
    if matches!(run.tool, None | Some(Tool::NixosRebuild)) && builds("darwin-system") {
        return Some(Tool::DarwinRebuild);
    }
    let is_home = builds("home-manager-generation") && !builds("nixos-system-");
    run.tool
        .or_else(|| run.command.as_deref().and_then(command_tool))
        .or_else(|| is_home.then_some(Tool::HomeManager))
        .or_else(|| switch_tool(run))
        .or_else(|| comparison_tool(run))
}

/// The program that a command line runs.
fn command_tool(command: &str) -> Option<Tool> {
    const TOOLS: [(&str, Tool); 13] = [
        ("nixos-rebuild", Tool::NixosRebuild),
        ("darwin-rebuild", Tool::DarwinRebuild),
        ("home-manager", Tool::HomeManager),
        ("nix-build", Tool::NixBuild),
        ("nix-store", Tool::NixStore),
        ("nix", Tool::Nix),
        ("nh", Tool::Nh),
        ("nvd", Tool::Nvd),
        ("nom", Tool::Nix),
        ("nix-fast-build", Tool::NixFastBuild),
        ("nixos-anywhere", Tool::NixosAnywhere),
        ("colmena", Tool::Colmena),
        ("deploy", Tool::DeployRs),
    ];
    let mut words = command.split_whitespace().map(|word| word.rsplit('/').next().unwrap_or(word));
    words.find_map(|word| TOOLS.iter().find(|(name, _)| *name == word)).map(|(_, tool)| *tool)
}

/// Only a switch was read: whoever started it is unknown.
fn switch_tool(run: &Run) -> Option<Tool> {
    let is_alone = run.switch.has_begun() && run.builds.iter().next().is_none();
    is_alone.then_some(Tool::SwitchToConfiguration)
}

fn comparison_tool(run: &Run) -> Option<Tool> {
    match run.comparison.source()? {
        ChangeSource::Nvd => Some(Tool::Nvd),
        ChangeSource::Dix => Some(Tool::Dix),
        ChangeSource::DiffClosures => Some(Tool::Nix),
        ChangeSource::Compared | ChangeSource::History | ChangeSource::Plan => None,
    }
}
