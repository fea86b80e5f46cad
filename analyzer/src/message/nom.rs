//! What nix-output-monitor draws: a tree of derivations, a table of hosts, and how it ended.

use super::text::{number, seconds};
use crate::store_path::is_name_byte;

/// What one line of a drawing says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum NomLine<'a> {
    /// The tree begins, and a new drawing with it, or another part of it.
    Head,
    /// A box with so many errors of Nix begins.
    Errors(u64),
    /// A derivation of the tree.
    Node(Node<'a>),
    /// A row of the table: the number that the tree calls a host by, and its address.
    Host(u64, &'a str),
    /// How it ended; the last row of the table says so, or a line of its own.
    Finished(Finish),
    /// A line that says nothing more.
    Other,
}

/// A derivation in the tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Node<'a> {
    /// How many derivations need it, each the next; the root has 0.
    pub(crate) depth: usize,
    /// Name and version.
    pub(crate) name: &'a str,
    pub(crate) state: State,
    /// Where it is built, if not here.
    pub(crate) host: Option<Host<'a>>,
    /// Its phase, where it runs or failed.
    pub(crate) phase: Option<&'a str>,
    /// Seconds that it took, or takes until now.
    pub(crate) seconds: Option<f64>,
}

/// How a derivation of the tree is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It will be built.
    Waiting,
    /// It is being built.
    Running,
    /// It was built.
    Built,
    /// It failed, with the exit status of its builder or with another hash than was expected.
    Failed(Failing),
    /// Its output will be downloaded.
    ToDownload,
    /// Its output is being downloaded, or was.
    Downloaded,
    /// Its output is being uploaded, or was.
    Uploaded,
    /// It only holds others together.
    Unknown,
}

/// Why a derivation of the tree failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failing {
    /// The builder ended with this status.
    ExitCode(u64),
    /// A download has another hash.
    HashMismatch,
    /// It does not say.
    Unsaid,
}

/// Where something is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Host<'a> {
    /// By its number in the table.
    Number(u64),
    /// By its address.
    Named(&'a str),
}

/// The last word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Finish {
    /// Whether neither a build nor an evaluation failed.
    pub(crate) good: bool,
    /// Seconds since it was started.
    pub(crate) seconds: f64,
}

/// Asks that a symbol be drawn as text.
const AS_TEXT: char = '\u{FE0E}';

/// Reads a line without the blanks at its end.
pub(crate) fn parse(text: &str) -> Option<NomLine<'_>> {
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    match first {
        'F' | '⚠' => finish(text).map(NomLine::Finished),
        '┃' => Some(inner(rest)),
        '┏' | '┣' => rest.starts_with('━').then(|| head(rest)),
        '┗' => sums(rest.strip_prefix('━')?),
        '⏱' => Some(NomLine::Other),
        _ => None,
    }
}

// ┏━ 2 Errors:
// ┣━ Dependency Graph with 3 roots:
// ┣━━━ Builds          │ Host
fn head(rest: &str) -> NomLine<'_> {
    let rest = rest.trim_start_matches('━').trim_start();
    if rest.starts_with("Dependency Graph") {
        return NomLine::Head;
    }
    match number(rest) {
        Some((count, " Errors:")) => NomLine::Errors(count),
        _ => NomLine::Other,
    }
}

/// A line of the tree, or of the table.
fn inner(rest: &str) -> NomLine<'_> {
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    if let Some(node) = node(rest) {
        return NomLine::Node(node);
    }
    host(rest).unwrap_or(NomLine::Other)
}

//    ⏵ 1 │ ✔ 2 │   │ [1]: ssh://builder1
fn host(rest: &str) -> Option<NomLine<'_>> {
    let (_, last) = rest.rsplit_once("│ ")?;
    let (index, address) = number(last.trim().strip_prefix('[')?)?;
    Some(NomLine::Host(index, address.strip_prefix("]: ")?))
}

// │  ├─ ⏵ ollama-0.6.0 on [1] (buildPhase) ⏱ 3m12s (∅ 3m14s)
// ⚠ nginx-1.27.4 failed with exit code 2 after ⏱ 4s in buildPhase
// ↓ ✔ linux-6.12.19 ⏱ 5s
fn node(text: &str) -> Option<Node<'_>> {
    let (depth, text) = indent(text)?;
    let (symbols, text) = symbols(text);
    let end = text.bytes().position(|byte| !is_name_byte(byte)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let is_alone = rest.trim().is_empty();
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
    if !starts_well || (symbols == [None, None] && !is_alone) {
        return None;
    }
    Some(Node {
        depth,
        name,
        state: state(symbols, rest)?,
        host: built_on(rest),
        phase: phase(rest),
        seconds: rest.split_once('⏱').and_then(|(_, rest)| first_time(rest)),
    })
}

/// How deep a derivation stands: three columns for each that needs it, the last one a branch.
fn indent(mut text: &str) -> Option<(usize, &str)> {
    const COLUMNS: [&str; 4] = ["┌─ ", "├─ ", "│  ", "   "];
    let (mut depth, mut is_branch) = (0, true);
    while let Some(column) = COLUMNS.iter().position(|it| text.starts_with(it)) {
        text = &text[COLUMNS[column].len()..];
        depth += 1;
        is_branch = column < 2;
        if is_branch {
            break;
        }
    }
    is_branch.then_some((depth, text))
}

