//! Where the configuration comes from, and how far that moved.

use analyzer::report::{Input, InputKind};

use super::panel::{ShownRun, nothing};
use super::rows::{Field, Line, List, MANY, field, field_if};
use super::versions::step;
use crate::component::evidence::evidence;
use crate::component::markup::{Child, element, quoted, spoken};
use crate::component::table::ColumnKind;
use crate::summary::evidence::of_all;
use crate::summary::{commands, inputs};

const FIELDS: &[Field<Input>] = &[
    field("Input", ColumnKind::Text, |_, input| quoted(input.name.clone()).into()),
    field("Old → new", ColumnKind::Text, |_, input| old_and_new(input)),
    field("Moved by", ColumnKind::Text, |_, input| inputs::moved_by(input).into()),
    field_if(
        |it| inputs::compare_url(it).is_some(),
        "Compare",
        ColumnKind::Word,
        |_, it| compare(it),
    ),
    field_if(
        |it| it.lines.first().is_some(),
        "Line",
        ColumnKind::Number,
        |_, it| evidence(&it.lines),
    ),
];

/// The lines of all inputs.
pub(super) fn source(run: &ShownRun) -> Child {
    evidence(&of_all(run.inputs.iter().map(|input| &input.lines)))
}

/// One row an input.
pub(super) fn body(run: &ShownRun) -> Child {
    if run.inputs.is_empty() {
        return nothing(
            "No input moved in this log",
            "Inputs that stay as they are leave no line. This says what they are pinned to.",
            Some(commands::FLAKE_INPUTS),
        )
        .into();
    }
    List {
        name: "Inputs that moved",
        class: "table",
        fields: FIELDS,
        items: |run| &run.inputs,
        lines: (0..run.inputs.len()).map(Line::Item).collect(),
        n_at_first: MANY,
    }
    .table(run)
}

fn old_and_new(input: &Input) -> Child {
    let [old, new] = [&input.old, &input.new].map(|side| side.as_ref().map(inputs::revision));
    if input.kind == InputKind::Updated {
        return step(old, new).into();
    }
    let revision = element("span", "version").child(new.or(old));
    (inputs::kind_word(input.kind), " ", revision).into()
}

fn compare(input: &Input) -> Child {
    let Some(url) = inputs::compare_url(input) else { return Child::nothing() };
    element("a", "")
        .attr("href", url)
        .attr("rel", "noreferrer")
        .text("commits")
        .child(spoken([" of ", input.name.as_str()].concat()))
        .into()
}
