//! The timeline: how many builds ran at once, and the builds in lanes.

use analyzer::report::{Stage, StageTime};
use leptos::prelude::*;

use super::super::panel::ShownRun;
use super::key;
use crate::chart::{self, Bands, Bar, Fit, Lanes, Percent, Scale, Step, Tick};
use crate::format;
use crate::summary::time::{self, derivation_label};

/// The builds of a run that took `total_s` seconds; nothing where no build has a time.
pub(super) fn chart(run: &ShownRun, total_s: f64) -> AnyView {
    let Some(lanes) = chart::lanes(run, total_s) else { return ().into_any() };
    if !lanes.has_length(total_s) {
        return view! {
            <p class="panel__after">
                "How long single builds took is not in this log: Nix prints no line when a build ends."
            </p>
        }
        .into_any();
    }
    let downloads =
        run.stages.iter().find(|stage| stage.stage == Stage::Fetch && stage.from_s.is_some());
    let bands = Bands::of(&lanes, downloads.is_some());
    let scale = Scale::new(0.0, total_s);
    let ticks = chart::time_ticks(total_s);
    view! {
        <figure class="chart">
            <svg height=bands.height role="img" aria-label=time::timeline_spoken(run)>
                {ticks.iter().map(|tick| grid_line(tick, bands.height)).collect_view()}
                {concurrency(run, total_s, bands)}
                {chain(run, &lanes, scale, bands)}
                {others(run, &lanes, scale, bands)}
                {fetched(downloads, scale, bands)}
            </svg>
            {legend(&lanes)}
        </figure>
    }
    .into_any()
}

/// A line of the grid with its label; the first label starts at the edge.
pub(super) fn grid_line(tick: &Tick, height: usize) -> AnyView {
    let x = tick.x.attribute();
    let anchor = if tick.x.0 < 3.0 { "start" } else { "middle" };
    view! {
        <line class="chart__grid" x1=x.clone() x2=x.clone() y1="18" y2=height></line>
        <text class="chart__axis" x=x y="11" text-anchor=anchor>
            {tick.label.clone()}
        </text>
    }
    .into_any()
}

/// The name of a part of a chart, above it.
pub(super) fn part_name(y: usize, name: &'static str) -> AnyView {
    view! {
        <text class="chart__name" x="0" y=y>
            {name}
        </text>
    }
    .into_any()
}

/// The line on which bars stand.
pub(super) fn base_line(y: usize) -> AnyView {
    view! { <line class="chart__base" x1="0" x2="100%" y1=y y2=y></line> }.into_any()
}

fn concurrency(run: &ShownRun, total_s: f64, bands: Bands) -> AnyView {
    let steps = chart::concurrency(run, total_s);
    let most = steps.iter().map(|step| step.builds).max().unwrap_or(1);
    let above = bands.concurrency - Bands::CONCURRENCY - 10;
    // A build whose end is not known counts only as long as it is known to run.
    let is_exact = run.derivations.iter().all(|derivation| {
        derivation.from_s.is_none()
            || derivation.time.as_ref().is_some_and(|time| time.total_s.is_some())
    });
    let name = if is_exact { "Builds at once" } else { "Builds at once, at least" };
    let bar = |step: &Step| {
        let height = (Bands::CONCURRENCY * step.builds).div_ceil(most);
        let title = format::count(step.builds as u64) + " at once";
        rect("mark mark--soft", step.x, step.width, bands.concurrency - height, height, title)
    };
    view! {
        {part_name(above, name)}
        <text class="chart__axis" x="100%" y=above text-anchor="end">
            "up to " {format::count(most as u64)}
        </text>
        {steps.iter().map(bar).collect_view()}
        {base_line(bands.concurrency)}
    }
    .into_any()
}

