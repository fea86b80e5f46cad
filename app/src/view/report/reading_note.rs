//! The note beside the verdict: how to read the page, and for whom it is written.

use analyzer::report::Grade;
use leptos::prelude::*;

use crate::browser::document;
use crate::component::grade::grade;
use crate::component::markup::{Child, Markup, element};
use crate::session::Origin;
use crate::summary::time::grade_meaning;
use crate::view::article::level_switch;

/// How to read the page.
pub(super) fn reading_note(origin: &Origin) -> Markup {
    let proof = (*origin == Origin::Log).then(proof);
    let body = element("div", "margin-note__body")
        .child(level_switch().into_any())
        .child(element("h2", "").text("Reading this page"))
        .child(element("p", "level level--new").text(
            "A rebuild works out what your configuration needs, fetches or builds it, and switches \
             the running system to it.",
        ))
        .child(element("p", "level level--knows").text(
            "Everything here is read from the log alone. What Nix plans is told from what it did.",
        ))
        .child(proof)
        .child(element("p", "").text(
            "A disc says how sure a time is. Where a clock tells whole seconds only, what lies \
             between two of its stamps is known to within a second.",
        ))
        .child(grades());
    let details = element("details", "fold")
        .child(element("summary", "").text("What does this mean?"))
        .child(body);
    let details = if document::is_wide() { details.attr("open", "") } else { details };
    element("aside", "margin-note")
        .attr("aria-label", "Explained: reading this page")
        .child(details)
}

/// Where the proof of everything is.
fn proof() -> Markup {
    element("p", "")
        .text("Every ")
        .child(element("span", "evidence").text("123"))
        .text(" is a line of your log: press it to see the proof.")
}

/// What the grades mean.
fn grades() -> Markup {
    let grades = [Grade::Stamped, Grade::Stated, Grade::Bounded, Grade::Unknown];
    let item = |of: Grade| -> Child {
        let word = element("dt", "").child(grade(of.into()));
        [word, element("dd", "").text(grade_meaning(of))].into()
    };
    element("dl", "grades").child(grades.map(item))
}
