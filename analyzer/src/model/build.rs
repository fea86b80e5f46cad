//! The derivations of a run.
//!
//! No line of a human log says that a build has ended well. It has where
//! - something starts that is made of it: the system of everything else, `ollama-0.6.0` of
//!   `ollama-0.6.0-go-modules`;
//! - it is the only thing that was running, nothing is copied, and another build starts later: only
//!   its end can have set that off;
//! - the run goes on to the switch, or succeeds.
//!
//! The first and the last rule only say when it had ended at the latest.

mod ended;

use std::collections::{HashMap, HashSet};

use super::kind;
use super::phase::Phases;
use super::plan::Novelty;
use super::time::{self, seconds_between};
use super::why::Downloads;
use crate::message::stdenv::{self, StdenvLine};
use crate::moment::{At, Moment};
use crate::report::{Derivation, DerivationStatus, Lines, Span};
use crate::store_path::{StorePath, split_name_version, without_drv};
use ended::{Ended, Reach};

pub(super) use ended::End;

/// A derivation that the log names.
#[derive(Debug)]
pub(super) struct Build {
    pub(super) drv: Option<String>,
    pub(super) name: String,
    pub(super) version: Option<String>,
    pub(super) planned: bool,
    pub(super) started: bool,
    /// Whether its output shows that it compiles for NVIDIA's hardware.
    pub(super) uses_cuda: bool,
    pub(super) lines: Lines,
    ended: Option<Ended>,
    since: Option<Moment>,
    host: Option<String>,
    log_lines: u32,
    last_output: Option<Moment>,
    phases: Phases,
}

/// All derivations of a run, in log order.
#[derive(Debug, Default)]
pub(super) struct Builds {
    list: Vec<Build>,
    /// Index by path. Two derivations may share a name, so names are no key.
    by_path: HashMap<String, usize>,
    /// Indices of the started ones by name without version, as build output is marked.
    by_name: HashMap<String, Vec<usize>>,
    /// By name and version, planned or started.
    by_full_name: HashMap<String, Namesakes>,
    n_started: usize,
    /// Started, and not known to have ended.
    open: Vec<usize>,
    /// The last line on which a build is known to have ended.
    last_end_line: u32,
    /// Ended after a failure, well or not.
    stopped: Vec<usize>,
}

/// The derivations of one name and version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Namesakes {
    /// Only one: its index.
    One(usize),
    /// Several: the name alone does not tell which is meant.
    Several,
}

impl Namesakes {
    fn and(self, index: usize) -> Self {
        if self == Self::One(index) { self } else { Self::Several }
    }
}

/// Whether anything else than a build can have set off the start of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Surroundings {
    /// Nothing was copied and nothing evaluated since.
    OnlyBuilds,
    /// Something was.
    Busy,
}

/// So many derivations of one name, or of any, are looked through for what another is made of, the
/// latest first. Real logs have fewer; the time must not grow with the square of the builds.
const MAX_NAMESAKES: usize = 64;
const MAX_OPEN: usize = 1024;

/// Seconds after which a start was set off by an end: builds that need not wait start together.
const TOGETHER_S: f64 = 1.0;

impl Builds {
    /// Takes a derivation of a plan. Whether no plan had named it before.
    pub(super) fn plan(&mut self, at: At, drv: &str) -> Novelty {
        let index = self.index(drv);
        let build = &mut self.list[index];
        build.lines.push(at.first);
        let was_planned = std::mem::replace(&mut build.planned, true);
        if was_planned { Novelty::Known } else { Novelty::New }
    }

