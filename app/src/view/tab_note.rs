//! Says that the log is kept in this tab, and how to forget it.

use leptos::prelude::*;

use crate::tab::{Tab, TabState};
use crate::view::context::ViewContext;
use crate::view_state::Page;

/// What became of a log of the person's own; nothing of any other.
pub(super) fn note(view: ViewContext, tab: Tab) -> Option<AnyView> {
    let state = tab.state().get();
    let is_report = view.state().with(|state| state.page == Page::Report);
    if state == TabState::Nothing || !is_report {
        return None;
    }
    let clear = (state == TabState::Kept).then(|| {
        view! {
            <button class="button button--small" type="button" on:click=move |_| tab.clear()>
                "Clear"
            </button>
        }
    });
    Some(
        view! { <p class="file-choice soft" role="status">{state.sentence()} " " {clear}</p> }
            .into_any(),
    )
}
