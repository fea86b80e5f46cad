//! The button that keeps a report on this device. Nothing is stored before it is pressed.

use std::sync::Arc;

use analyzer::Report;
use analyzer::report::LinkLevel;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::client::Client;
use crate::component::markup::element;
use crate::keeping::{self, Form};
use crate::session::{Origin, Session};
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
    /// It is kept; the sentence on what is left out, if anything is.
    Kept(&'static str),
    /// It is not kept, for this reason.
    Refused(String),
}

/// The control for a report.
pub(super) fn keep(name: &str, report: &Arc<Report>, view: ViewContext) -> Keep {
    let is_kept = view.state().with_untracked(|state| state.kept.is_some());
    let stage = RwSignal::new(if is_kept { Stage::Kept("") } else { Stage::NotKept });
    let (name, report) = (name.to_owned(), report.clone());
    let client = expect_context::<Client>();
    let start = move || {
        let link = view.state().with_untracked(|state| state.link.clone());
        let form = match (link, carried(client)) {
            (Some(link), Some(level)) => Form::Link(link, level),
            _ => Form::Bytes(client.last_report().bytes.to_vec().into()),
        };
        let (name, report) = (name.clone(), report.clone());
        stage.set(Stage::OnItsWay);
        spawn_local(async move {
            let kept = keeping::keep(&report, name, form).await;
            stage.set(kept.map_or_else(Stage::Refused, |level| Stage::Kept(left_out(level))));
        });
    };
    Keep { is_kept, view: control(stage, start) }
}

/// How much the link carries by which the report was opened.
fn carried(client: Client) -> Option<LinkLevel> {
    client.session().with_untracked(|session| match session {
        Session::Done { origin: Origin::Link { level, .. }, .. } => Some(*level),
        _ => None,
    })
}

/// What is not kept, where that is more than the log itself.
fn left_out(level: LinkLevel) -> &'static str {
    match level {
        LinkLevel::Full => "",
        LinkLevel::Changes => ": verdict, versions and inputs, without builds and failures",
        LinkLevel::Verdict => ": the verdict alone, without versions and builds",
    }
}

fn control(stage: RwSignal<Stage>, start: impl Fn() + 'static) -> AnyView {
    let said = move || match stage.get() {
        Stage::Kept(left_out) => element("span", "")
            .child(element("a", "").attr("href", "history/").text("Kept on this device"))
            .text(left_out)
            .view(),
        Stage::Refused(why) => element("span", "danger").text(why).view(),
        Stage::NotKept | Stage::OnItsWay => ().into_any(),
    };
    view! {
        <button
            class="button"
            type="button"
            hidden=move || matches!(stage.get(), Stage::Kept(_))
            disabled=move || stage.get() == Stage::OnItsWay
            on:click=move |_| start()
        >
            "Keep on this device"
        </button>
        <span role="status">{said}</span>
    }
    .into_any()
}
