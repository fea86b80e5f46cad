//! A button that opens and closes what follows it.

use leptos::prelude::*;

use super::markup::{Child, Text};

/// A button that opens and closes what follows it.
pub struct FoldButton {
    /// What it opens.
    pub title: Text,
    /// More on that, in words that stand back.
    pub detail: Text,
    /// Whether it is open.
    pub is_open: Signal<bool>,
    /// Opens and closes it.
    pub on_toggle: Callback<()>,
}

impl FoldButton {
    /// The button.
    pub fn view(self) -> Child {
        let Self { title, detail, is_open, on_toggle } = self;
        view! {
            <button
                class="fold__button"
                type="button"
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| on_toggle.run(())
            >
                <span>{title.into_owned()}</span>
                " "
                <span class="soft">{detail.into_owned()}</span>
            </button>
        }
        .into_any()
        .into()
    }
}