/// What the one or two symbols in front of a name stand for.
fn symbols(mut text: &str) -> ([Option<Symbol>; 2], &str) {
    let mut symbols = [None, None];
    for symbol in &mut symbols {
        let Some((found, rest)) = one_symbol(text) else { break };
        *symbol = Some(found);
        text = rest;
    }
    (symbols, text)
}

/// What a symbol stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Symbol {
    Running,
    Done,
    Waiting,
    Failed,
    Down,
    Up,
}

/// A symbol and a blank. Older versions draw other ones, and fonts for programmers have their own.
fn one_symbol(text: &str) -> Option<(Symbol, &str)> {
    let first = text.chars().next()?;
    let symbol = match first {
        '⏵' | '▶' | '\u{EB70}' => Symbol::Running,
        '✔' => Symbol::Done,
        '⏸' | '⏳' => Symbol::Waiting,
        '⚠' | '✗' => Symbol::Failed,
        '↓' => Symbol::Down,
        '↑' => Symbol::Up,
        _ => return None,
    };
    let rest = text[first.len_utf8()..].trim_start_matches(AS_TEXT);
    Some((symbol, rest.strip_prefix(' ')?.trim_start()))
}

fn state(symbols: [Option<Symbol>; 2], rest: &str) -> Option<State> {
    Some(match symbols {
        [Some(Symbol::Down), Some(Symbol::Waiting)] => State::ToDownload,
        [Some(Symbol::Down), Some(Symbol::Running | Symbol::Done)] => State::Downloaded,
        [Some(Symbol::Up), Some(Symbol::Running | Symbol::Done)] => State::Uploaded,
        [Some(Symbol::Running), None] => State::Running,
        [Some(Symbol::Done), None] => State::Built,
        [Some(Symbol::Waiting), None] => State::Waiting,
        [Some(Symbol::Failed), None] => State::Failed(failing(rest)),
        [None, None] => State::Unknown,
        _ => return None,
    })
}

fn failing(rest: &str) -> Failing {
    let Some((_, how)) = rest.split_once("failed with ") else { return Failing::Unsaid };
    if how.starts_with("hash mismatch") {
        return Failing::HashMismatch;
    }
    let status = how.strip_prefix("exit code ").and_then(number);
    status.map_or(Failing::Unsaid, |(status, _)| Failing::ExitCode(status))
}

fn built_on(rest: &str) -> Option<Host<'_>> {
    let word = rest.strip_prefix(" on ")?.split(' ').next()?;
    let index = word.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    Some(match index.and_then(number) {
        Some((index, "")) => Host::Number(index),
        _ => Host::Named(word),
    })
}

/// `(buildPhase)` of a build that runs, `in buildPhase` of one that failed.
fn phase(rest: &str) -> Option<&str> {
    if let Some((_, phase)) = rest.split_once("⏱").and_then(|(_, rest)| rest.split_once(" in ")) {
        return phase.split(' ').next();
    }
    let (_, inner) = rest.split_once('(')?;
    let (phase, _) = inner.split_once(')')?;
    (!phase.is_empty() && phase.bytes().all(is_name_byte)).then_some(phase)
}

/// The first word of what follows a clock: `︎ 1m3s (∅ 3m14s)`.
fn first_time(rest: &str) -> Option<f64> {
    seconds(rest.trim_start_matches(AS_TEXT).trim_start().split(' ').next()?)
}

//  ∑ ⏵ 0 │ ✔ 11 │ ⏸ 0 │ Finished at 01:27:49 after 7s
fn sums(rest: &str) -> Option<NomLine<'_>> {
    let rest = rest.trim_start().strip_prefix('∑')?;
    Some(finish(rest).map_or(NomLine::Other, NomLine::Finished))
}

