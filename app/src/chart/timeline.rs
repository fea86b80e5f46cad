//! The builds of a run in lanes, and how many there are at once.

use std::borrow::Cow;
use std::collections::BTreeSet;

use analyzer::report::{Derivation, Run};

use super::{Percent, Scale, bin, length_s};
use crate::sorting;
use crate::summary::time::longest_build;

/// More lanes than this are drawn only on demand.
pub const FEW_LANES: usize = 8;

/// Bars narrower than this are drawn together with their neighbours, in percent: some runs
/// have thousands of builds of a fraction of a second.
const MIN_BAR: f64 = 0.4;

/// Starts that are closer than this are drawn together, in percent: each must be large enough to
/// be pointed at.
const MIN_START: f64 = 1.0;

/// How finely the number of builds at once is drawn.
const CONCURRENCY_BINS: usize = 240;

/// A bar on the timeline: one build, or several short ones beside each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Indices of its builds in the run, in the order of their starts.
    pub builds: Vec<usize>,
    /// Seconds from the start of the run to its start.
    pub from_s: f64,
    /// Seconds from the start of the run to its end, as far as it is known.
    pub to_s: f64,
    /// Whether it is known to end there.
    pub end: End,
}

/// What is known of the end of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// When it came.
    Known,
    /// That it did not come before.
    NotBefore,
    /// Nothing.
    Unknown,
}

/// The builds of a run in lanes: those of the longest chain apart, the others wherever there
/// is room.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lanes {
    /// The longest chain; empty if it is not known.
    pub chain: Vec<Bar>,
    /// The other lanes.
    pub others: Vec<Vec<Bar>>,
    /// Builds of which only the start is known.
    pub starts: Vec<Bar>,
    /// Builds that no lane had room for.
    pub left_out: usize,
    /// Index of the longest build of a run whose longest chain is not known.
    pub longest: Option<usize>,
}

/// Puts the builds of a run into at most `most` lanes; `None` where no build has a start.
pub fn lanes(run: &Run, most: usize) -> Option<Lanes> {
    let on_chain: BTreeSet<&str> = run.timeline.chain.iter().map(String::as_str).collect();
    let longest = longest_build(run).filter(|_| on_chain.is_empty());
    let mut lanes = Lanes { longest, ..Lanes::default() };
    let bars = bars(&run.derivations);
    if bars.is_empty() {
        return None;
    }
    for bar in bars {
        if bar.end == End::Unknown {
            lanes.starts.push(bar);
        } else if on_chain.contains(&*step_name(&run.derivations[bar.builds[0]])) {
            lanes.chain.push(bar);
        } else {
            lanes.place(bar, most);
        }
    }
    Some(lanes)
}

/// What the longest chain calls a derivation: its path, or its name behind a link.
pub fn step_name(derivation: &Derivation) -> Cow<'_, str> {
    match (&derivation.drv, &derivation.version) {
        (Some(path), _) => path.into(),
        (None, Some(version)) => [derivation.name.as_str(), version].join("-").into(),
        (None, None) => derivation.name.as_str().into(),
    }
}

impl Lanes {
    /// What of it lies between two times, in seconds; short bars beside each other are one.
    #[must_use]
    pub fn seen(&self, from_s: f64, to_s: f64) -> Self {
        let min_s = (to_s - from_s) * MIN_BAR / 100.0;
        let lane = |lane: &Vec<Bar>, min_s| {
            let seen = lane.iter().filter(|bar| bar.from_s <= to_s && bar.to_s >= from_s);
            merge_short(seen.cloned(), min_s)
        };
        Self {
            // The steps of the longest chain are told apart, however short they are.
            chain: lane(&self.chain, 0.0),
            others: self.others.iter().map(|bars| lane(bars, min_s)).collect(),
            starts: lane(&self.starts, (to_s - from_s) * MIN_START / 100.0),
            ..*self
        }
    }

