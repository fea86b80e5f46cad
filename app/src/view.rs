//! The root view: what is shown where, and what the whole window listens to.

pub mod article;
pub mod compare;
pub mod context;
pub mod history;
pub mod keys;
pub mod landing;
pub mod later;
pub mod log;
mod opening;
mod parts;
pub mod reading;
pub mod report;
pub mod share;
mod tab_note;

use std::sync::Arc;

use ::share::link::seal::Sealed;
use analyzer::Report;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::address::Address;
use crate::browser::clock;
use crate::browser::document::{self, Destination};
use crate::browser::files::Input;
use crate::browser::layout;
use crate::client::Client;
use crate::intake::Intake;
use crate::link;
use crate::pair::Pair;
use crate::session::{Attempt, Origin, Session};
use crate::tab::Tab;
use crate::values::Values;
use crate::view_state::{Page, Section, ViewState};
use context::{ViewContext, use_view};
use keys::Keys;
use landing::{Landing, Notice};
use later::{Arrivals, later};
use reading::Reading;

/// The app.
#[component]
pub fn App() -> impl IntoView {
    let view = ViewContext::start();
    let client = Client::start();
    let tab = Tab::new(client);
    provide_context(tab);
    let intake = Intake::start(view, client);
    let arrivals = Arrivals::start();
    provide_context(view);
    provide_context(arrivals);
    provide_context(client);
    provide_context(intake);
    let pair = Pair::start(intake);
    provide_context(pair);

    let is_over = RwSignal::new(false);
    listen_to_links(view);
    listen_to_drops(is_over);
    let hand_in = handing_in();
    let _ = window_event_listener(ev::paste, move |event| take_paste(hand_in, &event));

    let announcement = Memo::new(move |_| match view.state().with(|state| state.page) {
        Page::Compare => pair.announcement(),
        Page::Analyze | Page::Report | Page::History => {
            client.session().with(Session::announcement)
        }
    });
    Effect::new(move || document::mark_current(view.state().with(|state| state.page.entry())));
    let shown = Memo::new(move |_| shown(view, client));
    let own = Signal::derive(move || shown.with(|shown| values(view, shown)));
    move_focus(view, shown, arrivals);
    preload(view);
    view! {
        <p class="visually-hidden" role="status">{announcement}</p>
        {move || file_choice(view, intake)}
        {move || tab_note::note(view, tab)}
        {move || match shown.get() {
            Shown::History => later(parts::history),
            Shown::Landing(notice) => view! { <Landing notice is_over/> }.into_any(),
            Shown::Compare => later(move |place| parts::compare(place, is_over)),
            Shown::Reading => view! { <Reading/> }.into_any(),
            Shown::Opening => opening::opening(),
            Shown::Locked { sealed, last } => opening::locked(intake, &sealed, last),
            Shown::Report { name, report, origin } => {
                later(move |place| parts::report(place, name.clone(), report.clone(), origin.clone()))
            }
        }}
        {once_asked(view, |state| state.article.is_some(), move || later(move |place| parts::article_pane(place, own)))}
        {once_asked(view, |state| state.share.is_some(), || later(parts::share_dialog))}
        <Keys/>
    }
}

/// A part that stays once the address has asked for it.
fn once_asked(
    view: ViewContext,
    is_asked: impl Fn(&ViewState) -> bool + Send + Sync + 'static,
    part: impl Fn() -> AnyView + Send + 'static,
) -> impl IntoView {
    let was_asked =
        Memo::new(move |was: Option<&bool>| was == Some(&true) || view.state().with(&is_asked));
    move || was_asked.get().then(&part)
}

/// Loads what shows a report while the log is read.
fn preload(view: ViewContext) {
    let is_report = Memo::new(move |_| view.state().with(|state| state.page == Page::Report));
    Effect::new(move || {
        if is_report.get() {
            // A failure is said where the report would stand.
            spawn_local(async {
                // That the log is read is shown first.
                clock::next_task().await;
                drop(parts::preload_report().await);
                drop(parts::preload_timeline().await);
                drop(parts::preload_log().await);
            });
        }
    });
}

/// What the page shows, apart from how far reading has come.
#[derive(Clone, PartialEq)]
enum Shown {
    History,
    Landing(Notice),
    Compare,
    Reading,
    Opening,
    Locked { sealed: Arc<Sealed>, last: Attempt },
    Report { name: String, report: Arc<Report>, origin: Origin },
}

fn shown(view: ViewContext, client: Client) -> Shown {
    if let Some(fault) = view.fault().get() {
        return Shown::Landing(Notice::Address(fault));
    }
    match view.state().with(|state| state.page) {
        Page::Analyze => return Shown::Landing(Notice::None),
        Page::Compare => return Shown::Compare,
        Page::History => return Shown::History,
        Page::Report => {}
    }
    client.session().with(|session| match session {
        Session::Empty => Shown::Landing(Notice::NothingLoaded),
        Session::Reading { .. } => Shown::Reading,
        Session::Opening => Shown::Opening,
        Session::Locked { sealed, last } => Shown::Locked { sealed: sealed.clone(), last: *last },
        Session::Done { name, report, origin } => {
            Shown::Report { name: name.clone(), report: report.clone(), origin: origin.clone() }
        }
        Session::Listing { name, report } => {
            let origin = Origin::Log;
            Shown::Report { name: name.clone(), report: report.clone(), origin }
        }
        Session::NotALog { name, sentence } => {
            Shown::Landing(Notice::NotALog { name: name.clone(), sentence: sentence.clone() })
        }
        Session::Failed { message, .. } => Shown::Landing(Notice::Failed(message.clone())),
    })
}

