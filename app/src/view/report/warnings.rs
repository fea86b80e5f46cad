//! What Nix and the configuration warned of, each kind once.

use analyzer::report::{Warning, WarningClass};

use super::panel::{FoldState, ShownRun, fold, nothing};
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
    warnings::groups(run).iter().map(|(class, warnings)| group(*class, warnings)).collect()
}

/// The warnings of a kind; what they mean is said once.
fn group(class: WarningClass, warnings: &[&Warning]) -> Child {
    let heading = element("h3", "panel__sub")
        .text(warnings::class_name(class))
        .text(" ")
        .child(element("span", "panel__sub-detail").text(format::length(warnings)));
    let meaning =
        warnings::class_meaning(class).map(|text| element("p", "panel__after").text(text));
    let (shown, folded) = warnings.split_at(warnings.len().min(SHOWN));
    let rest = (!folded.is_empty()).then(|| {
        let title = [&format::length(folded), " more of this kind"].concat();
        fold(title, list(folded), FoldState::Closed)
    });
    (heading, meaning, list(shown), rest).into()
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
