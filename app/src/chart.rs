//! Geometry of the charts: where each mark stands, without drawing it.
//!
//! Across, everything is a share of the width, so that a chart fits every screen and its text
//! keeps its size. Down, everything is in CSS pixels.

use std::borrow::Cow;
use std::collections::BTreeSet;

use analyzer::report::{Derivation, Run, Span, Stage, StageTime};

use crate::format;
use crate::sorting;

/// More lanes than this would not be told apart.
const MAX_LANES: usize = 8;

/// Bars narrower than this are drawn together with their neighbours, in percent: some runs
/// have thousands of builds of a fraction of a second.
const MIN_BAR: f64 = 0.4;

/// How finely the number of builds at once is drawn.
const CONCURRENCY_BINS: usize = 240;

/// Into how many parts a log without a clock is cut.
const ORDER_BINS: usize = 26;

/// Steps between the marks of a time axis, in seconds.
const TIME_STEPS_S: [u32; 17] =
    [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400];

/// Most steps on an axis: more labels would touch each other.
const MAX_STEPS: f64 = 7.0;

/// A share of the width of a chart, in percent.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Percent(pub f64);

impl Percent {
    /// The width of a mark that must be seen, however short the time is.
    #[must_use]
    pub fn at_least_visible(self) -> Self {
        const MIN: f64 = 0.3;
        Self(self.0.max(MIN))
    }

    /// The value of an SVG attribute: `12.345%`.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "Clamped to a small positive number first."
    )]
    pub fn attribute(self) -> String {
        let thousandths = (self.0.clamp(0.0, 1_000.0) * 1_000.0 + 0.5) as u32;
        format!("{}.{:0>3}%", thousandths / 1_000, thousandths % 1_000)
    }
}

/// Turns positions between `start` and `end` into shares of the width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    start: f64,
    end: f64,
}

impl Scale {
    /// A scale from `start` to `end`, in seconds or lines.
    pub fn new(start: f64, end: f64) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Where a position stands.
    pub fn x(self, position: f64) -> Percent {
        let length = self.end - self.start;
        if length <= 0.0 {
            return Percent(0.0);
        }
        Percent(((position - self.start) / length * 100.0).clamp(0.0, 100.0))
    }

    /// How wide the part between two positions is.
    pub fn width(self, from: f64, to: f64) -> Percent {
        Percent((self.x(to).0 - self.x(from).0).max(0.0))
    }
}

/// A mark on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where it stands.
    pub x: Percent,
    /// What it says; the first one names the unit.
    pub label: String,
}

/// Marks of a time axis from 0 to `total_s` seconds.
pub fn time_ticks(total_s: f64) -> Vec<Tick> {
    let last = TIME_STEPS_S[TIME_STEPS_S.len() - 1];
    let step = TIME_STEPS_S
        .into_iter()
        .find(|step| total_s / f64::from(*step) <= MAX_STEPS)
        .unwrap_or(last);
    let (unit, unit_s) = match step {
        0..60 => ("s", 1),
        60..3_600 => ("min", 60),
        _ => ("h", 3_600),
    };
    let scale = Scale::new(0.0, total_s);
    positions(0, step, total_s)
        .map(|at| {
            let number = (at / unit_s).to_string();
            let label = if at == 0 { [number.as_str(), unit].join(" ") } else { number };
            Tick { x: scale.x(f64::from(at)), label }
        })
        .collect()
}

/// Marks of an axis of lines from `first` to `last`.
pub fn line_ticks(first: u32, last: u32) -> Vec<Tick> {
    let scale = Scale::new(f64::from(first), f64::from(last));
    let length = f64::from(last.saturating_sub(first));
    let step = (0..9)
        .flat_map(|exponent| [1, 2, 5].map(|digit| digit * 10_u32.pow(exponent)))
        .find(|step| length / f64::from(*step) <= MAX_STEPS)
        .unwrap_or(u32::MAX);
    positions(first.div_ceil(step).max(1) * step, step, f64::from(last))
        .map(|at| Tick { x: scale.x(f64::from(at)), label: format::count(at.into()) })
        .collect()
}

