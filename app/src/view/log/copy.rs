//! Copies lines, also those that are not in the document.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Panel, Source};
use crate::browser::clipboard;
use crate::format;

/// More lines are not copied at once: a clipboard is no place for them.
const MAX_LINES: u32 = 100_000;

/// Copies the lines that were gone to; shown when there are any.
pub(super) fn button(panel: Panel) -> AnyView {
    let count = move || panel.target().map_or(0, |lines| lines.last - lines.first + 1);
    let label = move || match count() {
        1 => "Copy the line".to_owned(),
        n => ["Copy ", &format::count(n.into()), " lines"].concat(),
    };
    view! {
        <Show when=move || panel.target().is_some()>
            <button class="button" type="button" on:click=move |_| copy(panel)>{label}</button>
            <span role="status">{said(panel)}</span>
        </Show>
    }
    .into_any()
}

/// Copies the lines that were gone to, and says what came of it.
pub(super) fn copy(panel: Panel) {
    let said = said(panel);
    said.set("");
    spawn_local(async move {
        let outcome = copied(panel).await;
        let _ = said.try_set(outcome);
    });
}

fn said(panel: Panel) -> RwSignal<&'static str> {
    panel.source.with_value(|source| source.copied)
}

async fn copied(panel: Panel) -> &'static str {
    let Some(lines) = untrack(|| panel.target()) else { return "" };
    let (Source { reader, .. }, text) = (panel.source.get_value(), panel.text.get_untracked());
    let first = text.row_of(lines.first);
    let count = text.row_of(lines.last).saturating_sub(first) + 1;
    if count > MAX_LINES {
        return "That is more than a clipboard can take: copy up to 100,000 lines at once.";
    }
    match reader.plain(&text, first, count).await {
        Ok(plain) if clipboard::copy(&plain).await => "Copied.",
        Ok(_) => {
            "The browser did not let this page use the clipboard. Select the text with the mouse \
             and press Ctrl C."
        }
        Err(_) => "The text could not be read.",
    }
}
