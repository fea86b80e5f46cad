//! The way from a fact to the lines that prove it.

use analyzer::report::Lines;
use leptos::prelude::*;

use crate::format;
use crate::link;

/// A link to the lines of a fact, such as `L446`; nothing where there are none.
pub fn evidence(lines: &Lines) -> AnyView {
    let (Some(href), Some(short), Some(spoken)) =
        (link::to_lines(lines), format::lines(lines), format::lines_spoken(lines))
    else {
        return ().into_any();
    };
    view! { <a class="evidence" href=href aria-label=spoken>{short}</a> }.into_any()
}
