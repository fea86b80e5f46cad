//! The tables of downloads and uploads, per store.

use std::cmp::Ordering;

use analyzer::report::{Direction, Fetch, FetchStatus, Lines, Outcome, Run, StoreCounts};

use crate::format;
use crate::sorting;
use crate::summary::evidence;

/// What came from a store, or went to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Store {
    /// Its address; `None` for paths that were planned and whose store the log does not name.
    pub address: Option<String>,
    /// From it or to it.
    pub direction: Direction,
    /// Paths that were copied.
    pub copied: u64,
    /// Paths that were announced and not seen to be copied.
    pub waiting: u64,
    /// Paths that failed.
    pub failed: u64,
    /// Bytes of the copied paths; `None` where the log gives no size of any of them.
    pub bytes: Option<u64>,
    /// How often a copy was tried again.
    pub retries: u64,
    /// From the first to the last copy.
    pub lines: Lines,
}

/// The stores of a run, the one with most copies first.
pub fn stores(run: &Run) -> Vec<Store> {
    let mut stores: Vec<Store> = Vec::new();
    for fetch in &run.fetches {
        let address = fetch.store.as_deref();
        let known = stores
            .iter()
            .position(|it| it.address.as_deref() == address && it.direction == fetch.direction);
        let index = known.unwrap_or_else(|| {
            stores.push(Store::empty(address, fetch.direction));
            stores.len() - 1
        });
        stores[index].add(fetch, run);
    }
    stores.extend(counted(run).iter().map(Store::of_link));
    sorting::sorted(&stores, |a, b| b.copied.cmp(&a.copied).then_with(|| a.address.cmp(&b.address)))
}

impl Store {
    fn empty(address: Option<&str>, direction: Direction) -> Self {
        Self {
            address: address.map(str::to_owned),
            direction,
            copied: 0,
            waiting: 0,
            failed: 0,
            bytes: None,
            retries: 0,
            lines: Lines::default(),
        }
    }

    fn of_link(counts: &StoreCounts) -> Self {
        Self {
            address: counts.store.clone(),
            direction: counts.direction,
            copied: counts.copied.into(),
            waiting: counts.planned.into(),
            failed: counts.failed.into(),
            bytes: (counts.sized > 0).then_some(counts.bytes),
            retries: counts.retries.into(),
            lines: Lines::default(),
        }
    }

    fn add(&mut self, fetch: &Fetch, run: &Run) {
        match fetch.status {
            FetchStatus::Copied => self.copied += 1,
            FetchStatus::Planned => self.waiting += 1,
            FetchStatus::Failed => self.failed += 1,
        }
        if fetch.status == FetchStatus::Copied
            && let Some(bytes) = fetch.bytes
        {
            self.bytes = Some(self.bytes.unwrap_or(0) + bytes);
        }
        self.retries += u64::from(fetch.retries);
        let lines = evidence::beyond_plan(&fetch.lines, run.plan.as_ref());
        self.lines = evidence::of_all([&self.lines, &lines].into_iter());
    }
}

/// What a link counts of each store, as it names no paths.
fn counted(run: &Run) -> &[StoreCounts] {
    run.counts.as_ref().map_or(&[], |counts| counts.stores.as_slice())
}

/// What a link counts of copies into this store.
fn counted_from(run: &Run) -> impl Iterator<Item = &StoreCounts> {
    counted(run).iter().filter(|store| store.direction == Direction::From)
}

/// Whether the run copied anything or was to.
pub fn has_any(run: &Run) -> bool {
    !run.fetches.is_empty() || !counted(run).is_empty()
}

/// How many paths were copied into this store.
pub fn copied(run: &Run) -> u64 {
    let listed = run.fetches.iter().filter(|fetch| is_copied(fetch)).count() as u64;
    listed + counted_from(run).map(|store| u64::from(store.copied)).sum::<u64>()
}

/// How many bytes were downloaded, by what the log says of each copied path; `None` where it does
/// not say it of all.
pub fn bytes(run: &Run) -> Option<u64> {
    let listed = run.fetches.iter().filter(|fetch| is_copied(fetch)).map(|fetch| fetch.bytes);
    let counted = counted_from(run).filter(|store| store.copied > 0);
    let counted = counted.map(|store| (store.sized == store.copied).then_some(store.bytes));
    let sizes: Option<Vec<u64>> = listed.chain(counted).collect();
    sizes.filter(|sizes| !sizes.is_empty()).map(|sizes| sizes.into_iter().sum())
}

