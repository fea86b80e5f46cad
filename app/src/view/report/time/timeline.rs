//! The timeline: how many builds ran at once, and the builds in lanes.

use std::sync::Arc;

use analyzer::report::{Stage, StageTime};
use leptos::prelude::*;

use super::super::panel::{ShownRun, fold_button};
use super::detail;
use super::{drawing, key};
use crate::chart::{
    self, Bands, Bar, Concurrency, End, Extent, FEW_LANES, Fit, Lanes, Percent, Scale, Tick,
};
use crate::component::markup::{Child, Markup, element, svg_element};
use crate::component::zoom::{Drawn, Mark, Zoom, zoom};
use crate::format;
use crate::summary::time;
use crate::view::context::ViewContext;
use crate::view_state::Window;

/// The key in the address of what shows every lane.
const ALL_LANES: &str = "lanes";

/// A bar narrower than this, in percent, is a line.
const THIN: f64 = 1.0;

/// The builds of a run that took `total_s` seconds; nothing where no build has a time.
pub(super) fn chart(run: &ShownRun, total_s: f64, view: ViewContext) -> Child {
    let Some(few) = chart::lanes(run, FEW_LANES) else { return Child::nothing() };
    let legend = legend(&few, view);
    let plot = Plot::new(run.clone(), few);
    let state = view.state();
    let chart = zoom(Zoom {
        name: "Timeline",
        extent: Extent::of_time(total_s),
        chosen: Memo::new(move |_| state.with(|state| state.window)).into(),
        on_choose: Callback::new(move |window| view.replace(|state| state.window = window)),
        words: chart::window_words,
        draw: Arc::new(move |window| {
            plot.draw(window, state.with(|state| state.is_open(ALL_LANES)))
        }),
    });
    element("figure", "chart").child(chart).child(legend).into()
}

/// What is drawn of, whatever is in view.
struct Plot {
    run: ShownRun,
    /// As many lanes as are told apart at a glance.
    few: Lanes,
    /// All of them.
    all: Lanes,
    concurrency: Concurrency,
}

impl Plot {
    fn new(run: ShownRun, few: Lanes) -> Self {
        let all = chart::lanes(&run, usize::MAX).unwrap_or_default();
        let concurrency = Concurrency::of(&run);
        Self { run, few, all, concurrency }
    }

    fn draw(&self, window: Window, has_all_lanes: bool) -> Drawn {
        let [from_s, to_s] = [window.from, window.to].map(|at| f64::from(at) / 1_000.0);
        let lanes = if has_all_lanes { &self.all } else { &self.few };
        let bands = Bands::of(lanes, downloads(&self.run).is_some());
        let ticks = chart::time_ticks(from_s, to_s);
        let mut part = Part {
            run: &self.run,
            lanes: lanes.seen(from_s, to_s),
            scale: Scale::new(from_s, to_s),
            bands,
            marks: Vec::new(),
            bars: Vec::new(),
        };
        let drawing = drawing(bands.height, time::timeline_spoken(&self.run))
            .children(ticks.iter().map(|tick| grid_line(tick, bands.height)))
            .child(self.concurrency(from_s, to_s, bands))
            .child(part.chain())
            .child(part.others())
            .child(part.starts())
            .child(part.fetched());
        let (run, bars, marks) = (self.run.clone(), part.bars, part.marks);
        let detail = Box::new(move |index: usize| detail::of_builds(&run, &bars[index]));
        Drawn { drawing, marks, detail }
    }

    fn concurrency(&self, from_s: f64, to_s: f64, bands: Bands) -> Child {
        let Some(base) = bands.concurrency else { return Child::nothing() };
        let most = self.concurrency.most().max(1);
        let above = base - Bands::CONCURRENCY - 10;
        let steps = self.concurrency.steps(from_s, to_s);
        let bars: Child = steps
            .iter()
            .map(|step| {
                let height = (Bands::CONCURRENCY * step.builds).div_ceil(most);
                rect("mark mark--soft", step.x, step.width, base - height, height)
                    .child(title(format::count(step.builds as u64) + " at once"))
            })
            .collect();
        let up_to = label("chart__axis", "100%".into(), above, "end")
            .text(["up to ", &format::count(most as u64)].concat());
        (part_name(above, time::concurrency_name(&self.run)), up_to, bars, base_line(base)).into()
    }
}

