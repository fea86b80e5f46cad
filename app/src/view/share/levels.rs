//! How much the link is to carry.

use analyzer::report::LinkLevel;
use leptos::prelude::*;

use super::making::Making;
use crate::component::markup::{Markup, element};
use crate::format;

/// A level with its name and what it holds.
const LEVELS: [(LinkLevel, &str, &str); 3] = [
    (LinkLevel::Verdict, "Verdict", "The sentences and the figures."),
    (LinkLevel::Changes, "Changes", "Also which versions changed and which inputs moved."),
    (
        LinkLevel::Full,
        "Full",
        "Also builds, failures with what they printed, units, warnings and downloads. \
         Never the log itself.",
    ),
];

/// The name of a level.
pub(super) fn name(level: LinkLevel) -> &'static str {
    LEVELS[level as usize].1
}

/// A choice of one of them, each with its length.
pub(super) fn levels(making: &'static Making) -> Markup {
    element("fieldset", "share__levels")
        .child(element("legend", "").text("How much"))
        .children(LEVELS.map(|row| choice(making, row)))
}

fn choice(
    making: &'static Making,
    (level, name, holds): (LinkLevel, &'static str, &'static str),
) -> AnyView {
    let is_chosen = move || making.level() == level;
    // A password makes each longer by as much as is known only of the one that is encrypted.
    let length = move || {
        let len = making.length(level).filter(|_| making.password.with(String::is_empty));
        len.map(|len| format::count(len as u64))
    };
    view! {
        <label class="share__choice">
            <input
                type="radio"
                name="share-level"
                value=level.slug()
                prop:checked=is_chosen
                autofocus=making.view.state().with_untracked(|state| state.share == Some(level))
                on:change=move |_| making.view.replace(|state| state.share = Some(level))
            />
            <b>{name}</b>
            <span class="share__count">{length}</span>
            <span class="share__detail">{holds}</span>
        </label>
    }
    .into_any()
}
