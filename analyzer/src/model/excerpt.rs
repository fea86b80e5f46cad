//! Chooses from what a build printed the lines that show its error.
//!
//! The last lines are often not those: other jobs of `make` go on for a while, and what comes last
//! says only that something before it failed.

use crate::message::error::Quote;
use crate::message::stdenv::{self, StdenvLine};
use crate::message::text::clipped;
use crate::report::Lines;

/// Lines of an excerpt.
const MAX_LINES: usize = 12;
/// Longer lines of an excerpt are cut here.
const MAX_LINE_LEN: usize = 400;
/// Lines that led to the error.
const BEFORE: usize = 2;
/// Lines that led to it where they are the frames of a Python traceback.
const FRAMES_BEFORE: usize = 4;
/// Lines that follow the error: the place in the source, a hint.
const AFTER: usize = 4;
/// Where nothing looks like an error, so many of the last lines are shown.
const LAST: usize = 6;
/// Tests print errors while all is well: only so many of their last lines are looked at.
const OF_TESTS: usize = 120;

/// How much a line looks like the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// It is any line.
    None,
    /// It only says that something before it failed.
    Echo,
    /// It has words of errors, which other lines have, too.
    Words,
    /// It has the form of an error.
    Error,
}

/// What shows an error, and the number of the line that says most.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Excerpt {
    pub(super) lines: Vec<Quote>,
    pub(super) error_line: Option<u32>,
    /// All that the build printed, as far as that is certain.
    pub(super) output: Lines,
}

/// Chooses from the output of a build that failed.
pub(super) fn of_build(lines: &[Quote]) -> Excerpt {
    let lines: Vec<&Quote> = lines.iter().filter(|quote| is_shown(&quote.text)).collect();
    let own = last_phase(&lines);
    let (own, found) = match find(own) {
        None => (lines.as_slice(), find(&lines)),
        found => (own, found),
    };
    let Some((anchor, weight)) = found else {
        let start = lines.len().saturating_sub(LAST);
        return Excerpt::of(lines[start..].iter().copied(), None);
    };
    let is_frame = anchor > 0 && own[anchor - 1].text.starts_with("    ");
    let before = if is_frame { FRAMES_BEFORE } else { BEFORE };
    let start = anchor.saturating_sub(before);
    let end = own.len().min(anchor + 1 + AFTER);
    let more = own[end..].iter().filter(|quote| weigh(&quote.text) >= weight.max(Weight::Words));
    let chosen = own[start..end].iter().chain(more).take(MAX_LINES).copied();
    // What only says that something failed does not say what went wrong.
    let error_line = (weight > Weight::Echo).then_some(own[anchor].line);
    Excerpt::of(chosen, error_line)
}

/// Chooses from lines that any of several builds may have printed: only errors, and no lines
/// around them.
pub(super) fn of_several(lines: &[Quote]) -> Excerpt {
    let telling = |least: Weight| {
        let lines = lines.iter().filter(move |quote| weigh(&quote.text) >= least);
        lines.collect::<Vec<_>>()
    };
    let errors = telling(Weight::Error);
    let chosen = if errors.is_empty() { telling(Weight::Echo) } else { errors };
    let start = chosen.len().saturating_sub(MAX_LINES);
    let is_error = chosen.get(start).filter(|quote| weigh(&quote.text) == Weight::Error);
    let error_line = is_error.map(|quote| quote.line);
    Excerpt::of(chosen[start..].iter().copied(), error_line)
}

/// Chooses from what was printed before a part of a switch failed: nothing, if no line looks like
/// an error.
pub(super) fn of_switch(lines: &[Quote]) -> Excerpt {
    let shown = of_build(lines);
    if shown.error_line.is_some() { shown } else { Excerpt::default() }
}

/// The line of a unit's status with its journal that says what went wrong. systemd itself says only
/// that something did.
pub(super) fn error_of_unit(lines: &[Quote]) -> Option<u32> {
    let is_own = |quote: &&Quote| quote.text.contains("]: ") && !quote.text.contains("systemd[");
    let own = lines.iter().filter(is_own);
    own.filter(|quote| weigh(&quote.text) >= Weight::Words).map(|quote| quote.line).next()
}

