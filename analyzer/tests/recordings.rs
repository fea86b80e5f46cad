//! What programs do to a recording on its way does not change what is read in it.

use std::fs;
use std::path::Path;

use analyzer::report::{Report, Run};

#[expect(dead_code, reason = "only whole logs are read here")]
#[path = "support/reading.rs"]
mod reading;

use reading::read;

/// Recordings of a terminal, and logs of records.
const TERMINALS: [&str; 9] = [
    "nix-2.3.7/terminal-bar.log",
    "nix-2.8.0/terminal-bar-with-output.log",
    "nix-2.8.0/terminal-keep-going.log",
    "nix-2.8.0/terminal-missing-attribute.log",
    "nix-2.8.0/terminal-rebuild.log",
    "nix-2.34.8/terminal-bar.log",
    "nix-2.34.8/terminal-builder-exit.log",
    "nix-2.34.8/terminal-fetch.log",
    "nix-2.34.8/terminal-remote.log",
];
const RECORDS: [&str; 8] = [
    "nix-2.8.0/json-builder-exit.log",
    "nix-2.8.0/json-infinite-recursion.log",
    "nix-2.8.0/json-remote.log",
    "nix-2.34.8/json-builder-exit.log",
    "nix-2.34.8/json-garbage.log",
    "nix-2.34.8/json-hash-mismatch.log",
    "nix-2.34.8/json-missing-attribute.log",
    "nix-2.34.8/json-post-build-hook.log",
];

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What a run says without its evidence: which builds and copies, how they ended, what failed.
fn facts(run: &Run) -> Vec<String> {
    let builds = run.derivations.iter();
    let builds = builds.map(|it| format!("{} {:?} {:?}", it.name, it.version, it.status));
    let fetches =
        run.fetches.iter().map(|it| format!("{:?} {:?} {:?}", it.path, it.status, it.bytes));
    let failures = run.failures.iter().map(|it| format!("{:?} {}", it.name, it.message));
    let mut facts = vec![format!("{:?} {:?}", run.outcome, run.activated)];
    facts.extend(builds.chain(fetches).chain(failures));
    facts
}

#[track_caller]
fn check(names: &[&str], change: impl Fn(&[u8]) -> Vec<u8>) {
    for name in names {
        let log = fixture(name);
        let all = |report: Report| report.runs.iter().flat_map(facts).collect::<Vec<_>>();
        assert_eq!(all(read(&change(&log))), all(read(&log)), "{name}");
    }
}

/// Replaces `old` wherever it stands.
fn replace(log: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut changed = Vec::new();
    let mut rest = log;
    while let Some(at) = rest.windows(old.len()).position(|part| part == old) {
        changed.extend_from_slice(&rest[..at]);
        changed.extend_from_slice(new);
        rest = &rest[at + old.len()..];
    }
    [changed.as_slice(), rest].concat()
}

#[test]
fn a_file_of_records_has_no_prefix() {
    check(&RECORDS, |log| replace(log, b"@nix {", b"{"));
}

#[test]
fn records_may_stand_behind_times() {
    check(&RECORDS, |log| replace(log, b"@nix {", b"2025-03-13T04:40:12+00:00 @nix {"));
}

#[test]
fn a_typescript_has_a_line_before_and_one_after() {
    let head = b"Script started on 2025-03-13 04:40:12+00:00 [TERM=\"xterm-256color\" TTY=\"/dev/pts/1\" COLUMNS=\"120\" LINES=\"40\"]\n";
    let tail = b"\nScript done on 2025-03-13 04:52:34+00:00 [COMMAND_EXIT_CODE=\"0\"]\n";
    check(&TERMINALS, |log| [head, log, tail].concat());
}

#[test]
fn a_bar_may_hide_the_cursor() {
    check(&TERMINALS, |log| [b"\x1b[?25l", log, b"\x1b[?25h"].concat());
}

#[test]
fn a_terminal_may_end_lines_with_several_returns() {
    check(&TERMINALS, |log| replace(log, b"\r\n", b"\r\r\n"));
}

#[test]
fn colours_may_be_written_with_letters() {
    let colourful = [
        "nix-2.8.0/terminal-missing-attribute.log",
        "nix-2.8.0/diff-closures-terminal.log",
        "nix-2.34.8/json-builder-exit.log",
    ];
    for letters in [&b"^["[..], b"ESC", b""] {
        check(&colourful, |log| replace(&replace(log, b"\x1b", letters), b"\r", b""));
    }
}
