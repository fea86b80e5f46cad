//! What failed, causes before consequences.

use super::Draft;
use super::english::count;
use super::sentence::sentence;
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
    use FailureClass as Class;
    match class {
        Class::Activation | Class::UnitFailed => "services-on-switch#failed",
        Class::Network => "binary-caches#no-answer",
        Class::DiskFull => "garbage-collection#full",
        Class::Unfree => "unfree-and-cuda#allow",
        Class::HashMismatch => "hash-mismatch#mismatch",
        Class::Killed | Class::OutOfMemory | Class::Timeout => "failed-builds#resources",
        Class::Collision => "profiles-and-collisions#what-to-do",
        Class::Insecure | Class::Broken => "evaluation-errors#refused",
        Class::Assertion => "evaluation-errors#assertion",
        Class::InfiniteRecursion => "evaluation-errors#recursion",
        Class::MissingAttribute => "evaluation-errors#missing",
        Class::Evaluation => "evaluation-errors#from-the-end",
        Class::Lock => "failed-builds#lock",
        Class::BuilderExit | Class::Dependency | Class::Other => "failed-builds#first",
    }
}
