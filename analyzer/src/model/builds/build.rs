//! One derivation that the log names.

use super::drawn::Drawn;
use super::ended::{End, Ended};
use crate::message::stdenv::{self, StdenvLine};
use crate::message::took;
use crate::model::kind;
use crate::model::phase::Phases;
use crate::model::silence::Silences;
use crate::model::time::{self, seconds_between};
use crate::model::why::Evidence;
use crate::moment::Moment;
use crate::report::{Derivation, DerivationKind, DerivationStatus, Lines, Span};
use crate::store_path::{StorePath, split_name_version, without_drv};

/// Ranges of output that are kept of each build: where builds take turns, each line is one.
const MAX_RANGES: usize = 128;

/// A derivation that the log names.
#[derive(Debug)]
pub(in crate::model) struct Build {
    pub(in crate::model) drv: Option<String>,
    pub(in crate::model) name: String,
    pub(in crate::model) version: Option<String>,
    pub(in crate::model) planned: bool,
    pub(in crate::model) started: bool,
    /// Whether its output shows that it compiles for NVIDIA's hardware.
    pub(in crate::model) uses_cuda: bool,
    pub(in crate::model) lines: Lines,
    pub(super) ended: Option<Ended>,
    pub(super) since: Option<Moment>,
    pub(super) host: Option<String>,
    pub(super) log_lines: u32,
    /// Where its output is, as far as that is certain.
    pub(super) output_lines: Lines,
    pub(super) last_output: Option<Moment>,
    pub(super) drawn: Option<Drawn>,
    pub(super) silence: Silences,
    phases: Phases,
}

impl Build {
    pub(super) fn new(drv: &str) -> Self {
        let name = StorePath::parse(drv).map_or(drv, StorePath::name);
        let (name, version) = split_name_version(without_drv(name));
        Self {
            drv: drv.ends_with(".drv").then(|| drv.to_owned()),
            name: name.to_owned(),
            version: version.map(str::to_owned),
            planned: false,
            started: false,
            uses_cuda: false,
            lines: Lines::default(),
            ended: None,
            since: None,
            host: None,
            log_lines: 0,
            output_lines: Lines::default(),
            last_output: None,
            drawn: None,
            silence: Silences::default(),
            phases: Phases::default(),
        }
    }

    /// Name and version.
    pub(in crate::model) fn full_name(&self) -> String {
        kind::full_name(&self.name, self.version.as_deref())
    }

    /// Takes the path and the version that were not known until now.
    pub(super) fn adopt(&mut self, other: Self) {
        self.drv = other.drv;
        self.version = other.version;
    }

    /// Says that it ended by itself, if nothing says that it failed.
    pub(super) fn ended_well(&mut self) {
        if let Some(ended) = self.ended.as_mut().filter(|ended| ended.end == End::Unsaid) {
            ended.end = End::Built;
        }
    }

    /// Says that it had been built by `moment`.
    pub(super) fn ended_before(&mut self, moment: Moment) {
        self.bound_end(moment);
        self.ended_well();
    }

    /// Says that it had ended by `moment`, well or not.
    pub(super) fn bound_end(&mut self, moment: Moment) {
        let ended = self.ended.get_or_insert_default();
        if ended.at_latest.is_none_or(|latest| latest.line > moment.line) {
            ended.at_latest = Some(moment);
        }
    }

    pub(super) fn output(&mut self, moment: Moment, text: &str) {
        self.log_lines += 1;
        self.output_lines.push(moment.line);
        if self.output_lines.0.len() == 2 * MAX_RANGES {
            self.output_lines.0.drain(..MAX_RANGES);
        }
        self.last_output = Some(moment);
        self.uses_cuda |= is_of_cuda(text);
        if let Some(line) = stdenv::parse(text) {
            self.stdenv(moment, line);
        } else if let Some(seconds) = took::in_build(text) {
            self.phases.took(moment, seconds);
        }
    }

    /// Whether it is an archive of which only the name is known. Such a build has no phases, so that
    /// those are of another build whose name begins like its own.
    pub(super) fn is_drawn_source(&self) -> bool {
        self.drv.is_none()
            && kind::of(&self.name, self.version.as_deref()) == DerivationKind::Source
    }

    pub(super) fn has_phase(&self, name: &str) -> bool {
        self.phases.has(name)
    }

