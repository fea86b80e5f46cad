//! The page that sets two inputs beside each other: a place for each, and what differs.

use leptos::prelude::*;

use crate::browser::document;
use crate::component::file_drop::FileDrop;
use crate::component::printing::unfold_on_paper;
use crate::component::progress_bar::ProgressBar;
use crate::intake::Intake;
use crate::pair::{Outcome, Pair};
use crate::protocol::Progress;
use crate::sample::SAMPLES;
use crate::session::Session;
use crate::view::context::use_view;
use crate::view::report::comparison;
use crate::view_state::{Side, ViewState};

/// The page.
#[component]
pub fn Compare(
    /// Whether something is being dragged over the window.
    #[prop(into)]
    is_over: Signal<bool>,
) -> impl IntoView {
    let pair = expect_context::<Pair>();
    let view = use_view();
    document::set_title("Compare · Rebuildscope");
    unfold_on_paper();
    let swap = move |_| view.update(ViewState::swap_sides);
    let is_empty = move || view.state().with(|it| it.sides == [Side::Empty, Side::Empty]);
    view! {
        <div class="report compare">
            <h1>"Compare"</h1>
            <p class="panel__lede">
                "Two of: the log of a rebuild, a listing of store paths, a link to a report, a saved report."
            </p>
            <div class="compare__sides">
                {place(pair, 0, is_over)}
                <button class="button" type="button" disabled=is_empty on:click=swap>
                    "Swap old and new"
                </button>
                {place(pair, 1, is_over)}
            </div>
            {move || what_differs(pair)}
        </div>
    }
}

/// The side that an event happened in.
pub(super) fn side_of(event: &leptos::ev::Event) -> Option<usize> {
    let id = document::closest_id(event, ".compare__side")?;
    PLACES.iter().position(|place| place.id == id)
}

/// What a side is called.
struct Place {
    id: &'static str,
    name: &'static str,
    field: &'static str,
    label: &'static str,
}

const PLACES: [Place; 2] = [
    Place {
        id: "old",
        name: "Old",
        field: "old-text",
        label: "Drop the old one here, or paste it",
    },
    Place {
        id: "new",
        name: "New",
        field: "new-text",
        label: "Drop the new one here, or paste it",
    },
];

/// What stands in a place, apart from how far reading has come.
#[derive(Clone, PartialEq)]
enum Content {
    Empty,
    Reading(String),
    Read(String),
    Refused(String),
}

fn place(pair: Pair, index: usize, is_over: Signal<bool>) -> AnyView {
    let place = &PLACES[index];
    let content = Memo::new(move |_| pair.client(index).session().with(content));
    let body = move || match content.get() {
        Content::Empty => empty(pair, index, is_over, None),
        Content::Refused(sentence) => empty(pair, index, is_over, Some(sentence)),
        Content::Reading(name) => reading(pair, index, name),
        Content::Read(name) => read(pair, index, name),
    };
    view! {
        <section id=place.id class="compare__side" aria-labelledby=place.name>
            <h2 id=place.name>{place.name}</h2>
            {body}
        </section>
    }
    .into_any()
}

const LOCKED: &str = "This link asks for a password. Only links without one are compared.";

fn content(session: &Session) -> Content {
    match session {
        Session::Empty => Content::Empty,
        Session::Opening => Content::Reading("Shared report".to_owned()),
        Session::Locked { .. } => Content::Refused(LOCKED.to_owned()),
        Session::Reading { name, .. } => Content::Reading(name.clone()),
        Session::Done { name, .. } | Session::Listing { name, .. } => Content::Read(name.clone()),
        Session::NotALog { name, sentence } => {
            Content::Refused([name.as_str(), ": ", sentence].concat())
        }
        Session::Failed { message, .. } => Content::Refused(message.clone()),
    }
}

/// A place for an input, with the reason why the last one is not there.
fn empty(pair: Pair, index: usize, is_over: Signal<bool>, refusal: Option<String>) -> AnyView {
    let place = &PLACES[index];
    let hand_in = move |inputs: Vec<_>| {
        pair.hand_in(inputs, Some(index));
        go_to(index);
    };
    view! {
        {refusal.map(|sentence| view! { <p class="said">{sentence}</p> })}
        <FileDrop
            id=place.field
            label=place.label
            is_over
            on_inputs=UnsyncCallback::new(hand_in)
        />
        {others(pair, index)}
    }
    .into_any()
}

/// What else can be taken: files of this tab, and samples.
fn others(pair: Pair, index: usize) -> AnyView {
    let names = expect_context::<Intake>().batch().get_untracked().names;
    let files = (0..).zip(names).map(|(index, name)| (Side::File(index), name));
    let samples = SAMPLES.map(|it| (Side::Sample(it.id.to_owned()), it.title.to_owned()));
    let option = |(side, name): (Side, String)| {
        view! { <option value=side.to_value()>{name}</option> }.into_any()
    };
    let options = files.chain(samples).map(option).collect_view();
    let choose = move |value: String| {
        pair.put(index, Side::from_value(&value));
        go_to(index);
    };
    view! {
        <label class="field">
            "Or take "
            <select
                class="field__select"
                on:change:target=move |event| choose(event.target().value())
            >
                <option value="">"…"</option>
                {options}
            </select>
        </label>
    }
    .into_any()
}

fn reading(pair: Pair, index: usize, name: String) -> AnyView {
    let session = pair.client(index).session();
    let progress = Memo::new(move |_| {
        session.with(|session| match session {
            Session::Reading { progress, .. } => *progress,
            _ => Progress::default(),
        })
    });
    view! {
        <p class="quoted">{name}</p>
        <ProgressBar
            label="Bytes read"
            done=Signal::derive(move || progress.get().bytes_read)
            total=Signal::derive(move || progress.get().bytes_total)
        />
        {another(pair, index, "Cancel")}
    }
    .into_any()
}

fn read(pair: Pair, index: usize, name: String) -> AnyView {
    let words = move || match pair.outcome().get() {
        Outcome::Done(comparison) => comparison.sides[index].clone(),
        _ => String::new(),
    };
    view! {
        <p class="quoted">{name}</p>
        <p class="soft">{words}</p>
        {another(pair, index, "Take another")}
    }
    .into_any()
}

/// The button that empties a place.
fn another(pair: Pair, index: usize, label: &'static str) -> AnyView {
    let of = [" for ", PLACES[index].name].concat();
    let empty = move |_| {
        pair.put(index, Side::Empty);
        go_to(index);
    };
    view! {
        <button class="button button--small" type="button" on:click=empty>
            {label}
            <span class="visually-hidden">{of}</span>
        </button>
    }
    .into_any()
}

/// What had the focus in a place may be gone: its heading takes it.
fn go_to(index: usize) {
    request_animation_frame(move || document::go_to(PLACES[index].id));
}

fn what_differs(pair: Pair) -> AnyView {
    match pair.outcome().get() {
        Outcome::Waiting => ().into_any(),
        Outcome::Working => view! { <p class="compare__working">"Comparing…"</p> }.into_any(),
        Outcome::Failed(sentence) => view! { <p class="said">{sentence}</p> }.into_any(),
        Outcome::Done(comparison) => comparison::comparison(&comparison, use_view()),
    }
}
