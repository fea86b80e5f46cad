//! Opens links that hold a report, by a program that is loaded for them alone.

use std::sync::Arc;

use share::answer::Answer;

use crate::browser::task::{Program, TaskError, Tasks};
use crate::protocol;
use crate::session::{Origin, Session};
use crate::view_state::SharedLink;

/// Characters of the longest link that is opened; no browser keeps a longer one.
const MAX_LEN: usize = 2_000_000;

/// How long a link may take that is loaded with all that it needs. None of ours takes a second.
const LIMIT_MS: i32 = 10_000;

/// What opening a link comes to, with the bytes of the report if there is one.
pub async fn open(link: &SharedLink) -> (Session, Vec<u8>) {
    let bytes = match answer(link).await {
        Ok(bytes) => bytes,
        Err(message) => return (Session::failed(message), Vec::new()),
    };
    let session = match protocol::from_bytes(&bytes) {
        Some(Answer::Opened { report, level, warning }) => Session::Done {
            name: "Shared report".to_owned(),
            report: Arc::new(*report),
            origin: Origin::Link { level, warning: warning.map(Arc::from) },
        },
        Some(Answer::Locked) => Session::Locked,
        Some(Answer::Refused(message)) => return (Session::failed(message), Vec::new()),
        None => return (Session::failed(TaskError::NotLoaded.to_string()), Vec::new()),
    };
    (session, protocol::report_bytes(&bytes).to_vec())
}

/// The [`Answer`] to a link, in the form of postcard. The worker that finds it ends with this,
/// whatever comes of it.
///
/// # Errors
///
/// The sentence on why there is none: the link is too long, or the program cannot be had, stops,
/// or takes too long.
pub async fn answer(link: &SharedLink) -> Result<Vec<u8>, String> {
    if link.as_str().len() > MAX_LEN {
        return Err(TOO_LONG.to_owned());
    }
    run(link.as_str().as_bytes()).await.map_err(|error| error.to_string())
}

async fn run(link: &[u8]) -> Result<Vec<u8>, TaskError> {
    let tasks = Tasks::start()?;
    // However long the network takes to bring the program, the link has its own time.
    tasks.run(Program::OpenLink, &[]).await?;
    tasks.run_within(LIMIT_MS, Program::OpenLink, link).await
}

const TOO_LONG: &str = "This link is longer than any that holds a report, and was not looked at.";

#[cfg(test)]
mod tests {
    use analyzer::report::LinkLevel;

    use super::*;

    #[test]
    fn the_bytes_of_a_report_are_cut_out_of_the_answer() {
        let report = analyzer::Analyzer::default().finish();
        let (level, warning) = (LinkLevel::Full, Some("Cut.".to_owned()));
        let answer = Answer::Opened { report: Box::new(report.clone()), level, warning };
        let bytes = protocol::to_bytes(&answer).unwrap();
        assert_eq!(protocol::from_bytes(protocol::report_bytes(&bytes)), Some(report));
    }
}
