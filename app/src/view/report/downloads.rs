//! What was copied, and from where.

use std::sync::Arc;

use analyzer::report::{Direction, Fetch};
use leptos::prelude::*;

use super::panel::{ShownRun, lede, nothing, unknown};
use super::rows::{FEW, Field, Line, List, MANY, field, field_if};
use crate::component::evidence::evidence;
use crate::component::table::{Column, ColumnKind, Row, Table, table};
use crate::format;
use crate::summary::commands;
use crate::summary::downloads::{self, Store};
use crate::summary::evidence::beyond_plan;

const STORES: [Column; 7] = [
    Column { label: "Store", kind: ColumnKind::Text },
    Column { label: "Copied", kind: ColumnKind::Number },
    Column { label: "Only planned", kind: ColumnKind::Number },
    Column { label: "Failed", kind: ColumnKind::Number },
    Column { label: "Size", kind: ColumnKind::Number },
    Column { label: "Retries", kind: ColumnKind::Number },
    Column { label: "Line", kind: ColumnKind::Number },
];

const PATHS: &[Field<Fetch>] = &[
    field("Path", ColumnKind::Text, |_, fetch| {
        view! { <span class="quoted">{downloads::label(fetch)}</span> }.into_any()
    }),
    field("Status", ColumnKind::Word, |_, fetch| downloads::status_word(fetch).into_any()),
    field_if(|it| it.bytes.is_some(), "Size", ColumnKind::Number, |_, it| size(it.bytes)),
    field_if(
        |it| it.retries > 0,
        "Retries",
        ColumnKind::Number,
        |_, it| format::count(it.retries.into()).into_any(),
    ),
    field("Line", ColumnKind::Number, |run, it| {
        evidence(&beyond_plan(&it.lines, run.plan.as_ref()))
    }),
];

/// Where the downloads were announced.
pub(super) fn source(run: &ShownRun) -> AnyView {
    let plan = run.plan.as_ref().filter(|plan| plan.fetches.is_some());
    plan.map(|plan| view! { "planned at " {evidence(&plan.lines)} }).into_any()
}

/// One row a store, and the list of paths folded below.
pub(super) fn body(run: &ShownRun) -> AnyView {
    let lede = lede(downloads::lede(run));
    if run.fetches.is_empty() {
        let sentence = "The log names no path that was copied from another store or to it.";
        return view! { {lede} {nothing("Nothing was fetched", sentence, None)} }.into_any();
    }
    let has_sizes = run.fetches.iter().any(|fetch| fetch.bytes.is_some());
    let remark = (!has_sizes).then(|| {
        unknown(
            "How large each path was is not in this log. With this, the next log will say it.",
            commands::INTERNAL_JSON,
        )
    });
    view! { {lede} {stores(run)} {paths(run)} {remark} }.into_any()
}

fn stores(run: &ShownRun) -> AnyView {
    let run = run.clone();
    let n_rows = downloads::stores(&run).len();
    let row = move |index: usize| Row::Cells(store_cells(&downloads::stores(&run)[index]));
    table(Table {
        name: "Downloads per store",
        class: "table",
        columns: STORES.to_vec(),
        n_rows,
        n_at_first: FEW,
        row: Arc::new(row),
    })
}

fn store_cells(store: &Store) -> Vec<AnyView> {
    let to = (store.direction == Direction::To).then_some("to ");
    let address = match store.address {
        Some(address) => view! { {to} <span class="quoted">{address.to_owned()}</span> }.into_any(),
        None => view! { <span class="soft">"a store that the log does not name"</span> }.into_any(),
    };
    let [copied, waiting, failed, retries] =
        [store.copied, store.waiting, store.failed, store.retries]
            .map(|n| format::count(n).into_any());
    vec![address, copied, waiting, failed, size(store.bytes), retries, evidence(&store.lines)]
}

fn size(bytes: Option<u64>) -> AnyView {
    bytes.map_or_else(|| "?".into(), format::size).into_any()
}

/// All paths. The list is made when it is opened: it may have thousands of rows.
fn paths(run: &ShownRun) -> AnyView {
    let indices = downloads::rows(run);
    let title = format::counted(indices.len() as u64, "path", "paths");
    let is_open = RwSignal::new(false);
    let run = run.clone();
    let list = move || is_open.get().then(|| path_table(&run, &indices));
    view! {
        <details class="fold" on:toggle=move |_| is_open.set(true)>
            <summary>
                <span>{title}</span>
            </summary>
            {list}
        </details>
    }
    .into_any()
}

fn path_table(run: &ShownRun, indices: &[usize]) -> AnyView {
    let lines = indices.iter().copied().map(Line::Item).collect();
    List {
        name: "Paths that were fetched",
        class: "table",
        fields: PATHS,
        items: |run| &run.fetches,
        lines,
        n_at_first: MANY,
    }
    .view(run)
}
