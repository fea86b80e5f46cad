//! Errors of evaluation, and those that are neither an evaluation nor a build.

use super::{Problem, Quote, Role};
use crate::report::FailureClass;

/// Lines of an excerpt; the message of a module error can list definitions for pages.
const MAX_EXCERPT_LINES: usize = 20;

/// What a message says, by its words. The first match counts.
const CLASSES: &[(&str, FailureClass)] = &[
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
    ("cached failure of attribute '", FailureClass::Evaluation),
    ("attribute '", FailureClass::MissingAttribute),
    ("cannot find attribute `", FailureClass::MissingAttribute),
    ("No space left on device", FailureClass::DiskFull),
    ("database or disk is full", FailureClass::DiskFull),
    ("out of memory", FailureClass::OutOfMemory),
    ("Cannot allocate memory", FailureClass::OutOfMemory),
    // The daemon of this machine, and no server.
    ("cannot connect to socket at '", FailureClass::Other),
    ("unable to download '", FailureClass::Network),
    ("failed to start SSH connection", FailureClass::Network),
    ("cannot connect to ", FailureClass::Network),
    ("Could not resolve host", FailureClass::Network),
    ("Host key verification failed", FailureClass::Network),
    ("unexpected end-of-file", FailureClass::Network),
    (" while decompressing ", FailureClass::Network),
    ("flake.lock'", FailureClass::Lock),
    ("lock file", FailureClass::Lock),
    ("the big Nix store lock", FailureClass::Lock),
    (" is busy", FailureClass::Lock),
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
    ("unsupported argument '", FailureClass::Other),
    ("Read-only file system", FailureClass::Other),
    ("Broken pipe", FailureClass::Other),
    ("executing 'git'", FailureClass::Other),
    ("lacks a signature by a trusted key", FailureClass::Other),
    ("is an experimental Nix feature", FailureClass::Other),
    ("experimental Nix feature '", FailureClass::Other),
    ("creating symlink '", FailureClass::Other),
    ("creating directory '", FailureClass::Other),
    ("opening file '", FailureClass::Other),
];

