//! What Nix and the configuration warned of, each kind once.

use analyzer::report::Warning;
use leptos::prelude::*;

use super::panel::{ShownRun, nothing};
use crate::component::evidence::evidence;
use crate::format;
use crate::summary::warnings;

/// How many warnings there are.
pub(super) fn source(run: &ShownRun) -> AnyView {
    if run.warnings.is_empty() {
        return ().into_any();
    }
    let lines = format::counted(warnings::total(run), "line", "lines");
    [lines.as_str(), ", ", &format::length(&run.warnings), " different"].concat().into_any()
}

/// One entry a warning.
pub(super) fn body(run: &ShownRun) -> AnyView {
    if run.warnings.is_empty() {
        return nothing("No warning", "No line of the log warns of anything.", None);
    }
    view! { <ul class="warnings">{run.warnings.iter().map(entry).collect_view()}</ul> }.into_any()
}

fn entry(warning: &Warning) -> AnyView {
    let meaning = warnings::class_meaning(warning.class).map(|text| [" ", text].concat());
    view! {
        <li class="warnings__entry">
            <span class="warnings__count">{format::count(warning.count.into())} "×"</span>
            <div>
                <p>
                    <strong>{warnings::class_name(warning.class)} "."</strong>
                    {meaning}
                </p>
                <p class="warnings__text quoted">{warning.message.clone()}</p>
            </div>
            <span class="warnings__line">{evidence(&warning.lines)}</span>
        </li>
    }
    .into_any()
}
