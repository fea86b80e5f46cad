//! The start page: a place for a log, samples, and how to make a better log.

mod better_logs;

use leptos::prelude::*;

use better_logs::better_logs;

use crate::component::file_drop::FileDrop;
use crate::intake::Intake;
use crate::sample::{SAMPLES, Sample, SampleEnd};
use crate::view::context::AddressFault;
use crate::view_state::NewerVersion;

/// Why the start page is shown in place of what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It was asked for.
    None,
    /// The address is that of a report, and this tab has no log.
    NothingLoaded,
    /// The address shows nothing.
    Address(AddressFault),
    /// What was handed in is not a log.
    NotALog {
        /// What the person knows it by.
        name: String,
        /// What it seems to be and what could be read.
        sentence: String,
    },
    /// What was handed in could not be read, for this reason.
    Failed(String),
}

/// The start page.
#[component]
pub fn Landing(
    /// Why it is shown.
    notice: Notice,
    /// Whether something is being dragged over the window.
    #[prop(into)]
    is_over: Signal<bool>,
) -> impl IntoView {
    let intake = expect_context::<Intake>();
    view! {
        <div class="landing">
            <h1>"What did that rebuild do?"</h1>
            {heading(notice)}
            <div class="landing__columns">
                <div>
                    <FileDrop
                        id="log-text"
                        label="Drop a log here, or paste it"
                        is_over
                        on_inputs=UnsyncCallback::new(move |inputs| intake.hand_in(inputs))
                    />
                    <p class="landing__privacy">
                        "The log is read in this page and stays on your machine. "
                        <a href="about/">"How to check that yourself"</a>
                    </p>
                </div>
                <section aria-labelledby="samples">
                    <h2 id="samples">"Or look at one of these"</h2>
                    <ul class="landing__samples" inner_html=samples_html()></ul>
                </section>
            </div>
            {better_logs().view()}
        </div>
    }
}

fn heading(notice: Notice) -> AnyView {
    let Some((title, text)) = said(notice) else {
        return view! { <p class="landing__intro" inner_html=INTRO></p> }.into_any();
    };
    view! {
        <div class="said">
            <p class="said__title">{title}</p>
            <p>{text}</p>
        </div>
    }
    .into_any()
}

/// The same sentence as in `index.html`, which shows it before the program is there.
const INTRO: &str = "Drop in the text of a <code>nixos-rebuild</code>. You get what changed, \
                     where the time went, what failed and whether to reboot, each with the line \
                     that proves it.";

/// Title and text of a notice.
fn said(notice: Notice) -> Option<(&'static str, String)> {
    Some(match notice {
        Notice::None => return None,
        Notice::NothingLoaded => ("No log is loaded in this tab", NOTHING_LOADED.to_owned()),
        Notice::Address(AddressFault::NoSuchPage) => {
            ("There is no such page", "The start page is here in its place.".to_owned())
        }
        Notice::Address(AddressFault::Newer(NewerVersion(version))) => (
            "This link was made by a newer version",
            ["It is of version ", &version.to_string(), ". Reload the page to be up to date."]
                .concat(),
        ),
        Notice::NotALog { name, sentence } => {
            ("This is not a rebuild log", [name.as_str(), ": ", &sentence].concat())
        }
        Notice::Failed(message) => ("This could not be read", message),
    })
}

const NOTHING_LOADED: &str = "A log stays in the tab that read it until the tab is closed or the log is cleared, and no address holds it. \
                              Hand it in again to see its report.";

/// The list of samples. It is HTML: all of it is written here, and markup in a string
/// takes a tenth of the program that builds the same elements one by one.
fn samples_html() -> String {
    SAMPLES.iter().map(sample_html).collect()
}

fn sample_html(sample: &Sample) -> String {
    let (class, end) = match sample.end {
        SampleEnd::Good => ("good", "Switched"),
        SampleEnd::Failed => ("danger", "Failed"),
    };
    [
        "<li><a href=\"",
        &sample.report_address(),
        "\"><strong>",
        sample.title,
        "</strong></a> <span class=\"",
        class,
        "\">",
        end,
        "</span><p>",
        sample.sentence,
        "</p><p class=\"landing__origin\">",
        sample.origin,
        "</p></li>",
    ]
    .concat()
}
