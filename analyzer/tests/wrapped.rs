//! A log within an envelope tells the same as the bare one, and more only by its clock.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use analyzer::Analyzer;
use analyzer::report::{Grade, Report, Run};

#[path = "support/essence.rs"]
mod essence;
#[path = "support/wrapping.rs"]
mod wrapping;

use essence::{Excerpts, essence};
use wrapping::{BY_PROGRAMS, OF_TEXT, fill};

fn logs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let entries = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).expect("a readable folder");
        entries.map(|entry| entry.expect("a readable folder").path()).collect()
    };
    let sources = entries(&root).into_iter().filter(|path| path.is_dir());
    let files = sources.flat_map(|source| entries(&source));
    let mut logs: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|it| it == "log")).collect();
    logs.sort();
    assert!(!logs.is_empty(), "there are no fixtures");
    logs
}

fn read(log: &[u8]) -> Report {
    let mut analyzer = Analyzer::default();
    analyzer.feed(log);
    analyzer.finish()
}

/// What differs between a bare log and the same in an envelope.
fn difference(log: &str, bare: &Report, pattern: &str) -> Option<String> {
    let lines = log.strip_suffix('\n').unwrap_or(log).split('\n');
    let wrapped: String =
        (0..).zip(lines).map(|(number, line)| fill(pattern, number, line) + "\n").collect();
    let report = read(wrapped.as_bytes());
    // In records of many lines, lines are no measure of what is near, nor of time.
    let is_line_by_line = report.source.lines == bare.source.lines;
    let excerpts = if is_line_by_line { Excerpts::Shown } else { Excerpts::Hidden };
    let (expected, found) = (essence(bare, excerpts), essence(&report, excerpts));
    let pair = expected.lines().zip(found.lines()).find(|(expected, found)| expected != found);
    if let Some((expected, found)) = pair {
        return Some(format!("expected {expected}\n    found {found}"));
    }
    if expected.len() != found.len() {
        return Some(format!("expected {} runs, found {}", bare.runs.len(), report.runs.len()));
    }
    if !is_line_by_line {
        return None;
    }
    let mut runs = bare.runs.iter().zip(&report.runs);
    runs.find_map(|(bare, run)| wrong_time(bare, run, step_s(pattern)?))
}

/// Seconds from line to line by the clock of an envelope.
fn step_s(pattern: &str) -> Option<f64> {
    if pattern.contains("{odd}") {
        return Some(0.5);
    }
    let is_clock =
        ["{time}", "{since}", "{epoch}", "{number}."].iter().any(|it| pattern.contains(it));
    is_clock.then_some(1.0)
}

/// A run lasts from its first line to its last, unless its own clock or a program tells better.
fn wrong_time(bare: &Run, run: &Run, step_s: f64) -> Option<String> {
    let (before, time) = (&bare.time, &run.time);
    let is_same = (before.grade, before.total_s) == (time.grade, time.total_s);
    if before.grade != Grade::Unknown && (is_same || before.grade != Grade::Stamped) {
        return None;
    }
    let [first, last] = [run.lines.0.first()?[0], run.lines.0.last()?[1]];
    let expected_s = f64::from(last - first) * step_s;
    let total_s = time.total_s.unwrap_or(0.0);
    // Blank lines at the end of a message carry no time.
    ((total_s - expected_s).abs() > step_s)
        .then(|| format!("{:?} {total_s} s, expected {expected_s} s", time.grade))
}

#[test]
fn an_envelope_changes_nothing_but_times() {
    let logs = logs();
    let next = AtomicUsize::new(0);
    let complaints = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(path) = logs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = check(path);
                    complaints.lock().expect("no panic elsewhere").extend(found);
                }
            });
        }
    });
    let complaints = complaints.into_inner().expect("no panic elsewhere");
    assert!(complaints.is_empty(), "{}\n{}", complaints.join("\n"), complaints.len());
}

fn check(path: &Path) -> Vec<String> {
    // Other encodings have other line ends.
    let Ok(log) = String::from_utf8(fs::read(path).expect("a readable log")) else {
        return Vec::new();
    };
    let bare = read(log.as_bytes());
    let is_text = !log.contains(['\r', '\u{1b}', '\0']);
    let of_text = OF_TEXT.iter().filter(|_| is_text);
    // A host in front of one or two lines could be any word with a colon.
    let fits = |(name, _): &&(&str, &str)| *name != "several hosts" || log.lines().count() > 2;
    let complaint = |(name, pattern): &(&str, &str)| {
        let difference = difference(&log, &bare, pattern)?;
        Some(format!("{} in {name}: {difference}", path.file_name()?.display()))
    };
    BY_PROGRAMS.iter().chain(of_text).filter(fits).filter_map(complaint).collect()
}