    /// Takes the start of a build.
    pub(super) fn start(&mut self, at: At, drv: &str, host: Option<&str>, around: Surroundings) {
        let index = self.index(drv);
        let build = &mut self.list[index];
        build.lines.push(at.first);
        if let Some(host) = host {
            build.host = Some(host.to_owned());
        }
        if std::mem::replace(&mut build.started, true) {
            return;
        }
        build.since = Some(at.start());
        for stopped in std::mem::take(&mut self.stopped) {
            self.list[stopped].ended_well();
        }
        let build = &self.list[index];
        self.by_name.entry(build.name.clone()).or_default().push(index);
        self.end_what_it_needs(index, at.start());
        self.end_sole_predecessor(at.start(), around);
        self.n_started += 1;
        self.open.push(index);
    }

    /// Takes the start of a build of which only the name is known; it may be drawn many times.
    pub(super) fn start_named(&mut self, at: At, name: &str, host: Option<&str>) {
        let key = self.sole_named(name).and_then(|build| build.drv.clone());
        let key = key.as_deref().unwrap_or(name);
        if self.by_path.get(key).is_some_and(|index| self.list[*index].started) {
            return;
        }
        self.start(at, key, host, Surroundings::Busy);
    }

    /// Says that a build failed, or was not begun because of another one.
    pub(super) fn fail(&mut self, at: At, drv: &str, end: End) {
        let index = self.index(drv);
        (at.first..=at.last).for_each(|line| self.list[index].lines.push(line));
        self.set_end(index, Ended::exactly(end, at.start()));
    }

    /// Says that the builder of `drv` has ended. After a failure, it may have been stopped; where
    /// another build starts later, it was not.
    pub(super) fn stop(&mut self, at: At, drv: &str, end: End) {
        let index = self.index_seen(drv, at.first);
        self.set_end(index, Ended::exactly(end, at.start()));
        if end == End::Unsaid {
            self.stopped.push(index);
        }
    }

    /// Takes the start of a phase of `drv`, or of the build of that name.
    pub(super) fn phase(&mut self, moment: Moment, drv: &str, name: &str) {
        let drv =
            self.sole_named(drv).and_then(|build| build.drv.clone()).unwrap_or(drv.to_owned());
        let index = self.index_seen(&drv, moment.line);
        self.list[index].stdenv(moment, StdenvLine::Phase(name));
    }

    /// Takes a line of the output of `drv`.
    pub(super) fn output_of(&mut self, moment: Moment, drv: &str, text: &str) {
        let index = self.index_seen(drv, moment.line);
        self.list[index].output(moment, text);
    }

    /// Takes a line of build output; `name` is what stands before it. Whether a build may have
    /// printed it.
    pub(super) fn output(&mut self, moment: Moment, name: Option<&str>, text: &str) -> bool {
        let index = match name {
            Some(name) => match self.by_name.get(name) {
                Some(indices) => self.sole_open_of(indices),
                None if stdenv::parse(text).is_some() => Some(self.start_by_output(moment, name)),
                None => return false,
            },
            None if self.open.is_empty() => return false,
            None => self.sole_open(),
        };
        if let Some(index) = index {
            self.list[index].output(moment, text);
        }
        true
    }

    /// A build that shows only by a phase that it begins, behind its name.
    fn start_by_output(&mut self, moment: Moment, name: &str) -> usize {
        let mut planned = self.list.iter().filter(|it| it.name == name && it.planned);
        let key = planned.next().filter(|_| planned.next().is_none());
        let key = key.and_then(|build| build.drv.clone()).unwrap_or_else(|| name.to_owned());
        self.start(At::one(moment), &key, None, Surroundings::Busy);
        self.by_path[&key]
    }

    /// The path of the one build that is certainly running.
    pub(super) fn sole_open_drv(&self) -> Option<&str> {
        self.list[self.sole_open()?].drv.as_deref()
    }

    /// Whether a build may be running.
    pub(super) fn any_open(&self) -> bool {
        !self.open.is_empty()
    }

