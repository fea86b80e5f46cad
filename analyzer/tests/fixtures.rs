//! Every log of `fixtures/` against its snapshot, in every chunking.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

#[path = "support/chunking.rs"]
mod chunking;
#[path = "support/reading.rs"]
mod reading;
#[path = "support/rendering.rs"]
mod rendering;

use chunking::chunk_lengths;
use reading::{defects, read, read_in_chunks};
use rendering::render;

/// What rewrites the snapshots.
const REWRITE: &str = "UPDATE_SNAPSHOTS=1 cargo test -p analyzer --test fixtures";

/// Runs `check` on every log, on all cores, and fails with all that it complains about.
fn for_each_log(check: impl Fn(&Path, &[u8]) -> Result<(), String> + Sync) {
    let logs = logs();
    let next = AtomicUsize::new(0);
    let complaints = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(path) = logs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let complaint = check(path, &fs::read(path).expect("a readable log"));
                    complaints.lock().expect("no panic elsewhere").extend(complaint.err());
                }
            });
        }
    });
    let complaints = complaints.into_inner().expect("no panic elsewhere");
    assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
}

fn logs() -> Vec<PathBuf> {
    let mut logs = files_with_extension("log");
    logs.sort();
    assert!(!logs.is_empty(), "there are no fixtures");
    logs
}

fn files_with_extension(extension: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let sources = entries(&root).into_iter().filter(|path| path.is_dir());
    let files = sources.flat_map(|source| entries(&source));
    files.filter(|path| path.extension().is_some_and(|it| it == extension)).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a readable folder");
    entries.map(|entry| entry.expect("a readable folder").path()).collect()
}

fn title(path: &Path) -> String {
    let folder = path.parent().and_then(Path::file_name).unwrap_or_default();
    Path::new(folder).join(path.file_name().unwrap_or_default()).display().to_string()
}

/// The first line in which two texts differ, with what stands there.
fn first_difference(expected: &str, found: &str) -> String {
    let mut pairs = expected.lines().zip(found.lines()).enumerate();
    let Some((index, (want, have))) = pairs.find(|(_, (want, have))| want != have) else {
        return "one text is longer than the other".to_owned();
    };
    format!("line {}\n  expected {want}\n  found    {have}", index + 1)
}

fn check_snapshot(log_path: &Path, log: &[u8]) -> Result<(), String> {
    let snapshot = log_path.with_extension("report");
    let found = render(&read(log));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        return fs::write(snapshot, found).map_err(|error| error.to_string());
    }
    let Ok(expected) = fs::read_to_string(&snapshot) else {
        return Err(format!("{}: expected a snapshot beside it: {REWRITE}", title(log_path)));
    };
    if expected == found {
        return Ok(());
    }
    let difference = first_difference(&expected, &found);
    Err(format!("{}: {difference}\n  if that is right: {REWRITE}", title(&snapshot)))
}

#[test]
fn report_is_the_one_in_the_snapshot() {
    for_each_log(check_snapshot);
}

#[test]
fn any_chunking_gives_the_same_report() {
    for_each_log(|path, log| {
        let whole = read(log);
        match chunk_lengths(log).find(|&length| read_in_chunks(log, length) != whole) {
            None => Ok(()),
            Some(length) => Err(format!("{}: differs in chunks of {length}", title(path))),
        }
    });
}

#[test]
fn every_fact_has_lines_of_the_log() {
    for_each_log(|path, log| {
        let defects = defects(log, &read(log));
        if defects.is_empty() {
            return Ok(());
        }
        Err(format!("{}: {}", title(path), defects.join("; ")))
    });
}

#[test]
fn every_snapshot_has_its_log() {
    let orphans: Vec<_> = files_with_extension("report")
        .into_iter()
        .filter(|path| !path.with_extension("log").exists())
        .collect();
    assert_eq!(orphans, Vec::<PathBuf>::new());
}
