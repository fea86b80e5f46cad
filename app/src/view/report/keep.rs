//! The button that keeps a report on this device. Nothing is stored before it is pressed.

use std::sync::Arc;

use analyzer::Report;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::client::Client;
use crate::component::markup::element;
use crate::keeping::{self, Form};
use crate::view::context::ViewContext;

/// The button, or what takes its place once the report is kept.
pub(super) struct Keep {
    /// Whether the report comes from what is kept.
    pub(super) is_kept: bool,
    pub(super) view: AnyView,
}

/// How far keeping has come.
#[derive(Clone, PartialEq)]
enum Stage {
    NotKept,
    OnItsWay,
    Kept,
    /// It is not kept, for this reason.
    Refused(String),
}

/// The control for a report.
pub(super) fn keep(name: &str, report: &Arc<Report>, view: ViewContext) -> Keep {
    let is_kept = view.state().with_untracked(|state| state.kept.is_some());
    let stage = RwSignal::new(if is_kept { Stage::Kept } else { Stage::NotKept });
    let (name, report) = (name.to_owned(), report.clone());
    let client = expect_context::<Client>();
    let start = move || {
        let link = view.state().with_untracked(|state| state.link.clone());
        let form = link
            .map_or_else(|| Form::Bytes(client.last_report().bytes.to_vec().into()), Form::Link);
        let (name, report) = (name.clone(), report.clone());
        stage.set(Stage::OnItsWay);
        spawn_local(async move {
            let kept = keeping::keep(&report, name, form).await;
            stage.set(kept.map_or_else(Stage::Refused, |()| Stage::Kept));
        });
    };
    Keep { is_kept, view: control(stage, start) }
}

fn control(stage: RwSignal<Stage>, start: impl Fn() + 'static) -> AnyView {
    let said = move || match stage.get() {
        Stage::Kept => element("a", "").attr("href", "history/").text("Kept on this device").view(),
        Stage::Refused(why) => element("span", "danger").text(why).view(),
        Stage::NotKept | Stage::OnItsWay => ().into_any(),
    };
    view! {
        <button
            class="button"
            type="button"
            hidden=move || stage.get() == Stage::Kept
            disabled=move || stage.get() == Stage::OnItsWay
            on:click=move |_| start()
        >
            "Keep on this device"
        </button>
        <span role="status">{said}</span>
    }
    .into_any()
}
