//! The ways into the parts of the page that load when they are asked for.
//!
//! What only these functions reach is not in what every visit loads.
#![expect(
    clippy::unnecessary_wraps,
    reason = "loading a part can fail, and what marks it adds that"
)]

use std::sync::Arc;

use analyzer::Report;
use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

use crate::session::Origin;
use crate::values::Values;
use crate::view::article::ArticlePane;
use crate::view::compare::Compare;
use crate::view::context::use_view;
use crate::view::history::History;
use crate::view::later::{Part, Place};
use crate::view::log::LogPanel;
use crate::view::report::{self, ReportView, ShownRun};
use crate::view::share::ShareDialog;

/// The report on a log.
#[wasm_split(report, fallible, preload(
    /// Loads it before it is needed.
    preload_report
))]
pub fn report(place: Place, name: String, report: Arc<Report>, origin: Origin) -> Part {
    Ok(place.show(|| view! { <ReportView name report origin/> }.into_any()))
}

/// The article beside the report.
#[wasm_split(report, fallible)]
pub fn article_pane(place: Place, values: Signal<Option<Values>>) -> Part {
    Ok(place.show(|| view! { <ArticlePane values/> }.into_any()))
}

/// The builds of a run beside each other, by the clock or else by lines.
#[wasm_split(time, fallible, preload(
    /// Loads it before it is needed.
    preload_timeline
))]
pub fn timeline(place: Place, run: ShownRun) -> Part {
    Ok(place.show(|| report::timeline(&run, use_view()).into_any()))
}

/// What the derivations of a run are made of.
#[wasm_split(time, fallible)]
pub fn tree(place: Place, run: ShownRun) -> Part {
    Ok(place.show(|| report::tree(&run).into_any()))
}

/// The text of the log.
#[wasm_split(log, fallible, preload(
    /// Loads it before it is needed.
    preload_log
))]
pub fn log(place: Place, report: Arc<Report>) -> Part {
    Ok(place.show(|| view! { <LogPanel report/> }.into_any()))
}

/// The dialog that hands the report to others.
#[wasm_split(share, fallible)]
pub fn share_dialog(place: Place) -> Part {
    Ok(place.show(|| view! { <ShareDialog/> }.into_any()))
}

/// Two inputs compared.
#[wasm_split(compare, fallible)]
pub fn compare(place: Place, is_over: RwSignal<bool>) -> Part {
    Ok(place.show(|| view! { <Compare is_over/> }.into_any()))
}

/// The reports that are kept on this device.
#[wasm_split(history, fallible)]
pub fn history(place: Place) -> Part {
    Ok(place.show(|| view! { <History/> }.into_any()))
}
