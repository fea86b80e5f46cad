//! Bounds a log of very many runs: the report has the last of them.

use super::Model;
use super::run::Run;

/// Derivations, transfers, changes and warnings of all runs that are over, together. A hundred
/// upgrades of 400 paths have as many.
const MAX_ENTRIES: usize = 40_000;

/// Runs that are over, whatever they hold. Three years of nightly upgrades are as many.
const MAX_RUNS: usize = 1000;

/// What is known of runs that are no longer kept.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Forgotten {
    /// How many there were.
    pub(super) n_runs: usize,
    /// Builds started, paths copied and failures seen in them.
    counts: (usize, usize, usize),
    /// Whether the log starts in the middle of the first one.
    pub(super) is_truncated: bool,
}

impl Forgotten {
    /// Takes one more.
    fn take(&mut self, run: &Run) {
        self.n_runs += usize::from(run.is_real());
        self.counts = sum(self.counts, counts(run));
        self.is_truncated |= run.is_truncated();
    }

    /// Takes those of another host.
    pub(super) fn append(&mut self, other: Self) {
        self.n_runs += other.n_runs;
        self.counts = sum(self.counts, other.counts);
        self.is_truncated |= other.is_truncated;
    }
}

impl Model {
    /// Builds started, paths copied and failures seen so far.
    pub(crate) fn counts(&self) -> (usize, usize, usize) {
        let runs = self.runs.iter().chain(std::iter::once(&self.run));
        runs.map(counts).fold(self.forgotten.counts, sum)
    }

    /// Forgets the earliest runs if there are too many, and some more, so that it is seldom done.
    /// The last one stays, whatever it holds.
    pub(super) fn forget_early(&mut self) {
        let n_entries: usize = self.runs.iter().map(Run::n_entries).sum();
        let (mut n_runs, mut n_entries) = (self.runs.len(), n_entries);
        if n_runs <= MAX_RUNS && n_entries <= MAX_ENTRIES {
            return;
        }
        let is_too_much = |n_runs, n_entries| {
            n_runs > 1 && (n_runs > MAX_RUNS * 3 / 4 || n_entries > MAX_ENTRIES * 3 / 4)
        };
        let forgotten = self.runs.iter().take_while(|run| {
            let is_forgotten = is_too_much(n_runs, n_entries);
            (n_runs, n_entries) = (n_runs - 1, n_entries - run.n_entries());
            is_forgotten
        });
        let n_forgotten = forgotten.count();
        for run in self.runs.drain(..n_forgotten) {
            self.forgotten.take(&run);
        }
    }
}

fn counts(run: &Run) -> (usize, usize, usize) {
    (run.builds.n_started(), run.transfers.n_copied(), run.problems.n_failures())
}

fn sum(one: (usize, usize, usize), other: (usize, usize, usize)) -> (usize, usize, usize) {
    (one.0 + other.0, one.1 + other.1, one.2 + other.2)
}
