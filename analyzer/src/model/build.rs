//! The derivations of a run.

use std::collections::HashMap;

use super::At;
use crate::report::{Derivation, DerivationKind, DerivationStatus, Lines};
use crate::store_path::{StorePath, split_name_version, without_drv};

/// A derivation that the log names.
#[derive(Debug)]
pub(super) struct Build {
    pub(super) drv: Option<String>,
    pub(super) name: String,
    pub(super) version: Option<String>,
    pub(super) planned: bool,
    pub(super) started: bool,
    pub(super) end: End,
    pub(super) host: Option<String>,
    pub(super) log_lines: u32,
    pub(super) lines: Lines,
}

/// How a build ended, as far as lines say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Nothing was said: no line of Nix tells that a build succeeded.
    Unsaid,
    /// Something that needs it started, so it was built.
    Built,
    /// It failed by itself.
    Failed,
    /// Something that it needs failed.
    Blocked,
}

/// All derivations of a run, in log order.
#[derive(Debug, Default)]
pub(super) struct Builds {
    list: Vec<Build>,
    /// Index by path. Two derivations may share a name, so names are no key.
    by_path: HashMap<String, usize>,
    /// Indices of the started ones by name without version, as build output is marked.
    by_name: HashMap<String, Vec<usize>>,
    n_started: usize,
    /// Started, and not known to have ended.
    n_open: usize,
}

impl Builds {
    /// Takes a derivation of a plan. Whether no plan had named it before.
    pub(super) fn plan(&mut self, at: At, drv: &str) -> super::plan::Novelty {
        let index = self.index(drv);
        let build = &mut self.list[index];
        build.lines.push(at.first);
        if std::mem::replace(&mut build.planned, true) {
            return super::plan::Novelty::Known;
        }
        super::plan::Novelty::New
    }

    /// Takes the start of a build.
    pub(super) fn start(&mut self, at: At, drv: &str, host: Option<&str>) {
        let index = self.index(drv);
        let build = &mut self.list[index];
        build.lines.push(at.first);
        if let Some(host) = host {
            build.host = Some(host.to_owned());
        }
        if std::mem::replace(&mut build.started, true) {
            return;
        }
        self.n_started += 1;
        self.n_open += 1;
        self.by_name.entry(build.name.clone()).or_default().push(index);
        if is_top(&self.list[index].name) {
            self.end_all_but(index);
        }
    }

    /// Says how a build ended.
    pub(super) fn end(&mut self, at: At, drv: &str, end: End) {
        let index = self.index(drv);
        for line in at.first..=at.last {
            self.list[index].lines.push(line);
        }
        self.set_end(index, end);
    }

    /// Counts a line of build output; `name` is what stands before it. Whether a build may have
    /// printed it.
    pub(super) fn output(&mut self, name: Option<&str>) -> bool {
        let index = match name {
            Some(name) => match self.by_name.get(name).map(Vec::as_slice) {
                Some([index]) => Some(*index),
                Some(_) => None,
                None => return false,
            },
            None if self.n_open == 0 => return false,
            None => self.sole_open(),
        };
        if let Some(index) = index {
            self.list[index].log_lines += 1;
        }
        true
    }

    /// The one build that is certainly running.
    fn sole_open(&self) -> Option<usize> {
        if self.n_open != 1 {
            return None;
        }
        self.list.iter().rposition(|build| build.started && build.end == End::Unsaid)
    }

    /// The path of the one build that is certainly running.
    pub(super) fn sole_open_drv(&self) -> Option<&str> {
        self.list[self.sole_open()?].drv.as_deref()
    }

    /// Whether a build has started and nothing says that it ended.
    pub(super) fn any_open(&self) -> bool {
        self.n_open > 0
    }

    pub(super) fn n_started(&self) -> usize {
        self.n_started
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Build> {
        self.list.iter()
    }

    /// The derivation of this name and version, if there is only one.
    pub(super) fn sole_named(&self, name: &str) -> Option<&Build> {
        let (name, version) = split_name_version(without_drv(name));
        let mut found =
            self.list.iter().filter(|b| b.name == name && b.version.as_deref() == version);
        found.next().filter(|_| found.next().is_none())
    }

    /// Says that everything that started and did not fail was built.
    pub(super) fn end_all_well(&mut self) {
        for index in 0..self.list.len() {
            if self.list[index].started {
                self.set_end(index, End::Built);
            }
        }
    }

    pub(super) fn into_report(self) -> Vec<Derivation> {
        self.list.into_iter().map(Build::into_report).collect()
    }

    fn index(&mut self, drv: &str) -> usize {
        if let Some(index) = self.by_path.get(drv) {
            return *index;
        }
        self.list.push(Build::new(drv));
        self.by_path.insert(drv.to_owned(), self.list.len() - 1);
        self.list.len() - 1
    }

    /// A first verdict stays: a failure is not undone by what comes later.
    fn set_end(&mut self, index: usize, end: End) {
        let build = &mut self.list[index];
        if build.end != End::Unsaid {
            return;
        }
        build.end = end;
        if build.started {
            self.n_open -= 1;
        }
    }

    fn end_all_but(&mut self, top: usize) {
        for index in (0..self.list.len()).filter(|index| *index != top) {
            if self.list[index].started {
                self.set_end(index, End::Built);
            }
        }
    }
}

impl Build {
    fn new(drv: &str) -> Self {
        let name = StorePath::parse(drv).map_or(drv, StorePath::name);
        let (name, version) = split_name_version(without_drv(name));
        Self {
            drv: Some(drv.to_owned()),
            name: name.to_owned(),
            version: version.map(str::to_owned),
            planned: false,
            started: false,
            end: End::Unsaid,
            host: None,
            log_lines: 0,
            lines: Lines::default(),
        }
    }

    fn status(&self) -> DerivationStatus {
        match self.end {
            End::Built => DerivationStatus::Built,
            End::Failed => DerivationStatus::Failed,
            End::Blocked => DerivationStatus::Blocked,
            End::Unsaid if self.started => DerivationStatus::Building,
            End::Unsaid if self.planned => DerivationStatus::Planned,
            End::Unsaid => DerivationStatus::Unknown,
        }
    }

    fn into_report(self) -> Derivation {
        Derivation {
            status: self.status(),
            kind: DerivationKind::Other,
            drv: self.drv,
            name: self.name,
            version: self.version,
            planned: self.planned,
            started: self.started,
            host: self.host,
            time: None,
            from_s: None,
            drag_s: None,
            caused_by_input: None,
            phases: Vec::new(),
            log_lines: self.log_lines,
            why_built: None,
            lines: self.lines,
        }
    }
}

/// Whether everything else that is built here goes into a derivation of this name, so that its
/// start says that all the others are built.
fn is_top(name: &str) -> bool {
    name.starts_with("nixos-system-") || name.starts_with("darwin-system-")
}
