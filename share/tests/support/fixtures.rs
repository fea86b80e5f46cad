//! Reports of the logs that the analyzer is tested with.

use std::fs;
use std::path::{Path, PathBuf};

use analyzer::Report;

use super::analyzed::report;

/// Each log with its report.
pub(crate) fn reports() -> Vec<(PathBuf, Report)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../analyzer/tests/fixtures");
    let mut logs = files(&folder);
    logs.retain(|path| path.extension().is_some_and(|it| it == "log"));
    logs.sort();
    assert!(logs.len() > 100, "only {} logs", logs.len());
    let report = |path: PathBuf| {
        let bytes = fs::read(&path).expect("a readable log");
        (path, report(&bytes))
    };
    logs.into_iter().map(report).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).expect("a readable folder");
    let paths = paths.map(|entry| entry.expect("a readable folder").path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
