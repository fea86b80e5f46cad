//! The way from a fact to the lines that prove it.

use analyzer::report::Lines;
use leptos::prelude::*;

use crate::format;
use crate::link;

/// A link to the lines of a fact, such as `L446`; two for two places, one from the first to the
/// last for more, and nothing where there are none.
pub fn evidence(lines: &Lines) -> AnyView {
    match lines.0.as_slice() {
        [first, second] => view! {
            {line_link(&Lines(vec![*first]))}
            " "
            {line_link(&Lines(vec![*second]))}
        }
        .into_any(),
        _ => line_link(lines),
    }
}

fn line_link(lines: &Lines) -> AnyView {
    let (Some(href), Some(short), Some(spoken)) =
        (link::to_lines(lines), format::lines(lines), format::lines_spoken(lines))
    else {
        return ().into_any();
    };
    // The name begins with what is seen, so that it can be called by voice.
    let name = [short.as_str(), ", ", &spoken].concat();
    view! { <a class="evidence" href=href aria-label=name>{short}</a> }.into_any()
}
