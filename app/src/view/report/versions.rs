//! Which packages changed version.

mod export;
mod pinning;
mod planned;

use std::sync::Arc;

use analyzer::report::{Change, ChangeKind, ChangeSource};
use leptos::prelude::*;

use super::panel::{RowChoice, ShownRun, fold_button, lede, nothing};
use super::rows::{FOUND, Field, FoldedLine, Line, List, MANY, field, field_if, items_of};
use crate::component::evidence::evidence;
use crate::component::markup::{Child, Markup, Text, element, soft, spoken};
use crate::component::table::ColumnKind;
use crate::component::term::explained;
use crate::format;
use crate::link;
use crate::planned::is_for as is_plan;
use crate::summary::commands;
use crate::summary::inputs;
use crate::summary::versions::family::{self, Entry, Family};
use crate::summary::versions::pins::Pins;
use crate::summary::versions::{self, Emphasis, Group, Order, Piece, Step};
use crate::view::context::ViewContext;
use crate::view_state::{NvdLetters, Section};
use pinning::Pinning;

const CHANGE: &str = "Old → new";
const LEVEL: &str = "Level";
const SIZE: &str = "Size";
const LINE: &str = "Line";

const FIELDS: &[Field<Change>] = &[
    field("Package", ColumnKind::Text, |_, change| name(change)),
    field(CHANGE, ColumnKind::Text, |_, change| old_and_new(change)),
    field(LEVEL, ColumnKind::Word, |_, change| level(change).into()),
    field_if(
        |it| it.size_delta_bytes.is_some(),
        SIZE,
        ColumnKind::Number,
        |_, it| size(it.size_delta_bytes),
    ),
    field("Look up", ColumnKind::Control, |_, change| look_up(change).into()),
    field("Pin", ColumnKind::Control, |_, change| pinning::button(&change.name).into()),
    field_if(|it| it.lines.first().is_some(), LINE, ColumnKind::Lines, |_, it| evidence(&it.lines)),
];

/// Where the changes were read from.
pub(super) fn source(run: &ShownRun) -> Child {
    (versions::source_words(run), " ", evidence(&versions::lines(run))).into()
}

/// The table of changes with its fields; a sentence where there is none.
pub(super) fn body(run: &ShownRun, view: ViewContext) -> Child {
    if is_plan(run) {
        return planned::planned(run, view);
    }
    if run.changes.is_empty() {
        return empty(run);
    }
    (lede(versions::lede(run)), table_of(run, view, Reports::Shown)).into()
}

/// As [`body`], of a comparison that came in these bytes.
pub(super) fn compared(run: &ShownRun, view: ViewContext, bytes: Arc<[u8]>) -> Child {
    (lede(versions::lede(run)), table_of(run, view, Reports::Made(bytes))).into()
}

/// Which report the changes are of.
#[derive(Clone)]
enum Reports {
    /// The one that is shown.
    Shown,
    /// One that was made of it or of two, as bytes for programs beside the page.
    Made(Arc<[u8]>),
}

/// The table with its fields.
fn table_of(run: &ShownRun, view: ViewContext, of: Reports) -> Child {
    let count = run.changes.len() as u64;
    let choice = RowChoice::of(Section::Versions, view);
    let placeholder = ["Filter ", &format::counted(count, "package", "packages")].concat();
    let orders = Order::ALL.map(|order| (order.slug(), order.label()));
    let shown = run.clone();
    let pinning = Pinning::recall();
    provide_context(pinning);
    let rows = move |search: &str, sort: &str| changes(&shown, view, search, sort, &pinning.get());
    let fields = choice.fields("Filter packages", placeholder, &orders).child(letters_button(view));
    (
        fields,
        lettered(view, pinning, choice.rows(rows)),
        (closure(run), compared_revisions(run)),
        export::export(run, view, choice, pinning, of),
    )
        .into()
}

fn changes(run: &ShownRun, view: ViewContext, search: &str, sort: &str, pins: &Pins) -> Child {
    let order = Order::from_slug(sort);
    let rows = versions::rows(run, search, order, pins);
    if rows.is_empty() {
        return soft("No package has this in its name.").attr("role", "status").into();
    }
    let (apart, main): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(group, _)| group.is_apart());
    let entries = family::entries(run, &main, search, order);
    let lines = entries.into_iter().map(|entry| line(run, view, entry)).collect();
    let groups = Group::ALL.into_iter().filter(|group| group.is_apart());
    let parts = groups.map(|group| {
        let of_group = apart.iter().filter(|row| row.0 == group).map(|row| row.1).collect();
        part(run, view, group, of_group, search)
    });
    let n_at_first = if search.is_empty() { MANY } else { FOUND };
    let table = table("Packages that changed", run, lines, n_at_first);
    (table, parts.collect::<Child>()).into()
}

fn table(name: &'static str, run: &ShownRun, lines: Vec<Line>, n_at_first: usize) -> Child {
    if lines.is_empty() {
        return Child::nothing();
    }
    let class = "table table--versions";
    List { name, class, fields: FIELDS, items: |run| &run.changes, lines, n_at_first }.table(run)
}

/// What stands apart from the table, folded; what is searched for must not hide in a fold.
fn part(
    run: &ShownRun,
    view: ViewContext,
    group: Group,
    changes: Vec<usize>,
    search: &str,
) -> Child {
    if changes.is_empty() {
        return Child::nothing();
    }
    let count = group.counted(changes.len() as u64);
    let run = run.clone();
    let rows = move || table(group.title(), &run, items_of(&changes), FOUND);
    let heading = element("h3", "versions__part");
    if !search.trim().is_empty() {
        return (heading.text(count), rows()).into();
    }
    let button = fold_button(view, group.slug(), count, "");
    let is_open = button.is_open;
    let body = move || is_open.get().then(|| rows().into_any());
    (heading.child(button.view()), body.into_any()).into()
}