/// What is in view, while it is drawn.
struct Part<'a> {
    run: &'a ShownRun,
    lanes: Lanes,
    scale: Scale,
    bands: Bands,
    /// Where each bar stands.
    marks: Vec<Mark>,
    /// The builds of each.
    bars: Vec<Bar>,
}

impl Part<'_> {
    fn chain(&mut self) -> Child {
        let Some(y) = self.bands.chain else { return Child::nothing() };
        let bars = std::mem::take(&mut self.lanes.chain);
        let bars: Child = bars.into_iter().map(|bar| self.build(bar, y, Bands::CHAIN)).collect();
        (part_name(y - 10, "Longest chain"), bars).into()
    }

    fn others(&mut self) -> Child {
        let Some(first) = self.bands.others else { return Child::nothing() };
        let name = self.bands.chain.is_none().then(|| part_name(first - 10, "Builds"));
        let lanes = std::mem::take(&mut self.lanes.others).into_iter().enumerate();
        let bars: Child = lanes
            .flat_map(|(index, bars)| bars.into_iter().map(move |bar| (index, bar)))
            .map(|(index, bar)| self.build(bar, Bands::lane(first, index), Bands::BAR))
            .collect();
        (name, bars).into()
    }

    fn starts(&mut self) -> Child {
        let Some(y) = self.bands.starts else { return Child::nothing() };
        let name = if self.bands.others.is_some() {
            "Started, end not in the log"
        } else {
            "Builds started; the log does not say when they end"
        };
        let bars = std::mem::take(&mut self.lanes.starts);
        let bars: Child = bars.into_iter().map(|bar| self.build(bar, y, Bands::BAR)).collect();
        (part_name(y - 8, name), base_line(y + Bands::BAR), bars).into()
    }

    /// A build, with its name in it where there is room.
    fn build(&mut self, bar: Bar, y: usize, height: usize) -> Child {
        let (x, width) = chart::place(&bar, self.scale);
        let text = self.words(&bar, width).map(|(class, words)| {
            let middle = Percent(x.0 + width.0 / 2.0).attribute();
            label(class, middle, y + height / 2 + 4, "middle").text(words)
        });
        let index = self.marks.len().to_string();
        let drawn =
            rect(self.class(&bar, width, height), x, width, y, height).attr("data-mark", index);
        self.marks.push(Mark { x, width, top: y, height, window: window_of(&bar) });
        self.bars.push(bar);
        (drawn, text).into()
    }

    /// What stands in a bar that is wide enough for it.
    fn words(&self, bar: &Bar, width: Percent) -> Option<(&'static str, String)> {
        let words = detail::label(self.run, bar);
        match Fit::of(&words, width) {
            Fit::Always => Some(("chart__label", words)),
            Fit::Wide => Some(("chart__label chart__label--wide", words)),
            Fit::Never => None,
        }
    }

    fn class(&self, bar: &Bar, width: Percent, height: usize) -> &'static str {
        let is_marked = height == Bands::CHAIN || self.lanes.is_longest(bar);
        match (bar.end, is_marked) {
            (End::Unknown, _) => "mark mark--start",
            (End::NotBefore, true) => "mark mark--gap mark--open",
            (End::NotBefore, false) => "mark mark--soft mark--gap mark--open",
            // A gap would take all of it.
            (End::Known, true) if width.0 < THIN => "mark",
            (End::Known, false) if width.0 < THIN => "mark mark--soft",
            (End::Known, true) => "mark mark--gap",
            (End::Known, false) => "mark mark--soft mark--gap",
        }
    }

    fn fetched(&self) -> Child {
        let Some(((from_s, to_s), y)) = downloads(self.run).zip(self.bands.downloads) else {
            return Child::nothing();
        };
        let bar = rect(
            "mark mark--fetch",
            self.scale.x(from_s),
            self.scale.width(from_s, to_s),
            y,
            Bands::BAR,
        )
        .child(title("Downloads, ".to_owned() + &format::duration(to_s - from_s)));
        [part_name(y - 8, "Downloads"), bar].into()
    }
}