/// How many bytes a run downloaded: by its paths, or as it said before, if it went to its end.
pub fn total(run: &Run) -> Option<u64> {
    let is_complete = run.outcome == Outcome::Succeeded || run.activated == Some(true);
    let stated = run.plan.as_ref().filter(|_| is_complete).and_then(|plan| plan.download_bytes);
    bytes(run).or(stated)
}

/// Whether a path was copied into this store.
fn is_copied(fetch: &Fetch) -> bool {
    fetch.direction == Direction::From && fetch.status == FetchStatus::Copied
}

/// How many paths were to be fetched.
pub fn planned(run: &Run) -> Option<u64> {
    run.plan.as_ref().and_then(|plan| plan.fetches)
}

/// Whether paths were fetched, or were to be, and the log tells the size of none.
pub fn lacks_sizes(run: &Run) -> bool {
    let is_fetch = |fetch: &Fetch| fetch.direction == Direction::From;
    run.fetches.iter().any(is_fetch) && run.fetches.iter().all(|fetch| fetch.bytes.is_none())
}

/// How many paths were copied to other stores.
fn sent(run: &Run) -> u64 {
    let stores = stores(run);
    let others = stores.iter().filter(|store| store.direction == Direction::To);
    others.map(|store| store.copied).sum()
}

/// The sentence above the table; `None` where nothing was copied or planned.
pub fn lede(run: &Run) -> Option<String> {
    let (copied, planned) = (copied(run), planned(run));
    if copied == 0 && planned.is_none() {
        let sent = Some(sent(run)).filter(|sent| *sent > 0)?;
        let paths = format::counted(sent, "path was", "paths were");
        return Some(["Nothing was fetched. ", &paths, " sent to another store."].concat());
    }
    let mut text = match planned {
        Some(planned) if planned != copied => {
            let planned =
                format::counted(planned, "planned path was copied", "planned paths were copied");
            [format::count(copied).as_str(), " of ", &planned].concat()
        }
        _ => format::counted(copied, "path was copied", "paths were copied"),
    };
    let plan = run.plan.as_ref();
    if let Some(download) = plan.and_then(|plan| plan.download_bytes) {
        text += ". The plan states ";
        text += &format::size(download);
        text += " to download";
        if let Some(unpacked) = plan.and_then(|plan| plan.unpacked_bytes) {
            text += " and ";
            text += &format::size(unpacked);
            text += " unpacked";
        }
    }
    Some(text + ".")
}

/// The order of the paths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The largest first where sizes are known, else as in the log.
    #[default]
    Size,
    /// By name.
    Name,
    /// Failed first, then those that were tried again most often.
    Trouble,
    /// As in the log.
    Log,
}

impl Order {
    /// All orders, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Size, Self::Name, Self::Trouble, Self::Log];

    /// Its name in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Size => "",
            Self::Name => "name",
            Self::Trouble => "trouble",
            Self::Log => "log",
        }
    }

    /// Its name on the page.
    pub fn label(self) -> &'static str {
        match self {
            Self::Size => "size",
            Self::Name => "name",
            Self::Trouble => "failures and retries",
            Self::Log => "order in the log",
        }
    }

    fn compare(self, a: &Fetch, b: &Fetch) -> Ordering {
        let has_failed = |fetch: &Fetch| fetch.status == FetchStatus::Failed;
        match self {
            Self::Size => b.bytes.cmp(&a.bytes),
            Self::Name => label(a).cmp(&label(b)),
            Self::Trouble => {
                has_failed(b).cmp(&has_failed(a)).then_with(|| b.retries.cmp(&a.retries))
            }
            Self::Log => a.lines.last().cmp(&b.lines.last()),
        }
    }
}

/// The paths that have `search` in their name or store, in order, as indices in the run.
pub fn rows(run: &Run, search: &str, by: Order) -> Vec<usize> {
    let is_found = |index: &usize| {
        let fetch = &run.fetches[*index];
        let store = fetch.store.as_deref().unwrap_or_default();
        sorting::contains(&label(fetch), search) || sorting::contains(store, search)
    };
    let mut rows: Vec<usize> = (0..run.fetches.len()).filter(is_found).collect();
    sorting::sort(&mut rows, &|a, b| by.compare(&run.fetches[a], &run.fetches[b]));
    rows
}

