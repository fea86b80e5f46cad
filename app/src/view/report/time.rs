//! Where the time went.

mod detail;
mod order;
mod timeline;
mod tree;

use analyzer::report::{Axis, Derivation, Grade, Stage, StageTime};

use super::builds::timed;
use super::panel::{ShownRun, late_fold, unknown};
use super::rows::{Field, List, MANY, field, field_if, items_of};
use crate::browser::clock;
use crate::chart::{self, Share, StageMark};
use crate::component::evidence::evidence;
use crate::component::grade::grade;
use crate::component::markup::{Child, Markup, element, quoted, svg_element};
use crate::component::table::ColumnKind;
use crate::component::term::{explained, term};
use crate::format;
use crate::sorting::sort;
use crate::summary::commands;
use crate::summary::evidence::beyond_plan;
use crate::summary::time::{self, TimeText};
use crate::view::context::ViewContext;
use crate::view::later::later;
use crate::view::parts;
pub use tree::tree;

const FIELDS: &[Field<Derivation>] = &[
    field("Derivation", ColumnKind::Text, |_, it| quoted(time::derivation_label(it)).into()),
    field("Start", ColumnKind::Number, |_, it| it.from_s.map(format::clock).into()),
    field("Time", ColumnKind::Number, |_, it| timed(time_of(it)).into()),
    field_if(
        |it| it.lines.first().is_some(),
        "Line",
        ColumnKind::Lines,
        |run, it| evidence(&beyond_plan(&it.lines, run.plan.as_ref())),
    ),
];

/// Height of the bar of stages, in CSS pixels.
const STAGE_BAR: usize = 30;

/// How the time of the run is known.
pub(super) fn source(run: &ShownRun) -> Child {
    if run.time.grade == Grade::Unknown {
        return "no clock in this log".into();
    }
    (run.time.because.clone(), " ", evidence(&run.time.lines)).into()
}

/// Stages, then builds beside each other: by the clock, or by lines where there is none.
pub(super) fn body(run: &ShownRun) -> Child {
    let builds = builds(run);
    let Some(total_s) = total_s(run) else {
        let remark = "To have times in the next log, put a stamp on each line.";
        return (builds, stages(run), unknown(remark, commands::with_clock(run))).into();
    };
    let bound =
        time::bound_sentence(run).map(|text| element("p", "chart__remark").child(explained(&text)));
    (stage_bar(run, total_s), stages(run), builds, bound, chain(run), as_table(run)).into()
}

/// The builds beside each other, then what they are made of. A run may have many thousands, so
/// that each is made in a task of its own.
fn builds(run: &ShownRun) -> Child {
    let [beside, below] = [run.clone(), run.clone()];
    let timeline = later(move |place| parts::timeline(place, beside.clone()));
    let tree = later(move |place| {
        let run = below.clone();
        async move {
            clock::next_task().await;
            parts::tree(place, run).await
        }
    });
    (timeline, tree).into()
}

/// The builds of a run beside each other, by the clock or else by lines.
pub fn timeline(run: &ShownRun, view: ViewContext) -> Child {
    match total_s(run) {
        Some(total_s) => timeline::chart(run, total_s, view),
        None => order::chart(run, view),
    }
}

/// The time of the run, if a clock tells where in it each build stands.
fn total_s(run: &ShownRun) -> Option<f64> {
    run.time.total_s.filter(|_| run.timeline.axis == Axis::Time)
}

/// A drawing with a text for those who do not see it.
fn drawing(height: usize, spoken: String) -> Markup {
    svg_element("svg", "")
        .attr("height", height.to_string())
        .attr("role", "img")
        .attr("aria-label", spoken)
}

fn stage_bar(run: &ShownRun, total_s: f64) -> Child {
    let marks = chart::stage_bar(&run.stages, total_s);
    if marks.is_empty() {
        return Child::nothing();
    }
    let bar =
        drawing(STAGE_BAR, time::stages_spoken(&run.stages)).children(marks.iter().map(stage_mark));
    element("figure", "chart").child(bar).into()
}

