//! Errors of builds: the builder, its result, what it needs and where it runs.

use super::{Problem, Quote, Role};
use crate::message::text::{number, quoted_after};
use crate::report::{FailureClass, FailureDetails};
use crate::store_path::unquote;

/// What comes before the reason in Nix 2.29 and later.
pub(super) const REASON: &str = "Reason: ";

/// Reads an error about a build; `body` is what follows its first line.
pub(super) fn parse(first: &str, body: &[Quote]) -> Option<Problem> {
    let mut problem = cannot_build(first, body)
        .or_else(|| builder(first))
        .or_else(|| dependencies(first))
        .or_else(|| hash_mismatch(first, body))
        .or_else(|| input_mismatch(first))
        .or_else(|| time_limit(first))
        .or_else(|| result(first, body))
        .or_else(|| machine(first, body))
        .or_else(|| substitute(first))
        .or_else(|| closing(first, body))?;
    if problem.excerpt.is_empty() {
        problem.excerpt = log_tail(body);
    }
    if says_disk_full(body) && problem.role == Role::Cause {
        problem.class = FailureClass::DiskFull;
    }
    Some(problem)
}

// Cannot build '/nix/store/….drv'.
// Reason: 1 dependency failed.
fn cannot_build(first: &str, body: &[Quote]) -> Option<Problem> {
    if let Some(reason) = first.strip_prefix(REASON) {
        return Some(headless(reason, body));
    }
    let (drv, _) = unquote(first.strip_prefix("Cannot build ")?)?;
    let reason = trimmed(body).find_map(|line| line.strip_prefix(REASON)).unwrap_or("");
    Some(because(reason, body).of_drv(drv))
}

/// A block whose first line is lost names its derivation in its last one.
fn headless(reason: &str, body: &[Quote]) -> Problem {
    let mut problem = because(reason, body);
    let drv = trimmed(body).find_map(|line| line.strip_prefix("nix log "));
    problem.drv = drv.map(str::to_owned);
    let mut outputs = trimmed(body).skip_while(|line| *line != "Output paths:");
    problem.output = outputs.nth(1).map(str::to_owned);
    problem
}

fn because(reason: &str, body: &[Quote]) -> Problem {
    let reason = reason.strip_suffix('.').unwrap_or(reason);
    dependency_count(reason)
        .or_else(|| builder_end(reason, reason))
        .or_else(|| time_limit(reason))
        .unwrap_or_else(|| requirement(reason, body))
}

/// A reason such as `platform mismatch`, with the lines that name both sides.
fn requirement(reason: &str, body: &[Quote]) -> Problem {
    const SIDES: [&str; 5] = [
        "Required system: ",
        "Current system: ",
        "Required features: ",
        "Available features: ",
        "Hint: ",
    ];
    let sides = body.iter().map(|quote| quote.part(str::trim));
    let mut problem = Problem::cause(FailureClass::Other, reason);
    problem.excerpt =
        sides.filter(|quote| SIDES.iter().any(|side| quote.text.starts_with(side))).collect();
    problem
}

// builder for '/nix/store/….drv' failed with exit code 1;
fn builder(first: &str) -> Option<Problem> {
    let (drv, rest) = unquote(first.strip_prefix("builder for ")?)?;
    let rest = rest.trim_start();
    if let Some(rest) = rest.strip_prefix("failed to produce output path") {
        let message = "failed to produce output path";
        let path =
            quoted_after(rest, " at ").or_else(|| unquote(rest.trim_start()).map(|(path, _)| path));
        let mut problem = Problem::cause(FailureClass::Other, message).of_drv(drv);
        problem.output = path.map(str::to_owned);
        return Some(problem);
    }
    let (end, _) = rest.split_once("; last ").unwrap_or((rest, ""));
    let end = end.trim_end_matches([';', '.', ' ']);
    Some(builder_end(end, &format!("builder {end}"))?.of_drv(drv))
}

