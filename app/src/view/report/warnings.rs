//! What Nix and the configuration warned of, each kind once.

use analyzer::report::{Warning, WarningClass};

use super::panel::{FoldState, RowChoice, ShownRun, fold, nothing};
use super::rows::{FOUND, Plain};
use crate::component::evidence::evidence;
use crate::component::markup::{Child, Markup, element, soft};
use crate::component::term::explained;
use crate::format;
use crate::summary::warnings;
use crate::view::context::ViewContext;
use crate::view_state::Section;

/// How many warnings there are.
pub(super) fn source(run: &ShownRun) -> Child {
    if run.warnings.is_empty() {
        return Child::nothing();
    }
    warnings::counts(run).into()
}

const TABLE: Plain =
    Plain { name: "Warnings", columns: &["Warning", "Kind", "Times"], rows: warnings::rows };

/// One entry a warning, with fields to find and sort them where there are many.
pub(super) fn body(run: &ShownRun, view: ViewContext) -> Child {
    if run.warnings.is_empty() {
        return nothing("No warning", "No line of the log warns of anything.", None).into();
    }
    let choice = RowChoice::of(Section::Warnings, view);
    let n_rows = run.warnings.len();
    let fields = (n_rows > SHOWN).then(|| {
        let count = format::counted(n_rows as u64, "warning", "warnings");
        choice.fields("Filter warnings", ["Filter ", &count].concat(), &warnings::ORDERS)
    });
    let as_table = (n_rows > 1).then(|| TABLE.folded(run, n_rows));
    let run = run.clone();
    (fields, choice.rows(move |search, sort| found(&run, search, sort)), as_table).into()
}

fn found(run: &ShownRun, search: &str, sort: &str) -> Child {
    let found = warnings::found(run, search, sort);
    if found.is_empty() {
        return soft("No warning has this in its text.").attr("role", "status").into();
    }
    // What is searched for must not hide in a fold.
    let n_shown = if search.is_empty() { SHOWN } else { FOUND };
    if sort.is_empty() {
        let groups = warnings::groups(found);
        groups.iter().map(|(class, warnings)| group(*class, warnings, n_shown)).collect()
    } else {
        shortened(&found, n_shown)
    }
}

/// The warnings of a kind; what they mean is said once.
fn group(class: WarningClass, warnings: &[&Warning], n_shown: usize) -> Child {
    let heading = element("h3", "panel__sub")
        .text(warnings::class_name(class))
        .text(" ")
        .child(element("span", "panel__sub-detail").text(format::length(warnings)));
    let meaning = warnings::class_meaning(class)
        .map(|text| element("p", "panel__after").child(explained(text)));
    (heading, meaning, shortened(warnings, n_shown)).into()
}

/// The first few, and the others folded.
fn shortened(warnings: &[&Warning], n_shown: usize) -> Child {
    let (shown, folded) = warnings.split_at(warnings.len().min(n_shown));
    let rest = (!folded.is_empty()).then(|| {
        let title = [&format::length(folded), " more"].concat();
        fold(title, list(folded), FoldState::Closed)
    });
    (list(shown), rest).into()
}

/// How many warnings of a kind are shown; the others are folded.
const SHOWN: usize = 6;

fn list(warnings: &[&Warning]) -> Markup {
    element("ul", "warnings").children(warnings.iter().map(|warning| entry(warning)))
}

fn entry(warning: &Warning) -> Markup {
    let count = format::count(warning.count.into()) + "×";
    element("li", "warnings__entry")
        .child(element("span", "warnings__count").text(count))
        .child(element("p", "warnings__text quoted").text(warning.message.clone()))
        .child(element("span", "warnings__line").child(evidence(&warning.lines)))
}
