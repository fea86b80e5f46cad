//! Tables of the things that a run names: which columns there are, and what stands in each.

use std::sync::Arc;

use analyzer::report::Run;

use super::panel::ShownRun;
use crate::component::fold_button::FoldButton;
use crate::component::markup::Child;
use crate::component::table::{Column, ColumnKind, Fold, Row, Table, table};

/// Rows of a list of which the first few say the most.
pub(super) const FEW: usize = 20;

/// Rows of a list that is read as a whole.
pub(super) const MANY: usize = 100;

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
        let columns = fields.iter().map(|it| Column { label: it.label, kind: it.kind }).collect();
        let n_rows = lines.len();
        let made = MadeOf { run: run.clone(), fields: fields.into(), items };
        let row = Arc::new(move |index: usize| made.row(&lines[index]));
        table(Table { name, class, columns, n_rows, n_at_first, row })
    }
}

/// What the rows of a table are made of.
struct MadeOf<T: 'static> {
    run: ShownRun,
    fields: Arc<[&'static Field<T>]>,
    items: fn(&Run) -> &[T],
}

impl<T> Clone for MadeOf<T> {
    fn clone(&self) -> Self {
        Self { run: self.run.clone(), fields: self.fields.clone(), items: self.items }
    }
}

impl<T> MadeOf<T> {
    fn row(&self, line: &Line) -> Row {
        match line {
            Line::Heading(title) => Row::Heading(title),
            Line::Item(index) => self.item(*index),
            Line::Fold(line) => {
                let (made, folded) = (self.clone(), line.clone());
                Row::Fold(Fold {
                    button: (line.button)(),
                    cells: self.fields.iter().skip(1).map(|it| (line.cell)(it.label)).collect(),
                    n_rows: line.items.len(),
                    row: Arc::new(move |index| made.item(folded.items[index])),
                })
            }
        }
    }

    fn item(&self, index: usize) -> Row {
        let item = &(self.items)(&self.run)[index];
        Row::Cells(self.fields.iter().map(|field| (field.cell)(&self.run, item)).collect())
    }
}

/// The items of these indices, one a line.
pub(super) fn items_of(indices: &[usize]) -> Vec<Line> {
    indices.iter().copied().map(Line::Item).collect()
}
