//! What failed, causes before consequences.

use super::Draft;
use super::english::count;
use crate::report::{Failure, FailureClass, Run, Severity};

/// More causes than these are counted.
const MAX_ROOTS: usize = 3;

/// A finding for each of the first causes.
pub(super) fn roots(run: &Run) -> Vec<Draft> {
    let roots: Vec<&Failure> = run.failures.iter().filter(|failure| failure.root).collect();
    let blocked = run.failures.len() - roots.len();
    let more = roots.len().saturating_sub(MAX_ROOTS);
    let mut drafts: Vec<Draft> = roots
        .iter()
        .filter(|failure| failure.class != FailureClass::UnitFailed)
        .take(MAX_ROOTS)
        .map(|failure| draft(failure))
        .collect();
    let because = if roots.len() > 1 { "these" } else { "that" };
    if let Some(last) = drafts.last_mut() {
        if more > 0 {
            last.text += " ";
            last.text += &count(more, "other", "others");
            last.text += " failed as well.";
        }
        if blocked > 0 {
            last.text += " ";
            last.text += &count(blocked, "other", "others");
            last.text += " failed only because of ";
            last.text += because;
            last.text += ".";
        }
    }
    drafts
}

fn draft(failure: &Failure) -> Draft {
    Draft {
        id: "root-failure",
        severity: Severity::Error,
        text: sentence(failure),
        article: Some(article(failure.class)),
        lines: failure.lines.clone(),
    }
}

/// Where it is explained what to do about a failure, as `slug#heading`.
pub(crate) fn article(class: FailureClass) -> &'static str {
    match class {
        FailureClass::Activation | FailureClass::UnitFailed => "reboot-or-not#failed-units",
        FailureClass::Network => "binary-caches#no-answer",
        FailureClass::DiskFull => "nix-store#disk",
        FailureClass::Unfree => "binary-caches#unfree",
        _ => "derivations-and-generations#when-it-fails",
    }
}

/// One sentence: what failed, and what that means.
fn sentence(failure: &Failure) -> String {
    let name = full_name(failure);
    let named = |with: &str, without: &str| match &name {
        Some(name) => format!("{name} {with}."),
        None => format!("{without}."),
    };
    match failure.class {
        FailureClass::BuilderExit => match failure.exit_code {
            Some(code) => named(
                &format!("could not be built: its builder exited with code {code}"),
                &format!("A builder exited with code {code}"),
            ),
            None => named("could not be built: its builder failed", "A builder failed"),
        },
        FailureClass::HashMismatch => named(
            "was downloaded, but is not what was expected: its hash differs",
            "A download is not what was expected: its hash differs",
        ),
        FailureClass::Killed => named("was killed while it was built", "A builder was killed"),
        FailureClass::OutOfMemory => {
            named("could not be built: the memory ran out", "The memory ran out")
        }
        FailureClass::DiskFull => named("could not be built: the disk is full", "The disk is full"),
        FailureClass::Timeout => {
            named("was given up: it took too long or was silent too long", "A build took too long")
        }
        FailureClass::Collision => named(
            "could not be built: two packages hold the same file",
            "Two packages hold the same file",
        ),
        FailureClass::Unfree => {
            named("is unfree, and the configuration does not allow that", "A package is unfree")
        }
        FailureClass::Insecure => {
            named("is marked as insecure, so it was not evaluated", "A package is insecure")
        }
        FailureClass::Broken => {
            named("is marked as broken, so it was not evaluated", "A package is broken")
        }
        FailureClass::InfiniteRecursion => {
            "A value is defined by itself: infinite recursion.".to_owned()
        }
        _ => stated(failure, name.as_deref()),
    }
}

/// For what has no better words, those of the log.
fn stated(failure: &Failure, name: Option<&str>) -> String {
    let message = failure.message.trim().trim_end_matches(['.', ':']);
    match name {
        Some(name) if !message.contains(name) => format!("{name}: {message}."),
        _ => {
            let mut chars = message.chars();
            let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
            format!("{first}{}.", chars.as_str())
        }
    }
}

fn full_name(failure: &Failure) -> Option<String> {
    let name = failure.name.as_ref()?;
    Some(match &failure.version {
        Some(version) => format!("{name}-{version}"),
        None => name.clone(),
    })
}
