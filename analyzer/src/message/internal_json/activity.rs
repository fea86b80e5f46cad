//! Which activities run, and what their records are about.

use std::collections::{BTreeMap, HashSet};

use super::record::{ActivityType, Fields, Parent, Progress, ResultType};
use super::{Ending, Event};

/// No Nix runs more at once; a log of starts without stops must not fill the memory.
const MAX_RUNNING: usize = 1 << 16;

/// Copies whose transfer is awaited; Nix runs far fewer at once.
const MAX_WAITING: usize = 64;

/// An activity that runs and that something is said of.
#[derive(Debug)]
enum Activity {
    /// A build. One within another of the same derivation is that of a remote store.
    Build { drv: String, place: Place },
    /// A copy, or a substitution, which is the parent of a copy.
    Path { path: String, is_copy: bool },
    /// A download of the archive of a path; `done` is in bytes.
    Transfer { path: String, done: u64 },
    /// All builds of a command, counted.
    Builds { last: Progress },
    /// All that a command wants to have.
    Realise,
}

/// Where a build is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Outer,
    Inner,
}

/// Knows which activities run.
#[derive(Debug, Default)]
pub(super) struct Activities {
    running: BTreeMap<u64, Activity>,
    /// What is being built elsewhere: a remote store tells of its builds, too.
    remote: HashSet<String>,
    waiting: Waiting,
    counts: Counts,
    n_counting: u32,
}

/// Builds by the counts of their activity.
#[derive(Debug, Default)]
struct Counts {
    /// Whether they are those of one command.
    is_known: bool,
    /// Builds counted as done, and not yet ended.
    credit: u64,
    failed: u64,
    /// Builds that ended and were not counted as done.
    n_not_built: u64,
}

impl Counts {
    fn are_good(&self) -> bool {
        self.is_known && self.failed == 0 && self.n_not_built == 0
    }

    fn progress(&mut self, before: Progress, now: Progress) {
        self.credit = self.credit.saturating_add(now.done.saturating_sub(before.done));
        self.failed = self.failed.saturating_add(now.failed.saturating_sub(before.failed));
    }

    /// A build that is done is counted just before it ends.
    fn end_of_build(&mut self) -> Ending {
        if !self.is_known {
            return Ending::Unsaid;
        }
        if self.credit > 0 {
            self.credit -= 1;
            return Ending::Built;
        }
        self.n_not_built += 1;
        Ending::NotBuilt
    }
}

/// Copies whose transfer has not begun, in logs that do not say which transfer is whose.
#[derive(Debug, Default)]
struct Waiting {
    copies: Vec<u64>,
    /// Transfers that belong to one of them, nobody knows to which.
    n_unclear: usize,
}

impl Waiting {
    fn copy(&mut self, id: u64) {
        if self.copies.len() < MAX_WAITING {
            self.copies.push(id);
        }
    }

    /// The copy that a transfer belongs to, if only one can be meant.
    fn transfer(&mut self) -> Option<u64> {
        if self.copies.len() == 1 && self.n_unclear == 0 {
            return self.copies.pop();
        }
        self.n_unclear += 1;
        if self.n_unclear >= self.copies.len() {
            *self = Self::default();
        }
        None
    }

    fn stop(&mut self, id: u64) {
        let Some(index) = self.copies.iter().position(|copy| *copy == id) else { return };
        self.copies.remove(index);
        self.n_unclear = self.n_unclear.saturating_sub(1);
    }
}

impl Activities {
    /// Takes the start of an activity.
    pub(super) fn start(
        &mut self,
        id: u64,
        kind: ActivityType,
        parent: Parent,
        fields: &Fields,
    ) -> Option<Event> {
        match kind {
            ActivityType::Build => return self.build(id, fields),
            ActivityType::CopyPath => return self.copy(id, parent, fields),
            ActivityType::Substitute => {
                let path = fields.text(0)?.to_owned();
                self.run(id, Activity::Path { path, is_copy: false });
            }
            ActivityType::FileTransfer => self.transfer(id, parent, fields.text(0)?),
            ActivityType::Builds => self.builds(id),
            ActivityType::Realise => self.run(id, Activity::Realise),
            ActivityType::Other(_) => {}
        }
        None
    }

