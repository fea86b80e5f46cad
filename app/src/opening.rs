//! Opens links that hold a report, by a program that is loaded for them alone.

use std::sync::Arc;

use analyzer::report::LinkLevel;
use share::answer::{Answer, Request};
use share::link::seal::Sealed;

use crate::browser::clock;
use crate::browser::crypto::{self, Parameters};
use crate::browser::task::{Program, TaskError, Tasks};
use crate::protocol;
use crate::protocol::report::take_in_turns;
use crate::session::{Attempt, Origin, Session};
use crate::view_state::SharedLink;

/// Characters of the longest link that is opened; no browser keeps a longer one.
const MAX_LEN: usize = 2_000_000;

/// How long a link may take that is loaded with all that it needs. None of ours takes a second.
const LIMIT_MS: i32 = 10_000;

/// What opening a link comes to, with the bytes of the report if there is one.
pub async fn open(link: &SharedLink) -> (Session, Vec<u8>) {
    outcome(answer(link).await).await
}

/// What opening a link with its password comes to, as [`open`] says it. The password is kept
/// nowhere.
pub async fn unlock(sealed: Arc<Sealed>, password: String) -> (Session, Vec<u8>) {
    if !crypto::is_there() {
        return (Session::failed(NO_CRYPTO.to_owned()), Vec::new());
    }
    let Sealed { iterations, salt, nonce, .. } = *sealed;
    let parameters = Parameters { iterations, salt, nonce };
    match crypto::decrypt(&password, &parameters, &sealed.ciphertext).await {
        Some(frame) => outcome(ask(&Request::OpenDecrypted(frame)).await).await,
        None => (Session::Locked { sealed, last: Attempt::Wrong }, Vec::new()),
    }
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
    ask(&Request::Open(link.as_str().to_owned())).await
}

async fn ask(request: &Request) -> Result<Vec<u8>, String> {
    run(&protocol::to_bytes(request).unwrap_or_default()).await.map_err(|error| error.to_string())
}

async fn run(request: &[u8]) -> Result<Vec<u8>, TaskError> {
    let tasks = Tasks::start()?;
    // However long the network takes to bring the program, the link has its own time.
    tasks.run(Program::OpenLink, &[]).await?;
    tasks.run_within(LIMIT_MS, Program::OpenLink, request).await
}

async fn outcome(answer: Result<Vec<u8>, String>) -> (Session, Vec<u8>) {
    let bytes = match answer {
        Ok(bytes) => bytes,
        Err(message) => return (Session::failed(message), Vec::new()),
    };
    let session = match protocol::take(&bytes) {
        Some((Answer::Opened, report)) => match opened(report).await {
            Some(session) => return (session, report.to_vec()),
            None => Session::failed(TaskError::NotLoaded.to_string()),
        },
        Some((Answer::Locked(sealed), _)) => {
            Session::Locked { sealed: Arc::new(sealed), last: Attempt::None }
        }
        Some((Answer::Refused(message), _)) => Session::failed(message),
        None => Session::failed(TaskError::NotLoaded.to_string()),
    };
    (session, Vec::new())
}

/// The session of a report and what stands behind it in an answer.
async fn opened(report: &[u8]) -> Option<Session> {
    let (report, rest) = take_in_turns(report, clock::next_task).await?;
    let (level, warning): (LinkLevel, Option<String>) = protocol::from_bytes(rest)?;
    let origin = Origin::Link { level, warning: warning.map(Arc::from) };
    Some(Session::Done { name: "Shared report".to_owned(), report: Arc::new(report), origin })
}

const NO_CRYPTO: &str = "This report is encrypted, and the browser decrypts only on pages that come \
                         over HTTPS or from this machine.";

const TOO_LONG: &str = "This link is longer than any that holds a report, and was not looked at.";