    /// Whether a bar is the longest build of a run whose longest chain is not known.
    pub fn is_longest(&self, bar: &Bar) -> bool {
        self.longest.is_some() && self.longest == bar.builds.first().copied()
    }

    /// Whether no build is known to have any length.
    pub fn has_only_starts(&self) -> bool {
        self.chain.is_empty() && self.others.is_empty()
    }

    /// Puts a bar into the first lane that is free when it starts.
    fn place(&mut self, bar: Bar, most: usize) {
        let is_free = |lane: &Vec<Bar>| lane.last().is_none_or(|last| last.to_s <= bar.from_s);
        match self.others.iter().position(is_free) {
            Some(index) => self.others[index].push(bar),
            None if self.others.len() < most => self.others.push(vec![bar]),
            None => self.left_out += 1,
        }
    }
}

/// Every build with a start, by start.
fn bars(derivations: &[Derivation]) -> Vec<Bar> {
    let bars: Vec<Bar> = derivations.iter().enumerate().filter_map(bar).collect();
    sorting::sorted(&bars, |a, b| a.from_s.total_cmp(&b.from_s))
}

fn bar((index, derivation): (usize, &Derivation)) -> Option<Bar> {
    let from_s = derivation.from_s?;
    let time = derivation.time.as_ref();
    let length = time.and_then(length_s).unwrap_or(0.0);
    let end = match time.and_then(|time| time.total_s) {
        Some(_) => End::Known,
        None if length > 0.0 => End::NotBefore,
        None => End::Unknown,
    };
    Some(Bar { builds: vec![index], from_s, to_s: from_s + length, end })
}

/// Joins neighbours that are both shorter than `min_s` and no further apart than that.
fn merge_short(lane: impl Iterator<Item = Bar>, min_s: f64) -> Vec<Bar> {
    let mut merged: Vec<Bar> = Vec::new();
    for bar in lane {
        let is_short = bar.to_s - bar.from_s < min_s;
        match merged.last_mut() {
            Some(last)
                if is_short
                    && bar.from_s - last.to_s < min_s
                    && (last.builds.len() > 1 || last.to_s - last.from_s < min_s) =>
            {
                last.builds.extend(bar.builds);
                last.to_s = bar.to_s.max(last.to_s);
                if last.end != bar.end {
                    last.end = End::NotBefore;
                }
            }
            _ => merged.push(bar),
        }
    }
    merged
}

/// How many builds ran at once during a part of the run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Where it begins.
    pub x: Percent,
    /// How long it is.
    pub width: Percent,
    /// The most builds at once in it.
    pub builds: usize,
}

/// How many builds run from each time on at which that changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Concurrency(Vec<(f64, usize)>);