fn chain(run: &ShownRun, lanes: &Lanes, scale: Scale, bands: Bands) -> AnyView {
    let Some(y) = bands.chain else { return ().into_any() };
    view! {
        {part_name(y - 10, "Longest chain")}
        {lanes.chain.iter().map(|bar| build(run, bar, scale, y, Bands::CHAIN)).collect_view()}
    }
    .into_any()
}

fn others(run: &ShownRun, lanes: &Lanes, scale: Scale, bands: Bands) -> AnyView {
    let name = bands.chain.is_none().then(|| part_name(bands.others - 10, "Builds"));
    let lane = |(index, bars): (usize, &Vec<Bar>)| {
        let y = bands.lane(index);
        bars.iter().map(|bar| build(run, bar, scale, y, Bands::BAR)).collect_view()
    };
    view! { {name} {lanes.others.iter().enumerate().map(lane).collect_view()} }.into_any()
}

/// A build, with its name in it where there is room.
fn build(run: &ShownRun, bar: &Bar, scale: Scale, y: usize, height: usize) -> AnyView {
    let (x, width) = (scale.x(bar.from_s), scale.width(bar.from_s, bar.to_s).at_least_visible());
    let name = if bar.builds > 1 {
        format::counted(bar.builds as u64, "build", "builds")
    } else {
        derivation_label(&run.derivations[bar.derivation])
    };
    let label = [name.as_str(), ", ", &format::duration(bar.to_s - bar.from_s)].concat();
    let is_marked = height == Bands::CHAIN || is_longest(run, bar);
    let class = if is_marked { "mark mark--gap" } else { "mark mark--soft mark--gap" };
    let label_class = match Fit::of(&label, width) {
        Fit::Always => Some("chart__label"),
        Fit::Wide => Some("chart__label chart__label--wide"),
        Fit::Never => None,
    };
    let text = label_class.map(|class| {
        let middle = Percent(x.0 + width.0 / 2.0).attribute();
        view! {
            <text class=class x=middle y=y + height / 2 + 4 text-anchor="middle">
                {label.clone()}
            </text>
        }
    });
    view! { {rect(class, x, width, y, height, label.clone())} {text} }.into_any()
}

/// Whether a bar is the longest build of a run whose longest chain is not known.
fn is_longest(run: &ShownRun, bar: &Bar) -> bool {
    run.timeline.chain.is_empty() && time::longest_build(run) == Some(bar.derivation)
}

fn fetched(stage: Option<&StageTime>, scale: Scale, bands: Bands) -> AnyView {
    let (Some(stage), Some(y)) = (stage, bands.downloads) else { return ().into_any() };
    let from_s = stage.from_s.unwrap_or(0.0);
    let Some(length_s) = stage.time.total_s.or(stage.time.low_s) else { return ().into_any() };
    let (x, width) = (scale.x(from_s), scale.width(from_s, from_s + length_s));
    let title = "Downloads, ".to_owned() + &format::duration(length_s);
    view! { {part_name(y - 8, "Downloads")} {rect("mark mark--fetch", x, width, y, Bands::BAR, title)} }
        .into_any()
}

/// A bar that says what it is when it is pointed at.
pub(super) fn rect(
    class: &'static str,
    x: Percent,
    width: Percent,
    y: usize,
    height: usize,
    title: String,
) -> AnyView {
    view! {
        <rect class=class x=x.attribute() width=width.attribute() y=y height=height>
            <title>{title}</title>
        </rect>
    }
    .into_any()
}

fn legend(lanes: &Lanes) -> AnyView {
    let marked = if lanes.chain.is_empty() { "the longest build" } else { "on the longest chain" };
    let left_out = (lanes.left_out > 0).then(|| {
        let count = format::counted(lanes.left_out as u64, "build", "builds");
        view! { <li>{count} " more, in lanes that are not drawn"</li> }
    });
    view! {
        <ul class="chart__legend">
            <li class="chart__legend-item">{key("mark")} {marked}</li>
            <li class="chart__legend-item">{key("mark mark--soft")} "other builds"</li>
            {left_out}
        </ul>
    }
    .into_any()
}
