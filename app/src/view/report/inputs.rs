//! Where the configuration comes from, and how far that moved.

use analyzer::report::{Input, InputKind};

use super::panel::{RowChoice, ShownRun, nothing};
use super::rows::{Field, List, MANY, field, field_if, items_of};
use super::versions::step;
use crate::component::evidence::evidence;
use crate::component::markup::{Child, element, quoted, soft, spoken};
use crate::component::table::ColumnKind;
use crate::format;
use crate::summary::evidence::of_all;
use crate::summary::{commands, inputs};
use crate::view::context::ViewContext;
use crate::view_state::Section;

const FIELDS: &[Field<Input>] = &[
    field("Input", ColumnKind::Text, |_, input| quoted(input.name.clone()).into()),
    field("Old → new", ColumnKind::Text, |_, input| old_and_new(input)),
    field("Moved by", ColumnKind::Text, |_, input| inputs::moved_by(input).into()),
    field_if(
        |it| inputs::compare_url(it).is_some(),
        "Compare",
        ColumnKind::Control,
        |_, it| compare(it),
    ),
    field_if(
        |it| it.lines.first().is_some(),
        "Line",
        ColumnKind::Lines,
        |_, it| evidence(&it.lines),
    ),
];

/// The lines of all inputs.
pub(super) fn source(run: &ShownRun) -> Child {
    evidence(&of_all(run.inputs.iter().map(|input| &input.lines)))
}

/// More inputs than this have fields to find and sort them.
const MANY_INPUTS: usize = 8;

/// One row an input.
pub(super) fn body(run: &ShownRun, view: ViewContext) -> Child {
    if run.inputs.is_empty() {
        return nothing(
            "No input moved in this log",
            "Inputs that stay as they are leave no line. This says what they are pinned to.",
            Some(commands::FLAKE_INPUTS),
        )
        .into();
    }
    let choice = RowChoice::of(Section::Inputs, view);
    let n_inputs = run.inputs.len();
    let fields = (n_inputs > MANY_INPUTS).then(|| {
        let count = format::counted(n_inputs as u64, "input", "inputs");
        choice.fields("Filter inputs", ["Filter ", &count].concat(), &inputs::ORDERS)
    });
    let run = run.clone();
    (fields, choice.rows(move |search, sort| found(&run, search, sort))).into()
}

fn found(run: &ShownRun, search: &str, sort: &str) -> Child {
    let indices = inputs::rows(run, search, sort);
    if indices.is_empty() {
        return soft("No input has this in its name.").attr("role", "status").into();
    }
    List {
        name: "Inputs that moved",
        class: "table",
        fields: FIELDS,
        items: |run| &run.inputs,
        lines: items_of(&indices),
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
