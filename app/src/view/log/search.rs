//! Searches the log: how many lines match, and the way from one to the next.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Panel, Source};
use crate::browser::document;
use crate::format;
use crate::log_reader::{LogReader, LogText, Towards};
use crate::protocol::lines::{Pattern, PatternKind};
use crate::view_state::FindKind;

/// What the log is searched for, if it is.
pub(super) fn pattern(panel: Panel) -> Option<Pattern> {
    panel.view.state().with(|state| {
        let kind = match state.in_log.kind {
            FindKind::Plain => PatternKind::Plain,
            FindKind::Regex => PatternKind::Regex,
        };
        (!state.in_log.find.is_empty()).then(|| Pattern { text: state.in_log.find.clone(), kind })
    })
}

/// Searches for what the address says, whenever it says something else.
pub(super) fn follow_address(panel: Panel) {
    let wanted = Memo::new(move |_| pattern(panel));
    Effect::new(move || {
        let text = panel.text.get();
        panel.found.set(None);
        panel.at_match.set(None);
        panel.said.set(String::new());
        panel.source.with_value(|it| it.reader.stop_searching());
        if let Some(pattern) = wanted.get() {
            panel.said.set("Searching…".to_owned());
            spawn_local(search(panel, text, pattern));
        }
    });
}

async fn search(panel: Panel, text: LogText, pattern: Pattern) {
    let Some(Source { reader, .. }) = panel.source.try_get_value() else { return };
    let said = panel.said;
    let total = LogReader::n_bytes(&text).max(1);
    let tell = move |read: u64| {
        let share = format::count(read.saturating_mul(100) / total);
        let _ = said.try_set(["Searching… ", &share, " %"].concat());
    };
    let found = reader.search(&text, pattern.clone(), Rc::new(tell)).await;
    // What was given up meanwhile has an answer that nobody waits for.
    let is_wanted =
        panel.view.state().try_with_untracked(|state| state.in_log.find == pattern.text);
    if is_wanted != Some(true) {
        return;
    }
    match found {
        Ok(found) if found.n_lines == 0 => said.set("No line matches.".to_owned()),
        Ok(found) => {
            panel.found.set(Some(Arc::new(found)));
            go(panel, Towards::Next);
        }
        Err(sentence) => said.set(sentence),
    }
}

/// Goes to the next line that matches, from the last one or else from what is in view.
fn go(panel: Panel, towards: Towards) {
    let found = panel.found.get_untracked();
    let (Some(found), Some(pattern)) = (found, untrack(|| pattern(panel))) else { return };
    let top = i64::from(panel.text_row(panel.visible.get_untracked().first)) - 1;
    let from = panel.at_match.get_untracked().map_or(top, |at| i64::from(at.row));
    let (Source { reader, .. }, text) = (panel.source.get_value(), panel.text.get_untracked());
    spawn_local(async move {
        match reader.next(&text, (&pattern, &found), from, towards).await {
            Ok(Some(at)) => {
                // The panel may have been left meanwhile.
                if panel.at_match.try_set(Some(at)).is_some() {
                    return;
                }
                panel.go_to(at.row);
                document::bring_into_view(".log [role='region']");
                let said = [&format::count(at.ordinal), " of ", &lines(found.n_lines)].concat();
                let _ = panel.said.try_set(said);
            }
            Ok(None) => {}
            Err(sentence) => _ = panel.said.try_set(sentence),
        }
    });
}

fn lines(n_lines: u64) -> String {
    format::counted(n_lines, "line", "lines")
}

/// The field, what came of it, and the way on.
pub(super) fn bar(panel: Panel) -> AnyView {
    let state = panel.view.state();
    let find = move |text: String| panel.view.replace(|state| state.in_log.find = text);
    let is_regex = move || state.with(|state| state.in_log.kind == FindKind::Regex);
    let toggle = move |_| {
        panel.view.replace(|state| {
            state.in_log.kind = match state.in_log.kind {
                FindKind::Plain => FindKind::Regex,
                FindKind::Regex => FindKind::Plain,
            }
        });
    };
    let step = move |label: &'static str, towards: Towards| {
        view! {
            <button
                class="button"
                type="button"
                disabled=move || panel.found.with(Option::is_none)
                on:click=move |_| go(panel, towards)
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="log__toolbar" role="search" aria-label="Search the log">
            <label class="field">
                "Find in the log "
                <input
                    class="field__input"
                    type="search"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || state.with(|state| state.in_log.find.clone())
                    on:change:target=move |event| find(event.target().value())
                    on:keydown:target=move |event| {
                        if event.key() == "Enter" && event.target().value() == state.with_untracked(|it| it.in_log.find.clone()) {
                            go(panel, if event.shift_key() { Towards::Previous } else { Towards::Next });
                        }
                    }
                />
            </label>
            <button
                class="button"
                type="button"
                aria-pressed=move || is_regex().to_string()
                on:click=toggle
            >
                "Regular expression"
            </button>
            {step("Previous match", Towards::Previous)}
            {step("Next match", Towards::Next)}
            <span role="status">{panel.said}</span>
        </div>
    }
    .into_any()
}
