//! What was copied, and from where.

use std::sync::Arc;

use analyzer::report::{Direction, Fetch};

use super::panel::{ShownRun, late_fold, lede, nothing, unknown};
use super::rows::{FEW, Field, List, MANY, field, field_if, items_of};
use crate::component::evidence::evidence;
use crate::component::markup::{Child, quoted, soft};
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
    field("Path", ColumnKind::Text, |_, fetch| quoted(downloads::label(fetch)).into()),
    field("Status", ColumnKind::Word, |_, fetch| downloads::status_word(fetch).into()),
    field_if(|it| it.bytes.is_some(), "Size", ColumnKind::Number, |_, it| size(it.bytes)),
    field_if(
        |it| it.retries > 0,
        "Retries",
        ColumnKind::Number,
        |_, it| format::count(it.retries.into()).into(),
    ),
    field_if(
        |it| it.lines.first().is_some(),
        "Line",
        ColumnKind::Number,
        |run, it| evidence(&beyond_plan(&it.lines, run.plan.as_ref())),
    ),
];

/// Where the downloads were announced.
pub(super) fn source(run: &ShownRun) -> Child {
    let plan = run.plan.as_ref().filter(|plan| plan.fetches.is_some());
    plan.map(|plan| Child::from(["planned at ".into(), evidence(&plan.lines)])).into()
}

/// One row a store, and the list of paths folded below.
pub(super) fn body(run: &ShownRun) -> Child {
    let lede = lede(downloads::lede(run));
    if !downloads::has_any(run) {
        let sentence = "The log names no path that was copied from another store or to it.";
        return (lede, nothing("Nothing was fetched", sentence, None)).into();
    }
    if run.fetches.is_empty() {
        let sentence = "The link carries the numbers only, and no paths.";
        return (lede, stores(run), soft(sentence)).into();
    }
    let has_sizes = run.fetches.iter().any(|fetch| fetch.bytes.is_some());
    let remark = (!has_sizes).then(|| {
        unknown(
            "How large each path was is not in this log. With this, the next log will say it.",
            commands::INTERNAL_JSON,
        )
    });
    (lede, stores(run), paths(run), remark).into()
}

fn stores(run: &ShownRun) -> Child {
    let run = run.clone();
    let n_rows = downloads::stores(&run).len();
    // A link has no lines, which stand last.
    let columns = if run.fetches.is_empty() { &STORES[..STORES.len() - 1] } else { &STORES[..] };
    let row = move |index: usize| {
        let mut cells = store_cells(&downloads::stores(&run)[index], &run);
        cells.truncate(columns.len());
        Row::Cells(cells)
    };
    table(Table {
        name: "Downloads per store".into(),
        class: "table",
        columns: columns.into(),
        n_rows,
        n_at_first: FEW,
        row: Arc::new(row),
    })
}

fn store_cells(store: &Store, run: &ShownRun) -> Vec<Child> {
    let to = (store.direction == Direction::To).then_some("to ");
    let address = match store.address {
        Some(address) => (to, quoted(address.to_owned())).into(),
        None if run.fetches.is_empty() => soft("what the link does not name").into(),
        None => soft("a store that the log does not name").into(),
    };
    let [copied, waiting, failed, retries] =
        [store.copied, store.waiting, store.failed, store.retries].map(|n| format::count(n).into());
    vec![address, copied, waiting, failed, size(store.bytes), retries, evidence(&store.lines)]
}

fn size(bytes: Option<u64>) -> Child {
    bytes.map_or_else(|| "?".into(), |bytes| format::size(bytes).into())
}

fn paths(run: &ShownRun) -> Child {
    let indices = downloads::rows(run);
    let title = format::counted(indices.len() as u64, "path", "paths");
    let run = run.clone();
    late_fold(title, move || path_table(&run, &indices)).into()
}

fn path_table(run: &ShownRun, indices: &[usize]) -> Child {
    List {
        name: "Paths that were fetched",
        class: "table",
        fields: PATHS,
        items: |run| &run.fetches,
        lines: items_of(indices),
        n_at_first: MANY,
    }
    .table(run)
}
