//! Columns of text; cells that are too wide are wrapped.

use super::{Screen, painted, push_inline, wrap};
use share::export::document::{Phrase, Table};

const INDENT: &str = "  ";
const GAP: &str = "  ";
/// Columns are not made narrower than this.
const MIN_COLUMN: usize = 5;

/// Renders a table. Columns without any text are left out.
pub(super) fn render(table: &Table, screen: Screen) -> String {
    let columns: Vec<_> = (0..table.head.len()).filter(|&column| has_text(table, column)).collect();
    let widths = widths(table, &columns, screen.width);
    let mut out = String::new();
    if table.head.iter().any(|name| !name.is_empty()) {
        let names: Vec<_> = columns.iter().map(|&column| Phrase::own(table.head[column])).collect();
        let mut line = String::new();
        push_row(&mut line, &names.iter().collect::<Vec<_>>(), &widths, screen);
        out += &painted(line.trim_end(), "\x1b[2m", screen.colours);
        out.push('\n');
    }
    for cells in &table.rows {
        let cells: Vec<_> = columns.iter().map(|&column| &cells[column]).collect();
        push_row(&mut out, &cells, &widths, screen);
    }
    out
}

fn has_text(table: &Table, column: usize) -> bool {
    table.rows.iter().any(|row| !row[column].0.is_empty())
}

/// The width of each column: as wide as its widest cell, unless the screen is narrower.
fn widths(table: &Table, columns: &[usize], screen: Option<usize>) -> Vec<usize> {
    let widest = |&column: &usize| {
        let cells = table.rows.iter().map(|row| wrap::phrase_width(&row[column]));
        cells.chain([table.head[column].len()]).max().unwrap_or_default()
    };
    let mut widths: Vec<_> = columns.iter().map(widest).collect();
    let gaps = INDENT.len() + GAP.len() * widths.len().saturating_sub(1);
    let Some(room) = screen.map(|screen| screen.saturating_sub(gaps)) else { return widths };
    while widths.iter().sum::<usize>() > room {
        let Some(widest) = widths.iter_mut().max().filter(|widest| **widest > MIN_COLUMN) else {
            break;
        };
        *widest -= 1;
    }
    widths
}

fn push_row(out: &mut String, cells: &[&Phrase], widths: &[usize], screen: Screen) {
    if screen.width.is_none() {
        return push_line(out, cells.iter().copied(), widths, screen);
    }
    let wrapped: Vec<_> = cells
        .iter()
        .zip(widths)
        .map(|(cell, width)| wrap::wrap(cell, screen.width.map(|_| *width)))
        .collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or_default();
    let empty = Phrase::default();
    for line in 0..height {
        let cells = wrapped.iter().map(|cell| cell.get(line).unwrap_or(&empty));
        push_line(out, cells, widths, screen);
    }
}

fn push_line<'a>(
    out: &mut String,
    cells: impl Iterator<Item = &'a Phrase>,
    widths: &[usize],
    screen: Screen,
) {
    let start = out.len();
    out.push_str(INDENT);
    // Blanks are written only before text, so that no line ends in one.
    let mut owed = 0;
    for (phrase, width) in cells.zip(widths) {
        let length = wrap::phrase_width(phrase);
        if length > 0 {
            out.extend(std::iter::repeat_n(' ', owed));
            push_inline(out, phrase, screen.colours);
            owed = 0;
        }
        owed += width - length.min(*width) + GAP.len();
    }
    out.truncate(start + out[start..].trim_end().len());
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::super::Colours;
    use super::*;

    #[track_caller]
    fn check(head: &[&'static str], rows: &[&[&str]], width: Option<usize>, expected: &str) {
        let rows = rows.iter().map(|row| row.iter().map(|cell| Phrase::log(*cell)).collect());
        let table = Table { head: head.to_vec(), rows: rows.collect() };
        assert_eq!(render(&table, Screen { width, colours: Colours::Off }), expected);
    }

    #[test]
    fn columns_are_as_wide_as_their_cells() {
        check(
            &["Package", "Old"],
            &[&["a", "1"], &["日本", "2"]],
            None,
            "  Package  Old\n  a        1\n  日本     2\n",
        );
    }

    #[test]
    fn names_stand_above_their_columns() {
        check(
            &["", "Units"],
            &[&["stopped", "a.service"]],
            None,
            "           Units\n  stopped  a.service\n",
        );
    }

    #[test]
    fn wide_cells_are_wrapped_and_lose_nothing() {
        check(
            &["", ""],
            &[&["stopped", "aaaa.service, bbbb.service, cccc.service"], &["new", "d"]],
            Some(30),
            "  stopped  aaaa.service,\n           bbbb.service,\n           cccc.service\n  new      d\n",
        );
    }

    #[test]
    fn columns_without_text_are_left_out() {
        check(&["Name", "Size", "Line"], &[&["a", "", "1"]], None, "  Name  Line\n  a     1\n");
    }
}