    /// Whether the progress of an activity says anything.
    pub(super) fn wants_progress(&self, id: u64) -> bool {
        matches!(self.running.get(&id), Some(Activity::Transfer { .. } | Activity::Builds { .. }))
    }

    /// Takes how far an activity has come.
    pub(super) fn progress(&mut self, id: u64, now: Progress) {
        match self.running.get_mut(&id) {
            Some(Activity::Transfer { done, .. }) => *done = now.done,
            Some(Activity::Builds { last }) => {
                self.counts.progress(*last, now);
                *last = now;
            }
            _ => {}
        }
    }

    /// Takes what an activity says.
    pub(super) fn result(&mut self, id: u64, kind: ResultType, fields: &Fields) -> Option<Event> {
        if kind == ResultType::Progress {
            let (done, failed) = (fields.number(0)?, fields.number(3)?);
            self.progress(id, Progress { done, failed });
            return None;
        }
        let Activity::Build { drv, .. } = self.running.get(&id)? else { return None };
        match kind {
            ResultType::BuildLogLine => {
                Some(Event::Output { drv: drv.clone(), text: fields.text(0)?.to_owned() })
            }
            ResultType::SetPhase => {
                Some(Event::Phase { drv: drv.clone(), phase: fields.text(0)?.to_owned() })
            }
            ResultType::Progress | ResultType::Other(_) => None,
        }
    }

    /// Takes the end of an activity.
    pub(super) fn stop(&mut self, id: u64) -> Option<Event> {
        match self.running.remove(&id)? {
            Activity::Build { drv, place } => {
                if place == Place::Inner {
                    return None;
                }
                self.remote.remove(&drv);
                Some(Event::BuildEnded { drv, how: self.counts.end_of_build() })
            }
            Activity::Transfer { path, done } if done > 0 => {
                Some(Event::Downloaded { path, bytes: done })
            }
            Activity::Path { is_copy, .. } => {
                self.waiting.stop(id);
                is_copy.then_some(Event::Copied)
            }
            Activity::Realise => self.counts.are_good().then_some(Event::Realised),
            Activity::Builds { .. } => {
                self.n_counting -= 1;
                None
            }
            Activity::Transfer { .. } => None,
        }
    }

    fn run(&mut self, id: u64, activity: Activity) {
        if self.running.len() < MAX_RUNNING {
            self.running.insert(id, activity);
        }
    }

    /// Each command counts anew. Where two count at once, as a remote store does within a command,
    /// nobody knows whose a build is.
    fn builds(&mut self, id: u64) {
        self.counts = Counts { is_known: self.n_counting == 0, ..Counts::default() };
        self.n_counting += 1;
        self.run(id, Activity::Builds { last: Progress::default() });
    }

    fn build(&mut self, id: u64, fields: &Fields) -> Option<Event> {
        let drv = fields.text(0)?.to_owned();
        let host = fields.text(1).filter(|host| !host.is_empty()).map(str::to_owned);
        let place = if self.remote.contains(&drv) { Place::Inner } else { Place::Outer };
        if host.is_some() && self.remote.len() < MAX_RUNNING {
            self.remote.insert(drv.clone());
        }
        self.run(id, Activity::Build { drv: drv.clone(), place });
        (place == Place::Outer).then_some(Event::Build { drv, host })
    }

    fn copy(&mut self, id: u64, parent: Parent, fields: &Fields) -> Option<Event> {
        let path = fields.text(0)?.to_owned();
        let (from, to) = (fields.text(1)?.to_owned(), fields.text(2)?.to_owned());
        self.run(id, Activity::Path { path: path.clone(), is_copy: true });
        if parent == Parent::Unsaid {
            self.waiting.copy(id);
        }
        Some(Event::Copy { path, from, to })
    }

    /// Look-ups are transfers too, under activities that copy nothing.
    fn transfer(&mut self, id: u64, parent: Parent, url: &str) {
        if url.ends_with(".narinfo") || url.ends_with("nix-cache-info") {
            return;
        }
        let copy = match parent {
            Parent::Activity(parent) => Some(parent),
            Parent::Unsaid if url.contains(".nar") => self.waiting.transfer(),
            Parent::Unsaid | Parent::None => None,
        };
        let Some(Activity::Path { path, .. }) = copy.and_then(|copy| self.running.get(&copy))
        else {
            return;
        };
        let path = path.clone();
        self.run(id, Activity::Transfer { path, done: 0 });
    }
}
