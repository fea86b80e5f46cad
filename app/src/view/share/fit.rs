//! Whether the link fits where people post links.

use analyzer::report::LinkLevel;
use leptos::prelude::*;

use super::making::{MAX_LINK_LEN, Making};
use super::{levels, live, part};
use crate::component::icon::{Icon, icon_in};
use crate::component::markup::{Child, Markup, element};
use crate::format;

/// Characters that a message, a post or a comment may have.
const LIMITS: [(&str, usize); 4] =
    [("Discord", 2000), ("Slack", 4000), ("Discourse", 32_000), ("GitHub", 65_536)];

/// The length of the link beside each limit.
pub(super) fn fit(making: &'static Making) -> Markup {
    let body = move || match making.link.with(|link| link.as_ref().map(|link| link.len())) {
        None => Child::from(element("p", "soft").text("The link is being made…")),
        Some(len) => lengths(making, len),
    };
    part("share-fit", "Will it fit?").child(live(Box::new(body)))
}

fn lengths(making: &'static Making, len: usize) -> Child {
    let length = element("p", "")
        .child(element("span", "share__length").text(format::count(len as u64)))
        .text(" characters");
    let carried = making.carried().filter(|level| *level < making.level()).map(|level| {
        let words =
            ["This is more than a link can hold. It carries what ", levels::name(level), " says."];
        element("p", "share__problem").text(words.concat())
    });
    let rows = LIMITS.map(|(place, limit)| row(making, len, place, limit));
    let problem = (len > MAX_LINK_LEN).then(|| {
        let smaller = smaller(making, MAX_LINK_LEN);
        let sentence = ["No browser opens a link as long as this. ", &smaller].concat();
        element("p", "share__problem").text(sentence)
    });
    (length, carried, problem, element("ul", "share__limits").children(rows)).into()
}

fn row(making: &'static Making, len: usize, place: &'static str, limit: usize) -> Markup {
    let (sign, words) = if len <= limit {
        (icon_in("good", Icon::Good), "fits".to_owned())
    } else {
        (icon_in("warning", Icon::Warning), ["too long. ", &smaller(making, limit)].concat())
    };
    element("li", "")
        .child(element("span", "").text(place))
        .child(element("span", "share__count").text(format::count(limit as u64)))
        .child(element("span", "share__fits").child(sign).child(element("span", "").text(words)))
}

/// Which smaller level would fit.
fn smaller(making: &'static Making, limit: usize) -> String {
    let chosen = making.level();
    let mut smaller = LinkLevel::ALL.into_iter().rev().filter(|level| *level < chosen);
    // What a password adds is the same for each.
    let added = making.added_len();
    let fits = |level: &LinkLevel| making.length(*level).is_some_and(|len| len + added <= limit);
    match smaller.find(fits) {
        Some(level) => [levels::name(level), " fits."].concat(),
        None if chosen == LinkLevel::Verdict => String::new(),
        None => "No level fits.".to_owned(),
    }
}
