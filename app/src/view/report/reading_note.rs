//! The note beside the verdict: how to read the page, and for whom it is written.

use analyzer::report::Grade;
use leptos::prelude::*;

use crate::browser::document;
use crate::component::grade::grade;
use crate::summary::time::{grade_meaning, grade_word};
use crate::view::article::level_switch;

/// How to read the page.
pub(super) fn reading_note() -> AnyView {
    view! {
        <aside class="margin-note" aria-label="Explained: reading this page">
            <details class="fold" open=document::is_wide()>
                <summary>"What does this mean?"</summary>
                <div class="margin-note__body">
                    {level_switch()} <h2 class="margin-note__title">"Reading this page"</h2>
                    <p class="level level--new">
                        "A rebuild works out what your configuration needs, fetches or builds it, and switches the running system to it."
                    </p>
                    <p class="level level--knows">
                        "Everything here is read from the log alone. What Nix plans is told from what it did."
                    </p>
                    <p>
                        "Every " <span class="evidence">"123"</span>
                        " is a line of your log: press it to see the proof. A disc says how sure a time is."
                    </p>
                    {grades()}
                </div>
            </details>
        </aside>
    }
    .into_any()
}

/// What the grades mean.
fn grades() -> AnyView {
    let item = |of: Grade| {
        view! {
            <dt>{grade(of, grade_word(of))}</dt>
            <dd>{grade_meaning(of)}</dd>
        }
        .into_any()
    };
    let grades = [Grade::Stamped, Grade::Stated, Grade::Bounded, Grade::Unknown];
    view! { <dl class="grades">{grades.map(item).collect_view()}</dl> }.into_any()
}
