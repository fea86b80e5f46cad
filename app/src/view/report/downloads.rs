//! What was copied, and from where.

use std::sync::Arc;

use analyzer::report::{Direction, Fetch};
use leptos::prelude::*;

use super::panel::{ShownRun, lede, nothing, unknown};
use crate::component::evidence::evidence;
use crate::component::table::{Column, ColumnKind, Rows, column, row, table};
use crate::format;
use crate::summary::commands;
use crate::summary::downloads::{self, Store};
use crate::summary::evidence::beyond_plan;

const STORES: &[Column] = &[
    column("Store", ColumnKind::Text),
    column("Copied", ColumnKind::Number),
    column("Only planned", ColumnKind::Number),
    column("Failed", ColumnKind::Number),
    column("Size", ColumnKind::Number),
    column("Retries", ColumnKind::Number),
    column("Line", ColumnKind::Number),
];

const PATHS: &[Column] = &[
    column("Path", ColumnKind::Text),
    column("Status", ColumnKind::Word),
    column("Size", ColumnKind::Number),
    column("Retries", ColumnKind::Number),
    column("Line", ColumnKind::Number),
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
    let count = downloads::stores(&run).len();
    let make = move |index: usize| store_row(&downloads::stores(&run)[index]);
    table("Downloads per store", STORES, Rows { count, row: Arc::new(make) })
}

fn store_row(store: &Store) -> AnyView {
    let to = (store.direction == Direction::To).then_some("to ");
    let address = match store.address {
        Some(address) => view! { {to} <span class="quoted">{address.to_owned()}</span> }.into_any(),
        None => view! { <span class="soft">"a store that the log does not name"</span> }.into_any(),
    };
    let [copied, waiting, failed, retries] =
        [store.copied, store.waiting, store.failed, store.retries]
            .map(|n| format::count(n).into_any());
    let size = store.bytes.map_or_else(|| "?".into(), format::size).into_any();
    row(STORES, vec![address, copied, waiting, failed, size, retries, evidence(&store.lines)])
}

/// All paths. The list is made when it is opened: it may have thousands of rows.
fn paths(run: &ShownRun) -> AnyView {
    let indices = Arc::new(downloads::rows(run));
    let title = format::counted(indices.len() as u64, "path", "paths");
    let is_open = RwSignal::new(false);
    let run = run.clone();
    let list = move || is_open.get().then(|| path_table(&run, indices.clone()));
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

fn path_table(run: &ShownRun, indices: Arc<Vec<usize>>) -> AnyView {
    let run = run.clone();
    let count = indices.len();
    let make = move |index: usize| path_row(&run, &run.fetches[indices[index]]);
    table("Paths that were fetched", PATHS, Rows { count, row: Arc::new(make) })
}

fn path_row(run: &ShownRun, fetch: &Fetch) -> AnyView {
    let size = fetch.bytes.map_or_else(|| "?".into(), format::size);
    row(
        PATHS,
        vec![
            view! { <span class="quoted">{downloads::label(fetch)}</span> }.into_any(),
            downloads::status_word(fetch).into_any(),
            size.into_any(),
            format::count(fetch.retries.into()).into_any(),
            evidence(&beyond_plan(&fetch.lines, run.plan.as_ref())),
        ],
    )
}
