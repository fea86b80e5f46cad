//! What is shown of a link before its report is there.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use share::link::seal::Sealed;

use crate::component::markup::element;
use crate::intake::Intake;
use crate::session::{Attempt, WRONG};

/// While the link is being opened.
pub(super) fn opening() -> AnyView {
    element("div", "locked")
        .child(element("h1", "verdict__title").text("Opening the shared report…"))
        .view()
}

/// Where the link needs a password.
pub(super) fn locked(intake: Intake, sealed: &Arc<Sealed>, last: Attempt) -> AnyView {
    let field = NodeRef::<html::Input>::new();
    let sealed = sealed.clone();
    let refusal = (last == Attempt::Wrong)
        .then(|| element("p", "warning-line").attr("role", "alert").text(WRONG).view());
    let heading = element("h1", "verdict__title").text("This report needs a password");
    let sentence = element("p", "").text(
        "Who made the link encrypted it. The password is used in this page alone, and kept nowhere.",
    );
    view! {
        <form
            class="locked"
            on:submit=move |event| {
                event.prevent_default();
                if let Some(field) = field.get_untracked() {
                    intake.unlock(sealed.clone(), field.value());
                }
            }
        >
            {heading.view()}
            {sentence.view()}
            {refusal}
            <div class="locked__field">
                <label class="field">
                    "Password"
                    <input
                        node_ref=field
                        class="field__input"
                        type="password"
                        autocomplete="off"
                        required
                    />
                </label>
                <button class="button button--first">"Open"</button>
            </div>
        </form>
    }
    .into_any()
}