/// `failed with exit code 1`, `failed due to signal 9 (Killed)`, `died abnormally`.
fn builder_end(text: &str, message: &str) -> Option<Problem> {
    if let Some((_, code)) = text.split_once("failed with exit code ") {
        let mut problem = Problem::cause(FailureClass::BuilderExit, message);
        problem.exit_code = number(code).and_then(|(code, _)| i32::try_from(code).ok());
        return Some(problem);
    }
    if let Some((_, signal)) = text.split_once("failed due to signal ") {
        let mut problem = Problem::cause(FailureClass::Killed, message);
        problem.details = FailureDetails { signal: Some(signal.to_owned()), ..problem.details };
        return Some(problem);
    }
    text.contains("died abnormally").then(|| Problem::cause(FailureClass::BuilderExit, message))
}

// 1 dependencies of derivation '/nix/store/….drv' failed to build
// cannot build derivation '/nix/store/….drv': 1 dependencies couldn't be built
fn dependencies(first: &str) -> Option<Problem> {
    if let Some(rest) = first.strip_prefix("cannot build derivation ") {
        let (drv, rest) = unquote(rest)?;
        return Some(dependency_count(rest.trim_start_matches([':', ' ']))?.of_drv(drv));
    }
    let (count, rest) = number(first)?;
    let (drv, rest) = unquote(rest.strip_prefix(" dependencies of derivation ")?)?;
    rest.starts_with(" failed to build").then(|| consequence(count).of_drv(drv))
}

/// `2 dependencies failed`, `1 dependency failed`, `3 dependencies couldn't be built`.
fn dependency_count(text: &str) -> Option<Problem> {
    let (count, rest) = number(text)?;
    rest.starts_with(" dependenc").then(|| consequence(count))
}

fn consequence(count: u64) -> Problem {
    let message = match count {
        1 => "1 dependency failed".to_owned(),
        count => format!("{count} dependencies failed"),
    };
    let mut problem = Problem::new(Role::Consequence, FailureClass::Dependency, &message);
    problem.details.dependencies = u32::try_from(count).ok();
    problem
}

// hash mismatch in fixed-output derivation '/nix/store/….drv':
//   specified: sha256-…
//      got:    sha256-…
// hash mismatch in file downloaded from 'https://example.org/a.tar.gz':
// hash mismatch importing path '/nix/store/…';
fn hash_mismatch(first: &str, body: &[Quote]) -> Option<Problem> {
    const OF: [&str; 3] =
        ["in fixed-output derivation ", "in file downloaded from ", "importing path "];
    let rest = first.strip_prefix("hash mismatch ")?;
    let (path, _) = unquote(OF.iter().find_map(|of| rest.strip_prefix(of))?)?;
    let value = |names: &[&str]| {
        trimmed(body)
            .find_map(|line| names.iter().find_map(|name| line.strip_prefix(name)))
            .map(|v| v.trim().to_owned())
    };
    let mut problem = Problem::cause(FailureClass::HashMismatch, "hash mismatch");
    problem.details.specified = value(&["specified:", "wanted:"]);
    problem.details.got = value(&["got:"]);
    problem.excerpt = body.iter().map(|quote| quote.part(str::trim)).collect();
    if path.ends_with(".drv") {
        return Some(problem.of_drv(path));
    }
    problem.output = path.starts_with('/').then(|| path.to_owned());
    if problem.output.is_none() {
        problem.message = format!("hash mismatch of {path}");
    }
    Some(problem)
}

// NAR hash mismatch in input 'github:a/b' (/nix/store/…-source), expected 'sha256-…' but got 'sha256-…'
fn input_mismatch(first: &str) -> Option<Problem> {
    let input = quoted_after(first, "NAR hash mismatch in input ")?;
    let message = format!("hash mismatch of the input {input}");
    let mut problem = Problem::cause(FailureClass::HashMismatch, &message);
    problem.details.specified = quoted_after(first, "expected ").map(str::to_owned);
    problem.details.got = quoted_after(first, " got ").map(str::to_owned);
    Some(problem)
}

// building of '/nix/store/….drv!out' from .drv file timed out after 3 seconds
// timed out after 3 seconds
fn time_limit(first: &str) -> Option<Problem> {
    let is_timeout = first.contains("timed out after ") && first.contains(" seconds");
    let is_too_long = first.contains(" killed after writing more than ");
    if !is_timeout && !is_too_long {
        return None;
    }
    let (drv, what) = ["building of ", "building derivation "]
        .iter()
        .find_map(|start| unquote(first.strip_prefix(start)?))
        .map_or((None, first), |(drv, what)| (Some(drv), what));
    let what = what.trim_start().trim_start_matches("from .drv file ");
    let class = if is_timeout { FailureClass::Timeout } else { FailureClass::Other };
    let problem = Problem::cause(class, what);
    match drv {
        Some(drv) => Some(problem.of_drv(drv)),
        None => what.starts_with("timed out ").then_some(problem),
    }
}

