//! Tables of the things that a run names: which columns there are, and what stands in each.

use std::sync::Arc;

use analyzer::report::{Lines, Run};
use leptos::prelude::*;

use super::panel::{ShownRun, late_fold};
use crate::component::evidence::evidence;
use crate::component::fold_button::FoldButton;
use crate::component::markup::{Child, quoted};
use crate::component::table::{Column, ColumnKind, Fold, MakeRow, Row, Table, table};
use crate::format;

/// Rows of a list of which the first few say the most.
pub(super) const FEW: usize = 20;

/// Rows of a list that is read as a whole.
pub(super) const MANY: usize = 100;

/// Rows that a search finds: they are made anew with each letter, and who wants to see more of them
/// writes another one.
pub(super) const FOUND: usize = 50;

/// A column of a table of `T`s.
pub(super) struct Field<T: 'static> {
    label: &'static str,
    kind: ColumnKind,
    /// What stands in the cell of an item.
    cell: fn(&Run, &T) -> Child,
    /// Whether the log tells it for an item; a column that is empty everywhere is left out.
    is_known: fn(&T) -> bool,
}

/// A column that is always there.
pub(super) const fn field<T>(
    label: &'static str,
    kind: ColumnKind,
    cell: fn(&Run, &T) -> Child,
) -> Field<T> {
    Field { label, kind, cell, is_known: |_| true }
}

/// A column that is there if the log tells it for any item.
pub(super) const fn field_if<T>(
    is_known: fn(&T) -> bool,
    label: &'static str,
    kind: ColumnKind,
    cell: fn(&Run, &T) -> Child,
) -> Field<T> {
    Field { label, kind, cell, is_known }
}

/// A line of a table.
#[derive(Clone)]
pub(super) enum Line {
    /// The heading of the lines below it.
    Heading(&'static str),
    /// An item, by its index in the list.
    Item(usize),
    /// Several items that are one line until it is opened.
    Fold(Arc<FoldedLine>),
}

/// Several items in one line.
pub(super) struct FoldedLine {
    /// The items, by their indices in the list.
    pub(super) items: Vec<usize>,
    /// What opens and closes it.
    pub(super) button: Box<dyn Fn() -> FoldButton + Send + Sync>,
    /// What stands in the column with this label.
    pub(super) cell: Box<dyn Fn(&'static str) -> Child + Send + Sync>,
}

/// A list of a run as a table.
pub(super) struct List<T: 'static> {
    pub(super) name: &'static str,
    pub(super) class: &'static str,
    pub(super) fields: &'static [Field<T>],
    /// Where the run has the list.
    pub(super) items: fn(&Run) -> &[T],
    pub(super) lines: Vec<Line>,
    /// How many lines are shown at first.
    pub(super) n_at_first: usize,
}

impl<T> List<T> {
    pub(super) fn table(self, run: &ShownRun) -> Child {
        let Self { name, class, fields, items, lines, n_at_first } = self;
        let all = items(run);
        let fields: Vec<&'static Field<T>> =
            fields.iter().filter(|field| all.iter().any(field.is_known)).collect();
        let columns: Arc<[Column]> =
            fields.iter().map(|it| Column { label: it.label, kind: it.kind }).collect();
        let run = run.clone();
        let item = Arc::new(move |index: usize| {
            let item = &items(&run)[index];
            Row::Cells(fields.iter().map(|field| (field.cell)(&run, item)).collect())
        });
        let (n_rows, of_row) = (lines.len(), columns.clone());
        let row = Arc::new(move |index: usize| row(&lines[index], &of_row, item.clone()));
        table(Table { name: name.into(), class, columns, n_rows, n_at_first, row })
    }
}

/// The row of a line; `item` makes that of an item.
fn row(line: &Line, columns: &[Column], item: MakeRow) -> Row {
    match line {
        Line::Heading(title) => Row::Heading(title),
        Line::Item(index) => item(*index),
        Line::Fold(line) => {
            let folded = line.clone();
            Row::Fold(Fold {
                button: (line.button)(),
                cells: columns.iter().skip(1).map(|column| (line.cell)(column.label)).collect(),
                n_rows: line.items.len(),
                row: Arc::new(move |index| item(folded.items[index])),
            })
        }
    }
}

/// A table of plain words behind what is shown in another form.
#[derive(Clone, Copy)]
pub(super) struct Plain {
    pub(super) name: &'static str,
    /// The columns before that of the lines.
    pub(super) columns: &'static [&'static str],
    pub(super) rows: fn(&Run) -> Vec<PlainRow>,
}

/// What stands in the columns, and the lines of the log that prove it.
pub(super) type PlainRow = (Vec<String>, Lines);

impl Plain {
    /// The table, which is made when it is opened; `n_rows` is how many rows it has.
    pub(super) fn folded(self, run: &ShownRun, n_rows: usize) -> AnyView {
        let title = ["The same as a table, ", &format::counted(n_rows as u64, "row", "rows")];
        let run = run.clone();
        late_fold(title.concat(), move || self.table(&run))
    }

    fn table(self, run: &ShownRun) -> Child {
        let words = self.columns.iter().map(|label| Column { label, kind: ColumnKind::Text });
        let line = Column { label: "Line", kind: ColumnKind::Lines };
        let columns: Arc<[Column]> = words.chain([line]).collect();
        let rows = (self.rows)(run);
        let n_rows = rows.len();
        let row = Arc::new(move |index: usize| {
            let (words, lines) = &rows[index];
            let words = words.iter().map(|text| quoted(text.clone()).into());
            Row::Cells(words.chain([evidence(lines)]).collect())
        });
        let (name, class) = (self.name.into(), "table");
        table(Table { name, class, columns, n_rows, n_at_first: MANY, row })
    }
}

/// The items of these indices, one a line.
pub(super) fn items_of(indices: &[usize]) -> Vec<Line> {
    indices.iter().copied().map(Line::Item).collect()
}
