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
}

/// The end of the longest chain up to a build.
#[derive(Clone, Copy, Debug, Default)]
struct Reached {
    /// Seconds from the start of the chain to the end of the build.
    seconds: f64,
    /// What it waited for, if anything.
    by: Option<Need>,
}

/// How the builds of a run lie beside each other.
pub(super) fn timeline(axis: Axis, derivations: &[Derivation], order: Order<'_>) -> Timeline {
    let reached = reach(derivations, order);
    let chain = longest(&reached);
    let chain_s = chain.last().map(|last| reached[*last].seconds).filter(|seconds| *seconds > 0.0);
    let inferred =
        |index: &usize| reached[*index].by.is_some_and(|need| need.origin == Origin::Inferred);
    let work_s: f64 = order.started.iter().map(|index| at_least_s(&derivations[*index])).sum();
    let spread_s = order.slots.map(|slots| work_s / f64::from(slots.max(1)));
    let (lower_bound_s, binds) = lower_bound(chain_s, spread_s);
    Timeline {
        axis,
        slots: order.slots,
        chain_inferred: chain_s.is_some() && chain.iter().any(inferred),
        chain: match chain_s {
            Some(_) => chain.iter().map(|index| path(&derivations[*index])).collect(),
            None => Vec::new(),
        },
        chain_s,
        lower_bound_s,
        binds,
    }
}

/// For each derivation the longest chain that ends with it. Whatever one waits for began before.
fn reach(derivations: &[Derivation], order: Order<'_>) -> Vec<Reached> {
    let mut reached = vec![Reached::default(); derivations.len()];
    for user in order.started.iter().copied() {
        let first = order.needs.partition_point(|need| need.user < user);
        let needs = order.needs[first..].iter().take_while(|need| need.user == user);
        let longest = needs
            .max_by(|a, b| reached[a.input].seconds.total_cmp(&reached[b.input].seconds))
            .copied();
        let before_s = longest.map_or(0.0, |need| reached[need.input].seconds);
        reached[user] = Reached { seconds: before_s + at_least_s(&derivations[user]), by: longest };
    }
    reached
}

/// Indices of the longest chain, first to last.
fn longest(reached: &[Reached]) -> Vec<usize> {
    let ends = (0..reached.len()).rev();
    let mut at = ends.max_by(|a, b| reached[*a].seconds.total_cmp(&reached[*b].seconds));
    let mut chain = Vec::new();
    while let Some(index) = at {
        chain.push(index);
        at = reached[index].by.map(|need| need.input);
    }
    chain.reverse();
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

fn path(derivation: &Derivation) -> String {
    derivation.drv.as_ref().unwrap_or(&derivation.name).clone()
}
