//! Buttons that pin packages to the top of the table; which ones is kept for all visits.

use leptos::ev;
use leptos::prelude::*;

use crate::browser::choices;
use crate::browser::document;
use crate::component::icon::{Icon, icon};
use crate::component::markup::{Markup, element, spoken};
use crate::summary::versions::pins::{Pinned, Pins};

/// What the choice is kept under. Another name would lose the pins that there are.
const KEPT_AS: &str = "pins";

/// Where a button says whose it is.
const OF: &str = "data-pin";

/// The pins, as the person sees and changes them.
#[derive(Clone, Copy)]
pub(super) struct Pinning {
    pins: RwSignal<Pins>,
    /// What was done last, for those who do not see it.
    said: RwSignal<String>,
}

impl Pinning {
    /// The pins that are kept.
    pub(super) fn recall() -> Self {
        let pins = choices::recall(KEPT_AS).unwrap_or_default();
        Self { pins: RwSignal::new(Pins::from_text(&pins)), said: RwSignal::default() }
    }

    /// The pins; what reads them is made anew when they change.
    pub(super) fn get(self) -> Pins {
        self.pins.get()
    }

    /// Takes a click anywhere in the table: thousands of buttons need no listener each.
    pub(super) fn take(self, click: &ev::MouseEvent) {
        let Some(name) = document::clicked(click, OF) else { return };
        let pinned = self.pins.try_update(|pins| pins.toggle(&name));
        let done = match pinned {
            Some(Pinned::Yes) => " is pinned: it stands on top from now on.",
            _ => " is not pinned any more.",
        };
        let is_kept = choices::keep(KEPT_AS, &self.pins.with_untracked(Pins::to_text));
        let lost = " This browser forgets it when the page is closed.";
        self.said.set([name.as_str(), done, if is_kept { "" } else { lost }].concat());
        // The row is somewhere else after this turn, and another button is in it.
        request_animation_frame(move || document::focus_marked(OF, &name));
    }

    /// The sentence on what was done last.
    pub(super) fn status(self) -> impl IntoView {
        view! { <p class="versions__status soft" role="status">{self.said}</p> }
    }
}

/// The button of a package, within what the pins are provided to.
pub(super) fn button(name: &str) -> Markup {
    let pins = use_context::<Pinning>().map(|pinning| pinning.pins);
    let is_pinned = pins.is_some_and(|pins| pins.with_untracked(|pins| pins.has(name)));
    element("button", "version__pin")
        .attr("type", "button")
        .attr("aria-pressed", if is_pinned { "true" } else { "false" })
        .attr("title", if is_pinned { "Take the pin away" } else { "Pin to the top" })
        .attr(OF, name.to_owned())
        .child(icon(Icon::Pin))
        .child(spoken(["Pin ", name].concat()))
}
