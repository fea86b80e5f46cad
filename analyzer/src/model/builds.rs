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

mod build;
mod drawn;
mod ended;
mod needs;
mod slots;

use std::collections::{BTreeSet, HashMap, HashSet};

use super::graph::Graph;
use super::kind;
use super::plan::Novelty;
use super::recent::Owner;
use super::time::seconds_between;
use super::why::Evidence;
use crate::message::stdenv::{self, StdenvLine};
use crate::moment::{At, Moment};
use crate::report::{Derivation, Lines};
use crate::store_path::{StorePath, without_drv};
use ended::{Ended, Reach};

pub(super) use build::Build;
pub(super) use ended::End;
pub(super) use needs::Need;

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
    /// Which derivation is made of which, by a tree: indices.
    drawn_edges: BTreeSet<(usize, usize)>,
    /// The last line that a build may have printed, or that tells of one.
    last_line: u32,
    /// The last line of output that may be of any build.
    last_unclear: u32,
    /// The plans as they were listed.
    lists: Vec<PlanList>,
}

/// The derivations of one plan, in its order.
#[derive(Debug)]
struct PlanList {
    /// How many the head of the list announced.
    count: Option<u64>,
    indices: Vec<usize>,
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
    /// Takes the head of a plan.
    pub(super) fn begin_plan(&mut self, count: Option<u64>) {
        self.lists.push(PlanList { count, indices: Vec::new() });
    }

    /// Takes a derivation of a plan. Whether no plan had named it before.
    pub(super) fn plan(&mut self, at: At, drv: &str) -> Novelty {
        let index = self.index(drv);
        self.lists.iter_mut().last().into_iter().for_each(|list| list.indices.push(index));
        let build = &mut self.list[index];
        build.lines.push(at.first);
        let was_planned = std::mem::replace(&mut build.planned, true);
        if was_planned { Novelty::Known } else { Novelty::New }
    }