/// Takes what stands below the first line of an error block.
pub(super) fn of_block(lines: &[Quote], first: u32) -> Excerpt {
    let lines = lines.iter().filter(|quote| !quote.text.trim().is_empty()).take(MAX_LINES);
    Excerpt::of(lines, Some(first))
}

/// Takes a message, which may stand below the first line of its block, with what follows it.
pub(super) fn of_message(lines: &[Quote], first: u32) -> Excerpt {
    of_block(lines, lines.first().map_or(first, |quote| quote.line))
}

/// Puts the reason that another program gave in front: `ssh` prints it before Nix says that it
/// could not connect.
pub(super) fn with_reason(before: &[Quote], shown: Excerpt) -> Excerpt {
    let Some(reason) = before.iter().rfind(|quote| weigh(&quote.text) >= Weight::Words) else {
        return shown;
    };
    let lines = std::iter::once(reason).chain(&shown.lines).take(MAX_LINES);
    Excerpt::of(lines, Some(reason.line))
}

impl Excerpt {
    fn of<'a>(lines: impl Iterator<Item = &'a Quote>, error_line: Option<u32>) -> Self {
        let cut = |quote: &Quote| Quote::new(quote.line, clipped(&quote.text, MAX_LINE_LEN));
        Self { lines: lines.map(cut).collect(), error_line, output: Lines::default() }
    }
}

fn is_shown(text: &str) -> bool {
    !text.trim().is_empty() && !text.starts_with("@nix {")
}

/// The lines since the phase began that did not end.
fn last_phase<'a, 'q>(lines: &'a [&'q Quote]) -> &'a [&'q Quote] {
    let mut phases =
        lines.iter().enumerate().rev().filter_map(|(index, quote)| {
            match stdenv::parse(&quote.text)? {
                StdenvLine::Phase(phase) => Some((index, phase)),
                StdenvLine::Completed { .. } => None,
            }
        });
    let Some((index, phase)) = phases.next() else { return lines };
    let own = &lines[index + 1..];
    let is_test = phase.to_ascii_lowercase().contains("check");
    if is_test { &own[own.len().saturating_sub(OF_TESTS)..] } else { own }
}

/// The first error, else the last line with words of one, else the first of those that only say
/// that something failed.
fn find(lines: &[&Quote]) -> Option<(usize, Weight)> {
    let is = |weight: Weight| move |quote: &&Quote| weigh(&quote.text) == weight;
    if let Some(index) = lines.iter().position(is(Weight::Error)) {
        return Some((index, Weight::Error));
    }
    if let Some(index) = lines.iter().rposition(is(Weight::Words)) {
        return Some((index, Weight::Words));
    }
    lines.iter().position(is(Weight::Echo)).map(|index| (index, Weight::Echo))
}

fn weigh(line: &str) -> Weight {
    let line = line.trim();
    if is_harmless(line) {
        return Weight::None;
    }
    if is_cause_in_make(line) {
        return Weight::Error;
    }
    if is_echo(line) {
        return Weight::Echo;
    }
    if is_error(line) {
        return Weight::Error;
    }
    if has_words(line) { Weight::Words } else { Weight::None }
}

/// Lines that have words of errors and are none.
fn is_harmless(line: &str) -> bool {
    const STARTS: [&str; 6] =
        ["checking ", "-- ", "Compiler for ", "Checking if ", "patching file ", "copying "];
    const ENDS: [&str; 7] = ["... ok", "... yes", "... no", " passed", " PASSED", ": YES", ": NO"];
    const PARTS: [&str; 6] = [
        "error (ignored)",
        "error: interrupted by the user",
        " 0 errors",
        "expected failure",
        "XFAIL",
        "-Werror",
    ];
    STARTS.iter().any(|start| line.starts_with(start))
        || ENDS.iter().any(|end| line.ends_with(end))
        || PARTS.iter().any(|part| line.contains(part))
        || (line.contains("warning: ") && !line.contains(": error: "))
}