/// The numbers of the run that is looked at.
fn values(view: ViewContext, shown: &Shown) -> Option<Values> {
    let Shown::Report { report, .. } = shown else { return None };
    let run = view.state().with(|state| state.run);
    Some(Values::of(report.clone(), run as usize))
}

/// Chooses among files that were handed in together.
fn file_choice(view: ViewContext, intake: Intake) -> Option<impl IntoView> {
    let names = intake.batch().get().names;
    let is_own = view
        .state()
        .with(|state| state.page == Page::Report && state.sample.is_none() && state.kept.is_none());
    if names.len() < 2 || !is_own {
        return None;
    }
    let chosen = view.state().with(|state| state.file);
    let option = |(index, name): (usize, String)| {
        view! { <option value=index.to_string() selected=index == chosen as usize>{name}</option> }
    };
    let other = if chosen as usize + 1 < names.len() { chosen + 1 } else { chosen - 1 };
    let compare = link::to_comparison(chosen.min(other), Some(chosen.max(other)));
    let label = if names.len() == 2 { "Compare both" } else { "Compare with another" };
    let choose = move |value: String| {
        let file = value.parse().unwrap_or(0);
        view.go(ViewState { page: Page::Report, file, ..ViewState::default() });
    };
    Some(view! {
        <p class="file-choice">
            <label class="field">
                "File "
                <select
                    class="field__select"
                    on:change:target=move |event| choose(event.target().value())
                >
                    {names.into_iter().enumerate().map(option).collect_view()}
                </select>
            </label>
            <a class="button" href=compare>{label}</a>
        </p>
    })
}

/// When the page shows something else, the focus goes to its heading; when the person asks for
/// a section, to the heading of the section. Who goes on by themselves while parts of the page are
/// still on their way is not taken back.
fn move_focus(view: ViewContext, shown: Memo<Shown>, arrivals: Arrivals) {
    let place = move || {
        let state = view.state().get_untracked();
        match (state.section, state.lines) {
            (Some(Section::Log), Some(_)) => document::go_to_part("log", "[role='region']"),
            (Some(section), _) => document::go_to(section.slug()),
            // The article beside the report takes it when its text is there.
            (None, _) if state.article.as_deref().and_then(content::place).is_some() => {}
            (None, _) => document::go_to("main"),
        }
    };
    // What is shown now is in the document after this turn, or when its part is loaded.
    let is_due = StoredValue::new(false);
    let are_awaited = arrivals.are_awaited();
    let place_once = move || {
        if is_due.get_value() && !are_awaited.get_untracked() {
            is_due.set_value(false);
            place();
        }
    };
    listen_to_moves(move || {
        if are_awaited.get_untracked() {
            is_due.set_value(false);
        }
    });
    Effect::new(move |before: Option<(std::mem::Discriminant<Shown>, u32)>| {
        let now = (shown.with(std::mem::discriminant), view.visits().get());
        are_awaited.track();
        // On the first load the focus stays where the browser has it, unless for a section.
        let is_first = before.is_none();
        let has_section = view.state().with_untracked(|state| state.section.is_some());
        let is_report = shown.with_untracked(|shown| matches!(shown, Shown::Report { .. }));
        if before != Some(now) && (!is_first || (has_section && is_report)) {
            is_due.set_value(true);
        }
        if is_due.get_value() {
            request_animation_frame(place_once);
        }
        now
    });
}

/// Calls back when the person goes elsewhere in the page: by keys, by hand, or by focus.
fn listen_to_moves(moved: impl Fn() + Copy + 'static) {
    let _ = window_event_listener(ev::focusin, move |_| moved());
    let _ = window_event_listener(ev::pointerdown, move |_| moved());
    let _ = window_event_listener(ev::wheel, move |_| moved());
    let _ = window_event_listener(ev::keydown, move |event| {
        if layout::scroll_key(&event).is_some() {
            moved();
        }
    });
}

/// Links between the pages of the app change what is looked at; all others are left alone.
fn listen_to_links(view: ViewContext) {
    let _ = window_event_listener(ev::popstate, move |_| view.come_back());
    let _ = window_event_listener(ev::click, move |event| {
        let is_followed = match document::destination(&event) {
            Some(Destination::Part(id)) => {
                document::skip_to(&id);
                true
            }
            Some(Destination::Address(href)) => {
                Address::of_link(&href).is_some_and(|address| view.follow(&address))
            }
            None => false,
        };
        if is_followed {
            event.prevent_default();
        }
    });
}

/// Files can be dropped anywhere.
fn listen_to_drops(is_over: RwSignal<bool>) {
    let hand_in = handing_in();
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
            hand_in(Input::from_transfer(&data), &event);
        }
    });
}

/// What is done with inputs that an event brings.
fn handing_in() -> impl Fn(Vec<Input>, &ev::Event) + Copy {
    let view = use_view();
    let (intake, pair) = (expect_context::<Intake>(), expect_context::<Pair>());
    move |inputs, event| match view.state().with_untracked(|state| state.page) {
        Page::Compare => pair.hand_in(inputs, compare::side_of(event)),
        Page::Analyze | Page::Report | Page::History => intake.hand_in(inputs),
    }
}

/// Text and files can be pasted anywhere but into a field that is for something else.
fn take_paste(hand_in: impl Fn(Vec<Input>, &ev::Event), event: &ev::ClipboardEvent) {
    if document::is_in_search_field(event) {
        return;
    }
    let inputs = event.clipboard_data().map(|data| Input::from_transfer(&data));
    let Some(inputs) = inputs.filter(|inputs| !inputs.is_empty()) else { return };
    event.prevent_default();
    hand_in(inputs, event);
}