impl Concurrency {
    /// Counts the builds of a run.
    pub fn of(run: &Run) -> Self {
        let bars = bars(&run.derivations);
        let bars = bars.iter().filter(|bar| bar.end != End::Unknown);
        let events: Vec<(f64, isize)> =
            bars.flat_map(|bar| [(bar.from_s, 1), (bar.to_s, -1)]).collect();
        // Ends come first: a build that starts when another ends does not run beside it.
        let events = sorting::sorted(&events, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut running = 0_usize;
        let count = |(at, change): &(f64, isize)| {
            running = running.saturating_add_signed(*change);
            (*at, running)
        };
        Self(events.iter().map(count).collect())
    }

    /// The most builds at once.
    pub fn most(&self) -> usize {
        self.0
            .windows(2)
            .filter(|pair| pair[1].0 > pair[0].0)
            .map(|pair| pair[0].1)
            .max()
            .unwrap_or(0)
    }

    /// How many at once between two times, in seconds; parts without a build are left out.
    pub fn steps(&self, from_s: f64, to_s: f64) -> Vec<Step> {
        let mut most = vec![0; CONCURRENCY_BINS];
        let share = |at: f64| (at - from_s) / (to_s - from_s);
        for pair in self.0.windows(2) {
            let [(from, running), (to, _)] = [pair[0], pair[1]];
            if to > from && to > from_s && from < to_s {
                raise(&mut most, [from, to].map(share), running);
            }
        }
        steps(&most)
    }
}

/// Raises every bin that the part `from..to`, both as a share of the whole, touches.
fn raise(most: &mut [usize], [from, to]: [f64; 2], running: usize) {
    let (first, end) = (bin(from, 1.0, most.len()), to * most.len() as f64);
    for (index, known) in most.iter_mut().enumerate().skip(first) {
        if index > first && index as f64 >= end {
            break;
        }
        *known = running.max(*known);
    }
}

/// Joins neighbouring bins of the same height.
fn steps(heights: &[usize]) -> Vec<Step> {
    let share = 100.0 / heights.len() as f64;
    let mut steps: Vec<Step> = Vec::new();
    for (index, &builds) in heights.iter().enumerate().filter(|(_, builds)| **builds > 0) {
        let x = share * index as f64;
        match steps.last_mut() {
            Some(last)
                if last.builds == builds && (last.x.0 + last.width.0 - x).abs() < share / 2.0 =>
            {
                last.width.0 += share;
            }
            _ => steps.push(Step { x: Percent(x), width: Percent(share), builds }),
        }
    }
    steps
}

/// Heights of the parts of a timeline, in CSS pixels from its upper edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bands {
    /// Lower edge of the bars that say how many builds ran at once, if any has a length.
    pub concurrency: Option<usize>,
    /// Upper edge of the lane of the longest chain, if there is one.
    pub chain: Option<usize>,
    /// Upper edge of the first of the other lanes, if there are any.
    pub others: Option<usize>,
    /// Upper edge of the lane of starts, if there is one.
    pub starts: Option<usize>,
    /// Upper edge of the lane of downloads, if there is one.
    pub downloads: Option<usize>,
    /// Height of the whole.
    pub height: usize,
}

impl Bands {
    /// Height of the bars that say how many builds ran at once.
    pub const CONCURRENCY: usize = 50;
    /// Height of a bar of the longest chain.
    pub const CHAIN: usize = 26;
    /// Height of any other bar.
    pub const BAR: usize = 16;
    /// From one lane to the next.
    const LANE: usize = 24;
    /// Room for a line of text above a part.
    const TEXT: usize = 34;
    /// Room for the axis.
    const AXIS: usize = 14;

    /// Puts the parts below each other.
    pub fn of(lanes: &Lanes, has_downloads: bool) -> Self {
        let mut height = Self::AXIS;
        let mut add = |is_there: bool, above: usize, size: usize| {
            is_there.then(|| {
                let upper = height + above;
                height = upper + size;
                upper
            })
        };
        let has_chain = !lanes.chain.is_empty();
        let concurrency = add(!lanes.has_only_starts(), Self::TEXT, Self::CONCURRENCY);
        let chain = add(has_chain, Self::TEXT, Self::CHAIN);
        let above = if has_chain { Self::LANE - Self::BAR } else { Self::TEXT };
        let size = (lanes.others.len() * Self::LANE).saturating_sub(Self::LANE - Self::BAR);
        let others = add(!lanes.others.is_empty(), above, size);
        let starts = add(!lanes.starts.is_empty(), Self::TEXT, Self::BAR);
        let downloads = add(has_downloads, Self::TEXT, Self::BAR);
        let concurrency = concurrency.map(|upper| upper + Self::CONCURRENCY);
        Self { concurrency, chain, others, starts, downloads, height }
    }

    /// Upper edge of one of the other lanes, whose first begins at `first`.
    pub fn lane(first: usize, index: usize) -> usize {
        first + index * Self::LANE
    }
}

/// Where a bar stands on a scale.
pub fn place(bar: &Bar, scale: Scale) -> (Percent, Percent) {
    (scale.x(bar.from_s), scale.width(bar.from_s, bar.to_s).at_least_visible())
}

#[cfg(test)]
mod tests;
