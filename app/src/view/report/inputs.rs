//! Where the configuration comes from, and how far that moved.

use analyzer::report::{Input, InputKind};
use leptos::prelude::*;

use super::panel::{ShownRun, nothing};
use super::rows::{Field, Line, List, MANY, field, field_if};
use super::versions::arrow;
use crate::component::evidence::evidence;
use crate::component::table::ColumnKind;
use crate::summary::evidence::of_all;
use crate::summary::{commands, inputs};

const FIELDS: &[Field<Input>] = &[
    field("Input", ColumnKind::Text, |_, input| {
        view! { <span class="quoted">{input.name.clone()}</span> }.into_any()
    }),
    field("Old → new", ColumnKind::Text, |_, input| old_and_new(input)),
    field("Moved by", ColumnKind::Text, |_, input| inputs::moved_by(input).into_any()),
    field_if(
        |it| inputs::compare_url(it).is_some(),
        "Compare",
        ColumnKind::Word,
        |_, it| compare(it),
    ),
    field("Line", ColumnKind::Number, |_, input| evidence(&input.lines)),
];

/// The lines of all inputs.
pub(super) fn source(run: &ShownRun) -> AnyView {
    evidence(&of_all(run.inputs.iter().map(|input| &input.lines)))
}

/// One row an input.
pub(super) fn body(run: &ShownRun) -> AnyView {
    if run.inputs.is_empty() {
        return nothing(
            "No input moved in this log",
            "Inputs that stay as they are leave no line. This says what they are pinned to.",
            Some(commands::FLAKE_INPUTS),
        );
    }
    let name = "Inputs that moved";
    let lines = (0..run.inputs.len()).map(Line::Item).collect();
    List { name, class: "table", fields: FIELDS, items: |run| &run.inputs, lines, n_at_first: MANY }
        .view(run)
}

fn old_and_new(input: &Input) -> AnyView {
    let [old, new] = [&input.old, &input.new].map(|side| side.as_ref().map(inputs::revision));
    if input.kind != InputKind::Updated {
        return view! {
            {inputs::kind_word(input.kind)}
            " "
            <span class="version">{new.or(old)}</span>
        }
        .into_any();
    }
    view! {
        <span class="version">
            <span class="version__old">{old}</span>
            " "
            <span class="version__new">{arrow()} {new}</span>
        </span>
    }
    .into_any()
}

fn compare(input: &Input) -> AnyView {
    let Some(url) = inputs::compare_url(input) else { return ().into_any() };
    view! {
        <a href=url rel="noreferrer">
            "commits"
            <span class="visually-hidden">" of " {input.name.clone()}</span>
        </a>
    }
    .into_any()
}
