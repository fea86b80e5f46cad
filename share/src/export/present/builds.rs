//! What took long to build, what was still running, and where the rest came from.

use std::collections::BTreeMap;

use analyzer::report::{
    Derivation, DerivationKind, DerivationStatus, Direction, FetchStatus, Run, WhyBuilt,
    WhyBuiltGuess,
};

use super::figures::counted_stores;
use super::{lines, section, time};
use crate::export::document::{Block, Phrase};
use crate::export::english::{self, versioned};

/// Builds that are shown. The rest is counted in the figures.
const SHOWN: usize = 12;

/// The builds worth looking at, and a row for each store that something was copied from or to.
pub(super) fn builds(run: &Run) -> Vec<Block> {
    let mut shown: Vec<_> = run.derivations.iter().filter(|it| is_worth_showing(it)).collect();
    // The longest first; where there is no clock, the order of the log stays.
    shown.sort_by(|a, b| seconds(b).total_cmp(&seconds(a)));
    shown.truncate(SHOWN);
    let rows = shown.into_iter().map(build).collect();
    let head = vec!["Build", "Time", "How it ended", "Why here", "Lines"];
    let mut blocks = section("Builds", head, rows);
    blocks.extend(stores(run));
    blocks
}

/// Files of the configuration take no time, unless a clock says so.
fn is_worth_showing(derivation: &Derivation) -> bool {
    derivation.started
        && (!matches!(derivation.kind, DerivationKind::Configuration | DerivationKind::Other)
            || seconds(derivation) >= 1.0)
}

fn seconds(derivation: &Derivation) -> f64 {
    let time = derivation.time.as_ref();
    time.and_then(|time| time.total_s.or(time.low_s)).unwrap_or_default()
}

fn build(derivation: &Derivation) -> Vec<Phrase> {
    let name = Phrase::log(versioned(&derivation.name, derivation.version.as_deref()));
    let name = match &derivation.host {
        Some(host) => name.and_own(" on ").and_log(host),
        None => name,
    };
    let why = derivation.why_built.as_ref().map_or("", reason);
    vec![
        name,
        time::graded(derivation.time.as_ref()),
        Phrase::own(ending(derivation.status)),
        Phrase::own(why),
        lines(&derivation.lines),
    ]
}

fn ending(status: DerivationStatus) -> &'static str {
    match status {
        DerivationStatus::Planned => "not started",
        DerivationStatus::Building => "not known",
        DerivationStatus::Built => "built",
        DerivationStatus::Failed => "failed",
        DerivationStatus::Blocked => "blocked",
        DerivationStatus::Unknown => "",
    }
}

fn reason(why: &WhyBuilt) -> &'static str {
    match why.guess {
        WhyBuiltGuess::LocalConfiguration => "your configuration",
        WhyBuiltGuess::UnfreeOrCuda => "unfree or CUDA",
        WhyBuiltGuess::FetchFailed => "the download failed",
        WhyBuiltGuess::PreferLocalBuild => "meant to be built locally",
        WhyBuiltGuess::NotInCache => "not in the cache",
        WhyBuiltGuess::Override => "changed, or a wrapper",
        WhyBuiltGuess::OwnSource => "a source of its own",
        WhyBuiltGuess::OtherSystem => "another kind of machine",
        WhyBuiltGuess::Source => "a download for a build",
        WhyBuiltGuess::AheadOfCache => "newer than the cache",
        WhyBuiltGuess::CacheNotAsked => "a cache was not asked",
        WhyBuiltGuess::Dependency => "made of another build",
    }
}

fn stores(run: &Run) -> Vec<Block> {
    let mut stores: BTreeMap<(Direction, &str), Copies> = BTreeMap::new();
    for fetch in run.fetches.iter().filter(|fetch| fetch.status != FetchStatus::Planned) {
        let store = fetch.store.as_deref().unwrap_or("unknown");
        let copies = stores.entry((fetch.direction, store)).or_default();
        copies.paths += 1;
        copies.retries += u64::from(fetch.retries);
        copies.failed += u64::from(fetch.status == FetchStatus::Failed);
    }
    for counts in counted_stores(run).filter(|it| it.copied > 0 || it.failed > 0) {
        let store = counts.store.as_deref().unwrap_or("unknown");
        let copies = stores.entry((counts.direction, store)).or_default();
        copies.paths += u64::from(counts.copied) + u64::from(counts.failed);
        copies.retries += u64::from(counts.retries);
        copies.failed += u64::from(counts.failed);
    }
    let rows = stores.iter().map(|((direction, store), copies)| row(*direction, store, copies));
    section("Copies", vec!["Store", "Paths", "Tried again", "Failed"], rows.collect())
}

/// What was copied from or to one store.
#[derive(Default)]
struct Copies {
    paths: u64,
    retries: u64,
    failed: u64,
}

fn row(direction: Direction, store: &str, copies: &Copies) -> Vec<Phrase> {
    let word = if direction == Direction::From { "from " } else { "to " };
    let number = |n: u64| Phrase::own(english::number(n));
    vec![
        Phrase::own(word).and_log(store),
        number(copies.paths),
        number(copies.retries),
        number(copies.failed),
    ]
}
