//! What is shown while a log is read: how far it has come, what it says so far, and Cancel.

use std::time::Duration;

use leptos::prelude::*;

use crate::client::Client;
use crate::component::progress_bar::ProgressBar;
use crate::format;
use crate::intake::Intake;
use crate::protocol::Progress;
use crate::session::Session;

/// The progress of reading.
#[component]
pub fn Reading() -> impl IntoView {
    let intake = expect_context::<Intake>();
    let session = expect_context::<Client>().session();
    let name = Memo::new(move |_| session.with(|session| session.name().to_owned()));
    let progress = Memo::new(move |_| session.with(progress));
    let so_far = Memo::new(move |_| verdict_so_far(&progress.get()));
    let is_silent = watch_for_silence(progress);
    let total = Signal::derive(move || progress.get().bytes_total);
    view! {
        <div class="reading">
            <h1>"Reading the log"</h1>
            <div class="reading__line">
                <span class="quoted">{name}</span>
                <span>{move || bytes_read(&progress.get())}</span>
                <button class="button button--small" type="button" on:click=move |_| intake.cancel()>
                    "Cancel"
                </button>
            </div>
            <ProgressBar
                label="Bytes read"
                done=Signal::derive(move || progress.get().bytes_read)
                total
            />
            <div class="reading__so-far">
                <p role="status"><strong>"So far: " {so_far}</strong></p>
                <p>{move || counts(&progress.get())}</p>
                <p role="status">{move || is_silent.get().then_some(SILENT)}</p>
            </div>
        </div>
    }
}

/// So long nothing needs to be heard on the slowest device. A worker that the system has ended says
/// nothing of it.
const SILENCE: Duration = Duration::from_secs(30);

const SILENT: &str = "Nothing was heard of the program that reads logs for half a minute. The \
                      system may have ended it, for want of memory: cancel, and try again or with \
                      a part of the log.";

/// Whether reading does not come on.
fn watch_for_silence(progress: Memo<Progress>) -> RwSignal<bool> {
    let is_silent = RwSignal::new(false);
    Effect::new(move |timer: Option<Option<TimeoutHandle>>| {
        progress.track();
        if let Some(timer) = timer.flatten() {
            timer.clear();
        }
        is_silent.set(false);
        set_timeout_with_handle(move || _ = is_silent.try_set(true), SILENCE).ok()
    });
    is_silent
}

fn progress(session: &Session) -> Progress {
    match session {
        Session::Reading { progress, .. } => *progress,
        _ => Progress::default(),
    }
}

/// The verdict so far, in words that seldom change: a screen reader says each of them.
fn verdict_so_far(progress: &Progress) -> &'static str {
    match progress {
        Progress { failures: 1.., .. } => "something failed.",
        Progress { builds_started: 1.., .. } => "building.",
        Progress { paths_copied: 1.., .. } => "fetching.",
        _ => "nothing yet.",
    }
}

/// `61.2 of 95.1 MB`
fn bytes_read(progress: &Progress) -> String {
    match progress.bytes_total {
        Some(total) => [&megabytes(progress.bytes_read), " of ", &megabytes(total), " MB"].concat(),
        None => [&megabytes(progress.bytes_read), " MB"].concat(),
    }
}

/// In whole numbers, since formatting of fractions alone is several kilobytes of program.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.saturating_add(50_000) / 100_000;
    [(tenths / 10).to_string(), (tenths % 10).to_string()].join(".")
}

/// `18 builds started, 633 paths copied, 1 failure, 668,204 lines`
fn counts(progress: &Progress) -> String {
    [
        format::counted(progress.builds_started.into(), "build started", "builds started"),
        format::counted(progress.paths_copied.into(), "path copied", "paths copied"),
        format::counted(progress.failures.into(), "failure", "failures"),
        format::counted(progress.lines.into(), "line", "lines"),
    ]
    .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_told_in_megabytes() {
        let mut progress = Progress { bytes_read: 61_249_999, ..Progress::default() };
        assert_eq!(bytes_read(&progress), "61.2 MB");
        progress.bytes_total = Some(95_150_000);
        assert_eq!(bytes_read(&progress), "61.2 of 95.2 MB");
    }

    #[test]
    fn counts_agree_with_their_nouns() {
        let progress = Progress { builds_started: 1, lines: 668_204, ..Progress::default() };
        let expected = "1 build started, 0 paths copied, 0 failures, 668,204 lines";
        assert_eq!(counts(&progress), expected);
    }

    #[test]
    fn failure_comes_before_all_else() {
        let progress = Progress { failures: 1, builds_started: 7, ..Progress::default() };
        assert_eq!(verdict_so_far(&progress), "something failed.");
        assert_eq!(verdict_so_far(&Progress::default()), "nothing yet.");
    }
}
