//! The start page: a place for a log, samples, and how to make a better log.

use leptos::prelude::*;

use crate::component::file_drop::FileDrop;
use crate::intake::Intake;
use crate::sample::{SAMPLES, Sample, SampleEnd};
use crate::view_state::NewerVersion;

/// Why the start page is shown in place of what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It was asked for.
    None,
    /// The address is that of a report, and this tab has no log.
    NothingLoaded,
    /// The address was made by a newer version of the site.
    NewerLink(NewerVersion),
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
            {heading(&notice)}
            <div class="landing__columns">
                <div>
                    <FileDrop
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
                    <ul class="landing__samples">{SAMPLES.map(sample_item)}</ul>
                </section>
            </div>
            <section class="landing__better" aria-labelledby="better">
                <h2 id="better">"For a better log next time"</h2>
                <ol>{ADVICE.map(advice_item)}</ol>
            </section>
        </div>
    }
}

fn heading(notice: &Notice) -> impl IntoView + use<> {
    let said = said(notice);
    view! {
        <h1>"What did that rebuild do?"</h1>
        {match said {
            Some((title, text)) => view! {
                <div class="said">
                    <p class="said__title">{title}</p>
                    <p>{text}</p>
                </div>
            }
            .into_any(),
            None => view! {
                <p class="landing__intro">
                    "Drop in the text of a " <code>"nixos-rebuild"</code>
                    ". You get what changed, where the time went, what failed and whether to \
                     reboot, each with the line that proves it."
                </p>
            }
            .into_any(),
        }}
    }
}

/// Title and text of a notice.
fn said(notice: &Notice) -> Option<(String, String)> {
    let (title, text) = match notice {
        Notice::None => return None,
        Notice::NothingLoaded => ("No log is loaded in this tab", NOTHING_LOADED.to_owned()),
        Notice::NewerLink(NewerVersion(version)) => (
            "This link was made by a newer version",
            format!("It is of version {version}. Reload the page to get the newest version."),
        ),
        Notice::NotALog { name, sentence } => {
            ("This is not a rebuild log", format!("{name}: {sentence}"))
        }
        Notice::Failed(message) => ("This could not be read", message.clone()),
    };
    Some((title.to_owned(), text))
}

const NOTHING_LOADED: &str = "A log stays in the tab that read it, and no address holds it. \
                              Hand it in again to see its report.";

fn sample_item(sample: Sample) -> impl IntoView {
    let end = match sample.end {
        SampleEnd::Good => view! { <span class="good">"Switched"</span> },
        SampleEnd::Failed => view! { <span class="danger">"Failed"</span> },
    };
    view! {
        <li>
            <a href=sample.report_address()>
                <strong>{sample.title}</strong> " " {end}
            </a>
            <p>{sample.sentence}</p>
            <p class="landing__origin">{sample.origin}</p>
        </li>
    }
}

/// A way to a log that says more.
struct Advice {
    title: &'static str,
    reason: &'static str,
    command: &'static str,
}

const ADVICE: [Advice; 4] = [
    Advice {
        title: "With a time on every line",
        reason: "Nix prints no clock. The program ts adds one; it is in moreutils.",
        command: "sudo nixos-rebuild switch 2>&1 | ts '%FT%T%z' | tee upgrade.log",
    },
    Advice {
        title: "With sizes and phases",
        reason: "More detail than the terminal shows. The file is large and compresses well.",
        command: "sudo nixos-rebuild switch --log-format internal-json -v 2> upgrade.json",
    },
    Advice {
        title: "What happened last night",
        reason: "Automatic upgrades are in the journal, with times.",
        command: "journalctl -u nixos-upgrade.service -o short-iso --since yesterday",
    },
    Advice {
        title: "Only what changed",
        reason: "No log left? Two systems are enough for the table of versions.",
        command: "nix store diff-closures /run/booted-system /run/current-system",
    },
];

fn advice_item(advice: Advice) -> impl IntoView {
    view! {
        <li>
            <h3>{advice.title}</h3>
            <p>{advice.reason}</p>
            <pre class="landing__command"><code>{advice.command}</code></pre>
        </li>
    }
}