/// When downloads begin and end, in seconds from the start of the run.
fn downloads(run: &ShownRun) -> Option<(f64, f64)> {
    let stage = run.stages.iter().find(|it: &&StageTime| it.stage == Stage::Fetch)?;
    let from_s = stage.from_s?;
    Some((from_s, from_s + stage.time.total_s.or(stage.time.low_s)?))
}

fn window_of(bar: &Bar) -> Window {
    let [from, to] = [bar.from_s, bar.to_s]
        .map(|at| u32::try_from(format::milliseconds(at)).unwrap_or(u32::MAX - 1));
    Window { from, to: to.max(from + 1) }
}

/// A line of the grid with its label; the first label starts at the edge.
pub(super) fn grid_line(tick: &Tick, height: usize) -> Child {
    let x = tick.x.attribute();
    let anchor = match tick.x.0 {
        x if x < 3.0 => "start",
        x if x > 97.0 => "end",
        _ => "middle",
    };
    let line = svg_element("line", "chart__grid")
        .attr("x1", x.clone())
        .attr("x2", x.clone())
        .attr("y1", "18")
        .attr("y2", height.to_string());
    [line, label("chart__axis", x, 11, anchor).text(tick.label.clone())].into()
}

fn label(class: &'static str, x: String, y: usize, anchor: &'static str) -> Markup {
    svg_element("text", class).attr("x", x).attr("y", y.to_string()).attr("text-anchor", anchor)
}

/// The name of a part of a chart, above it.
pub(super) fn part_name(y: usize, name: &'static str) -> Markup {
    label("chart__name", "0".into(), y, "start").text(name)
}

/// The line on which bars stand.
pub(super) fn base_line(y: usize) -> Markup {
    svg_element("line", "chart__base")
        .attr("x1", "0")
        .attr("x2", "100%")
        .attr("y1", y.to_string())
        .attr("y2", y.to_string())
}

/// A bar.
pub(super) fn rect(
    class: &'static str,
    x: Percent,
    width: Percent,
    y: usize,
    height: usize,
) -> Markup {
    svg_element("rect", class)
        .attr("x", x.attribute())
        .attr("width", width.attribute())
        .attr("y", y.to_string())
        .attr("height", height.to_string())
}

/// What a bar says when it is pointed at.
fn title(text: String) -> Markup {
    svg_element("title", "").text(text)
}

/// What the looks of the bars mean, as far as there are such bars.
fn legend(lanes: &Lanes, view: ViewContext) -> Child {
    let bars = || lanes.chain.iter().chain(lanes.others.iter().flatten());
    let has_marked = !lanes.chain.is_empty() || bars().any(|bar| lanes.is_longest(bar));
    let marked = if lanes.chain.is_empty() { "the longest build" } else { "on the longest chain" };
    let keys = [
        (has_marked, "mark", marked),
        (bars().next().is_some(), "mark mark--soft", "other builds"),
        (bars().any(|bar| bar.end == End::NotBefore), "mark mark--soft mark--open", OPEN),
        (!lanes.starts.is_empty(), "mark mark--start", "a build starts; its end is not in the log"),
    ];
    let items = keys
        .into_iter()
        .filter(|(is_there, ..)| *is_there)
        .map(|(_, class, text)| element("li", "chart__legend-item").child(key(class)).text(text));
    let list = element("ul", "chart__legend").children(items);
    let left_out = (lanes.left_out > 0).then(|| {
        let count = format::counted(lanes.left_out as u64, "build", "builds");
        let detail = count + " in lanes that are drawn only then";
        fold_button(view, ALL_LANES, "Show every lane", detail).view()
    });
    (list, left_out).into()
}

const OPEN: &str = "at least this long; its end is not in the log";