fn stage_mark(mark: &StageMark) -> Markup {
    let (y, height) = match mark.share {
        Share::Whole => (0, STAGE_BAR),
        Share::Upper => (0, STAGE_BAR / 2),
        Share::Lower => (STAGE_BAR / 2, STAGE_BAR / 2),
    };
    timeline::rect(stage_class(mark.stage), mark.x, mark.width, y, height)
}

fn stage_class(stage: Stage) -> &'static str {
    match stage {
        Stage::UpdateInputs => "mark mark--outline",
        Stage::Evaluate | Stage::Activate => "mark mark--soft",
        Stage::Fetch => "mark mark--fetch",
        Stage::Build => "mark",
    }
}

/// The stages with their times.
fn stages(run: &ShownRun) -> Child {
    if run.stages.is_empty() {
        return Child::nothing();
    }
    element("dl", "stages").children(run.stages.iter().map(stage)).into()
}

fn stage(stage: &StageTime) -> Markup {
    let time = TimeText::of(&stage.time);
    let name = element("dt", "stages__name")
        .child(key(stage_class(stage.stage)))
        .child(term(time::stage_name(stage.stage), time::stage_term(stage.stage)));
    let value = element("dd", "stages__time")
        .text(time.short)
        .text(" ")
        .child(grade(time.known))
        .text(" ")
        .child(evidence(&stage.time.lines));
    element("div", "").child(name).child(value)
}

/// A piece of a mark, for the legend.
fn key(class: &'static str) -> Markup {
    svg_element("svg", "chart__key")
        .attr("viewBox", "0 0 20 12")
        .attr("aria-hidden", "true")
        .child(svg_element("rect", class).attr("width", "20").attr("height", "12"))
}

fn time_of(derivation: &Derivation) -> TimeText {
    derivation.time.as_ref().map_or_else(TimeText::unknown, TimeText::of)
}

/// The steps of the longest chain, first to last.
fn chain(run: &ShownRun) -> Child {
    let named =
        |name: &String| run.derivations.iter().find(|it| chart::step_name(it) == name.as_str());
    let steps: Vec<&Derivation> = run.timeline.chain.iter().filter_map(named).collect();
    if steps.is_empty() {
        return Child::nothing();
    }
    let step = |derivation: &&Derivation| {
        element("li", "chain__step")
            .child(quoted(time::derivation_label(derivation)))
            .child(element("span", "chain__time").text(time_of(derivation).short))
            .child(evidence(&beyond_plan(&derivation.lines, run.plan.as_ref())))
    };
    let list = element("ol", "chain").children(steps.iter().map(step));
    let title = element("h3", "panel__sub")
        .text("The longest chain ")
        .child(element("span", "panel__sub-detail").text(time::chain_words(run, steps.len())));
    [title, list].into()
}

/// The timeline as a table.
fn as_table(run: &ShownRun) -> Child {
    let start = |index: usize| run.derivations[index].from_s;
    let mut indices: Vec<usize> =
        (0..run.derivations.len()).filter(|index| start(*index).is_some()).collect();
    if indices.is_empty() {
        return Child::nothing();
    }
    sort(&mut indices, &|a, b| start(a).unwrap_or(0.0).total_cmp(&start(b).unwrap_or(0.0)));
    let rows = format::counted(indices.len() as u64, "row", "rows");
    let run = run.clone();
    late_fold(["The same as a table, ", &rows].concat(), move || build_table(&run, &indices)).into()
}

fn build_table(run: &ShownRun, indices: &[usize]) -> Child {
    List {
        name: "Builds by their start",
        class: "table",
        fields: FIELDS,
        items: |run| &run.derivations,
        lines: items_of(indices),
        n_at_first: MANY,
    }
    .table(run)
}