    /// Takes the start of a build.
    pub(super) fn start(&mut self, at: At, drv: &str, host: Option<&str>, around: Surroundings) {
        self.last_line = at.last;
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
        // Before others are known to have ended: the end of any of them may have set this off.
        self.end_sole_predecessor(at.start(), around);
        self.end_what_it_needs(index, at.start());
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

    /// Takes a sign that a build was started, of which nothing else may tell.
    pub(super) fn see_started(&mut self, at: At, drv: &str) {
        let index = self.index(drv);
        let build = &mut self.list[index];
        if !std::mem::replace(&mut build.started, true) {
            build.lines.push(at.first);
            self.n_started += 1;
        }
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

    /// Says that the builder of `drv` has ended, and that it did not build it.
    pub(super) fn halt(&mut self, at: At, drv: &str) {
        let index = self.index_seen(drv, at.first);
        self.set_end(index, Ended::exactly(End::Unsaid, at.start()));
    }

    /// Takes the start of a phase of `drv`.
    pub(super) fn phase(&mut self, moment: Moment, drv: &str, name: &str) {
        let index = self.index_seen(drv, moment.line);
        self.list[index].stdenv(moment, StdenvLine::Phase(name));
    }

    /// Takes a phase that a bar shows of the build of that name. What the build prints comes before
    /// what the bar shows, so that a phase which is known is not a new one.
    pub(super) fn drawn_phase(&mut self, moment: Moment, name: &str, phase: &str) {
        let drv = self.sole_named(name).and_then(|build| build.drv.clone());
        let index = self.index_seen(drv.as_deref().unwrap_or(name), moment.line);
        if !self.list[index].has_phase(phase) {
            self.list[index].stdenv(moment, StdenvLine::Phase(phase));
        }
    }

    /// Takes a line of the output of `drv`.
    pub(super) fn output_of(&mut self, moment: Moment, drv: &str, text: &str) -> Owner {
        let index = self.index_seen(drv, moment.line);
        self.print(index, moment, text);
        Owner::Build(index)
    }

    /// Takes a line of build output; `name` is what stands before it. Whose it is, if a build may
    /// have printed it.
    pub(super) fn output(
        &mut self,
        moment: Moment,
        name: Option<&str>,
        text: &str,
    ) -> Option<Owner> {
        let owner = match name {
            Some(name) => self.owner_by_name(moment, name, text)?,
            None if self.open.is_empty() => return None,
            None => self.sole_owner(),
        };
        if let Owner::Build(index) = owner {
            self.print(index, moment, text);
        } else {
            (self.last_line, self.last_unclear) = (moment.line, moment.line);
        }
        Some(owner)
    }

    /// Whose a line without a name is.
    pub(super) fn sole_owner(&self) -> Owner {
        self.sole_open().map_or(Owner::Unknown, Owner::Build)
    }

    /// Whether a line of `owner` is one of `drv`: by its build, else by its name.
    pub(super) fn is_of(&self, owner: Owner, drv: &str) -> bool {
        let Some(own) = self.by_path.get(drv) else { return false };
        match owner {
            Owner::Unknown => false,
            Owner::Named(index) => self.list[index].name == self.list[*own].name,
            Owner::Build(index) => index == *own,
        }
    }

    /// Where `drv` begins, and where its output is.
    pub(super) fn output_lines(&self, drv: &str) -> (Option<u32>, Lines) {
        let build = self.by_path.get(drv).map(|index| &self.list[*index]);
        let since = build.and_then(|build| build.since).map(|since| since.line);
        (since, build.map(|build| build.output_lines.clone()).unwrap_or_default())
    }

    fn owner_by_name(&mut self, moment: Moment, name: &str, text: &str) -> Option<Owner> {
        match self.by_name.get(name) {
            Some(indices) => {
                let first = indices.first().copied();
                let sole = self.sole_open_of(indices);
                if sole.is_some_and(|sole| self.list[sole].is_drawn_source())
                    && stdenv::parse(text).is_some()
                {
                    return Some(Owner::Build(self.start_by_output(moment, name)));
                }
                let sole = sole.map(Owner::Build);
                sole.or_else(|| first.map(Owner::Named))
            }
            None if stdenv::parse(text).is_some() => {
                Some(Owner::Build(self.start_by_output(moment, name)))
            }
            None => None,
        }
    }

    /// Takes a line that certainly is of this build.
    fn print(&mut self, index: usize, moment: Moment, text: &str) {
        self.last_line = moment.line;
        self.end_silence(index, moment);
        self.list[index].output(moment, text);
    }

    /// Takes a line that ends what may have been a silence of this build.
    fn end_silence(&mut self, index: usize, moment: Moment) {
        let build = &mut self.list[index];
        let before = build.last_output.or(build.since);
        if let Some(before) = before.filter(|before| before.line >= self.last_unclear) {
            build.silence.between(before, moment);
        }
    }

    /// The last line that a build may have printed, or that tells of one.
    pub(super) fn last_line(&self) -> u32 {
        self.last_line
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
        evidence: &Evidence<'_>,
    ) -> Vec<Derivation> {
        self.list.into_iter().map(|build| build.into_report(start, evidence)).collect()
    }

    /// Says that whatever was waited for had been built by then. Which builds waited for which.
    pub(super) fn settle(&mut self, graph: &Graph) -> Vec<Need> {
        let needs = self.needs(graph);
        for need in &needs {
            if let Some(moment) = self.list[need.user].since {
                self.list[need.input].ended_before(moment);
            }
        }
        needs
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
        let known = &self.list[*index];
        let tells_more = build.drv.is_some() || build.version.is_some();
        let is_same = known.version.is_none() || known.version == build.version;
        (tells_more && known.drv.is_none() && is_same).then_some(*index)
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

    /// The one of several namesakes that is certainly running.
    fn sole_open_of(&self, indices: &[usize]) -> Option<usize> {
        if indices.len() > MAX_NAMESAKES {
            return None;
        }
        let open = || indices.iter().copied().filter(|index| self.list[*index].ended.is_none());
        let mut with_phases = open().filter(|index| !self.list[*index].is_drawn_source());
        match (with_phases.next(), with_phases.next()) {
            (None, _) => open().next().filter(|_| open().nth(1).is_none()),
            (sole, None) => sole,
            _ => None,
        }
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
        if let Some(end) = ended.exact {
            self.end_silence(index, end);
        }
        self.open.retain(|open| *open != index);
        self.last_end_line = ended.exact.map_or(self.last_end_line, |exact| exact.line);
        match &mut self.list[index].ended {
            Some(known) if matches!(ended.end, End::Failed | End::Blocked) => known.end = ended.end,
            Some(_) => {}
            unknown => *unknown = Some(ended),
        }
    }
}
