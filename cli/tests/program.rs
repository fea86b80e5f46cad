//! The program as a person and a script use it.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Output, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

/// A rebuild that Nix printed on the way to a failure.
const LOG: &str = "../analyzer/tests/fixtures/nix-2.34.8/dependency-fails.log";

/// Nothing that is waited for takes longer than this.
const PATIENCE: Duration = Duration::from_secs(20);

fn log_path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(LOG)
}

fn log() -> Vec<u8> {
    std::fs::read(log_path()).expect("the fixture")
}

fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rebuildscope"));
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn start(args: &[&str]) -> Child {
    program(args).spawn().expect("the program starts")
}

/// Runs the program to its end with `input` on standard input.
fn run(args: &[&str], input: &[u8]) -> Output {
    let mut child = start(args);
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let writer = thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("the program ends");
    // The program may end without reading everything: that is for the caller to judge.
    let _ = writer.join().expect("no panic");
    output
}

#[track_caller]
fn check_refused(args: &[&str], input: &[u8], status: i32, words: &str) {
    let output = run(args, input);
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(status), "{complaint}");
    assert_eq!(output.stdout, b"");
    assert!(complaint.starts_with("rebuildscope: ") && complaint.contains(words), "{complaint}");
}

#[test]
fn json_is_what_comes_out_where_there_is_no_terminal() {
    let output = run(&["report"], &log());
    assert_eq!(output.status.code(), Some(0));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["schema"], 1);
    assert_eq!(report["runs"][0]["outcome"], "failed");
}

#[test]
fn a_file_and_standard_input_give_the_same() {
    let path = log_path();
    let of_file = run(&["report", path.to_str().unwrap(), "--format", "json"], b"");
    assert_eq!(of_file.stdout, run(&["report", "-", "--format", "json"], &log()).stdout);
}

#[test]
fn what_is_read_is_passed_on_byte_for_byte() {
    let output = run(&["report", "--tee", "--format", "json"], &log());
    assert_eq!(output.stderr, log());
    assert_eq!(output.stdout, run(&["report", "--format", "json"], &log()).stdout);
}

/// A program that passes on what it reads, with both ends in hand.
struct Listener {
    child: Child,
    stdin: ChildStdin,
    echo: Receiver<Vec<u8>>,
}

impl Listener {
    fn start() -> Self {
        let mut child = start(&["report", "--tee"]);
        let (stdin, mut stderr) =
            (child.stdin.take().expect("a pipe"), child.stderr.take().expect("a pipe"));
        let (seen, echo) = mpsc::channel();
        thread::spawn(move || {
            let mut buffer = [0; 256];
            while let Ok(length @ 1..) = stderr.read(&mut buffer) {
                // Nobody listens any more once the test is over.
                let _ = seen.send(buffer[..length].to_vec());
            }
        });
        Self { child, stdin, echo }
    }

    /// Sends bytes and waits until they have come out again.
    #[track_caller]
    fn check_echo(&mut self, bytes: &[u8]) {
        self.stdin.write_all(bytes).expect("a reader");
        let mut echoed = Vec::new();
        while echoed.len() < bytes.len() {
            echoed.extend(self.echo.recv_timeout(PATIENCE).expect("an echo"));
        }
        assert_eq!(echoed, bytes);
    }

    fn end(self) -> Output {
        drop(self.stdin);
        self.child.wait_with_output().expect("the program ends")
    }
}

fn lines_of(log: &[u8]) -> impl Iterator<Item = &[u8]> {
    log.split_inclusive(|byte| *byte == b'\n')
}

#[test]
fn what_is_read_is_passed_on_while_the_rebuild_runs() {
    let log = log();
    let mut listener = Listener::start();
    lines_of(&log).take(5).for_each(|line| listener.check_echo(line));
    assert!(serde_json::from_slice::<serde_json::Value>(&listener.end().stdout).is_ok());
}

