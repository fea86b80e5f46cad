//! How the builds of a run lie beside each other: the longest chain, and what keeps it from being
//! shorter.

use super::builds::Need;
use super::graph::Origin;
use crate::report::{Axis, Binds, Derivation, Timeline};

/// The builds of a run with what is known of their order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Order<'a> {
    /// Indices of those that began, in that order.
    pub(super) started: &'a [usize],
    /// Which waited for which, sorted by the one that waited.
    pub(super) needs: &'a [Need],
    /// The most at once, where that is known.
    pub(super) slots: Option<u32>,
    /// How long the run took, in seconds.
    pub(super) run_s: Option<f64>,
}

/// The end of the longest chain up to a build.
#[derive(Clone, Copy, Debug, Default)]
struct Reached {
    /// Seconds from the start of the chain to the end of the build.
    seconds: f64,
    /// What it waited for, if anything.
    by: Option<Need>,
}

/// Builds of which each waited for the one before.
#[derive(Debug)]
struct Chain {
    /// How long they took together.
    seconds: f64,
    /// First to last.
    indices: Vec<usize>,
    is_inferred: bool,
}

/// How the builds of a run lie beside each other.
pub(super) fn timeline(
    axis: Axis,
    derivations: &[Derivation],
    order: Order<'_>,
    edges: Vec<[u32; 2]>,
) -> Timeline {
    // Without a clock, a lower bound may be far too low.
    let is_known = |index: &usize| {
        let time = derivations[*index].time.as_ref();
        axis == Axis::Time || time.is_some_and(|time| time.total_s.is_some())
    };
    let chain = certain_chain(derivations, order);
    let chain = chain.filter(|chain| chain.indices.iter().all(is_known));
    // Where the clock went back, times contradict each other.
    let is_possible = |seconds: f64| order.run_s.is_none_or(|run_s| seconds <= run_s + 1e-6);
    let chain = chain.filter(|chain| is_possible(chain.seconds));
    let work_s: f64 = order.started.iter().map(|index| at_least_s(&derivations[*index])).sum();
    let spread_s = order.slots.map(|slots| work_s / f64::from(slots.max(1)));
    let spread_s = spread_s.filter(|spread_s| is_possible(*spread_s));
    let chain_s = chain.as_ref().map(|chain| chain.seconds);
    let (lower_bound_s, binds) = lower_bound(chain_s, spread_s);
    let path = |index: &usize| {
        let derivation = &derivations[*index];
        derivation.drv.as_ref().unwrap_or(&derivation.name).clone()
    };
    Timeline {
        axis,
        slots: order.slots,
        chain_inferred: chain.as_ref().is_some_and(|chain| chain.is_inferred),
        chain: chain.map(|chain| chain.indices.iter().map(path).collect()).unwrap_or_default(),
        chain_s,
        lower_bound_s,
        binds,
        edges,
    }
}

/// The longest chain, where it is the same whether builds took as short as may be or as long.
fn certain_chain(derivations: &[Derivation], order: Order<'_>) -> Option<Chain> {
    let shortest =
        longest(&reach(order, |index| at_least_s(&derivations[index]), derivations.len()));
    let longest = longest(&reach(order, |index| at_most_s(&derivations[index]), derivations.len()));
    (shortest.seconds > 0.0 && shortest.indices == longest.indices).then_some(shortest)
}

/// For each derivation the longest chain that ends with it. Whatever one waits for began before.
fn reach(order: Order<'_>, seconds: impl Fn(usize) -> f64, n_derivations: usize) -> Vec<Reached> {
    let mut reached = vec![Reached::default(); n_derivations];
    for user in order.started.iter().copied() {
        let first = order.needs.partition_point(|need| need.user < user);
        let needs = order.needs[first..].iter().take_while(|need| need.user == user);
        let by = needs
            .max_by(|a, b| reached[a.input].seconds.total_cmp(&reached[b.input].seconds))
            .copied();
        let before_s = by.map_or(0.0, |need| reached[need.input].seconds);
        reached[user] = Reached { seconds: before_s + seconds(user), by };
    }
    reached
}

/// The longest of all chains.
fn longest(reached: &[Reached]) -> Chain {
    let ends = (0..reached.len()).rev();
    let mut at = ends.max_by(|a, b| reached[*a].seconds.total_cmp(&reached[*b].seconds));
    let mut chain = Chain {
        seconds: at.map_or(0.0, |last| reached[last].seconds),
        indices: Vec::new(),
        is_inferred: false,
    };
    while let Some(index) = at {
        let by = reached[index].by;
        chain.indices.push(index);
        chain.is_inferred |= by.is_some_and(|need| need.origin == Origin::Inferred);
        at = by.map(|need| need.input);
    }
    chain.indices.reverse();
    chain
}

fn lower_bound(chain_s: Option<f64>, spread_s: Option<f64>) -> (Option<f64>, Option<Binds>) {
    match (chain_s, spread_s) {
        (Some(chain_s), Some(spread_s)) if spread_s > chain_s => {
            (Some(spread_s), Some(Binds::Slots))
        }
        (Some(chain_s), Some(_)) => (Some(chain_s), Some(Binds::Chain)),
        // Without the number of slots, nobody knows whether they would bind.
        (Some(chain_s), None) => (Some(chain_s), None),
        (None, _) => (None, None),
    }
}

/// Seconds that a build took: exactly, or at least.
fn at_least_s(derivation: &Derivation) -> f64 {
    let time = derivation.time.as_ref();
    time.and_then(|time| time.total_s.or(time.low_s)).unwrap_or(0.0)
}

/// Seconds that a build took: exactly, or at most.
fn at_most_s(derivation: &Derivation) -> f64 {
    let time = derivation.time.as_ref();
    time.and_then(|time| time.total_s.or(time.high_s)).unwrap_or(f64::INFINITY)
}
