//! The root view: what is shown where, and what the whole window listens to.

pub mod context;
pub mod landing;
pub mod reading;
pub mod report;

use std::sync::Arc;

use analyzer::Report;
use leptos::ev;
use leptos::prelude::*;

use crate::browser::address::Address;
use crate::browser::document;
use crate::browser::files::Input;
use crate::client::Client;
use crate::intake::Intake;
use crate::session::Session;
use crate::view_state::Page;
use context::ViewContext;
use landing::{Landing, Notice};
use reading::Reading;
use report::ReportView;

/// The app.
#[component]
pub fn App() -> impl IntoView {
    let view = ViewContext::start();
    let client = Client::start();
    let intake = Intake::start(view, client);
    provide_context(view);
    provide_context(client);
    provide_context(intake);

    let is_over = RwSignal::new(false);
    listen_to_links(view);
    listen_to_drops(intake, is_over);
    let _ = window_event_listener(ev::paste, move |event| take_paste(intake, &event));

    let announcement = Memo::new(move |_| client.session().with(Session::announcement));
    let shown = Memo::new(move |_| shown(view, client));
    view! {
        <p class="visually-hidden" role="status">{announcement}</p>
        {move || match shown.get() {
            Shown::Landing(notice) => view! { <Landing notice is_over/> }.into_any(),
            Shown::Reading => view! { <Reading/> }.into_any(),
            Shown::Report { name, report } => view! { <ReportView name report/> }.into_any(),
        }}
    }
}

/// What the page shows, apart from how far reading has come.
#[derive(Clone, PartialEq)]
enum Shown {
    Landing(Notice),
    Reading,
    Report { name: String, report: Arc<Report> },
}

fn shown(view: ViewContext, client: Client) -> Shown {
    if let Some(newer) = view.newer().get() {
        return Shown::Landing(Notice::NewerLink(newer));
    }
    if view.state().with(|state| state.page) == Page::Analyze {
        return Shown::Landing(Notice::None);
    }
    client.session().with(|session| match session {
        Session::Empty => Shown::Landing(Notice::NothingLoaded),
        Session::Reading { .. } => Shown::Reading,
        Session::Done { name, report } => {
            Shown::Report { name: name.clone(), report: report.clone() }
        }
        Session::NotALog { name, sentence } => {
            Shown::Landing(Notice::NotALog { name: name.clone(), sentence: sentence.clone() })
        }
        Session::Failed { message, .. } => Shown::Landing(Notice::Failed(message.clone())),
    })
}

/// Links between the pages of the app change what is looked at; all others are left alone.
fn listen_to_links(view: ViewContext) {
    let _ = window_event_listener(ev::popstate, move |_| view.read_address());
    let _ = window_event_listener(ev::click, move |event| {
        let Some(href) = document::followed_link(&event) else { return };
        if Address::of_link(&href).is_some_and(|address| view.follow(&address)) {
            event.prevent_default();
        }
    });
}

/// Files can be dropped anywhere.
fn listen_to_drops(intake: Intake, is_over: RwSignal<bool>) {
    let _ = window_event_listener(ev::dragover, move |event| {
        // Without this the browser opens the file in place of the page.
        event.prevent_default();
        is_over.set(true);
    });
    let _ = window_event_listener(ev::dragleave, move |event| {
        // It comes for every element that is left; only the window has nothing behind it.
        if event.related_target().is_none() {
            is_over.set(false);
        }
    });
    let _ = window_event_listener(ev::drop, move |event| {
        event.prevent_default();
        is_over.set(false);
        if let Some(data) = event.data_transfer() {
            intake.hand_in(Input::from_transfer(&data));
        }
    });
}

/// Text and files can be pasted anywhere but into a field that is for something else.
fn take_paste(intake: Intake, event: &ev::ClipboardEvent) {
    if document::is_in_search_field(event) {
        return;
    }
    let inputs = event.clipboard_data().map(|data| Input::from_transfer(&data));
    let Some(inputs) = inputs.filter(|inputs| !inputs.is_empty()) else { return };
    event.prevent_default();
    intake.hand_in(inputs);
}