/// Name, version and output of a path, as in its name.
pub fn label(fetch: &Fetch) -> String {
    let parts = [Some(&fetch.name), fetch.version.as_ref(), fetch.output.as_ref()];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("-")
}

/// The word for the status of a path.
pub fn status_word(fetch: &Fetch) -> &'static str {
    match (fetch.status, fetch.direction) {
        (FetchStatus::Planned, _) => "planned",
        (FetchStatus::Failed, _) => "failed",
        (FetchStatus::Copied, Direction::From) => "copied",
        (FetchStatus::Copied, Direction::To) => "sent",
    }
}

#[cfg(test)]
mod tests {
    use analyzer::report::Plan;

    use super::*;
    use crate::testing;

    fn sample() -> Run {
        let cache = Some("https://cache.nixos.org");
        let other = Some("https://example.org");
        let fetches = vec![
            testing::fetch("a", cache, FetchStatus::Copied, None),
            testing::fetch("b", other, FetchStatus::Copied, Some(5)),
            testing::fetch("c", cache, FetchStatus::Copied, Some(7)),
            testing::fetch("d", None, FetchStatus::Planned, None),
        ];
        Run { fetches, ..testing::run() }
    }

    #[test]
    fn paths_are_summed_per_store() {
        let run = sample();
        let stores = stores(&run);
        let stores: Vec<_> = stores
            .iter()
            .map(|it| (it.address.as_deref(), it.copied, it.waiting, it.bytes))
            .collect();
        assert_eq!(
            stores,
            [
                (Some("https://cache.nixos.org"), 2, 0, Some(7)),
                (Some("https://example.org"), 1, 0, Some(5)),
                (None, 0, 1, None),
            ]
        );
        assert_eq!(copied(&run), 3);
    }

    #[test]
    fn what_was_sent_is_not_said_to_be_fetched() {
        let mut run = testing::run();
        run.fetches = vec![testing::fetch("a", Some("ssh://host"), FetchStatus::Copied, None); 2];
        assert!(lacks_sizes(&run));
        run.fetches.iter_mut().for_each(|fetch| fetch.direction = Direction::To);
        let said = "Nothing was fetched. 2 paths were sent to another store.";
        assert_eq!(lede(&run).as_deref(), Some(said));
        assert!(!lacks_sizes(&run));
    }

    #[test]
    fn a_sum_needs_every_size() {
        let mut run = sample();
        assert_eq!(bytes(&run), None);
        run.fetches.retain(|fetch| fetch.bytes.is_some());
        assert_eq!(bytes(&run), Some(12));
        run.fetches.clear();
        assert_eq!(bytes(&run), None);
    }

    #[test]
    fn the_plan_is_told_from_what_was_copied() {
        let mut run = sample();
        assert_eq!(lede(&run).unwrap(), "3 paths were copied.");
        run.plan = Some(Plan {
            fetches: Some(4),
            download_bytes: Some(5_393_738_465),
            unpacked_bytes: Some(20_714_870_000),
            ..Plan::default()
        });
        assert_eq!(
            lede(&run).unwrap(),
            "3 of 4 planned paths were copied. The plan states 5.02 GiB to download and 19.3 GiB \
             unpacked."
        );
        assert_eq!(lede(&testing::run()), None);
    }

    #[test]
    fn paths_are_sorted_and_searched() {
        let mut run = sample();
        run.fetches[0].retries = 2;
        run.fetches[3].status = FetchStatus::Failed;
        let cases: [(&str, Order, &[&str]); 5] = [
            ("", Order::Size, &["c", "b", "a", "d"]),
            ("", Order::Name, &["a", "b", "c", "d"]),
            ("", Order::Trouble, &["d", "a", "b", "c"]),
            ("B", Order::Size, &["b"]),
            ("nixos.org", Order::Log, &["a", "c"]),
        ];
        for (search, order, expected) in cases {
            let rows = rows(&run, search, order);
            let names: Vec<_> = rows.iter().map(|index| &run.fetches[*index].name).collect();
            assert_eq!(names, expected, "{search} {order:?}");
        }
    }
}
