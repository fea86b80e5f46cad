//! The text of the log, with line numbers, and the way to any line.

use leptos::prelude::*;

use crate::browser::address;
use crate::client::{Client, LoadedLines};
use crate::component::virtual_list::{RowRange, VirtualList};
use crate::format;
use crate::view::context::{ViewContext, use_view};
use crate::view_state::{LineRange, LineWrap, Page, Section};

/// Lines are asked for in blocks of this size, so that scrolling asks seldom.
const BLOCK: u32 = 256;

/// The text of the log that the report is on.
#[component]
pub fn LogPanel(
    /// Lines of the log.
    n_lines: u32,
) -> impl IntoView {
    let view = use_view();
    let client = expect_context::<Client>();
    let visible = RwSignal::new(RowRange::default());
    load_visible(client, visible.into());
    let target = Memo::new(move |_| view.state().with(|state| state.lines));
    let is_wrapped =
        Memo::new(move |_| view.state().with(|state| state.line_wrap == LineWrap::Wrapped));
    // A link to the same line again scrolls there again.
    let target_row = Signal::derive(move || {
        view.visits().track();
        target.get().map(|lines| lines.first.min(n_lines).saturating_sub(1))
    });
    let rows = move || {
        let RowRange { first, end } = visible.get();
        let target = target.get();
        client.lines().with(|loaded| {
            (first + 1..=end).map(|line| row(line, loaded.get(line), target)).collect_view()
        })
    };
    view! {
        <div class="log">
            {toolbar(view, n_lines, target, is_wrapped)}
            <VirtualList
                n_rows=Signal::stored(n_lines)
                label="Log text"
                target=target_row
                is_wrapped
                visible
                rows=ViewFn::from(rows)
            />
        </div>
    }
}

fn toolbar(
    view: ViewContext,
    n_lines: u32,
    target: Memo<Option<LineRange>>,
    is_wrapped: Memo<bool>,
) -> impl IntoView {
    let go_to_line = move |text: String| {
        let Some(line) = text.trim().parse::<u32>().ok().filter(|line| *line >= 1) else { return };
        let line = line.min(n_lines);
        let mut state = view.state().get_untracked();
        state.page = Page::Report;
        state.section = Some(Section::Log);
        state.lines = Some(LineRange { first: line, last: line });
        view.visit(state);
    };
    let toggle_wrap = move |_| {
        view.replace(|state| {
            state.line_wrap = match state.line_wrap {
                LineWrap::Wrapped => LineWrap::Unwrapped,
                LineWrap::Unwrapped => LineWrap::Wrapped,
            }
        });
    };
    view! {
        <div class="log__toolbar">
            <label class="field">
                "Go to line"
                <input
                    class="field__input log__line-field"
                    inputmode="numeric"
                    autocomplete="off"
                    placeholder=["1 to ", &format::count(n_lines.into())].concat()
                    on:change:target=move |event| go_to_line(event.target().value())
                />
            </label>
            <button
                class="button"
                type="button"
                aria-pressed=move || is_wrapped.get().to_string()
                on:click=toggle_wrap
            >
                "Wrap lines"
            </button>
            <Show when=move || target.get().is_some() && view.came_by_link().get()>
                <button class="button" type="button" on:click=|_| address::back()>
                    "Back to where you were"
                </button>
            </Show>
        </div>
    }
}

/// One line. What it says is text and never becomes markup.
fn row(line: u32, text: Option<&str>, target: Option<LineRange>) -> impl IntoView + use<> {
    let number = line.to_string();
    let is_target = target.is_some_and(|lines| lines.contains(line));
    let class = if is_target { "log__row log__row--target" } else { "log__row" };
    let href = ["report/?section=log&line=", &number].concat();
    view! {
        <div class=class aria-current=is_target.then_some("true")>
            <a class="log__number" href=href tabindex="-1">{number}</a>
            <span class="log__text">{text.unwrap_or_default().to_owned()}</span>
        </div>
    }
}

/// Asks for the lines in view that are not there yet; one question at a time.
fn load_visible(client: Client, visible: Signal<RowRange>) {
    Effect::new(move || {
        let RowRange { first, end } = visible.get();
        let block_first = (first / BLOCK).saturating_sub(1) * BLOCK + 1;
        let is_settled = client.lines().with(|loaded| {
            // What came and does not reach far enough is all that there is.
            loaded.first == block_first || loaded.has(first + 1, end)
        });
        if end > first && !is_settled {
            client.ask_for_lines(block_first, 4 * BLOCK);
        }
    });
}

impl LoadedLines {
    /// The text of a line, if it is there.
    fn get(&self, line: u32) -> Option<&str> {
        let index = line.checked_sub(self.first)?;
        self.texts.get(index as usize).map(String::as_str)
    }

    /// Whether all lines from `first` to `last` are there.
    fn has(&self, first: u32, last: u32) -> bool {
        self.get(first).is_some() && self.get(last).is_some()
    }
}
