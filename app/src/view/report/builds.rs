//! What was built, and why here.

use analyzer::report::{Derivation, DerivationStatus};
use leptos::prelude::*;

use super::panel::{RowChoice, ShownRun, lede, nothing};
use super::rows::{FEW, Field, Line, List, field, field_if};
use crate::component::evidence::evidence;
use crate::component::grade::grade;
use crate::component::icon::{Icon, icon};
use crate::component::row_fields::{order_field, search_field};
use crate::component::table::ColumnKind;
use crate::format;
use crate::summary::builds::{self, Order};
use crate::summary::evidence::beyond_plan;
use crate::summary::time::{TimeText, derivation_label};
use crate::view::context::ViewContext;
use crate::view_state::Section;

const FIELDS: &[Field<Derivation>] = &[
    field("Derivation", ColumnKind::Text, |_, derivation| name(derivation)),
    field("Status", ColumnKind::Text, |_, derivation| status(derivation)),
    field_if(|it| it.why_built.is_some(), "Why here", ColumnKind::Text, |_, it| why(it)),
    field_if(|it| it.time.is_some(), "Time", ColumnKind::Number, |_, it| time(it)),
    field_if(|it| it.log_lines > 0, "Output", ColumnKind::Number, |_, it| output(it)),
    field("Line", ColumnKind::Number, |run, it| {
        evidence(&beyond_plan(&it.lines, run.plan.as_ref()))
    }),
];

/// How many names stand beside a folded list.
const SAMPLE: usize = 3;

/// Where the builds were announced.
pub(super) fn source(run: &ShownRun) -> AnyView {
    let plan = run.plan.as_ref().filter(|plan| plan.builds.is_some());
    plan.map(|plan| view! { "planned at " {evidence(&plan.lines)} }).into_any()
}

/// Software first, files made from the configuration folded below.
pub(super) fn body(run: &ShownRun, view: ViewContext) -> AnyView {
    if run.derivations.is_empty() {
        return nothing(
            "Nothing was built",
            "The log names no derivation. Either everything was there already, or the log has no \
             line of it.",
            None,
        );
    }
    let choice = RowChoice::of(Section::Builds, view);
    let count = run.derivations.len() as u64;
    let placeholder = ["Filter ", &format::counted(count, "derivation", "derivations")].concat();
    let orders = Order::ALL.map(|order| (order.slug(), order.label()));
    let shown = run.clone();
    view! {
        {lede(builds::lede(run))}
        <div class="panel__fields" role="search" aria-label="Builds">
            {search_field("Filter derivations", placeholder, choice.search, choice.on_search())}
            {order_field(&orders, choice.sort, choice.on_sort())}
        </div>
        {move || derivations(&shown, &choice.search.get(), &choice.sort.get())}
    }
    .into_any()
}

fn derivations(run: &ShownRun, search: &str, sort: &str) -> AnyView {
    let order = Order::ALL.into_iter().find(|order| order.slug() == sort).unwrap_or_default();
    let (configuration, software): (Vec<usize>, Vec<usize>) = builds::rows(run, search, order)
        .into_iter()
        .partition(|index| builds::is_configuration(&run.derivations[*index]));
    if software.is_empty() && configuration.is_empty() {
        return view! { <p class="soft" role="status">"No derivation has this in its name."</p> }
            .into_any();
    }
    // What is searched for must not hide in a fold.
    let is_open = !search.is_empty() || software.is_empty();
    view! {
        {rows("Software and sources", run, software)}
        {folded(run, configuration, is_open)}
    }
    .into_any()
}

fn folded(run: &ShownRun, configuration: Vec<usize>, is_open: bool) -> AnyView {
    if configuration.is_empty() {
        return ().into_any();
    }
    let count = configuration.len() as u64;
    let title = format::counted(count, "configuration file", "configuration files");
    let first = configuration.iter().take(SAMPLE);
    let sample: Vec<_> = first.map(|index| derivation_label(&run.derivations[*index])).collect();
    view! {
        <details class="fold" open=is_open>
            <summary>
                <span>
                    {title} " " <span class="fold__sample quoted">{sample.join(", ")}</span>
                </span>
            </summary>
            {rows("Configuration files", run, configuration)}
        </details>
    }
    .into_any()
}

fn rows(name: &'static str, run: &ShownRun, indices: Vec<usize>) -> AnyView {
    if indices.is_empty() {
        return ().into_any();
    }
    let lines = indices.into_iter().map(Line::Item).collect();
    List {
        name,
        class: "table",
        fields: FIELDS,
        items: |run| &run.derivations,
        lines,
        n_at_first: FEW,
    }
    .view(run)
}

fn name(derivation: &Derivation) -> AnyView {
    let kind = builds::kind_word(derivation.kind).map(str::to_owned);
    let host = derivation.host.as_ref().map(|host| ["on ", host].concat());
    let words: Vec<String> = [kind, host].into_iter().flatten().collect();
    view! {
        <span class="quoted">{derivation_label(derivation)}</span>
        " "
        <span class="soft">{words.join(", ")}</span>
    }
    .into_any()
}

fn status(derivation: &Derivation) -> AnyView {
    let (sign, class) = match derivation.status {
        DerivationStatus::Built => (Icon::Good, "status good"),
        DerivationStatus::Failed => (Icon::Failed, "status danger"),
        DerivationStatus::Building => (Icon::Begun, "status"),
        DerivationStatus::Blocked | DerivationStatus::Planned | DerivationStatus::Unknown => {
            (Icon::Nothing, "status")
        }
    };
    let word = builds::status_word(derivation.status);
    view! { <span class=class>{icon(sign)} <span class="status__word">{word}</span></span> }
        .into_any()
}

fn why(derivation: &Derivation) -> AnyView {
    let Some(why) = &derivation.why_built else { return ().into_any() };
    let (reason, confidence) = builds::why_words(why);
    view! { {reason} " " <span class="soft">"(" {confidence} ")"</span> }.into_any()
}

fn time(derivation: &Derivation) -> AnyView {
    let Some(time) = derivation.time.as_ref().map(TimeText::of) else { return ().into_any() };
    view! { <span class="time">{time.short} {grade(time.grade, time.grade_word)}</span> }.into_any()
}

fn output(derivation: &Derivation) -> AnyView {
    match derivation.log_lines {
        0 => ().into_any(),
        n => format::counted(n.into(), "line", "lines").into_any(),
    }
}