/// Errors about what a build made.
fn result(first: &str, body: &[Quote]) -> Option<Problem> {
    // derivation '/nix/store/….drv' may not be deterministic: output '/nix/store/…' differs
    if let Some((drv, rest)) = first.strip_prefix("derivation ").and_then(unquote)
        && rest.starts_with(" may not be deterministic")
    {
        let message = "may not be deterministic: two builds of it differ";
        return Some(Problem::cause(FailureClass::Other, message).of_drv(drv));
    }
    // output '/nix/store/…' is not allowed to refer to the following paths:
    let (output, rest) = unquote(first.strip_prefix("output ")?)?;
    let rest = rest.trim_start();
    if !rest.starts_with("is not allowed to refer ") {
        return None;
    }
    let message = format!("its output {}", rest.trim_end_matches(':'));
    let mut problem = Problem::cause(FailureClass::Other, &message);
    problem.output = Some(output.to_owned());
    problem.excerpt = body.iter().map(|quote| quote.part(str::trim)).collect();
    Some(problem)
}

/// Errors about where a build could run.
fn machine(first: &str, body: &[Quote]) -> Option<Problem> {
    // a 'aarch64-linux' with features {} is required to build '/nix/store/….drv', but I am a …
    if first.contains(" is required to build ") && first.contains(", but I am a ") {
        let drv = quoted_after(first, " is required to build ")?;
        let message = first.replace(&format!("'{drv}'"), "it");
        return Some(Problem::cause(FailureClass::Other, &message).of_drv(drv));
    }
    // unable to start any build; either increase '--max-jobs' or enable remote builds.
    let lines = std::iter::once(first).chain(trimmed(body));
    let mut lines = lines.filter(|line| {
        let line = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        line.to_ascii_lowercase().starts_with("unable to start any build")
            || line.starts_with("derivations need to be built, but neither ")
    });
    lines.next().map(|line| Problem::cause(FailureClass::Other, line))
}

/// Errors about paths that no store has.
fn substitute(first: &str) -> Option<Problem> {
    if let Some(rest) = first.strip_prefix("some substitutes for the outputs of derivation ") {
        let (drv, rest) = unquote(rest)?;
        let message = format!("some substitutes for its outputs{rest}");
        return Some(Problem::cause(FailureClass::Network, &message).of_drv(drv));
    }
    let (path, rest) = unquote(first.strip_prefix("path ")?)?;
    if !rest.starts_with(" is required, but there is no substituter") {
        return None;
    }
    let mut problem = Problem::cause(FailureClass::Other, first);
    problem.output = Some(path.to_owned());
    Some(problem)
}

/// Lines that Nix closes with.
fn closing(first: &str, body: &[Quote]) -> Option<Problem> {
    // build of '/nix/store/….drv' on 'ssh://builder1' failed: builder for '/nix/store/….drv' failed …
    if let Some((_, rest)) = first.strip_prefix("build of ").and_then(unquote)
        && rest.starts_with(" on ")
        && let Some((_, inner)) = rest.split_once(" failed: ")
    {
        return parse(inner, body);
    }
    let names_builds = first.strip_prefix("build of ").is_some_and(|rest| unquote(rest).is_some());
    let is_summary = (names_builds && first.ends_with(" failed"))
        || first == "Build failed due to failed dependency";
    is_summary.then(|| {
        let mut problem = Problem::new(Role::Summary, FailureClass::Other, first);
        problem.drv = sole_drv(first);
        problem
    })
}

/// The derivation that `build of '….drv' failed` names, if it is only one.
fn sole_drv(first: &str) -> Option<String> {
    let (path, rest) = unquote(first.strip_prefix("build of ")?)?;
    (rest == " failed").then(|| super::drv_path(path))?
}

