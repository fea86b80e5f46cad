//! The text of the log, with line numbers, and the way to any line.

mod alone;
mod copy;
mod fold;
mod folds;
mod loading;
mod rows;
mod search;
mod toolbar;

use std::sync::Arc;

use analyzer::Report;
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;

use crate::browser::document;
use crate::browser::layout::{self, TextKey};
use crate::client::Client;
use crate::component::virtual_list::{Jump, RowRange, VirtualList};
use crate::log_reader::{Found, LogReader, LogText, Match};
use crate::protocol::lines::Printer;
use crate::view::context::{ViewContext, use_view};
use crate::view_state::{LineRange, LineWrap, Section};
use fold::Output;
use folds::Folds;
use loading::Loaded;

/// The text of the log that the report is on.
#[component]
pub fn LogPanel(
    /// What the log says.
    report: Arc<Report>,
) -> impl IntoView {
    let last = expect_context::<Client>().last_report();
    let n_lines = report.source.lines;
    let Some(blob) = last.text else {
        return view! { <p class="soft">{NO_TEXT}</p> }.into_any();
    };
    let text = LogText::new(blob, last.index, n_lines);
    let (all, printers) = StoredValue::new(report)
        .with_value(|report| (fold::printers(report), alone::printers(report)));
    let panel = Panel::new(text, all);
    loading::keep_loaded(panel);
    fold::follow_address(panel);
    alone::follow_choice(panel, printers.clone());
    search::follow_address(panel);
    panel.follow_lines();
    let visible = panel.visible;
    let n_rows = Signal::derive(move || match panel.folds.get() {
        Some(folds) => folds.n_rows,
        None => panel.text.with(|text| text.n_lines),
    });
    let is_wrapped = panel.is_wrapped();
    view! {
        <div
            class="log"
            on:click=move |event| {
                panel.extend_lines(&event);
                panel.take_click(&event);
            }
            on:keydown=move |event| panel.take_key(&event)
        >
            {toolbar::toolbar(panel, n_lines)}
            {alone::choice(panel, printers)}
            {search::bar(panel)}
            <p class="warning-line" role="alert" hidden=move || panel.problem.with(String::is_empty)>
                {panel.problem}
            </p>
            <VirtualList
                n_rows
                label="Log text"
                target=panel.jump
                is_wrapped
                visible
                rows=ViewFn::from(move || rows::rows(panel))
            />
        </div>
    }
    .into_any()
}

/// What is said of a saved report.
const NO_TEXT: &str = "The text of the log is not here: what was loaded is the report alone.";

/// Where lines come from.
#[derive(Clone)]
struct Source {
    reader: LogReader,
    /// All of the log.
    whole: LogText,
    output: Output,
    /// What is said of the last copy.
    copied: RwSignal<&'static str>,
}

/// What the parts of the panel share.
#[derive(Clone, Copy)]
struct Panel {
    view: ViewContext,
    source: StoredValue<Source, LocalStorage>,
    /// What is shown of it.
    text: RwSignal<LogText, LocalStorage>,
    /// Rows in the document.
    visible: RwSignal<RowRange>,
    /// The row to bring into view.
    jump: RwSignal<Option<Jump>>,
    /// What of it is folded; `None` if rows are those of the text.
    folds: RwSignal<Option<Arc<Folds>>>,
    loaded: RwSignal<Loaded>,
    /// What came of the search.
    found: RwSignal<Option<Arc<Found>>>,
    /// The match that was gone to last.
    at_match: RwSignal<Option<Match>>,
    /// What is said of the search.
    said: RwSignal<String>,
    /// Why lines cannot be shown.
    problem: RwSignal<String>,
}

impl Panel {
    fn new(text: LogText, printers: Vec<Printer>) -> Self {
        Self {
            view: use_view(),
            source: StoredValue::new_local(Source {
                reader: LogReader::default(),
                whole: text.clone(),
                output: Output::of(printers),
                copied: RwSignal::default(),
            }),
            text: RwSignal::new_local(text),
            visible: RwSignal::default(),
            jump: RwSignal::default(),
            folds: RwSignal::default(),
            loaded: RwSignal::default(),
            found: RwSignal::default(),
            at_match: RwSignal::default(),
            said: RwSignal::default(),
            problem: RwSignal::default(),
        }
    }

    fn is_wrapped(self) -> Memo<bool> {
        let state = self.view.state();
        Memo::new(move |_| state.with(|state| state.line_wrap == LineWrap::Wrapped))
    }

    /// The lines that were gone to.
    fn target(self) -> Option<LineRange> {
        self.view.state().with(|state| state.lines)
    }

    /// A link to the same line again scrolls there again.
    fn follow_lines(self) {
        let lines = Memo::new(move |_| self.target());
        Effect::new(move || {
            self.view.visits().track();
            if let Some(lines) = lines.get() {
                self.text.track();
                self.go_to_line(lines.first);
            }
        });
    }

    /// Brings a line into view, or the next one that is there.
    fn go_to_line(self, line: u32) {
        self.go_to(self.text.with_untracked(|text| text.row_of(line)));
    }

    /// The number of a line with Shift held leads from the lines that were gone to up to this one.
    fn extend_lines(self, click: &MouseEvent) {
        let Some(line) = document::clicked(click, "data-line") else { return };
        let Ok(line) = line.parse::<u32>() else { return };
        if !click.shift_key() {
            return;
        }
        click.prevent_default();
        self.view.replace(|state| {
            let start = state.lines.map_or(line, |lines| lines.first);
            state.section = Some(Section::Log);
            state.lines = Some(LineRange { first: start.min(line), last: start.max(line) });
        });
    }

    /// Chooses all lines, or copies those that were chosen, also where they are not in the document.
    fn take_key(self, event: &KeyboardEvent) {
        match layout::text_key(event, ".virtual-list") {
            Some(TextKey::ChooseAll) => self.choose_all(),
            // The browser copies what was selected by mouse.
            Some(TextKey::Copy) if self.target().is_some() && !document::has_selection() => {
                copy::copy(self);
            }
            _ => return,
        }
        event.prevent_default();
    }

    fn choose_all(self) {
        let ends = self.text.with_untracked(|text| {
            let last = text.n_lines.checked_sub(1)?;
            Some(LineRange { first: text.line_of(0), last: text.line_of(last) })
        });
        self.view.replace(|state| {
            state.section = Some(Section::Log);
            state.lines = ends;
        });
    }
}