    pub(super) fn n_started(&self) -> usize {
        self.n_started
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Build> {
        self.list.iter()
    }

    /// Names with versions of what was built and was not planned to be.
    pub(super) fn unplanned(&self) -> HashSet<String> {
        let unplanned = self.list.iter().filter(|build| build.started && !build.planned);
        unplanned.map(|it| kind::full_name(&it.name, it.version.as_deref())).collect()
    }

    /// The path of the derivation that an output has its name from, if there is only one.
    pub(super) fn sole_of_output(&self, path: &str) -> Option<String> {
        self.sole_named(StorePath::parse(path)?.name())?.drv.clone()
    }

    /// The derivation of this name and version, if there is only one.
    pub(super) fn sole_named(&self, name: &str) -> Option<&Build> {
        match self.by_full_name.get(without_drv(name))? {
            Namesakes::One(index) => Some(&self.list[*index]),
            Namesakes::Several => None,
        }
    }

    /// Says that everything that started and did not fail was built, when `moment` came at the latest.
    pub(super) fn end_all_well(&mut self, moment: Option<Moment>) {
        for index in std::mem::take(&mut self.open) {
            self.set_end(index, Ended { end: End::Built, exact: None, at_latest: moment });
        }
    }

    /// Says when everything had ended at the latest, however it ended.
    pub(super) fn bound_all(&mut self, moment: Option<Moment>) {
        for index in std::mem::take(&mut self.open) {
            self.set_end(index, Ended { end: End::Unsaid, exact: None, at_latest: moment });
        }
    }

    pub(super) fn into_report(
        self,
        start: Option<Moment>,
        downloads: &Downloads<'_>,
    ) -> Vec<Derivation> {
        self.list.into_iter().map(|build| build.into_report(start, downloads)).collect()
    }

    fn index(&mut self, drv: &str) -> usize {
        if let Some(index) = self.by_path.get(drv) {
            return *index;
        }
        let build = Build::new(drv);
        let full = kind::full_name(&build.name, build.version.as_deref());
        let known = self.known_by_name(&build, &full);
        let index = known.unwrap_or(self.list.len());
        self.by_path.insert(drv.to_owned(), index);
        let namesakes = self.by_full_name.entry(full);
        let namesakes = namesakes.and_modify(|it| *it = it.and(index));
        namesakes.or_insert(Namesakes::One(index));
        match known {
            Some(index) => self.list[index].adopt(build),
            None => self.list.push(build),
        }
        index
    }

    /// A derivation that was known by its name alone until now.
    fn known_by_name(&self, build: &Build, full: &str) -> Option<usize> {
        let index = self.by_path.get(full).or_else(|| self.by_path.get(&build.name))?;
        (build.drv.is_some() && self.list[*index].drv.is_none()).then_some(*index)
    }

    /// The index of a build that a line shows to be going on. It may have begun in a run before.
    fn index_seen(&mut self, drv: &str, line: u32) -> usize {
        let index = self.index(drv);
        let lines = &mut self.list[index].lines;
        if lines.0.is_empty() {
            lines.push(line);
        }
        index
    }

    /// The one build that is certainly running.
    fn sole_open(&self) -> Option<usize> {
        match self.open.as_slice() {
            [index] => Some(*index),
            _ => None,
        }
    }

    fn sole_open_of(&self, indices: &[usize]) -> Option<usize> {
        if indices.len() > MAX_NAMESAKES {
            return None;
        }
        let mut open = indices.iter().filter(|index| self.list[**index].ended.is_none());
        open.next().copied().filter(|_| open.next().is_none())
    }

    /// What is made of other derivations starts only when those are built.
    fn end_what_it_needs(&mut self, index: usize, moment: Moment) {
        let user = &self.list[index];
        let (candidates, most) = match ended::reach(user) {
            Reach::SameName => {
                (self.by_name.get(&user.name).map_or(&[][..], Vec::as_slice), MAX_NAMESAKES)
            }
            Reach::Any => (self.open.as_slice(), MAX_OPEN),
            Reach::All => (self.open.as_slice(), usize::MAX),
        };
        let is_needed = |it: &usize| *it != index && ended::needs(user, &self.list[*it]);
        let latest = candidates.iter().rev().take(most).copied();
        let needed: Vec<usize> = latest.filter(is_needed).collect();
        for index in needed {
            self.set_end(index, Ended { end: End::Built, exact: None, at_latest: Some(moment) });
        }
    }

    fn end_sole_predecessor(&mut self, moment: Moment, around: Surroundings) {
        let Some(index) = self.sole_open().filter(|_| around == Surroundings::OnlyBuilds) else {
            return;
        };
        // The end of another one set it off.
        if self.list[index].since.is_some_and(|since| since.line < self.last_end_line) {
            return;
        }
        let waited = self.list[index].since.and_then(|since| seconds_between(since, moment));
        if waited.is_some_and(|seconds| seconds > TOGETHER_S) {
            self.set_end(index, Ended::exactly(End::Built, moment));
        }
    }

    /// The first verdict stays, but for a failure that is told after the end.
    fn set_end(&mut self, index: usize, ended: Ended) {
        self.open.retain(|open| *open != index);
        self.last_end_line = ended.exact.map_or(self.last_end_line, |exact| exact.line);
        match &mut self.list[index].ended {
            Some(known) if matches!(ended.end, End::Failed | End::Blocked) => known.end = ended.end,
            Some(_) => {}
            unknown => *unknown = Some(ended),
        }
    }
}

impl Build {
    fn new(drv: &str) -> Self {
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
            last_output: None,
            phases: Phases::default(),
        }
    }