/// The lines of build output that the block repeats.
fn log_tail(body: &[Quote]) -> Vec<Quote> {
    let quoted: Vec<Quote> = body
        .iter()
        .filter(|quote| quote.text.trim_start().starts_with('>'))
        .map(|quote| quote.part(after_mark))
        .collect();
    if !quoted.is_empty() {
        return quoted;
    }
    let old = body.iter().filter(|quote| quote.text.starts_with("  "));
    let old = old.map(|quote| quote.part(|text| &text[2..]));
    old.filter(|quote| {
        !quote.text.starts_with("/nix/store/") && !quote.text.starts_with("nix log ")
    })
    .collect()
}

// > make: *** [Makefile:42: all] Error 2
fn after_mark(text: &str) -> &str {
    let text = text.trim_start();
    let text = text.strip_prefix('>').unwrap_or(text);
    text.strip_prefix(' ').unwrap_or(text)
}

fn says_disk_full(body: &[Quote]) -> bool {
    trimmed(body).any(|line| {
        line.contains("caused by lack of free disk space")
            || line.ends_with("No space left on device")
    })
}

fn trimmed(body: &[Quote]) -> impl Iterator<Item = &str> {
    body.iter().map(|quote| quote.text.trim())
}

#[cfg(test)]
mod tests {
    use super::super::tests::problem;
    use super::*;

    #[track_caller]
    fn check(
        text: &str,
        role: Role,
        class: FailureClass,
        drv: Option<&str>,
        message: &str,
    ) -> Problem {
        let problem = problem(text);
        assert_eq!((problem.role, problem.class), (role, class), "{text}");
        assert_eq!(problem.drv.as_deref(), drv, "{text}");
        assert_eq!(problem.message, message);
        problem
    }

    #[test]
    fn a_failed_builder_is_read_in_all_wordings() {
        let cause = Role::Cause;
        let exit = FailureClass::BuilderExit;
        let message = "builder failed with exit code 2";
        for text in [
            "builder for '/a.drv' failed with exit code 2",
            "builder for '/a.drv' failed with exit code 2; last 1 log lines:\n  oh",
            "error: builder for '/a.drv' failed with exit code 2;\n       last 1 log lines:\n       > oh\n       For full logs, run 'nix log /a.drv'.",
            "error: Cannot build '/a.drv'.\n       Reason: builder failed with exit code 2.\n       Output paths:\n         /nix/store/x\n       Last 1 log lines:\n       > oh",
        ] {
            let problem = check(text, cause, exit, Some("/a.drv"), message);
            assert_eq!(problem.exit_code, Some(2));
            let expected: &[&str] = if text.contains("oh") { &["oh"] } else { &[] };
            let excerpt: Vec<_> = problem.excerpt.iter().map(|quote| quote.text.as_str()).collect();
            assert_eq!(excerpt, expected, "{text}");
        }
    }

    #[test]
    fn signals_are_named() {
        let text = "error: builder for '/a.drv' failed due to signal 9 (Killed)";
        let problem = check(
            text,
            Role::Cause,
            FailureClass::Killed,
            Some("/a.drv"),
            "builder failed due to signal 9 (Killed)",
        );
        assert_eq!(problem.details.signal.as_deref(), Some("9 (Killed)"));
    }

    #[test]
    fn dependants_are_consequences() {
        let role = Role::Consequence;
        let class = FailureClass::Dependency;
        for text in [
            "cannot build derivation '/a.drv': 2 dependencies couldn't be built",
            "error: 2 dependencies of derivation '/a.drv' failed to build",
            "error: Cannot build '/a.drv'.\n       Reason: 2 dependencies failed.\n       Output paths:\n         /nix/store/x",
        ] {
            let problem = problem(text);
            assert_eq!((problem.role, problem.class), (role, class));
            assert_eq!(problem.details.dependencies, Some(2));
            assert_eq!(problem.drv.as_deref(), Some("/a.drv"));
        }
    }

    #[test]
    fn hashes_of_a_mismatch_are_kept() {
        let new = problem(
            "error: hash mismatch in fixed-output derivation '/a.drv':\n         specified: sha256-AA=\n            got:    sha256-BB=",
        );
        assert_eq!(new.class, FailureClass::HashMismatch);
        assert_eq!(new.details.specified.as_deref(), Some("sha256-AA="));
        assert_eq!(new.details.got.as_deref(), Some("sha256-BB="));
        let old = problem(
            "hash mismatch in fixed-output derivation '/nix/store/x-a.tar.gz':\n  wanted: sha256:00\n  got:    sha256:11",
        );
        assert_eq!(old.output.as_deref(), Some("/nix/store/x-a.tar.gz"));
        assert_eq!(old.details.got.as_deref(), Some("sha256:11"));
    }

