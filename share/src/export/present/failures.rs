//! What failed: the causes with the lines that show them, and what failed because of them.

use analyzer::report::{Failure, FailureClass, FailureDetails, Run};

use super::{evidence, first_line};
use crate::export::document::{Block, Mark, Phrase};
use crate::export::english::versioned;

/// Lines of the log that are shown of one failure.
const EXCERPT: usize = 12;
/// Names of consequences that are written out.
const CONSEQUENCES: usize = 8;

/// The failures of a run, or nothing.
pub(super) fn failures(run: &Run) -> Vec<Block> {
    if run.failures.is_empty() {
        return Vec::new();
    }
    let (roots, rest): (Vec<_>, Vec<_>) = run.failures.iter().partition(|failure| failure.root);
    let mut blocks = vec![Block::Heading(Phrase::own("Failures"))];
    blocks.extend(roots.into_iter().flat_map(cause));
    blocks.extend(consequences(&rest));
    blocks
}

fn cause(failure: &Failure) -> Vec<Block> {
    let what = Phrase::strong(class_name(failure.class));
    let what = subject(failure).map_or(what.clone(), |subject| what.and_own(": ").and_log(subject));
    let mut blocks = vec![Block::Verdict(vec![(Mark::Error, evidence(what, &failure.lines))])];
    blocks.extend(message(failure).map(Block::Paragraph));
    blocks.extend(details(&failure.details));
    // The lines of a mismatch are the two hashes, which stand in the details.
    if failure.details.got.is_none() {
        blocks.extend(excerpt(&failure.excerpt));
    }
    blocks
}

/// The message, unless the headline or the excerpt says the same.
fn message(failure: &Failure) -> Option<Phrase> {
    let message = first_line(&failure.message);
    let is_class = message.eq_ignore_ascii_case(class_name(failure.class));
    let is_unit = failure.unit.as_deref() == message.strip_suffix(" failed");
    let is_quoted = failure.excerpt.iter().any(|line| line.contains(message));
    (!is_class && !is_unit && !is_quoted).then(|| Phrase::log(message))
}

fn subject(failure: &Failure) -> Option<String> {
    let name = failure.name.as_deref().map(|name| versioned(name, failure.version.as_deref()));
    name.or_else(|| failure.unit.clone())
}

/// The end of the excerpt: an error stands below what led to it.
fn excerpt(lines: &[String]) -> Option<Block> {
    let start = lines.len().saturating_sub(EXCERPT);
    (!lines.is_empty()).then(|| Block::Excerpt(lines[start..].to_vec()))
}

fn details(details: &FailureDetails) -> Option<Block> {
    let named = [
        ("specified ", &details.specified),
        ("got       ", &details.got),
        ("signal ", &details.signal),
        ("at ", &details.position),
    ];
    let list: Vec<_> = named
        .into_iter()
        .filter_map(|(name, value)| Some(Phrase::own(name).and_log(value.as_deref()?)))
        .collect();
    (!list.is_empty()).then_some(Block::List(list))
}

fn consequences(failures: &[&Failure]) -> Option<Block> {
    if failures.is_empty() {
        return None;
    }
    let names: Vec<_> = failures.iter().filter_map(|failure| subject(failure)).collect();
    let start = Phrase::own(format!("{} more failed only because of that: ", failures.len()));
    let names = names.iter().map(String::as_str);
    Some(Block::Paragraph(start.and_names(names, CONSEQUENCES)))
}

fn class_name(class: FailureClass) -> &'static str {
    match class {
        FailureClass::BuilderExit => "Build failed",
        FailureClass::HashMismatch => "Hash mismatch",
        FailureClass::Killed => "Build was killed",
        FailureClass::OutOfMemory => "Out of memory",
        FailureClass::DiskFull => "Disk full",
        FailureClass::Timeout => "Timed out",
        FailureClass::Collision => "Two packages hold the same file",
        FailureClass::Unfree => "Unfree package",
        FailureClass::Insecure => "Insecure package",
        FailureClass::Broken => "Broken package",
        FailureClass::Assertion => "Assertion failed",
        FailureClass::Evaluation => "Evaluation failed",
        FailureClass::InfiniteRecursion => "Infinite recursion",
        FailureClass::MissingAttribute => "Missing attribute",
        FailureClass::Network => "Network",
        FailureClass::Lock => "Lock",
        FailureClass::Activation => "Switch failed",
        FailureClass::UnitFailed => "Unit failed",
        FailureClass::Dependency => "Dependency failed",
        FailureClass::Other => "Failed",
    }
}