    pub(super) fn stdenv(&mut self, moment: Moment, line: StdenvLine<'_>) {
        self.phases.line(moment, line);
    }

    /// Whether it failed, or was not begun because something else did.
    pub(super) fn is_bad(&self) -> bool {
        self.ended.is_some_and(|ended| matches!(ended.end, End::Failed | End::Blocked))
    }

    fn status(&self) -> DerivationStatus {
        match self.ended.map(|ended| ended.end) {
            Some(End::Built) => DerivationStatus::Built,
            Some(End::Failed) => DerivationStatus::Failed,
            Some(End::Blocked) => DerivationStatus::Blocked,
            _ if self.started => DerivationStatus::Building,
            _ if self.planned => DerivationStatus::Planned,
            _ => DerivationStatus::Unknown,
        }
    }

    /// How long it took: exactly where its end is known, else from its own last line to the
    /// moment when it had ended at the latest.
    fn time(&self) -> Option<Span> {
        let Some(since) = self.since else { return self.drawn.and_then(Drawn::time) };
        let ended = self.ended.unwrap_or_default();
        if let Some(end) = ended.exact {
            return time::stamped(since, end, "stamps on its start and on what showed its end")
                .or_else(|| self.drawn.and_then(Drawn::time))
                .or_else(|| self.stated_time(since));
        }
        if let Some(time) = self.drawn.and_then(Drawn::time) {
            return Some(time);
        }
        let own_s = self.last_output.and_then(|last| seconds_between(since, last));
        let high_s = ended.at_latest.and_then(|end| seconds_between(since, end));
        let stated = self.phases.stated_s();
        if high_s.is_none() && own_s.is_none() {
            return self.stated_time(since);
        }
        let low_s =
            [own_s, stated.map(|(seconds, _)| seconds), self.drawn_s()].into_iter().flatten();
        let mut seen = vec![since.line];
        seen.extend(self.last_output.map(|last| last.line));
        seen.extend(ended.at_latest.filter(|_| high_s.is_some()).map(|end| end.line));
        seen.extend(stated.map(|(_, line)| line));
        let because = match high_s {
            Some(_) => "stamps on its start, on its own last line, and on what came after it",
            None => "stamps on its start and on its own last line; nothing says when it ended",
        };
        let low_s = low_s.reduce(f64::max).and_then(time::known);
        let span = time::bounded(low_s, high_s, because, time::lines(seen));
        (span.low_s.is_some() || span.high_s.is_some()).then_some(span)
    }

    /// Seconds that it took at least, as far as it was drawn.
    fn drawn_s(&self) -> Option<f64> {
        self.drawn.and_then(Drawn::least_s)
    }

    /// Without a clock, what programs printed is a lower bound.
    fn stated_time(&self, since: Moment) -> Option<Span> {
        if let Some(drawn_s) = self.drawn_s() {
            let because = "nix-output-monitor printed for how long it had been running";
            return Some(time::bounded(Some(drawn_s), None, because, Lines::one(since.line)));
        }
        let (stated_s, line) = self.phases.stated_s()?;
        let because = "times that stdenv and the programs that it ran printed";
        Some(time::bounded(Some(stated_s), None, because, time::lines(vec![since.line, line])))
    }

    pub(super) fn into_report(self, start: Option<Moment>, evidence: &Evidence<'_>) -> Derivation {
        let kind = kind::of(&self.name, self.version.as_deref());
        Derivation {
            status: self.status(),
            kind,
            time: self.time(),
            from_s: start.zip(self.since).and_then(|(start, since)| seconds_between(start, since)),
            why_built: evidence.explain(&self, kind),
            silence: self.silence.into_report().filter(|_| self.log_lines > 0),
            phases: self.phases.into_report(self.ended.and_then(|ended| ended.exact)),
            drv: self.drv,
            name: self.name,
            version: self.version,
            planned: self.planned,
            started: self.started,
            host: self.host,
            drag_s: None,
            caused_by_input: None,
            log_lines: self.log_lines,
            lines: self.lines,
        }
    }
}

// [ 12%] Building CUDA object ggml/src/CMakeFiles/ggml-cuda.dir/acc.cu.o
// nvcc -c acc.cu
fn is_of_cuda(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(b'[') => text.contains("Building CUDA object"),
        Some(b'n') => text.starts_with("nvcc "),
        _ => false,
    }
}
