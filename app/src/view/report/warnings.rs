//! What Nix and the configuration warned of, each kind once.

use analyzer::report::Warning;

use super::panel::{ShownRun, nothing};
use crate::component::evidence::evidence;
use crate::component::markup::{Child, Markup, element};
use crate::format;
use crate::summary::warnings;

/// How many warnings there are.
pub(super) fn source(run: &ShownRun) -> Child {
    if run.warnings.is_empty() {
        return Child::nothing();
    }
    warnings::counts(run).into()
}

/// One entry a warning.
pub(super) fn body(run: &ShownRun) -> Child {
    if run.warnings.is_empty() {
        return nothing("No warning", "No line of the log warns of anything.", None).into();
    }
    element("ul", "warnings").children(run.warnings.iter().map(entry)).into()
}

fn entry(warning: &Warning) -> Markup {
    let count = format::count(warning.count.into()) + "×";
    let kind = element("strong", "").text(warnings::class_name(warning.class)).text(".");
    let meaning = warnings::class_meaning(warning.class).map(|text| [" ", text].concat());
    let text = element("div", "")
        .child(element("p", "").child(kind).child(meaning))
        .child(element("p", "warnings__text quoted").text(warning.message.clone()));
    element("li", "warnings__entry")
        .child(element("span", "warnings__count").text(count))
        .child(text)
        .child(element("span", "warnings__line").child(evidence(&warning.lines)))
}
