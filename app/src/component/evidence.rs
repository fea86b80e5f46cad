//! The way from a fact to the lines that prove it.

use analyzer::report::Lines;

use super::markup::{Child, element};
use crate::format;
use crate::link;

/// A link to the lines of a fact, such as `L446`; two for two places, one from the first to the
/// last for more, and nothing where there are none.
pub fn evidence(lines: &Lines) -> Child {
    match lines.0.as_slice() {
        [first, second] => {
            let [first, second] = [first, second].map(|range| line_link(&Lines(vec![*range])));
            (first, " ", second).into()
        }
        _ => line_link(lines),
    }
}

fn line_link(lines: &Lines) -> Child {
    let (Some(href), Some(short), Some(spoken)) =
        (link::to_lines(lines), format::lines(lines), format::lines_spoken(lines))
    else {
        return Child::nothing();
    };
    // The name begins with what is seen, so that it can be called by voice.
    let name = [short.as_str(), ", ", &spoken].concat();
    element("a", "evidence").attr("href", href).attr("aria-label", name).text(short).into()
}
