//! Which packages changed version.

use analyzer::report::{Change, ChangeSource};
use leptos::prelude::*;

use super::panel::{RowChoice, ShownRun, lede, nothing};
use super::rows::{Field, Line, List, MANY, field, field_if};
use crate::component::evidence::evidence;
use crate::component::row_fields::{order_field, search_field};
use crate::component::table::ColumnKind;
use crate::format;
use crate::link;
use crate::summary::commands;
use crate::summary::versions::{self, Emphasis, Group, Order};
use crate::version_mark::{Marked, mark};
use crate::view::context::ViewContext;
use crate::view_state::Section;

const FIELDS: &[Field<Change>] = &[
    field("Package", ColumnKind::Text, |_, change| name(change)),
    field("Old → new", ColumnKind::Text, |_, change| old_and_new(change)),
    field("Level", ColumnKind::Word, |_, change| level(change)),
    field_if(|it| it.size_delta_bytes.is_some(), "Size", ColumnKind::Number, |_, it| size(it)),
    field("Look up", ColumnKind::Word, |_, change| look_up(change)),
    field("Line", ColumnKind::Number, |_, change| evidence(&change.lines)),
];

/// Where the changes were read from.
pub(super) fn source(run: &ShownRun) -> AnyView {
    view! { {versions::source_words(run)} " " {evidence(&versions::lines(run))} }.into_any()
}

/// The table of changes with its fields; a sentence where there is none.
pub(super) fn body(run: &ShownRun, view: ViewContext) -> AnyView {
    let count = versions::listed(run).count() as u64;
    if count == 0 {
        return empty(run);
    }
    let choice = RowChoice::of(Section::Versions, view);
    let placeholder = ["Filter ", &format::counted(count, "package", "packages")].concat();
    let orders = Order::ALL.map(|order| (order.slug(), order.label()));
    let shown = run.clone();
    view! {
        {lede(versions::lede(run))}
        <div class="panel__fields" role="search" aria-label="Versions">
            {search_field("Filter packages", placeholder, choice.search, choice.on_search())}
            {order_field(&orders, choice.sort, choice.on_sort())}
        </div>
        {move || changes(&shown, &choice.search.get(), &choice.sort.get())}
        {closure(run)}
    }
    .into_any()
}

fn changes(run: &ShownRun, search: &str, sort: &str) -> AnyView {
    let order = Order::ALL.into_iter().find(|order| order.slug() == sort).unwrap_or_default();
    let lines = lines(run, search, order);
    if lines.is_empty() {
        return view! { <p class="soft" role="status">"No package has this in its name."</p> }
            .into_any();
    }
    let name = "Packages that changed";
    List {
        name,
        class: "table table--versions",
        fields: FIELDS,
        items: |run| &run.changes,
        lines,
        n_at_first: MANY,
    }
    .view(run)
}

/// Rows and, in the usual order, the headings between them.
fn lines(run: &ShownRun, search: &str, order: Order) -> Vec<Line> {
    let rows = versions::rows(run, search, order);
    let has_groups = order == Order::Matters && rows.iter().any(|(group, _)| *group != Group::Rest);
    let mut lines = Vec::with_capacity(rows.len());
    let mut last = None;
    for (group, index) in rows {
        if has_groups && last != Some(group) {
            lines.push(Line::Heading(group.title()));
            last = Some(group);
        }
        lines.push(Line::Item(index));
    }
    lines
}

fn name(change: &Change) -> AnyView {
    let before = change.renamed_from.as_ref().map(|before| {
        view! { " " <span class="soft">"was " {before.clone()}</span> }
    });
    let letters = versions::nvd_letters(change).map(|letters| {
        view! { " " <span class="version__letters">{letters}</span> }
    });
    view! {
        <span class="version__name quoted">{change.name.clone()}</span>
        {letters}
        {before}
    }
    .into_any()
}

fn old_and_new(change: &Change) -> AnyView {
    let old = versions::side(&change.old, change.old_count);
    let new = versions::side(&change.new, change.new_count);
    match (old.is_empty(), new.is_empty()) {
        (true, true) => view! { <span class="soft">"no version"</span> }.into_any(),
        (false, true) => {
            view! { <span class="version version__old">{old}</span> " " <span class="soft">"removed"</span> }
                .into_any()
        }
        (true, false) if change.source == ChangeSource::Plan => {
            view! { <span class="version">{arrow()}{new}</span> }.into_any()
        }
        (true, false) => view! { <span class="version">{new}</span> }.into_any(),
        (false, false) => {
            versions::pairs(change).iter().map(|(old, new)| pair(old, new)).collect_view().into_any()
        }
    }
}

/// An old version and the new one, with what differs marked.
fn pair(old: &str, new: &str) -> AnyView {
    let (old, new) = mark(old, new);
    view! {
        <span class="version version--pair">
            <span class="version__old">{marked(old)}</span>
            " "
            <span class="version__new">{arrow()}{marked(new)}</span>
        </span>
    }
    .into_any()
}

/// The arrow between two versions, read as `to`.
pub(super) fn arrow() -> AnyView {
    view! {
        <span class="version__arrow" aria-hidden="true">"→ "</span>
        <span class="visually-hidden">"to "</span>
    }
    .into_any()
}

fn marked(version: Marked) -> AnyView {
    let changed = version.changed.to_owned();
    let changed =
        (!changed.is_empty()).then(|| view! { <b class="version__changed">{changed}</b> });
    view! { {version.before.to_owned()}{changed}{version.after.to_owned()} }.into_any()
}

fn level(change: &Change) -> AnyView {
    let (word, emphasis) = versions::level_word(change);
    match emphasis {
        Emphasis::Normal => view! { <span class="version__level">{word}</span> }.into_any(),
        Emphasis::Strong => view! { <b class="version__level">{word}</b> }.into_any(),
    }
}

fn size(change: &Change) -> AnyView {
    match change.size_delta_bytes {
        Some(0) => view! { <span class="soft">"0"</span> }.into_any(),
        Some(bytes) => format::size_delta(bytes).into_any(),
        None => view! { <span class="soft">"?"</span> }.into_any(),
    }
}

/// Plain links, for the person to follow or not: nothing is fetched before.
fn look_up(change: &Change) -> AnyView {
    let name = &change.name;
    view! {
        <span class="version__links">
            <a href=link::to_package_search(name) rel="noreferrer">
                "search"
                <span class="visually-hidden">" nixos.org for " {name.clone()}</span>
            </a>
            <a href=link::to_repology(name) rel="noreferrer">
                "Repology"
                <span class="visually-hidden">" on " {name.clone()}</span>
            </a>
        </span>
    }
    .into_any()
}

fn closure(run: &ShownRun) -> AnyView {
    let lines = run.closure.as_ref().map(|closure| evidence(&closure.lines));
    versions::closure_sentence(run)
        .map(|sentence| view! { <p class="panel__after">"Closure: " {sentence} " " {lines}</p> })
        .into_any()
}

fn empty(run: &ShownRun) -> AnyView {
    if versions::changed(run).is_none() {
        return nothing(
            "No versions to compare",
            "The log does not say which versions were there before. After a switch, this prints \
             both; its output can be read here too.",
            Some(commands::DIFF_CLOSURES),
        );
    }
    let sentence = "The log compares both systems and names no difference.";
    view! { {nothing("No version changed", sentence, None)} {closure(run)} }.into_any()
}
