//! Tables that become stacked rows on a narrow screen, and that show long lists in steps.

use std::sync::Arc;

use leptos::prelude::*;

use super::markup::{Child, Markup, element};
use crate::format;

/// Rows that are added at once: few enough for one frame on a slow machine.
const ROWS_PER_FRAME: usize = 100;

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub label: &'static str,
    /// What stands in it.
    pub kind: ColumnKind,
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text that may go over several lines.
    Text,
    /// A word that stays in one piece.
    Word,
    /// A number, at the right.
    Number,
}

impl ColumnKind {
    fn class(self) -> &'static str {
        match self {
            Self::Text => "",
            Self::Word => "table__word",
            Self::Number => "table__number",
        }
    }
}

/// A row of a table.
pub enum Row {
    /// The heading of the rows below it.
    Heading(&'static str),
    /// One cell for each column; the first names the row.
    Cells(Vec<Child>),
}

/// What a table shows.
pub struct Table {
    /// Its name, for those who do not see it.
    pub name: &'static str,
    /// Its class, `table` and what is special about it.
    pub class: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// How many rows there are.
    pub n_rows: usize,
    /// How many rows are shown before all are asked for.
    pub n_at_first: usize,
    /// Makes a row, from `0` on.
    pub row: Box<dyn Fn(usize) -> Row + Send + Sync>,
}

/// A table, with a button for the rows that it does not show at first.
pub fn table(table: Table) -> Child {
    let n_rows = table.n_rows;
    let shown = RwSignal::new(n_rows.min(table.n_at_first));
    let headings: Child = table.columns.iter().map(heading).collect();
    let made = element("table", table.class)
        .attr("role", "table")
        .child(element("caption", "visually-hidden").text(table.name))
        .child(role("thead", "rowgroup").child(role("tr", "row").child(headings)))
        .child(part(Arc::new(table), 0, shown));
    (element("div", "table__scroll").child(made), show_all(n_rows, shown)).into()
}

fn role(tag: &'static str, role: &'static str) -> Markup {
    element(tag, "").attr("role", role)
}

fn heading(column: &Column) -> Markup {
    element("th", column.kind.class())
        .attr("scope", "col")
        .attr("role", "columnheader")
        .text(column.label)
}

/// The rows from `start` on that are shown together, and after them the next ones as soon as
/// they are asked for. What is there stays as it is.
fn part(table: Arc<Table>, start: usize, shown: RwSignal<usize>) -> Child {
    let n_together = if start == 0 { table.n_at_first } else { ROWS_PER_FRAME };
    let end = (start + n_together).min(table.n_rows);
    let rows: Child =
        (start..end).map(|index| row_view(&table.columns, (table.row)(index))).collect();
    let rows = role("tbody", "rowgroup").child(rows);
    if end == table.n_rows {
        return rows.into();
    }
    let is_next_shown = Memo::new(move |_| shown.get() > end);
    let next = move || is_next_shown.get().then(|| part(table.clone(), end, shown).into_any());
    (rows, next.into_any()).into()
}

fn row_view(columns: &[Column], row: Row) -> Markup {
    match row {
        Row::Heading(title) => {
            let cell = role("td", "cell")
                .attr("colspan", columns.len().to_string())
                .child(element("h3", "").text(title));
            element("tr", "table__group").attr("role", "row").child(cell)
        }
        Row::Cells(cells) => {
            let cells: Child = columns.iter().zip(cells).enumerate().map(cell).collect();
            role("tr", "row").child(cells)
        }
    }
}

fn cell((index, (column, cell)): (usize, (&Column, Child))) -> Markup {
    if index == 0 {
        return element("th", "").attr("scope", "row").attr("role", "rowheader").child(cell);
    }
    element("td", column.kind.class())
        .attr("role", "cell")
        .attr("data-label", column.label)
        .child(cell)
}

/// The button for the rest of the rows; it adds them frame by frame, so that the page answers.
fn show_all(n_rows: usize, shown: RwSignal<usize>) -> Child {
    if shown.get_untracked() >= n_rows {
        return Child::nothing();
    }
    let label = ["Show all ", &format::count(n_rows as u64)].concat();
    let is_done = move || shown.get() == n_rows;
    let button = view! {
        <p class="table__rest" hidden=is_done>
            <button class="button" type="button" on:click=move |_| add_rows(n_rows, shown)>
                {label}
            </button>
        </p>
    };
    button.into_any().into()
}

fn add_rows(n_rows: usize, shown: RwSignal<usize>) {
    // The table may be gone before its last row is added.
    let Some(before) = shown.try_get_untracked() else { return };
    let now = (before + ROWS_PER_FRAME).min(n_rows);
    shown.set(now);
    if now < n_rows {
        request_animation_frame(move || add_rows(n_rows, shown));
    }
}
