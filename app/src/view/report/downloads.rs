//! What was copied, and from where.

use std::sync::Arc;

use analyzer::report::{Direction, Fetch};

use super::panel::{RowChoice, ShownRun, lede, nothing, unknown};
use super::rows::{FEW, Field, List, field, field_if, items_of};
use crate::component::evidence::evidence;
use crate::component::markup::{Child, element, quoted, soft};
use crate::component::table::{Column, ColumnKind, Row, Table, table};
use crate::component::term::explained;
use crate::format;
use crate::summary::commands;
use crate::summary::downloads::{self, Order, Store};
use crate::summary::evidence::beyond_plan;
use crate::view::context::ViewContext;
use crate::view_state::Section;

const STORES: [Column; 7] = [
    Column { label: "Substituter", kind: ColumnKind::Text },
    Column { label: "Copied", kind: ColumnKind::Number },
    Column { label: "Only planned", kind: ColumnKind::Number },
    Column { label: "Failed", kind: ColumnKind::Number },
    Column { label: "Size", kind: ColumnKind::Number },
    Column { label: "Retries", kind: ColumnKind::Number },
    Column { label: "Line", kind: ColumnKind::Lines },
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
        ColumnKind::Lines,
        |run, it| evidence(&beyond_plan(&it.lines, run.plan.as_ref())),
    ),
];

/// Where the downloads were announced.
pub(super) fn source(run: &ShownRun) -> Child {
    let plan = run.plan.as_ref().filter(|plan| plan.fetches.is_some());
    plan.map(|plan| Child::from(["planned at ".into(), evidence(&plan.lines)])).into()
}

/// One row a store, and the list of paths folded below.
pub(super) fn body(run: &ShownRun, view: ViewContext) -> Child {
    let lede = lede(downloads::lede(run));
    if !downloads::has_any(run) {
        let sentence = "The log names no path that was copied from another store or to it.";
        return (lede, nothing("Nothing was fetched", sentence, None)).into();
    }
    if run.fetches.is_empty() {
        let sentence = "The link carries the numbers only, and no paths.";
        return (lede, stores(run), soft(sentence)).into();
    }
    let remark = downloads::lacks_sizes(run).then(|| {
        unknown(
            "How large each path was is not in this log. With this, the next log will say it.",
            commands::INTERNAL_JSON,
        )
    });
    (lede, stores(run), paths(run, view), remark).into()
}

fn stores(run: &ShownRun) -> Child {
    let (run, stores) = (run.clone(), downloads::stores(run));
    let n_rows = stores.len();
    // A link has no lines, which stand last.
    let n_columns = if run.fetches.is_empty() { STORES.len() - 1 } else { STORES.len() };
    let mut columns = STORES[..n_columns].to_vec();
    if stores.iter().any(|store| store.direction == Direction::To) {
        columns[0].label = "Store";
    }
    let row = move |index: usize| {
        let mut cells = store_cells(&stores[index], &run);
        cells.truncate(n_columns);
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
    let address = match &store.address {
        Some(address) => (to, quoted(address.clone())).into(),
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

/// The paths, with fields to search and sort them; folded until one is used.
fn paths(run: &ShownRun, view: ViewContext) -> Child {
    let choice = RowChoice::of(Section::Downloads, view);
    let count = format::counted(run.fetches.len() as u64, "path", "paths");
    let orders = Order::ALL.map(|order| (order.slug(), order.label()));
    let placeholder = ["Filter ", &count].concat();
    let fields = choice.fields("Filter paths", placeholder, &orders);
    let run = run.clone();
    let rows = choice.rows(move |search, sort| found(&run, search, sort));
    (element("h3", "panel__sub").child(explained("Store paths")), fields, rows).into()
}

fn found(run: &ShownRun, search: &str, sort: &str) -> Child {
    let order = Order::ALL.into_iter().find(|order| order.slug() == sort).unwrap_or_default();
    let indices = downloads::rows(run, search, order);
    if indices.is_empty() {
        return soft("No path or store has this in its name.").attr("role", "status").into();
    }
    path_table(run, &indices)
}

fn path_table(run: &ShownRun, indices: &[usize]) -> Child {
    List {
        name: "Paths that were copied",
        class: "table",
        fields: PATHS,
        items: |run| &run.fetches,
        lines: items_of(indices),
        n_at_first: FEW,
    }
    .table(run)
}
