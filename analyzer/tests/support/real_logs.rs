//! The logs that tests of several parts go through.

use std::fs;
use std::path::{Path, PathBuf};

/// All fixtures of the analyzer and, where there are any beside the project, real logs.
pub(crate) fn all() -> impl Iterator<Item = (PathBuf, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    files_below(&root.join("../analyzer/tests/fixtures"), &mut files);
    assert!(!files.is_empty(), "there are no fixtures");
    files_below(&root.join("../../shared/corpus"), &mut files);
    files_below(&root.join("../../shared/nix-logs"), &mut files);
    files.into_iter().map(|path| {
        let log = fs::read(&path).expect("a readable log");
        (path, log)
    })
}

fn files_below(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files_below(&path, into);
        } else {
            into.push(path);
        }
    }
}
