//! Buttons that hand the changes to the person as text.

use std::time::Duration;

use leptos::prelude::*;

use crate::browser::files;
use crate::component::command::copy_button;
use crate::component::markup::{Child, element};
use crate::summary::versions::export::Form;
use crate::view::report::panel::ShownRun;

/// How long the browser may take to begin with a file.
const SAVED: Duration = Duration::from_mins(1);

/// Buttons to copy all changes as Markdown, and to save them in each form.
pub(super) fn export(run: &ShownRun) -> Child {
    let shown = run.clone();
    let copy = copy_button(move || Form::Markdown.text(&shown), "Copy as Markdown", "all versions");
    let forms = [Form::Markdown, Form::Csv, Form::Json];
    element("div", "versions__export")
        .attr("role", "group")
        .attr("aria-label", "All versions as text")
        .child(copy)
        .children(forms.map(|form| save_button(form, run.clone())))
        .into()
}

fn save_button(form: Form, run: ShownRun) -> AnyView {
    let save = move |_| {
        if let Some(saving) = files::save(form.file_name(), form.media_type(), &form.text(&run)) {
            set_timeout(move || drop(saving), SAVED);
        }
    };
    view! {
        <button class="button button--small" type="button" on:click=save>
            "Save as "
            {form.name()}
        </button>
    }
    .into_any()
}
