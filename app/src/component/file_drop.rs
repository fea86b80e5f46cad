//! The place where a log is handed in: dropped, pasted, picked or typed.

use leptos::ev;
use leptos::prelude::*;

use crate::browser::files::Input;

/// A text field that takes files as well. The whole window takes drops and pastes too:
/// this is the place that says so.
#[component]
pub fn FileDrop(
    /// Its id in the page.
    id: &'static str,
    /// What it asks for.
    label: &'static str,
    /// Whether something is being dragged over the window.
    #[prop(into)]
    is_over: Signal<bool>,
    /// Called with the logs that the person picked or typed.
    on_inputs: UnsyncCallback<Vec<Input>>,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let picker = NodeRef::<leptos::html::Input>::new();
    let read_text = move || {
        let input = text.with_untracked(|text| Input::from_text("typed text", text));
        on_inputs.run(input.into_iter().collect());
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            read_text();
        }
    };
    let label = move || if is_over.get() { "Let go to read it" } else { label };
    view! {
        <div class="file-drop" class:file-drop--over=is_over>
            <label class="file-drop__label" for=id>{label}</label>
            <textarea
                id=id
                class="file-drop__text"
                spellcheck="false"
                autocomplete="off"
                placeholder=EXAMPLE
                prop:value=text
                on:input:target=move |event| text.set(event.target().value())
                on:keydown=on_key
            ></textarea>
            <div class="file-drop__actions">
                <input
                    node_ref=picker
                    type="file"
                    multiple
                    hidden
                    on:change:target=move |event| {
                        on_inputs.run(Input::from_picker(&event.target()));
                    }
                />
                <button
                    class="button button--first"
                    type="button"
                    on:click=move |_| {
                        if let Some(picker) = picker.get_untracked() {
                            picker.click();
                        }
                    }
                >
                    "Choose files"
                </button>
                <button
                    class="button"
                    type="button"
                    disabled=move || text.with(|text| text.trim().is_empty())
                    on:click=move |_| read_text()
                >
                    "Read this text"
                </button>
                <span>"Several at once is fine: text or JSON, also packed (.gz, .zst, .xz, .bz2, .zip, .tar)"</span>
            </div>
        </div>
    }
}

const EXAMPLE: &str = "building the system configuration...
these 54 derivations will be built:
  /nix/store/…-ollama-0.6.0.drv";
