//! Lines as they stand in the document. What they say is text and never becomes markup.

use leptos::prelude::*;
use leptos::tachys::view::keyed::keyed;

use super::folds::Place;
use super::{Panel, fold};
use crate::component::markup::{Markup, element};
use crate::protocol::lines::{TextSpan, TextStyle};
use crate::view_state::LineRange;

/// A line and what is special about it. A line that stays the same keeps its place in the
/// document, so that text that was selected stays so while more comes into view.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    line: u32,
    look: Look,
    place: Place,
    /// `None` while the text has not come.
    spans: Option<Vec<TextSpan>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Look {
    Plain,
    /// It was gone to.
    Target,
    /// The search is at it.
    Match,
    /// The head of a group that is open.
    Open,
    /// The head of one that is not.
    Folded,
}

/// The rows that are to be in the document.
pub(super) fn rows(panel: Panel) -> AnyView {
    let visible = panel.visible.get();
    let target = panel.target();
    let at_match = panel.at_match.get().map(|at| at.row);
    let row = |row: u32| match panel.place(row) {
        place @ Place::Text(row) => {
            let line = panel.text.with(|text| text.line_of(row));
            let look = look(row, line, target, at_match);
            Row { line, look, place, spans: panel.loaded.with(|loaded| loaded.get(row).cloned()) }
        }
        place @ Place::Head(index) => {
            let (line, is_open) = panel.folds.with(|folds| {
                let folds =
                    folds.as_ref().map(|it| (it.groups[index].lines.first, it.is_open(index)));
                folds.unwrap_or_default()
            });
            let look = if is_open { Look::Open } else { Look::Folded };
            Row { line, look, place, spans: None }
        }
    };
    let rows: Vec<(u32, Row)> =
        (visible.first..visible.end).map(|index| (index, row(index))).collect();
    let view = move |_, (_, row): (u32, Row)| {
        let drawn = match row.place {
            Place::Text(_) => drawn(&row),
            Place::Head(index) => fold::head(panel, index),
        };
        (|_| (), drawn.view())
    };
    keyed(rows, |(index, row)| (*index, key(row)), view).into_any()
}

fn look(row: u32, line: u32, target: Option<LineRange>, at_match: Option<u32>) -> Look {
    if at_match == Some(row) {
        return Look::Match;
    }
    if target.is_some_and(|lines| lines.contains(line)) { Look::Target } else { Look::Plain }
}

/// What makes of a row another one: its look, whether its text is there, and what is marked in it.
fn key(row: &Row) -> (u32, Look, usize, usize) {
    let spans = row.spans.as_deref().unwrap_or_default();
    let marked = spans.iter().enumerate().filter(|(_, span)| span.is_match);
    let marks = marked.map(|(index, span)| (index + 1) * (span.text.len() + 1)).sum();
    let len = spans.iter().map(|span| span.text.len() + 1).sum();
    (row.line, row.look, len, marks)
}

fn drawn(row: &Row) -> Markup {
    let number = row.line.to_string();
    let class = match row.look {
        Look::Plain | Look::Open | Look::Folded => "log__row",
        Look::Target => "log__row log__row--target",
        Look::Match => "log__row log__row--match",
    };
    let link = element("a", "log__number")
        .attr("href", ["report/?section=log&line=", &number].concat())
        .attr("tabindex", "-1")
        .attr("data-line", number.clone())
        .text(number);
    let spans = row.spans.iter().flatten().map(piece);
    let drawn =
        element("div", class).child(link).child(element("span", "log__text").children(spans));
    if row.look == Look::Plain { drawn } else { drawn.attr("aria-current", "true") }
}

fn piece(span: &TextSpan) -> Markup {
    let tag = if span.is_match { "mark" } else { "span" };
    let TextStyle { ink, paper, is_bold, is_dim } = span.style;
    let piece = element(tag, "");
    if span.style == TextStyle::default() {
        return piece.text(span.text.clone());
    }
    let mut class = String::new();
    for (name, colour) in [("ink-", ink), ("paper-", paper)] {
        if colour > 0 {
            class += name;
            class += &colour.to_string();
            class.push(' ');
        }
    }
    class += if is_bold { "log__bold " } else { "" };
    class += if is_dim { "log__dim" } else { "" };
    piece.attr("class", class).text(span.text.clone())
}
