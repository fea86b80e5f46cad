//! What differs between two inputs: sentences, versions, and tables with both side by side.

use std::sync::Arc;

use leptos::prelude::*;

use super::panel::{ShownRun, panel};
use super::{inputs, versions};
use crate::browser::{address, document};
use crate::comparison::{Cell, Comparison, Names, Part, Row as Compared};
use crate::component::command::copy_button;
use crate::component::evidence::{Sources, evidence};
use crate::component::grade::grade;
use crate::component::icon::{Icon, icon_in};
use crate::component::markup::{Child, Markup, element, quoted, soft};
use crate::component::table::{Column, ColumnKind, Row, Table, table};
use crate::view::context::ViewContext;
use crate::view_state::{Section, Side, ViewState};

const COLUMNS: [Column; 4] = [
    Column { label: "What", kind: ColumnKind::Text },
    Column { label: "Old", kind: ColumnKind::Text },
    Column { label: "New", kind: ColumnKind::Text },
    Column { label: "Difference", kind: ColumnKind::Number },
];

/// All that differs. Its lines lead to the input that they are from.
pub(in crate::view) fn comparison(comparison: &Arc<Comparison>, view: ViewContext) -> AnyView {
    let texts = view.state().with_untracked(|it| it.sides.each_ref().map(Side::text_query));
    provide_context(Sources { old_lines: comparison.old_lines, texts });
    document::set_title("What differs · Rebuildscope");
    let run = ShownRun { report: Arc::new(comparison.report.clone()), index: 0 };
    let changed = (!run.changes.is_empty()).then(|| {
        let body = versions::compared(&run, view, comparison.bytes.clone());
        panel(Section::Versions, Child::nothing(), body, Child::nothing())
    });
    let moved = (!run.inputs.is_empty()).then(|| {
        panel(Section::Inputs, Child::nothing(), inputs::body(&run, view), Child::nothing())
    });
    let parts = (0..comparison.parts.len()).map(|index| part(comparison, index));
    element("div", "compare__results")
        .child(verdict(comparison))
        .child(changed)
        .child(moved)
        .children(parts)
        .child(handing_on(view))
        .view()
}

/// How somebody else gets to see the same: the address holds links and names samples, and no files.
fn handing_on(view: ViewContext) -> Markup {
    let is_held = |side: &Side| matches!(side, Side::Link(_) | Side::Sample(_));
    let is_whole = view.state().with_untracked(|state| state.sides.iter().all(is_held));
    let body: Child = if is_whole {
        let current = move || view.state().with_untracked(ViewState::to_address);
        let copy = copy_button(move || address::base() + &current(), "Copy the address", "");
        (element("p", "").text(HELD), copy).into()
    } else {
        element("p", "").text(NOT_HELD).into()
    };
    section("Share this comparison".to_owned(), "share-comparison".to_owned()).child(body)
}

const HELD: &str = "The address of this page holds both sides: whoever opens it sees the same, \
                    and nothing is uploaded.";

const NOT_HELD: &str = "The address of this page holds no files. Open each file by itself, press \
                        Share there, and paste its link here in place of the file: then the \
                        address holds both sides, without what you masked.";

fn verdict(comparison: &Comparison) -> Markup {
    let sentences = comparison.sentences.iter().map(|sentence| {
        element("li", "").text(sentence.text.clone()).text(" ").child(evidence(&sentence.lines))
    });
    let hint = |text: &String| {
        element("li", "").child(icon_in("warning", Icon::Warning)).text([" ", text].concat())
    };
    let hints = (!comparison.hints.is_empty()).then(|| {
        element("ul", "notes")
            .attr("aria-label", "Before you compare")
            .children(comparison.hints.iter().map(hint))
    });
    section("What differs".to_owned(), "differs".to_owned())
        .child(element("ul", "verdict__sentences").children(sentences))
        .child(hints)
        .children(
            comparison.notes.iter().map(|note| element("p", "panel__after").text(note.clone())),
        )
}

fn section(title: String, id: String) -> Markup {
    let heading = [&id, "-title"].concat();
    element("section", "panel")
        .attr("id", id)
        .attr("aria-labelledby", heading.clone())
        .child(element("h2", "").attr("id", heading).text(title))
}

fn part(comparison: &Arc<Comparison>, index: usize) -> Markup {
    let part = &comparison.parts[index];
    let lede = (!part.lede.is_empty()).then(|| element("p", "panel__lede").text(part.lede.clone()));
    section(part.title.clone(), ["part-", &index.to_string()].concat())
        .child(lede)
        .child(rows(comparison, index, part))
}

/// The rows of a part; a column that is empty everywhere is left out.
fn rows(comparison: &Arc<Comparison>, index: usize, part: &Part) -> Child {
    let is_shown = [
        true,
        part.rows.iter().any(|row| !row.sides[0].text.is_empty()),
        part.rows.iter().any(|row| !row.sides[1].text.is_empty()),
        part.rows.iter().any(|row| !row.difference.is_empty()),
    ];
    if part.rows.is_empty() {
        return Child::nothing();
    }
    let shown = comparison.clone();
    let row = move |at: usize| {
        let part = &shown.parts[index];
        let cells = cells(part.names, &part.rows[at]).into_iter().zip(is_shown);
        Row::Cells(cells.filter(|(_, is_shown)| *is_shown).map(|(cell, _)| cell).collect())
    };
    let columns = COLUMNS.into_iter().zip(is_shown).filter(|(_, is_shown)| *is_shown);
    table(Table {
        name: part.title.clone().into(),
        class: "table",
        columns: columns.map(|(column, _)| column).collect(),
        n_rows: part.rows.len(),
        n_at_first: super::rows::FEW,
        row: Arc::new(row),
    })
}

fn cells(names: Names, row: &Compared) -> [Child; 4] {
    let [old, new] = row.sides.each_ref().map(cell);
    let difference = match row.difference.as_str() {
        "" => soft("–").into(),
        difference => difference.to_owned().into(),
    };
    let name = match names {
        Names::Ours => row.name.clone().into(),
        Names::Quoted => quoted(row.name.clone()).into(),
    };
    [name, old, new, difference]
}

fn cell(cell: &Cell) -> Child {
    if cell.text.is_empty() {
        return soft("not known").into();
    }
    (cell.text.clone(), " ", cell.known.map(grade), " ", evidence(&cell.lines)).into()
}
