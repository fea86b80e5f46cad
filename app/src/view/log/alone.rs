//! One derivation alone: its lines without those between them.

use analyzer::Report;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Panel, Source};
use crate::component::markup::{Child, element};
use crate::component::virtual_list::Jump;
use crate::format;
use crate::sorting;

/// A derivation that printed something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Printer {
    key: (u32, u32),
    name: String,
    drv: Option<String>,
    label: String,
}

/// More are not offered, those that printed most first.
const MAX_OFFERED: usize = 200;

/// Those of all runs.
pub(super) fn printers(report: &Report) -> Vec<Printer> {
    let mut all = Vec::new();
    for (run, of_run) in (0..).zip(&report.runs) {
        for (at, it) in (0..).zip(&of_run.derivations) {
            if it.log_lines > 0 {
                all.push((it.log_lines, (run, at), it));
            }
        }
    }
    let all = sorting::sorted(&all, |(one, ..), (other, ..)| other.cmp(one));
    let printer = |(n_lines, key, it): (u32, _, &analyzer::report::Derivation)| {
        let version = it.version.as_deref().map_or(String::new(), |it| [" ", it].concat());
        let n_lines = format::counted(n_lines.into(), "line", "lines");
        let label = [it.name.as_str(), &version, ", ", &n_lines].concat();
        Printer { key, name: it.name.clone(), drv: it.drv.clone(), label }
    };
    all.into_iter().take(MAX_OFFERED).map(printer).collect()
}

/// Shows the lines of the derivation that the address names.
pub(super) fn follow_choice(panel: Panel, printers: Vec<Printer>) {
    let chosen = Memo::new(move |_| panel.view.state().with(|state| state.in_log.alone));
    Effect::new(move |before: Option<Option<(u32, u32)>>| {
        let chosen = chosen.get();
        let printer = printers.iter().find(|it| Some(it.key) == chosen).cloned();
        match printer {
            Some(printer) => spawn_local(extract(panel, printer)),
            None if before.flatten().is_some() => show_whole(panel),
            None => {}
        }
        chosen
    });
}

fn show_whole(panel: Panel) {
    panel.loaded.update(super::loading::Loaded::clear);
    panel.text.set(panel.source.with_value(|it| it.whole.clone()));
}

async fn extract(panel: Panel, printer: Printer) {
    let Some(Source { reader, whole, .. }) = panel.source.try_get_value() else { return };
    let extracted = reader.extract(&whole, printer.name, printer.drv).await;
    let now = panel.view.state().try_with_untracked(|state| state.in_log.alone);
    if now.flatten() != Some(printer.key) {
        return;
    }
    match extracted {
        Ok(text) => {
            panel.loaded.update(super::loading::Loaded::clear);
            panel.text.set(text);
            panel.jump.set(Some(Jump::to(0)));
        }
        Err(sentence) => panel.problem.set(sentence),
    }
}

/// Where the derivation is chosen; nothing where no line is certainly of one.
pub(super) fn choice(panel: Panel, printers: Vec<Printer>) -> Child {
    if printers.is_empty() {
        return Child::nothing();
    }
    let state = panel.view.state();
    let key = |(run, at): (u32, u32)| [&run.to_string(), ".", &at.to_string()].concat();
    let option = move |printer: Printer| {
        let is_chosen = move || state.with(|state| state.in_log.alone == Some(printer.key));
        view! { <option value=key(printer.key) selected=is_chosen>{printer.label}</option> }
    };
    let choose = move |value: String| {
        let chosen = value.split_once('.');
        let chosen = chosen.and_then(|(run, at)| Some((run.parse().ok()?, at.parse().ok()?)));
        panel.view.update(|state| {
            state.in_log.alone = chosen;
            state.lines = None;
        });
    };
    let said = move || {
        let text = panel.text.get();
        text.numbers.is_some().then(|| {
            let lines = format::counted(text.n_lines.into(), "line", "lines");
            [lines.as_str(), if text.is_cut { CUT } else { ALONE }].concat()
        })
    };
    let select = view! {
        <label class="field">
            "Lines of "
            <select
                class="field__select"
                on:change:target=move |event| choose(event.target().value())
            >
                <option value="">"the whole log"</option>
                {printers.into_iter().map(option).collect_view()}
            </select>
        </label>
        <span role="status">{said}</span>
    };
    let folding = super::fold::choice(panel);
    element("div", "log__toolbar").child(select.into_any()).child(folding).into()
}

const ALONE: &str = " by themselves, as far as the log tells whose they are.";
const CUT: &str = " by themselves: the first 16 MB of what it printed.";
