//! Buttons that hand on, as text, the changes that the table shows.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use share::exporting::{self, Selection};

use super::Reports;
use super::pinning::Pinning;
use crate::browser::task::{Program, Tasks};
use crate::browser::{clipboard, files};
use crate::client::Client;
use crate::format;
use crate::protocol;
use crate::summary::versions::selection;
use crate::view::context::ViewContext;
use crate::view::report::panel::{RowChoice, ShownRun};

/// How long the browser may take to begin with a file.
const SAVED: Duration = Duration::from_mins(1);

/// What can be done with the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Copy,
    Save,
}

/// A button: what is done, the form as the program knows it, its name, and the end of its files.
type Button = (Way, &'static str, &'static str, &'static str);

const BUTTONS: [Button; 4] = [
    (Way::Copy, "markdown", "Copy as Markdown", "md"),
    (Way::Save, "markdown", "Save as Markdown", "md"),
    (Way::Save, "csv", "Save as CSV", "csv"),
    (Way::Save, "json", "Save as JSON", "json"),
];

/// The buttons, with how much they hand on.
pub(super) fn export(
    run: &ShownRun,
    view: ViewContext,
    choice: RowChoice,
    pinning: Pinning,
    of: Reports,
) -> AnyView {
    let client = expect_context::<Client>();
    let run = run.clone();
    let shown = Memo::new(move |_| {
        let pins = pinning.get();
        let is_open = |slug: &str| view.state().with(|state| state.is_open(slug));
        let run_index = u32::try_from(run.index).unwrap_or(u32::MAX);
        let selection =
            choice.with(|search, sort| selection::of(&run, search, sort, &pins, is_open));
        Selection { run: run_index, ..selection }
    });
    let count = move || {
        let n = shown.with(selection::count);
        [&format::counted(n, "package", "packages"), " shown:"].concat()
    };
    let said = RwSignal::new(String::new());
    let button = move |(way, form, label, end): Button| {
        let of = of.clone();
        let start = move |_| {
            said.set(String::new());
            let report = match &of {
                Reports::Shown => client.last_report().bytes.to_vec().into(),
                Reports::Made(bytes) => bytes.clone(),
            };
            let selection = shown.get_untracked();
            spawn_local(async move {
                let outcome = match (text(form, &selection, &report).await, way) {
                    (Err(why), _) => why,
                    (Ok(text), Way::Copy) => copy(&text).await.to_owned(),
                    (Ok(text), Way::Save) => save(form, end, &text).to_owned(),
                };
                said.try_set(outcome);
            });
        };
        view! { <button class="button button--small" type="button" on:click=start>{label}</button> }
    };
    view! {
        <div
            class="versions__export"
            role="group"
            aria-labelledby="versions-shown"
            hidden=move || shown.with(selection::count) == 0
        >
            <span id="versions-shown">{count}</span>
            {BUTTONS.map(button)}
            <span role="status">{said}</span>
        </div>
    }
    .into_any()
}

async fn copy(text: &str) -> &'static str {
    if clipboard::copy(text).await { "Copied." } else { "The browser did not allow it." }
}

/// Asks for the text of what is shown.
async fn text(form: &str, selection: &Selection, report: &[u8]) -> Result<String, String> {
    let mut request = exporting::of_versions(form, selection);
    request.extend(report);
    let answer = async { Tasks::start()?.run(Program::Export, &request).await };
    let answer = answer.await.map_err(|error| error.to_string())?;
    protocol::from_bytes(&answer).unwrap_or_else(|| Err(NO_TEXT.to_owned()))
}

const NO_TEXT: &str = "This could not be written. Reload the page, and try again.";

fn save(form: &str, end: &str, text: &str) -> &'static str {
    let media_type = match form {
        "json" => "application/json",
        "csv" => "text/csv",
        _ => "text/markdown",
    };
    let Some(saving) = files::save(&["versions.", end].concat(), media_type, text) else {
        return NO_TEXT;
    };
    set_timeout(move || drop(saving), SAVED);
    "Saved."
}
