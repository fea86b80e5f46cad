//! What is private in the report, and what of it is left out.

use leptos::prelude::*;
use share::making::{Group, Private};

use super::making::{Choice, Making, Phase};
use super::{Tick, live, part};
use crate::component::markup::{Child, Markup, element, quoted, spoken};
use crate::component::progress_bar::ProgressBar;
use crate::format;

/// What was found, with a box for each thing and each kind.
pub(super) fn private(making: &'static Making) -> Markup {
    let is_scanning = Memo::new(move |_| {
        making.phase.with(|phase| match phase {
            Phase::Scanning { .. } => Shown::Scanning,
            Phase::Looking => Shown::Looking,
            Phase::Ready => Shown::Found,
            Phase::Failed(_) => Shown::Failed,
        })
    });
    let body = move || match is_scanning.get() {
        Shown::Scanning => scanning(making),
        Shown::Looking => element("p", "soft").text("Looking for what is private…").into(),
        Shown::Found => found(making),
        Shown::Failed => failed(making),
    };
    part("share-private", "What is left out").child(live(Box::new(body)))
}

/// Which of these is shown, apart from how far it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Scanning,
    Looking,
    Found,
    Failed,
}

fn scanning(making: &'static Making) -> Child {
    let bytes = move || match making.phase.get() {
        Phase::Scanning { done, total } => (done, Some(total)),
        _ => (0, None),
    };
    let done = Signal::derive(move || bytes().0);
    let total = Signal::derive(move || bytes().1);
    let bar = view! { <ProgressBar label="Bytes of the log looked at" done total/> };
    let sentence = "Looking through the log for names of people and machines. \
                    Close this dialog to stop.";
    (element("p", "soft").text(sentence), bar.into_any()).into()
}

fn failed(making: &'static Making) -> Child {
    let Phase::Failed(sentence) = making.phase.get_untracked() else { return Child::nothing() };
    element("p", "share__problem").attr("role", "alert").text(sentence).into()
}

fn found(making: &'static Making) -> Child {
    let found = making.found.get_untracked();
    if found.groups.is_empty() {
        return element("p", "").text(NOTHING).into();
    }
    let groups = found.groups.iter().enumerate();
    let groups = groups.map(|(index, group)| kind(making, index, group));
    [
        element("p", "soft").text(MASKED),
        element("ul", "share__kinds").children(groups),
        element("p", "soft").text(LOOK),
    ]
    .into()
}

const NOTHING: &str = "Nothing private was found. Read the preview all the same: only what has \
                       a known form or stands in a known place is found.";

const MASKED: &str = "This was found and is masked, before anything is packed into the link. \
                      Untick what may be seen.";

const LOOK: &str = "Read the preview all the same: only what has a known form or stands in a \
                    known place is found.";

fn kind(making: &'static Making, index: usize, group: &Group) -> Markup {
    let count = group.items.iter().map(|item| u64::from(item.count)).sum();
    let label = element("label", "share__kind")
        .child(tick(making, Choice::Group(index)))
        .child(element("b", "").text(group.label.clone()))
        .child(places(count));
    let items = group.items.iter().enumerate();
    let items = items.map(|(item, it)| thing(making, Choice::Item(index, item), it));
    element("li", "")
        .child(label)
        .child(element("p", "share__detail").text(group.sentence.clone()))
        .child(element("ul", "").children(items))
}

fn thing(making: &'static Making, choice: Choice, item: &Private) -> Markup {
    let words = element("span", "share__thing")
        .child(quoted(item.text.clone()))
        .child(element("span", "soft").attr("aria-hidden", "true").text(" → "))
        .child(spoken(" becomes "))
        .child(quoted(item.replacement.clone()));
    let label = element("label", "share__item")
        .child(tick(making, choice))
        .child(words)
        .child(places(item.count.into()));
    element("li", "").child(label)
}

fn places(count: u64) -> Markup {
    element("span", "share__count").text(format::counted(count, "place", "places"))
}

/// A box that is ticked for what is masked.
fn tick(making: &'static Making, choice: Choice) -> AnyView {
    let tick = Tick {
        form: "checkbox",
        chosen: Box::new(move || making.masked(choice)),
        is_first: false,
        act: Box::new(move || making.toggle(choice)),
    };
    tick.view()
}
