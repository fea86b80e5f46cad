//! Which packages changed version.

use analyzer::report::{Change, ChangeSource};

use super::panel::{RowChoice, ShownRun, lede, nothing};
use super::rows::{Field, Line, List, MANY, field, field_if};
use crate::component::evidence::evidence;
use crate::component::markup::{Child, Markup, element, soft, spoken};
use crate::component::table::ColumnKind;
use crate::format;
use crate::link;
use crate::summary::commands;
use crate::summary::versions::{self, Emphasis, Group, Order, Piece, Step};
use crate::view::context::ViewContext;
use crate::view_state::Section;

const FIELDS: &[Field<Change>] = &[
    field("Package", ColumnKind::Text, |_, change| name(change)),
    field("Old → new", ColumnKind::Text, |_, change| old_and_new(change)),
    field("Level", ColumnKind::Word, |_, change| level(change).into()),
    field_if(|it| it.size_delta_bytes.is_some(), "Size", ColumnKind::Number, |_, it| size(it)),
    field("Look up", ColumnKind::Word, |_, change| look_up(change).into()),
    field("Line", ColumnKind::Number, |_, change| evidence(&change.lines)),
];

/// Where the changes were read from.
pub(super) fn source(run: &ShownRun) -> Child {
    (versions::source_words(run), " ", evidence(&versions::lines(run))).into()
}

/// The table of changes with its fields; a sentence where there is none.
pub(super) fn body(run: &ShownRun, view: ViewContext) -> Child {
    let count = versions::listed(run).count() as u64;
    if count == 0 {
        return empty(run);
    }
    let choice = RowChoice::of(Section::Versions, view);
    let placeholder = ["Filter ", &format::counted(count, "package", "packages")].concat();
    let orders = Order::ALL.map(|order| (order.slug(), order.label()));
    let shown = run.clone();
    (
        lede(versions::lede(run)),
        choice.fields("Filter packages", placeholder, &orders),
        choice.rows(move |search, sort| changes(&shown, search, sort)),
        closure(run),
    )
        .into()
}

fn changes(run: &ShownRun, search: &str, sort: &str) -> Child {
    let order = Order::ALL.into_iter().find(|order| order.slug() == sort).unwrap_or_default();
    let lines = lines(run, search, order);
    if lines.is_empty() {
        return soft("No package has this in its name.").attr("role", "status").into();
    }
    List {
        name: "Packages that changed",
        class: "table table--versions",
        fields: FIELDS,
        items: |run| &run.changes,
        lines,
        n_at_first: MANY,
    }
    .table(run)
}

/// Rows and, in the usual order, the headings between them.
fn lines(run: &ShownRun, search: &str, order: Order) -> Vec<Line> {
    let rows = versions::rows(run, search, order);
    let has_groups = order == Order::Matters && rows.iter().any(|(group, _)| *group != Group::Rest);
    let mut lines = Vec::with_capacity(rows.len());
    let mut last = None;
    for (group, index) in rows {
        if has_groups && last != Some(group) {
            lines.push(Line::Heading(group.title()));
            last = Some(group);
        }
        lines.push(Line::Item(index));
    }
    lines
}

fn name(change: &Change) -> Child {
    let letters: Option<Child> = versions::nvd_letters(change)
        .map(|letters| (" ", element("span", "version__letters").text(letters)).into());
    let before =
        change.renamed_from.as_ref().map(|before| soft([" was ", before.as_str()].concat()));
    let name = element("span", "version__name quoted").text(change.name.clone());
    (name, letters, before).into()
}

fn old_and_new(change: &Change) -> Child {
    let old = versions::side(&change.old, change.old_count);
    let new = versions::side(&change.new, change.new_count);
    match (old.is_empty(), new.is_empty()) {
        (true, true) => soft("no version").into(),
        (false, true) => {
            let old = element("span", "version version__old").text(old);
            (old, " ", soft("removed")).into()
        }
        (true, false) if change.source == ChangeSource::Plan => {
            element("span", "version").child(arrow()).text(new).into()
        }
        (true, false) => element("span", "version").text(new).into(),
        (false, false) => versions::steps(change).into_iter().map(step_view).collect(),
    }
}

/// Old and new versions, with what differs marked.
fn step_view(step: Step) -> Markup {
    element("span", "version version--pair")
        .child(element("span", "version__old").children(step.old.into_iter().map(piece)))
        .text(" ")
        .child(
            element("span", "version__new")
                .child(arrow())
                .children(step.new.into_iter().map(piece)),
        )
}

fn piece(piece: Piece) -> Child {
    match piece {
        Piece::Same(text) => text.into(),
        Piece::Changed(text) => element("b", "version__changed").text(text).into(),
    }
}

/// The arrow between two versions, read as `to`.
fn arrow() -> Child {
    let arrow = element("span", "version__arrow").attr("aria-hidden", "true").text("→");
    [arrow, spoken("to ")].into()
}

fn level(change: &Change) -> Markup {
    let (word, emphasis) = versions::level_word(change);
    let tag = match emphasis {
        Emphasis::Normal => "span",
        Emphasis::Strong => "b",
    };
    element(tag, "version__level").text(word)
}

fn size(change: &Change) -> Child {
    match change.size_delta_bytes {
        Some(0) => soft("0").into(),
        Some(bytes) => format::size_delta(bytes).into(),
        None => soft("?").into(),
    }
}

/// Plain links, for the person to follow or not: nothing is fetched before.
fn look_up(change: &Change) -> Markup {
    let name = &change.name;
    let to = |href: String, text: &'static str, more: &'static str| {
        element("a", "")
            .attr("href", href)
            .attr("rel", "noreferrer")
            .text(text)
            .child(spoken([more, name.as_str()].concat()))
    };
    element("span", "version__links")
        .child(to(link::to_package_search(name), "search", " nixos.org for "))
        .child(to(link::to_repology(name), "Repology", " on "))
}

fn closure(run: &ShownRun) -> Child {
    let lines = run.closure.as_ref().map(|closure| evidence(&closure.lines));
    let sentence = versions::closure_sentence(run);
    sentence
        .map(|sentence| {
            element("p", "panel__after").text("Closure: ").text(sentence).text(" ").child(lines)
        })
        .into()
}

fn empty(run: &ShownRun) -> Child {
    if versions::changed(run).is_none() {
        return nothing(
            "No versions to compare",
            "The log does not say which versions were there before. After a switch, this prints \
             both; its output can be read here too.",
            Some(commands::DIFF_CLOSURES),
        )
        .into();
    }
    let sentence = "The log compares both systems and names no difference.";
    (nothing("No version changed", sentence, None), closure(run)).into()
}

/// What a version column of another table shows: old, arrow, new.
pub(super) fn step(old: Option<String>, new: Option<String>) -> Markup {
    element("span", "version")
        .child(element("span", "version__old").child(old))
        .text(" ")
        .child(element("span", "version__new").child(arrow()).child(new))
}