/// Numbers from `start` in steps of `step` while they are not above `end`.
fn positions(start: u32, step: u32, end: f64) -> impl Iterator<Item = u32> {
    std::iter::successors(Some(start), move |at| at.checked_add(step))
        .take_while(move |at| f64::from(*at) <= end)
}

/// Which part of the height a stage takes: stages that overlap share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// All of it.
    Whole,
    /// The upper half.
    Upper,
    /// The lower half.
    Lower,
}

/// A stage on the bar of stages.
#[derive(Clone, Debug, PartialEq)]
pub struct StageMark {
    /// Which stage.
    pub stage: Stage,
    /// Where it begins.
    pub x: Percent,
    /// How long it is.
    pub width: Percent,
    /// How high it is.
    pub share: Share,
}

/// The bar of stages of a run that takes `total_s` seconds; empty where no clock tells.
pub fn stage_bar(stages: &[StageTime], total_s: f64) -> Vec<StageMark> {
    let spans: Vec<(Stage, f64, f64)> = stages
        .iter()
        .filter_map(|stage| {
            let from = stage.from_s?;
            Some((stage.stage, from, from + length_s(&stage.time)?))
        })
        .collect();
    let scale = Scale::new(0.0, total_s);
    spans
        .iter()
        .enumerate()
        .map(|(index, &(stage, from, to))| {
            let share = share_of(&spans, index);
            StageMark { stage, x: scale.x(from), width: scale.width(from, to), share }
        })
        .collect()
}

/// A stage that runs beside another takes the half that its order gives it.
fn share_of(spans: &[(Stage, f64, f64)], index: usize) -> Share {
    let (_, from, to) = spans[index];
    let beside = |other: usize| {
        let (_, other_from, other_to) = spans[other];
        from < other_to && other_from < to
    };
    if (0..index).any(beside) {
        return Share::Lower;
    }
    if (index + 1..spans.len()).any(beside) { Share::Upper } else { Share::Whole }
}

/// A bar on the timeline: one build, or several short ones beside each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Index of its derivation in the run; of the first, if it stands for several.
    pub derivation: usize,
    /// How many builds it stands for.
    pub builds: usize,
    /// Seconds from the start of the run to its start.
    pub from_s: f64,
    /// Seconds from the start of the run to its end.
    pub to_s: f64,
}

/// The builds of a run in lanes: those of the longest chain apart, the others wherever there
/// is room.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lanes {
    /// The longest chain; empty if it is not known.
    pub chain: Vec<Bar>,
    /// The other lanes.
    pub others: Vec<Vec<Bar>>,
    /// Builds that no lane had room for.
    pub left_out: usize,
}

/// Puts the builds of a run into lanes; `None` where no build has a start and a length.
pub fn lanes(run: &Run, total_s: f64) -> Option<Lanes> {
    let on_chain: BTreeSet<&str> = run.timeline.chain.iter().map(String::as_str).collect();
    let mut lanes = Lanes::default();
    let bars = bars(&run.derivations);
    if bars.is_empty() {
        return None;
    }
    for bar in bars {
        if on_chain.contains(&*step_name(&run.derivations[bar.derivation])) {
            lanes.chain.push(bar);
        } else {
            lanes.place(bar);
        }
    }
    let min_s = total_s * MIN_BAR / 100.0;
    lanes.others = lanes.others.into_iter().map(|lane| merge_short(lane, min_s)).collect();
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
    /// Whether any bar is long enough to say something, in a run of `total_s` seconds: where only
    /// the starts of builds are known, a chart of them would show nothing.
    pub fn has_length(&self, total_s: f64) -> bool {
        let is_long = |bar: &Bar| bar.to_s - bar.from_s >= total_s * MIN_BAR / 100.0;
        self.others.iter().flatten().chain(&self.chain).any(is_long)
    }

    /// Puts a bar into the first lane that is free when it starts.
    fn place(&mut self, bar: Bar) {
        let is_free = |lane: &Vec<Bar>| lane.last().is_none_or(|last| last.to_s <= bar.from_s);
        match self.others.iter().position(is_free) {
            Some(index) => self.others[index].push(bar),
            None if self.others.len() < MAX_LANES => self.others.push(vec![bar]),
            None => self.left_out += 1,
        }
    }
}

