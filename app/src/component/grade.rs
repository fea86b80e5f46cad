//! How sure a time is: the fuller the disc, the surer; the word is always there.

use analyzer::report::Grade;
use leptos::prelude::*;

/// Disc and word of a grade.
pub fn grade(grade: Grade, word: &'static str) -> AnyView {
    view! {
        <span class="grade">
            <svg class=disc_class(grade) viewBox="0 0 12 12" aria-hidden="true">
                <circle class="grade__ring" cx="6" cy="6" r="5"></circle>
                <path d=filled(grade)></path>
            </svg>
            {word}
        </span>
    }
    .into_any()
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
