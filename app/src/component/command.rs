//! A command, or text for a configuration, ready to be copied.

use std::time::Duration;

use leptos::prelude::*;

use super::icon::{Icon, icon};
use super::markup::{Markup, element};
use crate::browser::clipboard;

/// How long the button says that it copied.
const COPIED: Duration = Duration::from_secs(2);

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
    let is_copied = RwSignal::new(false);
    let copy = move |_| {
        clipboard::write(&make());
        is_copied.set(true);
        set_timeout(move || is_copied.set(false), COPIED);
    };
    view! {
        <button class="button button--small command__copy" type="button" on:click=copy>
            {icon(Icon::Copy).view()}
            <span aria-live="polite">
                {move || if is_copied.get() { "Copied" } else { label }}
            </span>
            " "
            <span class="visually-hidden">{what}</span>
        </button>
    }
    .into_any()
}