// make: *** No rule to make target 'x', needed by 'y'.  Stop.
fn is_cause_in_make(line: &str) -> bool {
    line.contains("*** No rule to make target")
}

/// What programs print when a program that they ran has failed.
fn is_echo(line: &str) -> bool {
    const STARTS: [&str; 9] = [
        "make: ***",
        "make[",
        "gmake",
        "ninja: build stopped",
        "error: builder for ",
        "error: could not compile",
        "error: aborting due to",
        "collect2: error: ",
        "For more information about this error",
    ];
    STARTS.iter().any(|start| line.starts_with(start))
        || line.contains("all warnings being treated as errors")
}

/// The forms in which compilers, linkers, build tools, tests and scripts print errors.
fn is_error(line: &str) -> bool {
    const STARTS: [&str; 16] = [
        "error: ",
        "error[E",
        "error TS",
        "Error: ",
        "ERROR: ",
        "ERROR ",
        "CMake Error",
        "fatal: ",
        "panic: ",
        "--- FAIL",
        "FAIL: ",
        "FAILED ",
        "not ok ",
        "npm ERR! ",
        "npm error ",
        "E   ",
    ];
    const PARTS: [&str; 28] = [
        ": error: ",
        ": error TS",
        ": fatal error: ",
        ": fatal: ",
        ": ERROR: ",
        ": Error: ",
        "[ERROR]",
        "undefined reference to ",
        "multiple definition of ",
        "cannot find -l",
        " panicked at ",
        "BUILD FAILED",
        "hunks FAILED",
        "hunk FAILED",
        "Segmentation fault",
        "No space left on device",
        "Killed signal",
        "Out of memory: Killed",
        "Cannot allocate memory",
        "std::bad_alloc",
        ": command not found",
        ": Permission denied",
        ": unbound variable",
        "patch does not apply",
        "Failed assertions:",
        "' is in the way of '",
        "' would be clobbered",
        "error: collision between ",
    ];
    STARTS.iter().any(|start| line.starts_with(start))
        || PARTS.iter().any(|part| line.contains(part))
        || is_exception(line)
}

// ModuleNotFoundError: No module named 'setuptools'
// java.lang.IllegalStateException: x
fn is_exception(line: &str) -> bool {
    let word = line.split([':', ' ']).next().unwrap_or(line);
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"._".contains(&byte);
    word.bytes().all(is_name)
        && line[word.len()..].starts_with(':')
        && ["Error", "Exception"].iter().any(|end| word.len() > end.len() && word.ends_with(end))
}

fn has_words(line: &str) -> bool {
    const WORDS: [&str; 14] = [
        "error",
        "fail",
        "cannot",
        "can't",
        "could not",
        "not found",
        "not valid",
        "no such",
        "fatal",
        "denied",
        "refused",
        "timed out",
        "undeclared",
        "undefined",
    ];
    let line = line.to_ascii_lowercase();
    WORDS.iter().any(|word| has_word(&line, word))
}