/// Words that only the evaluator prints.
const EVALUATION_WORDS: &[&str] = &[
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
    "is not tracked by Git",
    "is forbidden in pure evaluation mode",
    "A definition for option `",
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
pub(super) fn message_start(lines: &[Quote]) -> usize {
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

/// The last position in the trace that is not in nixpkgs itself: there, the error is rarely.
fn last_position(lines: &[Quote]) -> Option<String> {
    let mut places = lines.iter().rev().filter_map(|quote| position(&quote.text));
    let last = places.next();
    let own = last.into_iter().chain(places).find(|place| !is_of_nixpkgs(place));
    own.or(last).map(str::to_owned)
}

// /nix/store/…-source/lib/modules.nix:807:9
// «github:NixOS/nixpkgs/25e53aa»/lib/modules.nix:1083:7
fn is_of_nixpkgs(place: &str) -> bool {
    const FOLDERS: [&str; 3] = ["lib/", "nixos/", "pkgs/"];
    const PARTS: [&str; 3] = ["NixOS/nixpkgs/", "/channels/nixos/", "«nix-internal»"];
    let in_store = place.split_once("-source/").map_or("", |(_, file)| file);
    FOLDERS.iter().any(|folder| in_store.starts_with(folder))
        || PARTS.iter().any(|part| place.contains(part))
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
    fn a_position_in_the_configuration_is_better_than_one_in_nixpkgs() {
        let own = "/nix/store/qsy68ydnaqr4llnaxzfrhy9va1izn841-source/hosts/a.nix:3:5";
        let trace = format!(
            "error:\n       … while evaluating\n         at {own}:\n       … while calling\n         at /nix/store/g8zzlf6drg73c987ii390yicq4c0j778-source/lib/modules.nix:807:9:\n       error: cannot coerce a set to a string"
        );
        check(&trace, FailureClass::Evaluation, "cannot coerce a set to a string", Some(own));
    }

    #[track_caller]
    fn check_class(class: FailureClass, messages: &[&str]) {
        for text in messages {
            let problem = problem(&format!("error: {text}"));
            assert_eq!((problem.role, problem.class), (Role::Cause, class), "{text}");
        }
    }

    #[test]
    fn refusals_of_nixpkgs_have_classes() {
        let at = "in /nix/store/x-source/pkgs/x.nix:1";
        check_class(
            FailureClass::Broken,
            &[
                &format!("Package ‘x-1’ {at} is marked as broken, refusing to evaluate."),
                &format!("Package ‘x-1’ {at} is not available on the requested hostPlatform:"),
            ],
        );
        check_class(
            FailureClass::Unfree,
            &[&format!("Package ‘x-1’ {at} has an unfree license (‘unfree’), refusing.")],
        );
        check_class(
            FailureClass::Insecure,
            &[&format!("Refusing to evaluate package 'x-1' {at} because it is marked as insecure")],
        );
    }

    #[test]
    fn errors_of_expressions_have_classes() {
        check_class(
            FailureClass::InfiniteRecursion,
            &["infinite recursion encountered", "stack overflow; max-call-depth exceeded"],
        );
        check_class(
            FailureClass::MissingAttribute,
            &[
                "attribute 'a' missing",
                "flake 'git+file:///x' does not provide attribute 'a' or 'b'",
            ],
        );
        check_class(
            FailureClass::Assertion,
            &["Failed assertions:", "assertion '(a == b)' failed"],
        );
        check_class(
            FailureClass::Evaluation,
            &[
                "undefined variable 'pkgss'",
                "syntax error, unexpected IN, expecting ';'",
                "access to absolute path '/etc' is forbidden in pure evaluation mode",
                "cached failure of attribute 'nixosConfigurations.a'",
                "Path 'new.nix' in the repository \"/etc/nixos\" is not tracked by Git.",
                "Path 'new.nix' does not exist in Git repository \"/etc/nixos\".",
            ],
        );
    }

    #[test]
    fn errors_of_the_module_system_are_of_the_evaluation() {
        check_class(
            FailureClass::Evaluation,
            &[
                "The option `services.foo.enable' does not exist. Definition values:",
                "The option `a.b' has conflicting definition values:",
                "The option `a.b' is defined multiple times while it's expected to be unique.",
                "A definition for option `a.b' is not of type `boolean'. Definition values:",
                "The option `a.b' was accessed but has no value defined. Try setting the option.",
            ],
        );
    }

    #[test]
    fn errors_of_the_machine_have_classes() {
        check_class(
            FailureClass::Network,
            &[
                "unable to download 'https://c/x': Could not resolve host: c",
                "cannot connect to 'root@host'",
                "failed to start SSH connection to 'host'",
                "unexpected end-of-file",
            ],
        );
        check_class(FailureClass::DiskFull, &["writing to file: No space left on device"]);
        check_class(FailureClass::OutOfMemory, &["unable to fork: Cannot allocate memory"]);
        check_class(
            FailureClass::Lock,
            &[
                "opening lock file '/nix/var/nix/profiles/system.lock': Permission denied",
                "SQLite database '/nix/var/nix/db/db.sqlite' is busy",
                "opening file '/etc/nixos/flake.lock': Permission denied",
            ],
        );
        check_class(
            FailureClass::Other,
            &[
                "cannot connect to socket at '/nix/var/nix/daemon-socket/socket': Connection refused",
                "cannot add path '/nix/store/x' because it lacks a signature by a trusted key",
                "creating directory '/nix/store/.links': Read-only file system",
                "executing 'git': No such file or directory",
                "writing to file: Broken pipe",
                "experimental Nix feature 'flakes' is disabled; add '--extra-experimental-features flakes'",
            ],
        );
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
