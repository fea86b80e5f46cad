//! Rules on the text of single files: heads, lengths, words that must not be there.

use super::Problem;
use super::sources::Source;

/// A file of more lines has more than one subject.
const MAX_FILE_LINES: usize = 700;

/// A function of more lines is over a screen.
const MAX_FUNCTION_LINES: usize = 80;

/// Words that say that something is unfinished. In two parts, so that this list does not find itself.
const UNFINISHED: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];

/// Folders of some machine. A log in a test may name them.
const PLACES: [&str; 2] = [concat!("/wo", "rk/"), concat!("/ro", "ot/")];

/// What the analyzer must not touch: it knows bytes and nothing else.
const NOT_IN_ANALYZER: [&str; 14] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::io",
    "std::time::Instant",
    "SystemTime",
    "println!",
    "print!(",
    "dbg!",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
];

/// The only modules of the page that touch the browser.
const BROWSER_MODULES: [&str; 3] = ["browser", "client", "worker"];

/// Checks one file.
pub(super) fn check(source: &Source) -> Vec<Problem> {
    let mut problems = Vec::new();
    if !is_log(&source.path) {
        let (path, lines) = (&source.path, source.text.lines());
        problems.extend(check_words(path, lines, &UNFINISHED, "says that something is missing"));
        problems.extend(check_words(path, program_lines(source), &PLACES, "is of one machine"));
    }
    if source.is("rs") {
        problems.extend(check_rust(source));
    }
    problems
}

/// What Nix printed is kept as it is, whatever it says, and so is what plays a machine for it.
fn is_log(path: &str) -> bool {
    path.contains("/fixtures/") || path.contains("/samples/") || path.ends_with(".log")
}

fn check_rust(source: &Source) -> Vec<Problem> {
    let mut problems = check_shape(source);
    problems.extend(long_functions(source));
    if source.path.starts_with("analyzer/src/") {
        let reason = "is not for the analyzer, which has no I/O, clock, thread or browser";
        problems.extend(check_words(&source.path, program_lines(source), &NOT_IN_ANALYZER, reason));
    }
    if source.path.starts_with("app/src/") && !is_browser_module(&source.path) {
        let reason = format!("is only for the modules {}", BROWSER_MODULES.join(", "));
        problems.extend(check_words(
            &source.path,
            program_lines(source),
            &["web_sys", "js_sys"],
            &reason,
        ));
    }
    problems
}

fn check_shape(source: &Source) -> Vec<Problem> {
    let path = source.path.as_str();
    let mut problems = Vec::new();
    if !source.text.starts_with("//!") {
        problems.push(Problem::at_index(path, 0, "expected a head: `//!` and one sentence"));
    }
    if path.ends_with("/mod.rs") {
        problems.push(Problem::of_file(path, "`name.rs` beside `name/`, not `mod.rs`"));
    }
    let n_lines = source.text.lines().count();
    if n_lines > MAX_FILE_LINES {
        let message = format!("{n_lines} lines, but at most {MAX_FILE_LINES} are allowed");
        problems.push(Problem::of_file(path, message));
    }
    problems
}

/// Whether the file is one of the modules, or below one.
fn is_browser_module(path: &str) -> bool {
    let module = path.trim_start_matches("app/src/").trim_start_matches("bin/");
    let first = module.split(['/', '.']).next().unwrap_or_default();
    BROWSER_MODULES.contains(&first)
}

fn check_words<'a>(
    path: &str,
    lines: impl Iterator<Item = &'a str>,
    words: &[&str],
    reason: &str,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, line) in lines.enumerate() {
        for word in words.iter().filter(|word| line.contains(**word)) {
            problems.push(Problem::at_index(path, index, format!("`{word}` {reason}")));
        }
    }
    problems
}

/// The lines of a program without its tests, which may read files and print.
fn program_lines(source: &Source) -> impl Iterator<Item = &str> {
    let is_rust = source.is("rs");
    let lines = source.text.lines().take_while(move |line| !is_rust || *line != "#[cfg(test)]");
    lines.map(move |line| if is_rust { without_comment(line) } else { line })
}

