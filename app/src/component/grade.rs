//! How sure a time is: the fuller the disc, the surer; the word is always there.

use super::markup::{Markup, element, svg_element};
use crate::summary::time::Known;

/// Disc and word of how something is known.
pub fn grade(known: Known) -> Markup {
    let ring = svg_element("circle", "grade__ring").attr("cx", "6").attr("cy", "6").attr("r", "5");
    let disc = svg_element("svg", disc_class(known))
        .attr("viewBox", "0 0 12 12")
        .attr("aria-hidden", "true")
        .child(ring)
        .child(svg_element("path", "").attr("d", filled(known)));
    element("span", "grade").child(disc).text(known.word())
}

fn disc_class(known: Known) -> &'static str {
    match known {
        Known::Unknown => "grade__disc grade__disc--unknown",
        _ => "grade__disc",
    }
}

/// The filled part of the disc.
fn filled(known: Known) -> &'static str {
    match known {
        Known::Stamped => "M1 6a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
        Known::Stated => "M6 1a5 5 0 0 1 0 10z",
        Known::AtLeast | Known::AtMost => "M6 1a5 5 0 0 1 5 5H6z",
        Known::Unknown => "",
    }
}
