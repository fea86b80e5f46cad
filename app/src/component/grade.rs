//! How sure a time is: the fuller the disc, the surer; the word is always there.

use analyzer::report::Grade;

use super::markup::{Markup, element, svg_element};

/// Disc and word of a grade.
pub fn grade(grade: Grade, word: &'static str) -> Markup {
    let ring = svg_element("circle", "grade__ring").attr("cx", "6").attr("cy", "6").attr("r", "5");
    let disc = svg_element("svg", disc_class(grade))
        .attr("viewBox", "0 0 12 12")
        .attr("aria-hidden", "true")
        .child(ring)
        .child(svg_element("path", "").attr("d", filled(grade)));
    element("span", "grade").child(disc).text(word)
}

fn disc_class(grade: Grade) -> &'static str {
    match grade {
        Grade::Unknown => "grade__disc grade__disc--unknown",
        _ => "grade__disc",
    }
}

/// The filled part of the disc.
fn filled(grade: Grade) -> &'static str {
    match grade {
        Grade::Stamped => "M1 6a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
        Grade::Stated => "M6 1a5 5 0 0 1 0 10z",
        Grade::Bounded => "M6 1a5 5 0 0 1 5 5H6z",
        Grade::Unknown => "",
    }
}