/// Whether `word` begins a word of the line that is no part of a name: `libgpg-error` and
/// `error_at_line` are names.
fn has_word(line: &str, word: &str) -> bool {
    let is_of_name = |byte: Option<&u8>| {
        byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(byte))
    };
    line.match_indices(word).any(|(start, _)| {
        let rest = &line.as_bytes()[start + word.len()..];
        let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let goes_on = matches!(rest.get(letters), Some(b'-' | b'_' | b'/'))
            || (rest.get(letters) == Some(&b'.') && is_of_name(rest.get(letters + 1)));
        let before = start.checked_sub(1).and_then(|index| line.as_bytes().get(index));
        !is_of_name(before) && !goes_on
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quotes(text: &str) -> Vec<Quote> {
        text.lines().zip(1..).map(|(line, number)| Quote::new(number, line)).collect()
    }

    /// The line that says what went wrong, and how many lines are shown.
    #[track_caller]
    fn check(text: &str, error: Option<&str>, shown: usize) {
        let excerpt = of_build(&quotes(text));
        let line = excerpt.error_line.map(|line| text.lines().nth(line as usize - 1).unwrap());
        assert_eq!(line, error, "{excerpt:#?}");
        assert_eq!(excerpt.lines.len(), shown, "{excerpt:#?}");
    }

    #[test]
    fn the_compiler_is_quoted_and_not_the_jobs_that_go_on() {
        let rest = "cc -c y.c\n".repeat(100);
        check(
            &format!(
                "cc -c a.c\na.c:3:5: error: expected ';'\n    3 | int x\n{rest}make: *** [a.o] Error 1"
            ),
            Some("a.c:3:5: error: expected ';'"),
            6,
        );
    }

    #[test]
    fn only_the_phase_that_failed_is_looked_at() {
        check(
            "Running phase: configurePhase\nconftest.c:1: error: no\nRunning phase: buildPhase\ncc\nld: undefined reference to `x'\ncollect2: error: ld returned 1 exit status",
            Some("ld: undefined reference to `x'"),
            3,
        );
    }

    #[test]
    fn the_frames_of_a_traceback_stand_before_its_error() {
        check(
            "a\nb\nTraceback (most recent call last):\n  File \"a.py\", line 1\n    import b\nModuleNotFoundError: No module named 'b'\nend",
            Some("ModuleNotFoundError: No module named 'b'"),
            6,
        );
    }

    #[test]
    fn the_error_of_each_tool_is_found() {
        for line in [
            "src/a.c:1:2: fatal error: zlib.h: No such file or directory",
            "error[E0308]: mismatched types",
            "CMake Error at CMakeLists.txt:3 (find_package):",
            "meson.build:19:0: ERROR: Dependency lookup for gi-docgen failed",
            "configure: error: no acceptable C compiler found",
            "/build/main.go:3:2: error: x",
            "thread 'main' panicked at src/main.rs:1:1:",
            "--- FAIL: TestX (0.00s)",
            "FAILED tests/test_a.py::test_b - assert 1 == 2",
            "make: *** No rule to make target 'x', needed by 'y'.  Stop.",
            "bash: line 1: foo: command not found",
            "mv: error copying 'a' to 'b': No space left on device",
            "npm ERR! code ENOTFOUND",
            "app.ts(1,2): error TS2304: Cannot find name 'x'.",
            "/build/.attr: line 3: x: unbound variable",
            "Error: Could not find y",
            "1 out of 2 hunks FAILED -- saving rejects to file a.c.rej",
        ] {
            assert_eq!(weigh(line), Weight::Error, "{line}");
        }
    }

    #[test]
    fn names_and_good_news_are_no_errors() {
        for line in [
            "checking for error_at_line... yes",
            "unpacking libgpg-error-1.51",
            "CC src/error.o",
            "copying lib/errors.py",
            "test parse_error ... ok",
            "a.c:1:2: warning: this may fail",
            "error (ignored): error: reading a line",
            "Compiler for C supports arguments -Werror=undef: YES",
            "-- Looking for sys/x.h - not found",
            "  CC  drivers/fail.o",
        ] {
            assert_eq!(weigh(line), Weight::None, "{line}");
        }
    }

    #[test]
    fn without_an_error_the_end_is_shown() {
        check("one\ntwo", None, 2);
        check(&"line\n".repeat(50), None, LAST);
        check("cc a\ncc b\ncc c\nmake: *** [all] Error 2", None, 3);
    }

    #[test]
    fn lines_of_nobody_count_only_as_errors() {
        let lines = quotes("gcc -c a.c\na.c:1:1: error: no\ngcc -c b.c\nmake: *** Error 1");
        let excerpt = of_several(&lines);
        assert_eq!(excerpt.lines, [Quote::new(2, "a.c:1:1: error: no")]);
        assert_eq!(excerpt.error_line, Some(2));
    }
}
