//! Geometry of the charts: where each mark stands, without drawing it.
//!
//! Across, everything is a share of the width, so that a chart fits every screen and its text
//! keeps its size. Down, everything is in CSS pixels.

mod extent;
mod timeline;
pub mod tree;

use analyzer::report::{Span, Stage, StageTime};

use crate::format;

pub use extent::{Extent, Finger, lines_words, window_words};
pub use timeline::{Bands, Bar, Concurrency, End, FEW_LANES, Lanes, Step, lanes, place, step_name};

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

/// Marks of a time axis from one time to another, in seconds: numbers with their unit at the
/// first, or times as on a clock where the start of the run is not in view.
pub fn time_ticks(from_s: f64, to_s: f64) -> Vec<Tick> {
    let step = time_step(to_s - from_s);
    let scale = Scale::new(from_s, to_s);
    if from_s > 0.0 {
        let first = whole_steps(from_s, step);
        return positions(first, step, to_s)
            .map(|at| Tick { x: scale.x(at.into()), label: format::clock(at.into()) })
            .collect();
    }
    let (unit, unit_s) = match step {
        0..60 => ("s", 1),
        60..3_600 => ("min", 60),
        _ => ("h", 3_600),
    };
    positions(0, step, to_s)
        .map(|at| {
            let number = (at / unit_s).to_string();
            let label = if at == 0 { [number.as_str(), unit].join(" ") } else { number };
            Tick { x: scale.x(f64::from(at)), label }
        })
        .collect()
}

fn time_step(length_s: f64) -> u32 {
    let last = TIME_STEPS_S[TIME_STEPS_S.len() - 1];
    let is_enough = |step: &u32| length_s / f64::from(*step) <= MAX_STEPS;
    TIME_STEPS_S.into_iter().find(is_enough).unwrap_or(last)
}

/// The first multiple of `step` that is not below `from`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "Never negative; a float cast saturates."
)]
fn whole_steps(from: f64, step: u32) -> u32 {
    ((from / f64::from(step)).ceil() as u32).saturating_mul(step)
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
        let length = u64::from(last.saturating_sub(first)) + 1;
        for line in at.filter(|line| (first..=last).contains(line)) {
            let part = u64::from(line - first) * ORDER_BINS as u64 / length;
            counts[usize::try_from(part).unwrap_or(0)] += 1;
        }
        Self { lines: [first, last], counts }
    }

    /// The highest count.
    pub fn most(&self) -> usize {
        self.counts.iter().copied().max().unwrap_or(0)
    }

    /// The first and the last line of a part; a part of few lines has at least one.
    pub fn lines_of(&self, index: usize) -> [u32; 2] {
        let [first, last] = self.lines;
        let length = u64::from(last - first) + 1;
        let n_parts = self.counts.len() as u64;
        let start = |index: usize| {
            let lines = (index as u64 * length).div_ceil(n_parts);
            first.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX))
        };
        let start_of_part = start(index).min(last);
        [start_of_part, start(index + 1).saturating_sub(1).clamp(start_of_part, last)]
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
            |from, to| time_ticks(from, to).into_iter().map(|tick| tick.label).collect::<Vec<_>>();
        assert_eq!(labels(0.0, 742.0), ["0 min", "2", "4", "6", "8", "10", "12"]);
        assert_eq!(labels(0.0, 9.0), ["0 s", "2", "4", "6", "8"]);
        assert_eq!(labels(0.0, 20_000.0), ["0 h", "1", "2", "3", "4", "5"]);
        assert_eq!(labels(118.0, 122.5), ["1:58", "1:59", "2:00", "2:01", "2:02"]);
        assert_eq!(
            labels(3_500.0, 3_900.0),
            ["59:00", "1:00:00", "1:01:00", "1:02:00", "1:03:00", "1:04:00", "1:05:00"]
        );
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
    fn every_line_is_counted_once() {
        let histogram = Histogram::new([1, 26], [1, 2, 2, 26, 27].into_iter());
        assert_eq!(histogram.counts.iter().sum::<usize>(), 4);
        assert_eq!((histogram.counts[1], histogram.counts[25], histogram.most()), (2, 1, 2));
    }

    #[test]
    fn a_part_names_the_lines_that_it_counts() {
        for lines in [[1, 1_764], [5, 9], [1, 26], [7, 7]] {
            let all = Histogram::new(lines, lines[0]..=lines[1]);
            for (index, _) in all.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                let [first, last] = all.lines_of(index);
                let of_part = Histogram::new(lines, first..=last);
                assert_eq!(of_part.counts[index], all.counts[index], "{lines:?}, part {index}");
                assert_eq!(of_part.counts.iter().sum::<usize>(), all.counts[index]);
            }
        }
    }

    #[test]
    fn a_label_needs_room() {
        assert_eq!(Fit::of("ollama 0.6.0, 9 min 4 s", Percent(73.0)), Fit::Always);
        assert_eq!(Fit::of("ollama 0.6.0, 9 min 4 s", Percent(40.0)), Fit::Wide);
        assert_eq!(Fit::of("ollama 0.6.0, 9 min 4 s", Percent(4.0)), Fit::Never);
    }
}