    #[test]
    fn hashes_of_inputs_and_of_downloads_during_evaluation_are_kept() {
        for text in [
            "error: NAR hash mismatch in input 'github:a/b' (/nix/store/x-source), expected 'sha256-AA=' but got 'sha256-BB='",
            "error: hash mismatch in file downloaded from 'https://a/b':\n         specified: sha256-AA=\n         got:       sha256-BB=",
        ] {
            let problem = problem(text);
            assert_eq!(problem.class, FailureClass::HashMismatch, "{text}");
            assert_eq!(problem.details.specified.as_deref(), Some("sha256-AA="));
            assert_eq!(problem.details.got.as_deref(), Some("sha256-BB="));
        }
    }

    #[test]
    fn a_build_that_the_evaluation_needs_is_what_failed() {
        let problem = problem(
            "error:\n       … while evaluating\n         at /x.nix:1:2:\n       error: Cannot build '/a.drv'.\n       Reason: builder failed with exit code 1.",
        );
        assert_eq!(problem.class, FailureClass::BuilderExit);
        assert_eq!(problem.drv.as_deref(), Some("/a.drv"));
        assert!(problem.message.ends_with("the evaluation needs its result"));
    }

    #[test]
    fn a_timeout_may_have_no_name() {
        let class = FailureClass::Timeout;
        let message = "timed out after 3 seconds";
        check(
            "error: building of '/a.drv!out' from .drv file timed out after 3 seconds",
            Role::Cause,
            class,
            Some("/a.drv"),
            message,
        );
        check("error: timed out after 3 seconds", Role::Cause, class, None, message);
    }

    #[test]
    fn closing_lines_are_no_failures() {
        let summary = Role::Summary;
        let other = FailureClass::Other;
        check(
            "error: build of '/a.drv', '/b.drv' failed",
            summary,
            other,
            None,
            "build of '/a.drv', '/b.drv' failed",
        );
        check(
            "error: build of '/a.drv!out' failed",
            summary,
            other,
            Some("/a.drv"),
            "build of '/a.drv!out' failed",
        );
        check(
            "error: Build failed due to failed dependency",
            summary,
            other,
            None,
            "Build failed due to failed dependency",
        );
    }

    #[test]
    fn a_remote_failure_is_that_of_the_builder() {
        check(
            "error: build of '/a.drv' on 'ssh://h' failed: builder for '/a.drv' failed with exit code 1",
            Role::Cause,
            FailureClass::BuilderExit,
            Some("/a.drv"),
            "builder failed with exit code 1",
        );
    }

    #[test]
    fn the_note_on_the_disk_says_what_failed() {
        check(
            "builder for '/a.drv' failed with exit code 1\nnote: build failure may have been caused by lack of free disk space",
            Role::Cause,
            FailureClass::DiskFull,
            Some("/a.drv"),
            "builder failed with exit code 1",
        );
    }

    #[test]
    fn a_block_without_its_first_line_is_read() {
        check(
            "       Reason: builder failed with exit code 1.\n       Output paths:\n         /nix/store/x-a\n       For full logs, run:\n         nix log /a.drv",
            Role::Cause,
            FailureClass::BuilderExit,
            Some("/a.drv"),
            "builder failed with exit code 1",
        );
    }

    #[test]
    fn a_remote_failure_of_new_versions_has_its_reason_below() {
        check(
            "error: build of '/a.drv' on 'ssh://h' failed: Cannot build '/a.drv'.\n       Reason: builder failed with exit code 1.",
            Role::Cause,
            FailureClass::BuilderExit,
            Some("/a.drv"),
            "builder failed with exit code 1",
        );
    }

    #[test]
    fn a_missing_feature_is_shown() {
        let problem = check(
            "error: Cannot build '/a.drv'.\n       Reason: platform mismatch\n       Required system: 'aarch64-linux'\n       Current system: 'x86_64-linux'",
            Role::Cause,
            FailureClass::Other,
            Some("/a.drv"),
            "platform mismatch",
        );
        assert_eq!(problem.excerpt.len(), 2);
    }
}
