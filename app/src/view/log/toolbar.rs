//! What stands above the log: where to go, and how lines are shown.

use leptos::prelude::*;

use super::{Panel, copy};
use crate::browser::address;
use crate::format;
use crate::view_state::{LineRange, LineWrap, Page, Section};

pub(super) fn toolbar(panel: Panel, n_lines: u32) -> AnyView {
    let view = panel.view;
    let is_wrapped = panel.is_wrapped();
    let toggle_wrap = move |_| {
        view.replace(|state| {
            state.line_wrap = match state.line_wrap {
                LineWrap::Wrapped => LineWrap::Unwrapped,
                LineWrap::Unwrapped => LineWrap::Wrapped,
            }
        });
    };
    let was_led = move || panel.target().is_some() && view.came_by_link().get();
    view! {
        <div class="log__toolbar">
            <label class="field">
                "Go to line"
                <input
                    class="field__input log__line-field"
                    inputmode="numeric"
                    autocomplete="off"
                    placeholder=["1 to ", &format::count(n_lines.into())].concat()
                    on:change:target=move |event| go_to_line(panel, n_lines, &event.target().value())
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
            {copy::button(panel)}
            <Show when=was_led>
                <button class="button" type="button" on:click=|_| address::back()>
                    "Back to where you were"
                </button>
            </Show>
        </div>
    }
    .into_any()
}

fn go_to_line(panel: Panel, n_lines: u32, text: &str) {
    let Some(line) = text.trim().parse::<u32>().ok().filter(|line| *line >= 1) else { return };
    let line = line.min(n_lines);
    let mut state = panel.view.state().get_untracked();
    state.page = Page::Report;
    state.section = Some(Section::Log);
    state.lines = Some(LineRange { first: line, last: line });
    panel.view.visit(state);
}
