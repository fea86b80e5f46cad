//! Tables that become stacked rows on a narrow screen, and that show long lists in steps.

use std::sync::Arc;

use leptos::prelude::*;

use crate::format;

/// Rows that are shown at first: as many as fit on a few screens.
const ROWS_AT_FIRST: usize = 100;

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

/// A column with its heading.
pub const fn column(label: &'static str, kind: ColumnKind) -> Column {
    Column { label, kind }
}

/// How the rows of a table are made: by number, from 0 to `count`.
#[derive(Clone)]
pub struct Rows {
    /// How many there are.
    pub count: usize,
    /// Makes one.
    pub row: Arc<dyn Fn(usize) -> AnyView + Send + Sync>,
}

/// A table. Its name is for those who do not see it; beyond the first hundred rows there is a
/// button that shows all of them.
pub fn table(name: &'static str, columns: &'static [Column], rows: Rows) -> AnyView {
    let count = rows.count;
    let shown = RwSignal::new(count.min(ROWS_AT_FIRST));
    let parts = move || 0..shown.get().div_ceil(ROWS_PER_FRAME);
    let part = move |part: usize| {
        let start = part * ROWS_PER_FRAME;
        let end = (start + ROWS_PER_FRAME).min(count);
        view! { <tbody role="rowgroup">{(start..end).map(|index| (rows.row)(index)).collect_view()}</tbody> }
    };
    view! {
        <div class="table__scroll">
            <table class="table" role="table">
                <caption class="visually-hidden">{name}</caption>
                <thead role="rowgroup">
                    <tr role="row">{columns.iter().map(heading).collect_view()}</tr>
                </thead>
                <For each=parts key=|part| *part children=part/>
            </table>
        </div>
        {show_all(count, shown)}
    }
    .into_any()
}

/// A row; the first cell names it.
pub fn row(columns: &'static [Column], cells: Vec<AnyView>) -> AnyView {
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

/// A row that is the heading of those below it.
pub fn group_row(title: &'static str, columns: &'static [Column]) -> AnyView {
    view! {
        <tr class="table__group" role="row">
            <td role="cell" colspan=columns.len()>
                <h3>{title}</h3>
            </td>
        </tr>
    }
    .into_any()
}

fn heading(column: &Column) -> AnyView {
    view! { <th class=column.kind.class() scope="col" role="columnheader">{column.label}</th> }
        .into_any()
}

/// The button for the rest of the rows; it adds them frame by frame, so that the page answers.
fn show_all(count: usize, shown: RwSignal<usize>) -> AnyView {
    if count <= ROWS_AT_FIRST {
        return ().into_any();
    }
    let label = ["Show all ", &format::count(count as u64)].concat();
    view! {
        <p class="table__rest" hidden=move || shown.get() >= count>
            <button class="button" type="button" on:click=move |_| add_rows(count, shown)>
                {label}
            </button>
        </p>
    }
    .into_any()
}

fn add_rows(count: usize, shown: RwSignal<usize>) {
    // The table may be gone before its last row is added.
    let Some(before) = shown.try_get_untracked() else { return };
    let now = (before + ROWS_PER_FRAME).min(count);
    shown.set(now);
    if now < count {
        request_animation_frame(move || add_rows(count, shown));
    }
}
