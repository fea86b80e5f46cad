//! Where the configuration comes from, and how far that moved.

use std::sync::Arc;

use analyzer::report::{Input, InputKind};
use leptos::prelude::*;

use super::panel::{ShownRun, nothing};
use super::versions::arrow;
use crate::component::evidence::evidence;
use crate::component::table::{Column, ColumnKind, Rows, column, row, table};
use crate::summary::evidence::of_all;
use crate::summary::{commands, inputs};

const COLUMNS: &[Column] = &[
    column("Input", ColumnKind::Text),
    column("Old → new", ColumnKind::Text),
    column("Moved by", ColumnKind::Text),
    column("Compare", ColumnKind::Word),
    column("Line", ColumnKind::Number),
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
    let count = run.inputs.len();
    let run = run.clone();
    let make = move |index: usize| input_row(&run.inputs[index]);
    table("Inputs that moved", COLUMNS, Rows { count, row: Arc::new(make) })
}

fn input_row(input: &Input) -> AnyView {
    row(
        COLUMNS,
        vec![
            view! { <span class="quoted">{input.name.clone()}</span> }.into_any(),
            old_and_new(input),
            inputs::moved_by(input).into_any(),
            compare(input),
            evidence(&input.lines),
        ],
    )
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
