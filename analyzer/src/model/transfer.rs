//! Store paths that are copied.

use std::collections::{HashMap, HashSet};

use super::plan::Novelty;
use crate::message::plain::Copying;
use crate::moment::At;
use crate::report::{Direction, Fetch, FetchStatus, Lines};
use crate::store_path::{StorePath, fold_output, split_name_version};

/// A store path that is copied, or was planned to be.
#[derive(Debug)]
struct Transfer {
    path: String,
    direction: Direction,
    store: Option<String>,
    retries: u32,
    bytes: Option<u64>,
    is_planned: bool,
    status: FetchStatus,
    lines: Lines,
}

/// All copies of a run, in log order.
#[derive(Debug, Default)]
pub(super) struct Transfers {
    list: Vec<Transfer>,
    /// Index of downloads by path.
    from: HashMap<String, usize>,
    /// Index of uploads by path.
    to: HashMap<String, usize>,
    n_copied: usize,
}

impl Transfers {
    /// Takes a path of a plan. Whether no plan had named it before.
    pub(super) fn plan(&mut self, at: At, path: &str) -> Novelty {
        let index = self.index(path, Direction::From);
        let transfer = &mut self.list[index];
        transfer.lines.push(at.first);
        if std::mem::replace(&mut transfer.is_planned, true) {
            return Novelty::Known;
        }
        Novelty::New
    }

    /// Takes the start of a copy; a second one of the same path is another try.
    pub(super) fn copy(&mut self, at: At, copying: &Copying<'_>) {
        let (direction, store) = match (copying.from, copying.to) {
            (_, Some(to)) => (Direction::To, Some(to)),
            (from, None) => (Direction::From, from),
        };
        let index = self.index(copying.path, direction);
        let transfer = &mut self.list[index];
        transfer.lines.push(at.first);
        transfer.store = store.map(str::to_owned).or(transfer.store.take());
        match transfer.status {
            FetchStatus::Planned => {
                transfer.status = FetchStatus::Copied;
                self.n_copied += 1;
            }
            FetchStatus::Copied | FetchStatus::Failed => transfer.retries += 1,
        }
    }

    /// Takes a copy of which only the name is known; the bar draws it many times.
    pub(super) fn copy_named(&mut self, at: At, name: &str) {
        let index = self.index(name, Direction::From);
        let transfer = &mut self.list[index];
        transfer.lines.push(at.first);
        if transfer.status == FetchStatus::Planned {
            transfer.status = FetchStatus::Copied;
            self.n_copied += 1;
        }
    }

    /// Takes a copy of which only the name of the derivation is known.
    pub(super) fn drawn(&mut self, at: At, name: &str, direction: Direction, began: bool) {
        let index = self.index(name, direction);
        let transfer = &mut self.list[index];
        transfer.lines.push(at.first);
        if began && transfer.status == FetchStatus::Planned {
            transfer.status = FetchStatus::Copied;
            self.n_copied += 1;
        }
    }

    /// Takes the size of a download that has ended.
    pub(super) fn downloaded(&mut self, at: At, path: &str, bytes: u64) {
        let Some(index) = self.from.get(path) else { return };
        let transfer = &mut self.list[*index];
        transfer.lines.push(at.first);
        transfer.bytes = Some(bytes);
    }

    /// Says that a path could not be fetched.
    pub(super) fn fail(&mut self, at: At, path: &str) {
        let Some(index) = self.from.get(path) else { return };
        let transfer = &mut self.list[*index];
        transfer.lines.push(at.first);
        transfer.status = FetchStatus::Failed;
    }

    /// Takes the names and versions of derivations that were built and not planned to be: a path
    /// that was to be fetched, and was built instead, could not be fetched.
    pub(super) fn fail_built(&mut self, built: &HashSet<String>) {
        let planned = self.list.iter_mut().filter(|transfer| transfer.is_planned);
        for transfer in planned.filter(|transfer| built.contains(base_name(&transfer.path))) {
            transfer.status = FetchStatus::Failed;
        }
    }

    /// Whether every planned path was copied, or is being copied.
    pub(super) fn has_begun_all_planned(&self) -> bool {
        self.list
            .iter()
            .all(|transfer| !transfer.is_planned || transfer.status == FetchStatus::Copied)
    }

    /// How many were planned or copied.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing was planned or copied.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn n_copied(&self) -> usize {
        self.n_copied
    }

    pub(super) fn into_report(self) -> Vec<Fetch> {
        let outputs = outputs(&self.list);
        let pairs = self.list.into_iter().zip(outputs);
        pairs.map(|(transfer, output)| transfer.into_report(output)).collect()
    }

    fn index(&mut self, path: &str, direction: Direction) -> usize {
        let map = match direction {
            Direction::From => &mut self.from,
            Direction::To => &mut self.to,
        };
        if let Some(index) = map.get(path) {
            return *index;
        }
        map.insert(path.to_owned(), self.list.len());
        self.list.push(Transfer {
            path: path.to_owned(),
            direction,
            store: None,
            retries: 0,
            bytes: None,
            is_planned: false,
            status: FetchStatus::Planned,
            lines: Lines::default(),
        });
        self.list.len() - 1
    }
}

/// So many versions of a package tell which words behind them are outputs. Real logs have fewer.
const MAX_VERSIONS: usize = 64;

/// The output that each path holds: whether `1.0-dev` is one shows beside a `1.0`.
fn outputs(list: &[Transfer]) -> Vec<Option<String>> {
    let mut versions: HashMap<&str, Vec<&str>> = HashMap::new();
    for (name, version) in list.iter().map(|transfer| split(&transfer.path)) {
        let known = versions.entry(name).or_default();
        known.extend(version.filter(|_| known.len() < MAX_VERSIONS));
    }
    let output = |transfer: &Transfer| {
        let (name, version) = split(&transfer.path);
        let (_, output) = fold_output(version?, versions.get(name)?);
        output.map(str::to_owned)
    };
    list.iter().map(output).collect()
}

/// `hello-2.12` of `/nix/store/…-hello-2.12`.
fn base_name(path: &str) -> &str {
    StorePath::parse(path).map_or(path, StorePath::name)
}

fn split(path: &str) -> (&str, Option<&str>) {
    split_name_version(base_name(path))
}

impl Transfer {
    /// `output` is the last word of the version, if that is no part of it.
    fn into_report(self, output: Option<String>) -> Fetch {
        let (name, version) = split(&self.path);
        let folded = |version: &str, output: &str| version.len() - output.len() - "-".len();
        let version = version.map(|version| match &output {
            Some(output) => &version[..folded(version, output)],
            None => version,
        });
        Fetch {
            name: name.to_owned(),
            version: version.map(str::to_owned),
            output,
            direction: self.direction,
            store: self.store,
            bytes: self.bytes,
            retries: self.retries,
            status: self.status,
            lines: self.lines,
            path: self.path.starts_with('/').then_some(self.path),
        }
    }
}
