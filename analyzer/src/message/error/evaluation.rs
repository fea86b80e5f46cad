//! Errors of evaluation, and those that are neither an evaluation nor a build.

use super::{Problem, Quote, Role};
use crate::report::FailureClass;

/// Lines of an excerpt; the message of a module error can list definitions for pages.
const MAX_EXCERPT_LINES: usize = 20;

/// What a message says, by its words. The first match counts.
const CLASSES: [(&str, FailureClass); 36] = [
    ("infinite recursion encountered", FailureClass::InfiniteRecursion),
    ("stack overflow", FailureClass::InfiniteRecursion),
    ("has an unfree license", FailureClass::Unfree),
    ("is marked as insecure", FailureClass::Insecure),
    ("has some known vulnerabilities", FailureClass::Insecure),
    ("is marked as broken", FailureClass::Broken),
    ("is not available on the requested hostPlatform", FailureClass::Broken),
    ("Failed assertions:", FailureClass::Assertion),
    ("' in selection path '", FailureClass::MissingAttribute),
    ("does not provide attribute", FailureClass::MissingAttribute),
    ("attribute '", FailureClass::MissingAttribute),
    ("No space left on device", FailureClass::DiskFull),
    ("database or disk is full", FailureClass::DiskFull),
    ("out of memory", FailureClass::OutOfMemory),
    ("Cannot allocate memory", FailureClass::OutOfMemory),
    ("unable to download '", FailureClass::Network),
    ("failed to start SSH connection", FailureClass::Network),
    ("cannot connect to ", FailureClass::Network),
    ("Could not resolve host", FailureClass::Network),
    ("unexpected end-of-file", FailureClass::Network),
    ("flake.lock'", FailureClass::Lock),
    ("lock file", FailureClass::Lock),
    ("the big Nix store lock", FailureClass::Lock),
    ("error: collision between ", FailureClass::Collision),
    ("assertion '", FailureClass::Assertion),
    ("assertion (", FailureClass::Assertion),
    ("The option `", FailureClass::Evaluation),
    // Words of Nix about the machine that it runs on.
    ("program '", FailureClass::Other),
    ("program \"", FailureClass::Other),
    ("annot delete path '", FailureClass::Other),
    ("older than the current (", FailureClass::Other),
    ("no command specified", FailureClass::Other),
    ("unrecognised flag '", FailureClass::Other),
    ("creating symlink '", FailureClass::Other),
    ("creating directory '", FailureClass::Other),
    ("opening file '", FailureClass::Other),
];

/// Words that only the evaluator prints.
const EVALUATION_WORDS: [&str; 20] = [
    "evaluation aborted",
    "undefined variable '",
    "syntax error, unexpected",
    "is not equal to ",
    "cannot coerce ",
    "was not found in the Nix search path",
    "does not exist",
    "No such file or directory",
    "could not find a flake.nix file",
    "flake '",
    "called without required argument '",
    "called with unexpected argument '",
    "while a function was expected",
    "while a set was expected",
    "attempt to call something which is not a function",
    "division by zero",
    "Package ‘",
    "expected a ",
    "cannot find flake",
    "is not a valid ",
];

/// Reads any error that is not about a build.
pub(super) fn parse(lines: &[Quote]) -> Problem {
    let first = lines.first().map_or("", |quote| quote.text.as_str());
    if first.starts_with("interrupted by the user") {
        return Problem::new(Role::Interrupt, FailureClass::Other, first);
    }
    let start = message_start(lines);
    let text = message_text(lines, start);
    let (message, position) = split_position(&text);
    let has_trace =
        texts(lines).any(|line| line.starts_with("… ") || line.starts_with("while evaluating "));
    let position = position
        .map(str::to_owned)
        .or_else(|| position_after(lines, start))
        .or_else(|| last_position(lines));
    let class = class_of(message, lines, start);
    let is_evaluation = has_trace || position.is_some();
    let class = match class {
        None if is_evaluation || EVALUATION_WORDS.iter().any(|words| message.contains(words)) => {
            Some(FailureClass::Evaluation)
        }
        class => class,
    };
    let role = if class.is_some() { Role::Cause } else { Role::Unclear };
    let mut problem = Problem::new(role, class.unwrap_or(FailureClass::Other), message);
    problem.details.position = position;
    problem.excerpt = excerpt(lines, start);
    problem
}

/// Where the message itself begins: Nix 2.13 and later print the trace before it.
fn message_start(lines: &[Quote]) -> usize {
    if let Some(last) = lines.iter().rposition(|quote| quote.text.starts_with("error:")) {
        return last;
    }
    texts(lines).position(|line| !line.is_empty() && !line.starts_with("while ")).unwrap_or(0)
}

/// The first line of the message that has text.
fn message_text(lines: &[Quote], start: usize) -> String {
    let texts =
        texts(lines).skip(start).map(|line| line.strip_prefix("error:").unwrap_or(line).trim());
    let mut texts = texts.filter(|text| !text.is_empty());
    let first = texts.next().unwrap_or("");
    // What failed is on the lines after these words.
    if first == "Failed assertions:"
        && let Some(assertion) = texts.next()
    {
        return format!("{first} {}", assertion.trim_start_matches("- "));
    }
    first.to_owned()
}