#[cfg(unix)]
#[test]
fn the_interrupt_that_ends_the_rebuild_leaves_the_report() {
    let log = log();
    let mut listener = Listener::start();
    lines_of(&log).take(3).for_each(|line| listener.check_echo(line));
    let interrupt = format!("kill -INT {}", listener.child.id());
    assert!(Command::new("sh").args(["-c", &interrupt]).status().unwrap().success());
    listener.check_echo(b"error: interrupted by the user\n");
    let report: serde_json::Value = serde_json::from_slice(&listener.end().stdout).unwrap();
    assert_eq!(report["runs"][0]["outcome"], "interrupted");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut child = start(&["report", "--format", "text"]);
    drop(child.stdout.take());
    child.stdin.take().unwrap().write_all(&log()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn what_is_no_log_is_refused_with_what_it_seems_to_be() {
    check_refused(&["report"], b"", 1, "empty");
    check_refused(&["report"], b"<!doctype html><title>x</title>", 1, "a web page");
    check_refused(&["report"], b"Dear reader,\n\nall is well.\n", 1, "not the log of a rebuild");
}

#[test]
fn a_trace_needs_times() {
    check_refused(&["report", "--format", "trace"], &log(), 2, "A trace needs times");
    let stamped = b"2025-03-13T04:40:00Z building '/nix/store/\
        00000000000000000000000000000000-a-1.0.drv'...\n2025-03-13T04:40:09Z error: interrupted\n";
    let output = run(&["report", "--format", "trace"], stamped);
    let trace: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(!trace["traceEvents"].as_array().unwrap().is_empty());
}

#[test]
fn what_cannot_be_read_is_named() {
    check_refused(&["report", "/nowhere/at-all.log"], b"", 2, "/nowhere/at-all.log");
    check_refused(&["report", "/"], b"", 2, "cannot read /");
}

#[test]
fn wrong_usage_says_what_was_expected() {
    check_refused(&[], b"", 2, "expected a command");
    check_refused(&["report", "--colour"], b"", 2, "--colour");
    check_refused(&["report", "--format", "xml"], b"", 2, "\"xml\"");
}

#[test]
fn help_names_every_option_and_every_status() {
    let help = String::from_utf8(run(&["--help"], b"").stdout).unwrap();
    for word in [
        "report",
        "diff",
        "share",
        "open",
        "schema",
        "--format",
        "trace",
        "html",
        "csv-builds",
        "--tee",
        "--base",
        "--level",
        "--allow",
        "--password-file",
        "--help",
        "--version",
        "Exit status",
    ] {
        assert!(help.contains(word), "{word}");
    }
    let widest = help.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{widest:?}");
}

#[test]
fn version_is_that_of_the_package() {
    let version = run(&["--version"], b"").stdout;
    assert_eq!(
        String::from_utf8_lossy(&version).trim(),
        concat!("rebuildscope ", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn text_that_is_not_for_a_terminal_has_no_escape_sequences() {
    let text = String::from_utf8(run(&["report", "--format", "text"], &log()).stdout).unwrap();
    assert!(text.contains("Failures") && !text.contains('\x1b'), "{text}");
}

/// The same log in every format, and what the report calls it.
const PACKED: [(&str, &str); 6] = [
    ("rebuild.log.gz", "gzip"),
    ("rebuild.log.zst", "zstd"),
    ("rebuild.log.bz2", "bzip2"),
    ("rebuild.log.xz", "xz"),
    ("rebuild.zip", "zip"),
    ("rebuild.tar.gz", "gzip, tar"),
];

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn packed(name: &str) -> Vec<u8> {
    std::fs::read(fixture("unpack/tests/fixtures").join(name)).expect("the fixture")
}

fn report_on(input: &[u8]) -> serde_json::Value {
    let output = run(&["report", "--format", "json"], input);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("a report")
}

#[test]
fn packed_log_has_the_report_of_the_log() {
    let plain = std::fs::read(fixture("analyzer/tests/fixtures/nix-2.34.8/rebuild-ng.log"));
    let expected = report_on(&plain.unwrap());
    for (name, compression) in PACKED {
        let mut report = report_on(&packed(name));
        assert_eq!(report["source"]["bytes"], packed(name).len());
        assert_eq!(report["source"]["compression"], compression);
        report["source"]["bytes"] = expected["source"]["bytes"].clone();
        report["source"]["compression"] = serde_json::Value::Null;
        assert_eq!(report, expected, "{name}");
    }
}

#[test]
fn packed_log_is_passed_on_as_it_came() {
    for (name, _) in PACKED {
        let output = run(&["report", "--tee", "--format", "json"], &packed(name));
        assert!(output.stderr == packed(name), "{name}");
    }
}

#[test]
fn packed_log_that_is_cut_off_is_read_as_far_as_it_goes() {
    let gzip = packed("rebuild.log.gz");
    let report = report_on(&gzip[..gzip.len() / 2]);
    assert_eq!(report["source"]["truncated"], true);
    assert_eq!(report["source"]["bytes"], gzip.len() / 2);
    let sentence = format!("The packed file is cut off after byte {}.", gzip.len() / 2);
    assert!(report["notes"][0].as_str().unwrap().starts_with(&sentence), "{}", report["notes"]);
}

#[test]
fn archive_of_several_files_says_which_was_read() {
    let report = report_on(&packed("several.zip"));
    let notes = report["notes"].as_array().unwrap();
    assert!(notes.iter().any(|note| note.as_str().unwrap().contains("logs/other.log, was read")));
}

#[test]
fn packed_log_of_which_nothing_can_be_unpacked_is_refused() {
    let mut damaged = packed("rebuild.log.bz2");
    damaged[20..40].fill(0);
    check_refused(&["report"], &damaged, 2, "cannot unpack the log. The packed file is damaged at");
    check_refused(&["report"], b"\x1F\x8B\x08\0", 2, "cut off after byte 4");
}

/// The closures of two systems with one package each.
fn closures() -> [&'static [u8]; 2] {
    [
        b"/nix/store/11111111111111111111111111111111-ollama-0.5.13\n",
        b"/nix/store/22222222222222222222222222222222-ollama-0.6.0\n",
    ]
}

#[test]
fn two_listings_are_compared() {
    let [old, new] = closures();
    let folder = std::env::temp_dir().join(format!("rebuildscope-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("old.txt");
    std::fs::write(&file, old).unwrap();
    let output = run(&["diff", file.to_str().unwrap(), "-", "--format", "text"], new);
    std::fs::remove_dir_all(&folder).unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{text}");
    for part in ["Two systems compared", "ollama 0.5.13 -> 0.6.0", "minor", "1–2"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn what_is_no_system_is_not_compared() {
    check_refused(&["diff", "-", "Cargo.toml"], closures()[0], 1, "not the log of a rebuild");
    check_refused(&["diff", "-", "/nowhere/at-all.txt"], closures()[0], 2, "/nowhere/at-all.txt");
}

#[test]
fn a_listing_is_told_as_what_it_is() {
    let output = run(&["report", "--format", "text"], closures()[0]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains("It lists one store path"));
}