fn without_comment(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

/// Functions by rustfmt's layout: from the line with `fn` to the `}` at the same depth.
fn long_functions(source: &Source) -> Vec<Problem> {
    let lines: Vec<&str> = source.text.lines().collect();
    let mut problems = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(depth) = function_depth(line) else { continue };
        let end = lines[index..].iter().position(|line| ends_at(line, depth)).unwrap_or(0);
        if end + 1 > MAX_FUNCTION_LINES {
            let message = format!(
                "a function of {} lines, but at most {MAX_FUNCTION_LINES} are allowed",
                end + 1
            );
            problems.push(Problem::at_index(&source.path, index, message));
        }
    }
    problems
}

/// How many blanks stand before a line that begins a function with a body of several lines.
fn function_depth(line: &str) -> Option<usize> {
    let code = line.trim_start();
    let before_name = code.split("fn ").next()?;
    let begins = code.len() > before_name.len()
        && before_name.split_whitespace().all(|word| {
            word.starts_with("pub") || ["const", "async", "unsafe", "extern"].contains(&word)
        });
    (begins && !code.ends_with(['}', ';'])).then(|| line.len() - code.len())
}

fn ends_at(line: &str, depth: usize) -> bool {
    let code = line.trim_start();
    line.len() - code.len() == depth && code.starts_with('}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_text(path: &str, text: &str, expected: &[&str]) {
        let source = Source { path: path.to_owned(), text: text.to_owned() };
        let found: Vec<String> = check(&source).iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (problem, part) in found.iter().zip(expected) {
            assert!(problem.contains(part), "`{part}` is not in `{problem}`");
        }
    }

    #[test]
    fn the_analyzer_does_nothing_but_compute() {
        check_text("analyzer/src/a.rs", "//! A.\nuse std::fs;\n", &["a.rs:2: `std::fs` is not"]);
        check_text("analyzer/src/a.rs", "//! A.\n// No std::fs here.\n", &[]);
        check_text("analyzer/src/a.rs", "//! A.\n#[cfg(test)]\nuse std::fs;\n", &[]);
        check_text("cli/src/main.rs", "//! A.\nuse std::fs;\n", &[]);
    }

    #[test]
    fn only_three_modules_touch_the_browser() {
        let text = "//! A.\nuse web_sys::Window;\n";
        check_text("app/src/view/report.rs", text, &["report.rs:2"]);
        check_text("app/src/browser.rs", text, &[]);
        check_text("app/src/browser/history.rs", text, &[]);
        check_text("app/src/bin/worker.rs", text, &[]);
    }

    #[test]
    fn unfinished_work_and_places_of_a_machine_are_found_in_any_text() {
        check_text("README.md", &format!("a\n// {}: later\n", UNFINISHED[0]), &["README.md:2"]);
        check_text("e2e/a.ts", &format!("'{}x'\n", PLACES[0]), &["e2e/a.ts:1"]);
        check_text("analyzer/tests/fixtures/a.log", &format!("{}x\n", PLACES[1]), &[]);
    }

    #[test]
    fn modules_have_a_head_and_a_name_of_their_own() {
        check_text(
            "app/src/view/mod.rs",
            "use x;\n",
            &["mod.rs:1: expected a head", "not `mod.rs`"],
        );
    }

    #[test]
    fn long_files_and_long_functions_are_found() {
        let function = |n: usize| format!("//! A.\nfn f() {{\n{}}}\n", "    g();\n".repeat(n));
        check_text("cli/src/a.rs", &function(MAX_FUNCTION_LINES - 2), &[]);
        check_text(
            "cli/src/a.rs",
            &function(MAX_FUNCTION_LINES - 1),
            &["a.rs:2: a function of 81"],
        );
        let file = format!("//! A.\n{}", "use x;\n".repeat(MAX_FILE_LINES));
        check_text("cli/src/a.rs", &file, &["701 lines"]);
    }
}