// attribute 'fierfox' missing, at /corpus/eval.nix:20:70
// assertion (1 == 2) failed at /corpus/eval.nix:16:15
fn split_position(text: &str) -> (&str, Option<&str>) {
    match text.rsplit_once(" at ") {
        Some((message, place)) if is_position(place) => {
            (message.trim_end_matches(','), Some(place))
        }
        _ => (text, None),
    }
}

// at /corpus/eval.nix:20:70:
fn position(line: &str) -> Option<&str> {
    let place = line.trim().strip_prefix("at ")?.trim_end_matches(':');
    is_position(place).then_some(place)
}

/// `file:line:column`
fn is_position(text: &str) -> bool {
    let mut parts = text.rsplitn(3, ':');
    let mut is_number = || {
        parts
            .next()
            .is_some_and(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    };
    is_number() && is_number() && parts.next().is_some_and(|file| !file.is_empty())
}

fn position_after(lines: &[Quote], start: usize) -> Option<String> {
    texts(lines).skip(start).find_map(position).map(str::to_owned)
}

fn last_position(lines: &[Quote]) -> Option<String> {
    lines.iter().rev().find_map(|quote| position(&quote.text)).map(str::to_owned)
}

fn class_of(message: &str, lines: &[Quote], start: usize) -> Option<FailureClass> {
    // … while evaluating the condition of the assertion '(1 == 2)'
    if texts(lines).take(start).any(|line| line.contains("the condition of the assertion")) {
        return Some(FailureClass::Assertion);
    }
    let find = |text: &str| {
        CLASSES.iter().find(|(words, _)| text.contains(words)).map(|(_, class)| *class)
    };
    find(message).or_else(|| texts(lines).skip(start).take(3).find_map(find))
}

/// The message with what follows it, without the advice on traces.
fn excerpt(lines: &[Quote], start: usize) -> Vec<Quote> {
    let is_shown = |quote: &&Quote| {
        let text = plain(&quote.text);
        !text.trim().is_empty() && !text.starts_with('(')
    };
    let lines = lines.iter().skip(start).filter(is_shown).take(MAX_EXCERPT_LINES);
    lines.map(|quote| quote.part(|text| without_blank(plain(text)))).collect()
}

fn plain(line: &str) -> &str {
    line.strip_prefix("error:").unwrap_or(line).trim_end()
}

/// A single blank is what stood behind `error:`; more are an indent that means something.
fn without_blank(line: &str) -> &str {
    line.strip_prefix(' ').filter(|rest| !rest.starts_with(' ')).unwrap_or(line)
}

fn texts(lines: &[Quote]) -> impl Iterator<Item = &str> {
    lines.iter().map(|quote| quote.text.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::tests::problem;
    use super::*;

    #[track_caller]
    fn check(text: &str, class: FailureClass, message: &str, position: Option<&str>) {
        let problem = problem(text);
        assert_eq!(problem.role, Role::Cause, "{text}");
        assert_eq!(problem.class, class, "{text}");
        assert_eq!(problem.message, message);
        assert_eq!(problem.details.position.as_deref(), position);
    }

    #[test]
    fn the_message_may_stand_first_or_last() {
        let message = "attribute 'fierfox' missing";
        let class = FailureClass::MissingAttribute;
        let position = Some("/corpus/eval.nix:20:70");
        check(
            "error: attribute 'fierfox' missing, at /corpus/eval.nix:20:70",
            class,
            message,
            position,
        );
        check(
            "error: attribute 'fierfox' missing\n\n       at /corpus/eval.nix:20:70:\n\n           19| x\n       Did you mean firefox?",
            class,
            message,
            position,
        );
        check(
            "error:\n       … while evaluating\n         at /x.nix:1:2:\n            1| x\n\n       error: attribute 'fierfox' missing\n       at /corpus/eval.nix:20:70:",
            class,
            message,
            position,
        );
    }

    #[test]
    fn assertions_are_said() {
        check(
            "error:\n       Failed assertions:\n       - Set the root file system.\n       - And another.",
            FailureClass::Assertion,
            "Failed assertions: Set the root file system.",
            None,
        );
    }

    #[test]
    fn throws_of_nixpkgs_have_classes() {
        let broken = "error: Package ‘x-1’ in /p.nix:1 is marked as broken, refusing to evaluate.";
        assert_eq!(problem(broken).class, FailureClass::Broken);
        let unfree = "error: Package ‘x-1’ in /p.nix:1 has an unfree license (‘unfree’), refusing to evaluate.";
        assert_eq!(problem(unfree).class, FailureClass::Unfree);
    }

    #[test]
    fn an_interrupt_is_no_failure() {
        assert_eq!(problem("error: interrupted by the user").role, Role::Interrupt);
    }

    #[test]
    fn unknown_words_are_unclear() {
        assert_eq!(problem("error: could not compile `thing`").role, Role::Unclear);
    }
}
