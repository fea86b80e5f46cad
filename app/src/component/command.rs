//! A command, or text for a configuration, ready to be copied.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::icon::{Icon, icon};
use super::markup::{Markup, element};
use crate::browser::clipboard;

/// How long the button says that it copied.
const COPIED: Duration = Duration::from_secs(2);

/// What it says where the browser refuses; the text stands beside it, to be selected.
const DENIED: &str = "Not allowed";

/// Shows a command with a button that copies it; `what` says what is copied, as in `command`.
pub fn command(text: impl Into<String>, what: &'static str) -> Markup {
    let text = text.into();
    element("div", "command")
        .child(element("code", "command__text").text(text.clone()))
        .child(copy_button(move || text.clone(), "Copy", what))
}

/// A button that copies the text that `make` makes; `what` says what is copied to those who do
/// not see where the button stands.
pub fn copy_button(
    make: impl Fn() -> String + 'static,
    label: &'static str,
    what: &'static str,
) -> AnyView {
    let said = RwSignal::new(label);
    let copy = move |_| {
        let text = make();
        spawn_local(async move {
            // The button may be gone meanwhile.
            let say = move |words| {
                said.try_set(words);
            };
            if clipboard::copy(&text).await {
                say("Copied");
                set_timeout(move || say(label), COPIED);
            } else {
                say(DENIED);
            }
        });
    };
    view! {
        <button class="button button--small command__copy" type="button" on:click=copy>
            {icon(Icon::Copy).view()}
            <span aria-live="polite">{said}</span>
            " "
            <span class="visually-hidden">{what}</span>
        </button>
    }
    .into_any()
}