// Finished at 13:57:31 after 57s
// ⚠ Exited after 2 build failures at 12:34:56 after 1m2s
// ⚠ Exited with 1 traces reported by nix at 12:34:56 after 2s
fn finish(text: &str) -> Option<Finish> {
    let at = ["Finished", "Exited "].iter().filter_map(|word| text.rfind(word)).max()?;
    let (what, time) = text[at..].rsplit_once(" after ")?;
    let (what, _) = what.rsplit_once(" at ")?;
    let good = what == "Finished" || what.ends_with(" traces reported by nix");
    Some(Finish { good, seconds: seconds(time)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<NomLine<'_>>) {
        assert_eq!(parse(text), expected, "{text}");
    }

    fn node(depth: usize, name: &str, state: State) -> Node<'_> {
        Node { depth, name, state, host: None, phase: None, seconds: None }
    }

    #[test]
    fn each_symbol_has_its_state() {
        let cases = [
            ("⏸ a-1", State::Waiting),
            ("⏳\u{FE0E} a-1", State::Waiting),
            ("⏵ a-1", State::Running),
            ("▶\u{FE0E} a-1", State::Running),
            ("\u{EB70} a-1", State::Running),
            ("✔ a-1 ", State::Built),
            ("⚠ a-1", State::Failed(Failing::Unsaid)),
            ("✗ a-1", State::Failed(Failing::Unsaid)),
            ("↓ ⏸ a-1 waiting for 1 ↓ ⏸", State::ToDownload),
            ("↓ ⏵ a-1", State::Downloaded),
            ("↓ ✔ a-1", State::Downloaded),
            ("↑ ✔ a-1", State::Uploaded),
            ("a-1", State::Unknown),
        ];
        for (line, state) in cases {
            check(&format!("┃ {line}"), Some(NomLine::Node(node(0, "a-1", state))));
        }
    }

    #[test]
    fn the_tree_tells_who_needs_whom() {
        for (line, depth) in [
            ("┃ ⏸ a", 0),
            ("┃ ┌─ ⏸ a", 1),
            ("┃ ├─ ⏸ a", 1),
            ("┃ │  ┌─ ⏸ a waiting for 1 ⏵", 2),
            ("┃ │              ┌─ ⏸ a", 6),
            ("┃ │  │        ┌─ ⏸ a", 5),
        ] {
            check(line, Some(NomLine::Node(node(depth, "a", State::Waiting))));
        }
    }

    #[test]
    fn hosts_phases_and_times_stand_behind_the_name() {
        let running = Node {
            host: Some(Host::Number(1)),
            phase: Some("buildPhase"),
            seconds: Some(192.0),
            ..node(1, "ollama-0.6.0", State::Running)
        };
        let line = "┃ ┌─ ⏵ ollama-0.6.0 on [1] (buildPhase) ⏱ 3m12s (∅ 3m14s)";
        check(line, Some(NomLine::Node(running)));
        let failed = Node {
            host: Some(Host::Named("ssh://b")),
            phase: Some("checkPhase"),
            seconds: Some(115.0),
            ..node(0, "a-1", State::Failed(Failing::ExitCode(2)))
        };
        let line = "┃ ⚠ a-1 on ssh://b failed with exit code 2 after ⏱ 1m55s in checkPhase";
        check(line, Some(NomLine::Node(failed)));
        let mismatch =
            Node { seconds: Some(0.0), ..node(0, "a-1", State::Failed(Failing::HashMismatch)) };
        let line = "┃ ⚠ a-1 failed with hash mismatch after ⏱\u{FE0E} 0s";
        check(line, Some(NomLine::Node(mismatch)));
        let estimated = Node { ..node(0, "a-1", State::Running) };
        check("┃ ⏵ a-1 (∅ 12s)", Some(NomLine::Node(estimated)));
        let glued = Node { seconds: Some(3.0), ..node(0, "a-1", State::Downloaded) };
        check("┃ ↓ ✔ a-1⏱ 3s", Some(NomLine::Node(glued)));
    }

    #[test]
    fn the_table_names_hosts_and_how_it_ended() {
        check("┃    ⏵ 1 │ ✔ 2 │   │ localhost", Some(NomLine::Other));
        check("┃    ⏵ 1 │     │   │ [2]: ssh://b", Some(NomLine::Host(2, "ssh://b")));
        let finished = |good, seconds| Some(NomLine::Finished(Finish { good, seconds }));
        check("┗━ ∑ ⏵ 3 │ ✔ 23 │ ⏸ 1 │ ⏱ 1m0s", Some(NomLine::Other));
        check(
            "┗━ ∑ ⏵ 3 │ ✔ 23 │ ⏸ 1 │ ↓ 0 │ ↓ 1 │ ⏸ 0 │ Finished at 21:05:54 after 42s",
            finished(true, 42.0),
        );
        check(
            "┗━ ∑ ↓ 0 │ ↓ 1 │ ⏸ 2 │ ⚠ Exited with 2 errors reported by nix at 01:02:03 after 1m7s",
            finished(false, 67.0),
        );
    }

    #[test]
    fn the_last_word_may_stand_alone() {
        let finished = |good, seconds| Some(NomLine::Finished(Finish { good, seconds }));
        check("Finished at 13:57:31 after 57s", finished(true, 57.0));
        check("⚠ Exited after 1 build failures at 12:34:56 after 1m2s", finished(false, 62.0));
        check("⚠ Exited with 3 traces reported by nix at 12:34:56 after 2s", finished(true, 2.0));
        check("Finished NixOS Upgrade.", None);
        check("⚠ a-1", None);
    }

    #[test]
    fn other_lines_of_the_frame_say_nothing() {
        check("┏━ Dependency Graph:", Some(NomLine::Head));
        check("┣━ Dependency Graph with 2 roots:", Some(NomLine::Head));
        check("┏━ 2 Errors:", Some(NomLine::Errors(2)));
        check("┣━━━ Builds          │ Host", Some(NomLine::Other));
        check("┃ error: builder for '/nix/store/x.drv' failed", Some(NomLine::Other));
        check("⏱ 5s", Some(NomLine::Other));
        check("┌─ box ─┐", None);
    }
}
