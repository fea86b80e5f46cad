//! What took long to build, what was still running, and where the rest came from.

use std::collections::BTreeMap;

use analyzer::report::{
    Derivation, DerivationKind, DerivationStatus, Direction, Fetch, FetchStatus, Run, WhyBuilt,
    WhyBuiltGuess,
};

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
    blocks.extend(stores(&run.fetches));
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

fn stores(fetches: &[Fetch]) -> Vec<Block> {
    let mut stores: BTreeMap<(Direction, &str), Vec<&Fetch>> = BTreeMap::new();
    for fetch in fetches.iter().filter(|fetch| fetch.status != FetchStatus::Planned) {
        let store = fetch.store.as_deref().unwrap_or("unknown");
        stores.entry((fetch.direction, store)).or_default().push(fetch);
    }
    let rows =
        stores.iter().map(|((direction, store), fetches)| copies(*direction, store, fetches));
    section("Copies", vec!["Store", "Paths", "Tried again", "Failed"], rows.collect())
}

fn copies(direction: Direction, store: &str, fetches: &[&Fetch]) -> Vec<Phrase> {
    let word = if direction == Direction::From { "from " } else { "to " };
    let retries: u64 = fetches.iter().map(|fetch| u64::from(fetch.retries)).sum();
    let failed = fetches.iter().filter(|fetch| fetch.status == FetchStatus::Failed).count();
    let number = |n: u64| Phrase::own(english::number(n));
    vec![
        Phrase::own(word).and_log(store),
        number(fetches.len() as u64),
        number(retries),
        number(failed as u64),
    ]
}
