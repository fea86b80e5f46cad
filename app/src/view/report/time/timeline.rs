//! The timeline: how many builds ran at once, and the builds in lanes.

use analyzer::report::{Stage, StageTime};

use super::super::panel::ShownRun;
use super::{drawing, key};
use crate::chart::{self, Bands, Bar, Fit, Lanes, Percent, Scale, Step, Tick};
use crate::component::markup::{Child, Markup, element, svg_element};
use crate::format;
use crate::summary::time::{self, derivation_label};

/// The builds of a run that took `total_s` seconds; nothing where no build has a time.
pub(super) fn chart(run: &ShownRun, total_s: f64) -> Child {
    let Some(lanes) = chart::lanes(run, total_s) else { return Child::nothing() };
    if !lanes.has_length(total_s) {
        let sentence = "How long single builds took is not in this log: Nix prints no line when a \
                        build ends.";
        return element("p", "panel__after").text(sentence).into();
    }
    let is_download = |it: &&StageTime| it.stage == Stage::Fetch && it.from_s.is_some();
    let downloads = run.stages.iter().find(is_download);
    let bands = Bands::of(&lanes, downloads.is_some());
    let scale = Scale::new(0.0, total_s);
    let ticks = chart::time_ticks(total_s);
    let drawing = drawing(bands.height, time::timeline_spoken(run))
        .children(ticks.iter().map(|tick| grid_line(tick, bands.height)))
        .child(concurrency(run, total_s, bands))
        .child(chain(run, &lanes, scale, bands))
        .child(others(run, &lanes, scale, bands))
        .child(fetched(downloads, scale, bands));
    element("figure", "chart").child(drawing).child(legend(&lanes)).into()
}

/// A line of the grid with its label; the first label starts at the edge.
pub(super) fn grid_line(tick: &Tick, height: usize) -> Child {
    let x = tick.x.attribute();
    let anchor = if tick.x.0 < 3.0 { "start" } else { "middle" };
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
pub(super) fn title(text: String) -> Markup {
    svg_element("title", "").text(text)
}

fn concurrency(run: &ShownRun, total_s: f64, bands: Bands) -> Child {
    let steps = chart::concurrency(run, total_s);
    let most = steps.iter().map(|step| step.builds).max().unwrap_or(1);
    let above = bands.concurrency - Bands::CONCURRENCY - 10;
    let bar = |step: &Step| {
        let height = (Bands::CONCURRENCY * step.builds).div_ceil(most);
        rect("mark mark--soft", step.x, step.width, bands.concurrency - height, height)
            .child(title(format::count(step.builds as u64) + " at once"))
    };
    let bars: Child = steps.iter().map(bar).collect();
    let up_to = label("chart__axis", "100%".into(), above, "end")
        .text(["up to ", &format::count(most as u64)].concat());
    (part_name(above, time::concurrency_name(run)), up_to, bars, base_line(bands.concurrency))
        .into()
}

fn chain(run: &ShownRun, lanes: &Lanes, scale: Scale, bands: Bands) -> Child {
    let Some(y) = bands.chain else { return Child::nothing() };
    let bars: Child =
        lanes.chain.iter().map(|bar| build(run, bar, scale, y, Bands::CHAIN)).collect();
    (part_name(y - 10, "Longest chain"), bars).into()
}

fn others(run: &ShownRun, lanes: &Lanes, scale: Scale, bands: Bands) -> Child {
    let name = bands.chain.is_none().then(|| part_name(bands.others - 10, "Builds"));
    let lane = |(index, bars): (usize, &Vec<Bar>)| -> Child {
        let y = bands.lane(index);
        bars.iter().map(|bar| build(run, bar, scale, y, Bands::BAR)).collect()
    };
    let lanes: Child = lanes.others.iter().enumerate().map(lane).collect();
    (name, lanes).into()
}

/// A build, with its name in it where there is room.
fn build(run: &ShownRun, bar: &Bar, scale: Scale, y: usize, height: usize) -> Child {
    let (x, width) = (scale.x(bar.from_s), scale.width(bar.from_s, bar.to_s).at_least_visible());
    let name = if bar.builds > 1 {
        format::counted(bar.builds as u64, "build", "builds")
    } else {
        derivation_label(&run.derivations[bar.derivation])
    };
    let words = [name.as_str(), ", ", &format::duration(bar.to_s - bar.from_s)].concat();
    let is_marked = height == Bands::CHAIN || is_longest(run, bar);
    let class = if is_marked { "mark mark--gap" } else { "mark mark--soft mark--gap" };
    let label_class = match Fit::of(&words, width) {
        Fit::Always => Some("chart__label"),
        Fit::Wide => Some("chart__label chart__label--wide"),
        Fit::Never => None,
    };
    let text = label_class.map(|class| {
        let middle = Percent(x.0 + width.0 / 2.0).attribute();
        label(class, middle, y + height / 2 + 4, "middle").text(words.clone())
    });
    (rect(class, x, width, y, height).child(title(words)), text).into()
}

/// Whether a bar is the longest build of a run whose longest chain is not known.
fn is_longest(run: &ShownRun, bar: &Bar) -> bool {
    run.timeline.chain.is_empty() && time::longest_build(run) == Some(bar.derivation)
}

fn fetched(stage: Option<&StageTime>, scale: Scale, bands: Bands) -> Child {
    let (Some(stage), Some(y)) = (stage, bands.downloads) else { return Child::nothing() };
    let from_s = stage.from_s.unwrap_or(0.0);
    let Some(length_s) = stage.time.total_s.or(stage.time.low_s) else { return Child::nothing() };
    let (x, width) = (scale.x(from_s), scale.width(from_s, from_s + length_s));
    let bar = rect("mark mark--fetch", x, width, y, Bands::BAR)
        .child(title("Downloads, ".to_owned() + &format::duration(length_s)));
    [part_name(y - 8, "Downloads"), bar].into()
}

fn legend(lanes: &Lanes) -> Markup {
    let marked = if lanes.chain.is_empty() { "the longest build" } else { "on the longest chain" };
    let item = |class, text: &'static str| {
        element("li", "chart__legend-item").child(key(class)).text(text)
    };
    let left_out = (lanes.left_out > 0).then(|| {
        let count = format::counted(lanes.left_out as u64, "build", "builds");
        element("li", "").text(count + " more, in lanes that are not drawn")
    });
    element("ul", "chart__legend")
        .child(item("mark", marked))
        .child(item("mark mark--soft", "other builds"))
        .child(left_out)
}
