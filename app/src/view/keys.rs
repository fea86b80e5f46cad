//! Keys that work on every page of the app, and the list of them.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use crate::browser::document::{self, Direction};
use crate::client::Client;
use crate::intake::Intake;
use crate::session::Session;
use crate::view::context::{ViewContext, use_view};
use crate::view_state::{Page, Section};

/// The keys, and what they do.
const KEYS: [(&str, &str); 9] = [
    ("Ctrl V", "read the text or the files on the clipboard"),
    ("/", "search"),
    ("j", "next section"),
    ("k", "previous section"),
    ("s", "share the report"),
    ("+ − ← → 0", "zoom and move the chart of time, once it has the focus"),
    ("Ctrl A, Ctrl C", "choose and copy all lines of the log, once it has the focus"),
    ("Esc", "close the article, or give up reading"),
    ("?", "these keys"),
];

/// Listens to the keys, and shows the list of them on `?`.
#[component]
pub fn Keys() -> impl IntoView {
    let view = use_view();
    let client = expect_context::<Client>();
    let intake = expect_context::<Intake>();
    let dialog = NodeRef::<html::Dialog>::new();
    let _ = window_event_listener(ev::keydown, move |event| {
        let Some(key) = document::shortcut(&event) else { return };
        let is_used = match key.as_str() {
            "/" => document::focus_first("main input[type='search']"),
            "?" => document::open(dialog.get_untracked().as_ref()),
            "j" => go_to_section(view, Direction::Next),
            "k" => go_to_section(view, Direction::Previous),
            "s" => share(view, client),
            "Escape" => escape(view, client, intake),
            _ => false,
        };
        if is_used {
            event.prevent_default();
        }
    });
    let item = |(key, meaning)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{meaning}</dd></div> };
    view! {
        <dialog class="keys" aria-labelledby="keys-title" node_ref=dialog>
            <h2 id="keys-title">"Keys"</h2>
            <dl>{KEYS.map(item)}</dl>
            <button
                class="button"
                type="button"
                on:click=move |_| {
                    if let Some(dialog) = dialog.get_untracked() {
                        dialog.close();
                    }
                }
            >
                "Close"
            </button>
        </dialog>
    }
}

/// Goes to a section without a step in the history for each on the way.
fn go_to_section(view: ViewContext, direction: Direction) -> bool {
    let Some(section) = document::neighbour_section(direction) else { return false };
    view.replace(|state| {
        state.section = Section::from_slug(&section);
        state.lines = None;
    });
    document::go_to(&section);
    true
}

fn share(view: ViewContext, client: Client) -> bool {
    let is_done = client.session().with_untracked(|it| matches!(it, Session::Done { .. }));
    let is_report = view.state().with_untracked(|state| state.page == Page::Report);
    if is_done && is_report {
        view.share();
    }
    is_done && is_report
}

fn escape(view: ViewContext, client: Client, intake: Intake) -> bool {
    // The dialog closes by itself, and nothing else with it.
    if view.state().with_untracked(|state| state.share.is_some()) {
        return false;
    }
    if view.state().with_untracked(|state| state.article.is_some()) {
        view.update(|state| state.article = None);
        return true;
    }
    let is_reading =
        client.session().with_untracked(|session| matches!(session, Session::Reading { .. }));
    if is_reading {
        intake.cancel();
    }
    is_reading
}