/// Every build with a start and a length, by start.
fn bars(derivations: &[Derivation]) -> Vec<Bar> {
    let bars: Vec<Bar> = derivations
        .iter()
        .enumerate()
        .filter_map(|(index, derivation)| {
            let from_s = derivation.from_s?;
            let to_s = from_s + length_s(derivation.time.as_ref()?)?;
            Some(Bar { derivation: index, builds: 1, from_s, to_s })
        })
        .collect();
    sorting::sorted(&bars, |a, b| a.from_s.total_cmp(&b.from_s))
}

/// Joins neighbours that are both shorter than `min_s` and no further apart than that.
fn merge_short(lane: Vec<Bar>, min_s: f64) -> Vec<Bar> {
    let mut merged: Vec<Bar> = Vec::with_capacity(lane.len());
    for bar in lane {
        let is_short = bar.to_s - bar.from_s < min_s;
        match merged.last_mut() {
            Some(last)
                if is_short
                    && bar.from_s - last.to_s < min_s
                    && (last.builds > 1 || last.to_s - last.from_s < min_s) =>
            {
                last.builds += 1;
                last.to_s = bar.to_s;
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

/// How many builds ran at once, from start to end; parts without a build are left out.
pub fn concurrency(run: &Run, total_s: f64) -> Vec<Step> {
    let events: Vec<(f64, isize)> =
        bars(&run.derivations).iter().flat_map(|bar| [(bar.from_s, 1), (bar.to_s, -1)]).collect();
    // Ends come first: a build that starts when another ends does not run beside it.
    let events = sorting::sorted(&events, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut most = vec![0; CONCURRENCY_BINS];
    let mut running = 0_usize;
    for pair in events.windows(2) {
        let [(from, change), (to, _)] = [pair[0], pair[1]];
        running = running.saturating_add_signed(change);
        if to > from {
            raise(&mut most, [from, to].map(|at| at / total_s), running);
        }
    }
    steps(&most)
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

/// How often something happens in each part of a log without a clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// First and last line.
    pub lines: [u32; 2],
    /// How often, part by part.
    pub counts: Vec<usize>,
}

impl Histogram {
    /// Counts `at` in equal parts of the lines from `first` to `last`.
    pub fn new([first, last]: [u32; 2], at: impl Iterator<Item = u32>) -> Self {
        let mut counts = vec![0; ORDER_BINS];
        let length = f64::from(last.saturating_sub(first)) + 1.0;
        for line in at.filter(|line| (first..=last).contains(line)) {
            counts[bin(f64::from(line - first), length, ORDER_BINS)] += 1;
        }
        Self { lines: [first, last], counts }
    }

    /// The highest count.
    pub fn most(&self) -> usize {
        self.counts.iter().copied().max().unwrap_or(0)
    }

    /// Where a part begins, and how wide each is.
    pub fn part(&self, index: usize) -> (Percent, Percent) {
        let share = 100.0 / self.counts.len() as f64;
        (Percent(share * index as f64), Percent(share))
    }
}

/// The bin of `position` out of `total`, both in the same unit.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "Clamped to the number of bins; a float cast saturates."
)]
fn bin(position: f64, total: f64, bins: usize) -> usize {
    if total <= 0.0 {
        return 0;
    }
    ((position / total * bins as f64).max(0.0) as usize).min(bins - 1)
}

/// The length of a time as far as it can be drawn: its value, else its lower bound.
fn length_s(time: &Span) -> Option<f64> {
    time.total_s.or(time.low_s)
}

/// Heights of the parts of a timeline, in CSS pixels from its upper edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bands {
    /// Lower edge of the bars that say how many builds ran at once.
    pub concurrency: usize,
    /// Upper edge of the lane of the longest chain, if there is one.
    pub chain: Option<usize>,
    /// Upper edge of the first of the other lanes.
    pub others: usize,
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
        let concurrency = Self::AXIS + Self::TEXT + Self::CONCURRENCY;
        let below = concurrency + Self::TEXT;
        let has_chain = !lanes.chain.is_empty();
        let others = if has_chain { below + Self::CHAIN + 6 } else { below };
        let end = others + lanes.others.len() * Self::LANE;
        let below_downloads = if has_downloads { end + Self::TEXT + Self::BAR } else { end };
        Self {
            concurrency,
            chain: has_chain.then_some(below),
            others,
            downloads: has_downloads.then_some(end + Self::TEXT - 8),
            height: below_downloads,
        }
    }

    /// Upper edge of one of the other lanes.
    pub fn lane(self, index: usize) -> usize {
        self.others + index * Self::LANE
    }
}

/// Whether a label fits into a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// On every screen.
    Always,
    /// Not on a phone.
    Wide,
    /// Nowhere.
    Never,
}

