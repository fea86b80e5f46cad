//! The dialog that hands a report to others: what they get, and what they do not.

mod fit;
mod levels;
mod making;
mod private;
mod send;
mod show;

use leptos::html;
use leptos::prelude::*;

use crate::browser::document;
use crate::client::Client;
use crate::component::markup::{Child, Markup, element};
use crate::session::Session;
use crate::view::context::use_view;
use crate::view_state::Page;
use making::{Making, Masked};

/// Shows the dialog while the address asks for it and there is a report.
#[component]
pub fn ShareDialog() -> impl IntoView {
    let view = use_view();
    let client = expect_context::<Client>();
    let making = Making::new(view, client);
    let dialog = NodeRef::<html::Dialog>::new();
    let is_open = Memo::new(move |_| {
        let is_asked =
            view.state().with(|state| state.share.is_some() && state.page == Page::Report);
        is_asked && client.session().with(|session| matches!(session, Session::Done { .. }))
    });
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if is_open.get() {
            document::open(Some(&dialog));
            making.start();
        } else {
            making.stop();
            dialog.close();
        }
    });
    view! {
        <dialog
            class="share"
            aria-labelledby="share-title"
            node_ref=dialog
            on:close=move |_| view.end_share()
        >
            {move || is_open.get().then(|| contents(making).into_any())}
        </dialog>
    }
}

/// A button that opens the dialog.
pub(super) fn share_button() -> AnyView {
    let view = use_view();
    view! {
        <button class="button button--first" type="button" on:click=move |_| view.share()>
            "Share"
        </button>
    }
    .into_any()
}

fn contents(making: &'static Making) -> Child {
    let left = element("div", "share__column")
        .child(levels::levels(making))
        .child(private::private(making))
        .child(send::password(making));
    let right = element("div", "share__column")
        .child(fit::fit(making))
        .child(show::preview(making))
        .child(show::code(making));
    [
        head(making),
        element("div", "share__body").child(left).child(right),
        send::files(making),
        send::link(making),
    ]
    .into()
}

fn head(making: &'static Making) -> Markup {
    let close = button("button button--bare", "Close".into(), Box::new(|| making.view.end_share()));
    element("header", "share__head")
        .child(element("h2", "").attr("id", "share-title").text("Share this report"))
        .child(close)
}

/// A part of the dialog with its heading; `id` is that of the heading.
fn part(id: &'static str, title: &'static str) -> Markup {
    element("section", "share__part")
        .attr("aria-labelledby", id)
        .child(element("h3", "").attr("id", id).text(title))
}

/// Something that changes. Its type is the same for all that do: each type of view costs bytes.
fn live(make: Box<dyn Fn() -> Child + Send>) -> AnyView {
    view! { {move || make()} }.into_any()
}

/// A button, also of one type.
fn button(class: &'static str, label: Child, act: Box<dyn Fn()>) -> AnyView {
    view! {
        <button class=class type="button" on:click=move |_| act()>
            {label}
        </button>
    }
    .into_any()
}

/// A box or a disc to tick.
struct Tick {
    /// `checkbox` or `radio`.
    form: &'static str,
    /// How much of what it stands for is chosen.
    chosen: Box<dyn Fn() -> Masked + Send + Sync>,
    /// Whether it has the focus when the dialog opens.
    is_first: bool,
    /// Changes the choice.
    act: Box<dyn Fn()>,
}

impl Tick {
    fn view(self) -> AnyView {
        let Self { form, chosen, is_first, act } = self;
        let chosen = Signal::derive(chosen);
        view! {
            <input
                type=form
                name="share"
                autofocus=is_first
                prop:checked=move || chosen.get() == Masked::All
                prop:indeterminate=move || chosen.get() == Masked::Some
                on:change=move |_| act()
            />
        }
        .into_any()
    }
}