    /// Takes the path and the version that were not known until now.
    fn adopt(&mut self, other: Self) {
        self.drv = other.drv;
        self.version = other.version;
    }

    /// Says that it ended by itself, if nothing says that it failed.
    fn ended_well(&mut self) {
        if let Some(ended) = self.ended.as_mut().filter(|ended| ended.end == End::Unsaid) {
            ended.end = End::Built;
        }
    }

    fn output(&mut self, moment: Moment, text: &str) {
        self.log_lines += 1;
        self.last_output = Some(moment);
        self.uses_cuda |= text.contains("Building CUDA object") || text.starts_with("nvcc ");
        if let Some(line) = stdenv::parse(text) {
            self.stdenv(moment, line);
        }
    }

    fn stdenv(&mut self, moment: Moment, line: StdenvLine<'_>) {
        self.phases.line(moment, line);
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
        let since = self.since?;
        let ended = self.ended.unwrap_or_default();
        if let Some(end) = ended.exact {
            return time::stamped(since, end, "stamps on its start and on what showed its end")
                .or_else(|| self.stated_time(since));
        }
        let own_s = self.last_output.and_then(|last| seconds_between(since, last));
        let high_s = ended.at_latest.and_then(|end| seconds_between(since, end));
        let low_s = [own_s, self.phases.stated_s()].into_iter().flatten().reduce(f64::max);
        if high_s.is_none() {
            return self.stated_time(since);
        }
        let mut lines = Lines::one(since.line);
        self.last_output.iter().for_each(|last| lines.push(last.line));
        ended.at_latest.iter().for_each(|end| lines.push(end.line));
        let because = "stamps on its start, on its own last line, and on what came after it";
        Some(time::bounded(low_s.and_then(time::known), high_s, because, lines))
    }

    /// Without a clock, what stdenv printed is a lower bound.
    fn stated_time(&self, since: Moment) -> Option<Span> {
        let stated_s = self.phases.stated_s()?;
        let because = "the times of its longer phases, as stdenv printed them";
        Some(time::bounded(Some(stated_s), None, because, Lines::one(since.line)))
    }

    fn into_report(self, start: Option<Moment>, downloads: &Downloads<'_>) -> Derivation {
        let kind = kind::of(&self.name, self.version.as_deref());
        Derivation {
            status: self.status(),
            kind,
            time: self.time(),
            from_s: start.zip(self.since).and_then(|(start, since)| seconds_between(start, since)),
            why_built: downloads.explain(&self, kind),
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
