//! Tables that become stacked rows on a narrow screen, and that show long lists in steps.

use std::sync::Arc;

use leptos::prelude::*;

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
    Cells(Vec<AnyView>),
}

/// What a table shows.
#[derive(Clone)]
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
    pub row: Arc<dyn Fn(usize) -> Row + Send + Sync>,
}

/// A table, with a button for the rows that it does not show at first.
pub fn table(table: Table) -> AnyView {
    let Table { name, class, columns, n_rows, n_at_first, row } = table;
    let shown = RwSignal::new(n_rows.min(n_at_first));
    let headings = columns.iter().map(heading).collect_view();
    // A part once made stays as it is; more rows are more parts.
    let parts = move || 0..=shown.get().saturating_sub(n_at_first).div_ceil(ROWS_PER_FRAME);
    let part = move |part: usize| {
        let start = if part == 0 { 0 } else { n_at_first + (part - 1) * ROWS_PER_FRAME };
        let end = (n_at_first + part * ROWS_PER_FRAME).min(n_rows);
        let rows = (start..end).map(|index| row_view(&columns, row(index))).collect_view();
        view! { <tbody role="rowgroup">{rows}</tbody> }
    };
    view! {
        <div class="table__scroll">
            <table class=class role="table">
                <caption class="visually-hidden">{name}</caption>
                <thead role="rowgroup">
                    <tr role="row">{headings}</tr>
                </thead>
                <For each=parts key=|part| *part children=part/>
            </table>
        </div>
        {show_all(n_rows, shown)}
    }
    .into_any()
}

fn heading(column: &Column) -> AnyView {
    view! { <th class=column.kind.class() scope="col" role="columnheader">{column.label}</th> }
        .into_any()
}

fn row_view(columns: &[Column], row: Row) -> AnyView {
    match row {
        Row::Heading(title) => view! {
            <tr class="table__group" role="row">
                <td role="cell" colspan=columns.len()>
                    <h3>{title}</h3>
                </td>
            </tr>
        }
        .into_any(),
        Row::Cells(cells) => cells_view(columns, cells),
    }
}

fn cells_view(columns: &[Column], cells: Vec<AnyView>) -> AnyView {
    let cell = |(column, cell): (&Column, AnyView)| {
        view! {
            <td class=column.kind.class() role="cell" data-label=column.label>
                {cell}
            </td>
        }
        .into_any()
    };
    let mut cells = cells.into_iter();
    let first = cells.next();
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">
                {first}
            </th>
            {columns.iter().skip(1).zip(cells).map(cell).collect_view()}
        </tr>
    }
    .into_any()
}

/// The button for the rest of the rows; it adds them frame by frame, so that the page answers.
fn show_all(n_rows: usize, shown: RwSignal<usize>) -> AnyView {
    if shown.get_untracked() >= n_rows {
        return ().into_any();
    }
    let label = ["Show all ", &format::count(n_rows as u64)].concat();
    view! {
        <p class="table__rest" hidden=move || shown.get() >= n_rows>
            <button class="button" type="button" on:click=move |_| add_rows(n_rows, shown)>
                {label}
            </button>
        </p>
    }
    .into_any()
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
