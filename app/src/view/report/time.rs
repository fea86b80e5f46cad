//! Where the time went.

mod order;
mod timeline;

use analyzer::report::{Axis, Derivation, Grade, Stage, StageTime};
use leptos::prelude::*;

use super::panel::{ShownRun, unknown};
use super::rows::{Field, Line, List, MANY, field};
use crate::chart::{self, Share, StageMark};
use crate::component::evidence::evidence;
use crate::component::grade::grade;
use crate::component::table::ColumnKind;
use crate::format;
use crate::sorting;
use crate::summary::commands;
use crate::summary::evidence::beyond_plan;
use crate::summary::time::{self, TimeText};

const FIELDS: &[Field<Derivation>] = &[
    field("Derivation", ColumnKind::Text, |_, it| {
        view! { <span class="quoted">{time::derivation_label(it)}</span> }.into_any()
    }),
    field("Start", ColumnKind::Number, |_, it| it.from_s.map(format::clock).into_any()),
    field("Time", ColumnKind::Number, |_, it| build_time(it)),
    field("Line", ColumnKind::Number, |run, it| {
        evidence(&beyond_plan(&it.lines, run.plan.as_ref()))
    }),
];

/// Height of the bar of stages, in CSS pixels.
const STAGE_BAR: usize = 30;

/// How the time of the run is known.
pub(super) fn source(run: &ShownRun) -> AnyView {
    if run.time.grade == Grade::Unknown {
        return "no clock in this log".into_any();
    }
    view! { {run.time.because.clone()} " " {evidence(&run.time.lines)} }.into_any()
}

/// Stages, then builds beside each other: by the clock, or by lines where there is none.
pub(super) fn body(run: &ShownRun) -> AnyView {
    let total = run.time.total_s.filter(|_| run.timeline.axis == Axis::Time);
    let Some(total_s) = total else {
        let remark = "To have times in the next log, put a stamp on each line.";
        return view! { {order::chart(run)} {stages(run)} {unknown(remark, commands::WITH_CLOCK)} }
            .into_any();
    };
    let bound = time::bound_sentence(run).map(|text| view! { <p class="chart__remark">{text}</p> });
    view! {
        {stage_bar(run, total_s)}
        {stages(run)}
        {timeline::chart(run, total_s)}
        {bound}
        {chain(run)}
        {as_table(run)}
    }
    .into_any()
}

fn stage_bar(run: &ShownRun, total_s: f64) -> AnyView {
    let marks = chart::stage_bar(&run.stages, total_s);
    if marks.is_empty() {
        return ().into_any();
    }
    view! {
        <figure class="chart">
            <svg height=STAGE_BAR role="img" aria-label=time::stages_spoken(&run.stages)>
                {marks.iter().map(stage_mark).collect_view()}
            </svg>
        </figure>
    }
    .into_any()
}

fn stage_mark(mark: &StageMark) -> AnyView {
    let (y, height) = match mark.share {
        Share::Whole => (0, STAGE_BAR),
        Share::Upper => (0, STAGE_BAR / 2),
        Share::Lower => (STAGE_BAR / 2, STAGE_BAR / 2),
    };
    view! {
        <rect
            class=stage_class(mark.stage)
            x=mark.x.attribute()
            width=mark.width.attribute()
            y=y
            height=height
        ></rect>
    }
    .into_any()
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
fn stages(run: &ShownRun) -> AnyView {
    if run.stages.is_empty() {
        return ().into_any();
    }
    view! { <dl class="stages">{run.stages.iter().map(stage).collect_view()}</dl> }.into_any()
}

fn stage(stage: &StageTime) -> AnyView {
    let time = TimeText::of(&stage.time);
    view! {
        <div>
            <dt class="stages__name">
                {key(stage_class(stage.stage))} {time::stage_name(stage.stage)}
            </dt>
            <dd class="stages__time">
                {time.short} " " {grade(time.grade, time.grade_word)} " " {evidence(&stage.time.lines)}
            </dd>
        </div>
    }
    .into_any()
}

/// A piece of a mark, for the legend.
fn key(class: &'static str) -> AnyView {
    view! {
        <svg class="chart__key" viewBox="0 0 20 12" aria-hidden="true">
            <rect class=class width="20" height="12"></rect>
        </svg>
    }
    .into_any()
}

/// The steps of the longest chain, first to last.
fn chain(run: &ShownRun) -> AnyView {
    let of_path = |path: &String| {
        run.derivations.iter().find(|derivation| derivation.drv.as_deref() == Some(path.as_str()))
    };
    let steps: Vec<&Derivation> = run.timeline.chain.iter().filter_map(of_path).collect();
    if steps.is_empty() {
        return ().into_any();
    }
    let length = run.timeline.chain_s.map(|seconds| format::duration(seconds) + ", ");
    let inferred = run.timeline.chain_inferred.then_some(", order inferred");
    let step = |derivation: &&Derivation| {
        let time = derivation.time.as_ref().map_or_else(TimeText::unknown, TimeText::of);
        let lines = beyond_plan(&derivation.lines, run.plan.as_ref());
        view! {
            <li class="chain__step">
                <span class="quoted">{time::derivation_label(derivation)}</span>
                <span class="chain__time">{time.short}</span>
                {evidence(&lines)}
            </li>
        }
        .into_any()
    };
    view! {
        <h3 class="panel__sub">
            "The longest chain "
            <span class="panel__sub-detail">
                {length} {format::counted(steps.len() as u64, "step", "steps")} {inferred}
            </span>
        </h3>
        <ol class="chain">{steps.iter().map(step).collect_view()}</ol>
    }
    .into_any()
}

/// The timeline as a table, made when it is opened.
fn as_table(run: &ShownRun) -> AnyView {
    let mut indices: Vec<usize> = (0..run.derivations.len())
        .filter(|index| run.derivations[*index].from_s.is_some())
        .collect();
    let start = |index: usize| run.derivations[index].from_s.unwrap_or(0.0);
    sorting::sort(&mut indices, &|a, b| start(a).total_cmp(&start(b)));
    if indices.is_empty() {
        return ().into_any();
    }
    let title = ["The same as a table, ", &format::counted(indices.len() as u64, "row", "rows")];
    let run = run.clone();
    let is_open = RwSignal::new(false);
    let list = move || is_open.get().then(|| build_table(&run, &indices));
    view! {
        <details class="fold" on:toggle=move |_| is_open.set(true)>
            <summary>
                <span>{title.concat()}</span>
            </summary>
            {list}
        </details>
    }
    .into_any()
}

fn build_table(run: &ShownRun, indices: &[usize]) -> AnyView {
    let lines = indices.iter().copied().map(Line::Item).collect();
    List {
        name: "Builds by their start",
        class: "table",
        fields: FIELDS,
        items: |run| &run.derivations,
        lines,
        n_at_first: MANY,
    }
    .view(run)
}

fn build_time(derivation: &Derivation) -> AnyView {
    let time = derivation.time.as_ref().map_or_else(TimeText::unknown, TimeText::of);
    view! { <span class="time">{time.short} {grade(time.grade, time.grade_word)}</span> }.into_any()
}