fn line(run: &ShownRun, view: ViewContext, entry: Entry) -> Line {
    match entry {
        Entry::Heading(group) => Line::Heading(group.title()),
        Entry::Change(index) => Line::Item(index),
        Entry::Family(family) => Line::Fold(Arc::new(folded(run, view, family))),
    }
}

/// A family in one line.
fn folded(run: &ShownRun, view: ViewContext, family: Family) -> FoldedLine {
    let (items, shown) = (family.members.clone(), run.clone());
    let count = format::counted(items.len() as u64, "package", "packages");
    let (key, name) = (family.key.clone(), family.name.clone());
    FoldedLine {
        items,
        button: Box::new(move || fold_button(view, &key, name.clone(), count.clone())),
        cell: Box::new(move |label| family_cell(&shown, &family, label)),
    }
}

/// What stands of a family in the column with this label.
fn family_cell(run: &ShownRun, family: &Family, label: &str) -> Child {
    let headline = family::headline(run, family);
    match label {
        CHANGE => {
            let of = (!headline.of.is_empty()).then(|| soft(headline.of + " "));
            let kinds = (!headline.kinds.is_empty()).then(|| soft(headline.kinds));
            (of, headline.steps.into_iter().map(step_view).collect::<Child>(), kinds).into()
        }
        LEVEL => word(headline.level, headline.emphasis).into(),
        SIZE => size(headline.size_delta_bytes),
        LINE => evidence(&headline.lines),
        _ => Child::nothing(),
    }
}

/// The letters stand in every row, and are shown to those who know them.
fn lettered(view: ViewContext, pinning: Pinning, rows: AnyView) -> AnyView {
    let is_shown = has_letters(view);
    view! {
        <div
            class="versions"
            class:versions--lettered=is_shown
            on:click=move |click| pinning.take(&click)
        >
            <p class="versions__legend soft" hidden=move || !is_shown.get()>
                "U up, D down, C changed, A added, R removed; * named in your configuration, . not."
            </p>
            {rows}
            {pinning.status()}
        </div>
    }
    .into_any()
}

fn letters_button(view: ViewContext) -> AnyView {
    let is_shown = has_letters(view);
    let toggle = move |_| view.replace(|state| state.nvd_letters = state.nvd_letters.toggled());
    view! {
        <button
            class="button"
            type="button"
            aria-pressed=move || is_shown.get().to_string()
            on:click=toggle
        >
            "Letters of nvd"
        </button>
    }
    .into_any()
}

fn has_letters(view: ViewContext) -> Memo<bool> {
    let state = view.state();
    Memo::new(move |_| state.with(|state| state.nvd_letters == NvdLetters::Shown))
}

fn name(change: &Change) -> Child {
    let letters: Option<Child> = versions::nvd_letters(change)
        .map(|letters| (element("span", "version__letters").text(letters), " ").into());
    let before =
        change.renamed_from.as_ref().map(|before| soft([" was ", before.as_str()].concat()));
    let name = element("span", "version__name quoted").text(change.name.clone());
    (letters, name, before).into()
}

fn old_and_new(change: &Change) -> Child {
    let old = versions::side(&change.old, change.old_count);
    let new = versions::side(&change.new, change.new_count);
    match (old.is_empty(), new.is_empty()) {
        (true, true) => soft("no version").into(),
        (false, true) if change.kind == ChangeKind::Removed => {
            let old = element("span", "version version__old").text(old);
            (old, " ", soft("removed")).into()
        }
        (false, true) => {
            let old = element("span", "version version__old").text(old);
            (old, " ", arrow(), soft("no version")).into()
        }
        (true, false) if change.source == ChangeSource::Plan => {
            element("span", "version").child(arrow()).text(new).into()
        }
        (true, false) if change.kind == ChangeKind::Added => {
            element("span", "version").text(new).into()
        }
        // It was there before, under a name without a version: `aspell-dict  <none> -> 0`.
        (true, false) => {
            (soft("no version"), " ", element("span", "version").child(arrow()).text(new)).into()
        }
        (false, false) => planned::from_kept(change).map_or_else(
            || versions::steps(change).into_iter().map(step_view).collect(),
            Child::from,
        ),
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
    let (text, emphasis) = versions::level_word(change);
    word(text, emphasis)
}

fn word(text: impl Into<Text>, emphasis: Emphasis) -> Markup {
    let tag = match emphasis {
        Emphasis::Normal => "span",
        Emphasis::Strong => "b",
    };
    element(tag, "version__level").text(text)
}

fn size(delta_bytes: Option<i64>) -> Child {
    match delta_bytes {
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
            element("p", "panel__after")
                .child(explained("Closure: "))
                .text(sentence)
                .text(" ")
                .child(lines)
        })
        .into()
}

/// A plain link to what lies between the two revisions of Nixpkgs.
fn compared_revisions(run: &ShownRun) -> Child {
    let compared = inputs::nixpkgs_step(run).map(|step| {
        let link = element("a", "")
            .attr("href", step.url)
            .attr("rel", "noreferrer")
            .text("all commits between them");
        element("p", "panel__after")
            .text(["Nixpkgs went from ", &step.old, " to ", &step.new, ": "].concat())
            .child(link)
            .text(". ")
            .child(evidence(&step.lines))
    });
    compared.into()
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
