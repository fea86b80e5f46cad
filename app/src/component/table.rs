//! Tables that become stacked rows on a narrow screen, and that show long lists in steps.

use std::sync::Arc;

use leptos::prelude::*;

use super::copied::{self, Cells};
use super::fold_button::FoldButton;
use super::markup::{Child, Markup, Text, element};
use super::steps::Steps;
use super::term;
use crate::browser::clipboard;

/// Rows that are added at once: few enough for one frame on a slow machine.
const ROWS_PER_FRAME: usize = 50;

/// Rows in a row group. A long table lays out only the groups in view: few rows, so that little
/// more than those is laid out with each letter of a search.
const ROWS_PER_GROUP: usize = 10;

/// A table of more rows lays out only what is in view; see the styles.
const LONG: usize = 300;

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
    /// The lines of the log, at the right.
    Lines,
    /// Something to press, which paper has no use for.
    Control,
}

impl ColumnKind {
    fn class(self) -> &'static str {
        match self {
            Self::Text => "",
            Self::Word => "table__word",
            Self::Number => "table__number",
            Self::Lines => "table__number table__lines",
            Self::Control => "table__word table__control",
        }
    }
}

/// A row of a table.
pub enum Row {
    /// The heading of the rows below it.
    Heading(&'static str),
    /// What stands in the columns; the first names the row.
    Cells(Vec<Child>),
    /// A row that stands for several, until it is opened.
    Fold(Fold),
}

/// Makes a row of several, from `0` on.
pub type MakeRow = Arc<dyn Fn(usize) -> Row + Send + Sync>;

/// A row that stands for several.
pub struct Fold {
    /// What opens and closes it, which names the row.
    pub button: FoldButton,
    /// What stands in the columns after the first.
    pub cells: Vec<Child>,
    /// How many rows it stands for.
    pub n_rows: usize,
    /// Makes one of them, from `0` on.
    pub row: MakeRow,
}

/// What a table shows.
pub struct Table {
    /// Its name, for those who do not see it.
    pub name: Text,
    /// Its class, `table` and what is special about it.
    pub class: &'static str,
    /// Its columns.
    pub columns: Arc<[Column]>,
    /// How many rows there are.
    pub n_rows: usize,
    /// How many rows are shown before all are asked for.
    pub n_at_first: usize,
    /// Makes a row, from `0` on.
    pub row: MakeRow,
}

/// A table, with a button for the rows that it does not show at first.
pub fn table(table: Table) -> Child {
    let Table { name, class, columns, n_rows, n_at_first, row } = table;
    let steps = Steps::start(n_rows, n_at_first, ROWS_PER_FRAME);
    let headings: Child = columns.iter().map(heading).collect();
    let copying = (n_rows > 1).then(|| copy_button(columns.clone(), n_rows, row.clone()));
    let rows = Series { columns, steps, row, class: "" };
    let made = element("table", class).attr("role", "table");
    let made = if n_rows > LONG { made.attr("data-long", "") } else { made };
    let made = made
        .child(element("caption", "visually-hidden").text(name))
        .child(role("thead", "rowgroup").child(role("tr", "row").child(headings)))
        .child(part(rows, 0));
    let rest = element("p", "table__rest").child(steps.button()).child(copying);
    (element("div", "table__scroll").child(made), rest).into()
}

/// Rows that are shown in steps.
#[derive(Clone)]
struct Series {
    columns: Arc<[Column]>,
    steps: Steps,
    row: MakeRow,
    /// Class of each row.
    class: &'static str,
}

fn role(tag: &'static str, role: &'static str) -> Markup {
    element(tag, "").attr("role", role)
}

fn heading(column: &Column) -> Markup {
    element("th", column.kind.class())
        .attr("scope", "col")
        .attr("role", "columnheader")
        .child(term::heading(column.label))
}

/// The rows from `start` on that are shown together, and after them the next ones as soon as
/// they are asked for. What is there stays as it is.
fn part(rows: Series, start: usize) -> Child {
    let end = rows.steps.end(start);
    let (mut made, mut pending) = (Vec::<Child>::new(), Vec::<Markup>::new());
    for index in start..end {
        if pending.len() >= ROWS_PER_GROUP {
            made.push(rowgroup(std::mem::take(&mut pending)));
        }
        match (rows.row)(index) {
            Row::Heading(title) => pending.push(group_heading(&rows, title)),
            Row::Cells(cells) => pending.push(cells_view(&rows, cells)),
            Row::Fold(fold) => {
                let (head, folded) = fold_view(&rows, fold);
                pending.push(head);
                made.extend([rowgroup(std::mem::take(&mut pending)), folded]);
            }
        }
    }
    if !pending.is_empty() {
        made.push(rowgroup(pending));
    }
    made.push(rows.steps.then(end, move || part(rows.clone(), end)));
    made.into_iter().collect()
}

fn rowgroup(rows: Vec<Markup>) -> Child {
    role("tbody", "rowgroup").children(rows).into()
}

fn group_heading(rows: &Series, title: &'static str) -> Markup {
    let cell = role("td", "cell")
        .attr("colspan", rows.columns.len().to_string())
        .child(element("h3", "").text(title));
    element("tr", "table__group").attr("role", "row").child(cell)
}

fn cells_view(rows: &Series, cells: Vec<Child>) -> Markup {
    let cells: Child = rows.columns.iter().zip(cells).enumerate().map(cell).collect();
    element("tr", rows.class).attr("role", "row").child(cells)
}

/// The row that stands for others, and after it those, as long as it is open.
fn fold_view(rows: &Series, fold: Fold) -> (Markup, Child) {
    let Fold { button, cells, n_rows, row } = fold;
    let is_open = button.is_open;
    let cells = std::iter::once(button.view()).chain(cells).collect();
    let head = cells_view(&Series { class: "table__fold", ..rows.clone() }, cells);
    let columns = rows.columns.clone();
    let made = move || {
        is_open.get().then(|| {
            let steps = Steps::start(n_rows, ROWS_PER_FRAME, ROWS_PER_FRAME);
            steps.go_on();
            let (columns, row) = (columns.clone(), row.clone());
            part(Series { columns, steps, row, class: "table__folded" }, 0).into_any()
        })
    };
    (head, made.into_any().into())
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

/// The button that copies all rows, those that are not shown too.
fn copy_button(columns: Arc<[Column]>, n_rows: usize, row: MakeRow) -> AnyView {
    let said = RwSignal::new("");
    let copy = move |_| {
        let cells = cells_of(&columns, n_rows, &row);
        leptos::task::spawn_local(async move {
            let (html, text) = (copied::to_html(&cells), copied::to_tabs(&cells));
            let is_copied = clipboard::copy_table(&html, &text).await;
            // The table may be gone meanwhile.
            said.try_set(if is_copied { "Copied." } else { DENIED });
        });
    };
    view! {
        <button class="button button--small" type="button" on:click=copy>
            "Copy as table"
        </button>
        " "
        <span class="soft" role="status">{said}</span>
    }
    .into_any()
}

const DENIED: &str =
    "The browser did not allow it. Select the table instead, and copy it yourself.";

/// All rows as text, those that are folded too, below their headings.
fn cells_of(columns: &[Column], n_rows: usize, row: &MakeRow) -> Cells {
    let mut rows: Cells = vec![columns.iter().map(|column| column.label.to_owned()).collect()];
    for index in 0..n_rows {
        match row(index) {
            Row::Heading(_) => {}
            Row::Cells(cells) => rows.push(cells.iter().map(copied::text).collect()),
            Row::Fold(fold) => rows.extend((0..fold.n_rows).filter_map(|index| {
                let Row::Cells(cells) = (fold.row)(index) else { return None };
                Some(cells.iter().map(copied::text).collect())
            })),
        }
    }
    rows
}
