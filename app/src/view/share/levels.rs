//! How much the link is to carry.

use analyzer::report::LinkLevel;
use leptos::prelude::*;

use super::making::{Making, Masked};
use super::{Tick, live};
use crate::component::markup::{Child, Markup, element};
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
) -> Markup {
    // A password makes each longer by as much as is known only of the one that is encrypted.
    let length = move || {
        let len = making.length(level).filter(|_| making.password.with(String::is_empty));
        Child::from(len.map(|len| format::count(len as u64)))
    };
    let tick = Tick {
        form: "radio",
        chosen: Box::new(move || if making.level() == level { Masked::All } else { Masked::None }),
        is_first: making.view.state().with_untracked(|state| state.share == Some(level)),
        act: Box::new(move || making.view.replace(|state| state.share = Some(level))),
    };
    element("label", "share__choice")
        .child(tick.view())
        .child(element("b", "").text(name))
        .child(element("span", "share__count").child(live(Box::new(length))))
        .child(element("span", "share__detail").text(holds))
}