impl Fit {
    /// Whether `label` fits into a bar of this width.
    pub fn of(label: &str, width: Percent) -> Self {
        /// Width of a character with some room to spare, in CSS pixels.
        const CHARACTER: f64 = 7.5;
        let share_of = |chart: f64| label.chars().count() as f64 * CHARACTER / chart * 100.0;
        if share_of(290.0) < width.0 {
            return Self::Always;
        }
        if share_of(620.0) < width.0 { Self::Wide } else { Self::Never }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn run_of(builds: &[(&str, f64, f64)]) -> Run {
        let mut run = testing::run();
        for (name, from_s, to_s) in builds {
            let mut derivation = testing::built(name);
            derivation.from_s = Some(*from_s);
            derivation.time = Some(testing::stamped(to_s - from_s));
            run.derivations.push(derivation);
        }
        run
    }

    #[test]
    fn percentages_have_three_decimals() {
        for (share, expected) in [(0.0, "0.000%"), (12.3456, "12.346%"), (100.0, "100.000%")] {
            assert_eq!(Percent(share).attribute(), expected);
        }
    }

    #[test]
    fn what_lies_outside_a_scale_stands_at_its_edge() {
        let scale = Scale::new(10.0, 20.0);
        assert_eq!([5.0, 15.0, 25.0].map(|at| scale.x(at)), [0.0, 50.0, 100.0].map(Percent));
        assert_eq!(Scale::new(3.0, 3.0).x(3.0), Percent(0.0));
    }

    #[test]
    fn a_time_axis_has_few_round_steps() {
        let labels =
            |total_s| time_ticks(total_s).into_iter().map(|tick| tick.label).collect::<Vec<_>>();
        assert_eq!(labels(742.0), ["0 min", "2", "4", "6", "8", "10", "12"]);
        assert_eq!(labels(9.0), ["0 s", "2", "4", "6", "8"]);
        assert_eq!(labels(20_000.0), ["0 h", "1", "2", "3", "4", "5"]);
    }

    #[test]
    fn an_axis_of_lines_has_round_steps() {
        let labels: Vec<_> = line_ticks(4_758, 6_263).into_iter().map(|tick| tick.label).collect();
        assert_eq!(labels, ["5,000", "5,500", "6,000"]);
        assert_eq!(line_ticks(1, 1).len(), 1);
    }

    #[test]
    fn stages_that_overlap_share_the_height() {
        let stage = |stage, from_s, length_s| StageTime {
            stage,
            from_s: Some(from_s),
            time: testing::stamped(length_s),
        };
        let stages = [
            stage(Stage::Evaluate, 0.0, 10.0),
            stage(Stage::Fetch, 10.0, 50.0),
            stage(Stage::Build, 20.0, 80.0),
        ];
        let marks = stage_bar(&stages, 100.0);
        let shares: Vec<_> = marks.iter().map(|mark| mark.share).collect();
        assert_eq!(shares, [Share::Whole, Share::Upper, Share::Lower]);
        assert_eq!((marks[1].x, marks[1].width), (Percent(10.0), Percent(50.0)));
    }

    #[test]
    fn builds_beside_each_other_are_in_different_lanes() {
        let run = run_of(&[("a", 0.0, 10.0), ("b", 5.0, 20.0), ("c", 10.0, 30.0)]);
        let lanes = lanes(&run, 30.0).unwrap();
        let indices: Vec<Vec<_>> = lanes
            .others
            .iter()
            .map(|lane| lane.iter().map(|bar| bar.derivation).collect())
            .collect();
        assert_eq!(indices, [vec![0, 2], vec![1]]);
    }

    #[test]
    fn the_longest_chain_has_a_lane_of_its_own() {
        let mut run = run_of(&[("a", 0.0, 10.0), ("b", 0.0, 20.0)]);
        run.timeline.chain = vec![run.derivations[1].drv.clone().unwrap()];
        let lanes = lanes(&run, 20.0).unwrap();
        assert_eq!(lanes.chain.len(), 1);
        assert_eq!(lanes.chain[0].derivation, 1);
        assert_eq!(lanes.others.len(), 1);
    }

    #[test]
    fn short_neighbours_become_one_bar() {
        let run = run_of(&[("a", 0.0, 0.1), ("b", 0.1, 0.2), ("c", 50.0, 100.0)]);
        let lanes = lanes(&run, 100.0).unwrap();
        let builds: Vec<_> = lanes.others[0].iter().map(|bar| bar.builds).collect();
        assert_eq!(builds, [2, 1]);
    }

    #[test]
    fn builds_that_no_lane_has_room_for_are_counted() {
        let many: Vec<_> = (0..10).map(|_| ("a", 0.0, 10.0)).collect();
        let lanes = lanes(&run_of(&many), 10.0).unwrap();
        assert_eq!((lanes.others.len(), lanes.left_out), (MAX_LANES, 2));
    }

    #[test]
    fn without_times_there_are_no_lanes() {
        let mut run = testing::run();
        run.derivations.push(testing::built("a"));
        assert_eq!(lanes(&run, 10.0), None);
    }

    #[test]
    fn builds_at_once_rise_and_fall() {
        let run = run_of(&[("a", 0.0, 50.0), ("b", 25.0, 100.0)]);
        let steps: Vec<_> =
            concurrency(&run, 100.0).iter().map(|step| (step.x.0, step.builds)).collect();
        assert_eq!(steps, [(0.0, 1), (25.0, 2), (50.0, 1)]);
    }

    #[test]
    fn a_build_that_starts_when_another_ends_is_not_beside_it() {
        let run = run_of(&[("a", 0.0, 50.0), ("b", 50.0, 100.0)]);
        let most = concurrency(&run, 100.0).iter().map(|step| step.builds).max();
        assert_eq!(most, Some(1));
    }

    #[test]
    fn every_line_is_counted_once() {
        let histogram = Histogram::new([1, 26], [1, 2, 2, 26, 27].into_iter());
        assert_eq!(histogram.counts.iter().sum::<usize>(), 4);
        assert_eq!((histogram.counts[1], histogram.counts[25], histogram.most()), (2, 1, 2));
    }

    #[test]
    fn parts_of_a_timeline_do_not_touch() {
        let bar = Bar { derivation: 0, builds: 1, from_s: 0.0, to_s: 1.0 };
        let mut lanes = Lanes { chain: vec![bar.clone()], others: vec![vec![bar]; 2], left_out: 0 };
        let bands = Bands::of(&lanes, true);
        let chain = bands.chain.unwrap();
        assert!(bands.concurrency < chain && chain + Bands::CHAIN < bands.lane(0));
        assert!(bands.lane(1) + Bands::BAR < bands.downloads.unwrap());
        assert!(bands.downloads.unwrap() + Bands::BAR <= bands.height);
        lanes.chain.clear();
        assert_eq!(
            (Bands::of(&lanes, false).chain, Bands::of(&lanes, false).downloads),
            (None, None)
        );
    }

    #[test]
    fn a_label_needs_room() {
        assert_eq!(Fit::of("ollama 0.6.0, 9 min 4 s", Percent(73.0)), Fit::Always);
        assert_eq!(Fit::of("ollama 0.6.0, 9 min 4 s", Percent(40.0)), Fit::Wide);
        assert_eq!(Fit::of("ollama 0.6.0, 9 min 4 s", Percent(4.0)), Fit::Never);
    }
}
