//! Logs that real Nix printed, kept beside the project, with what is known of each run.

use std::fs;
use std::io::{Write, stderr};
use std::path::{Path, PathBuf};

/// Where the logs are, seen from this crate.
const LOGS: &str = "../../shared/nix-logs";

/// What was printed for one command, or a part of it.
#[derive(Debug)]
pub(crate) struct NixLog {
    /// Version and file, such as `2.34.8/C-depfail.log.ts`.
    pub(crate) title: String,
    /// How the file was made: `--ts iso`, `--kill INT@2`.
    pub(crate) options: String,
    /// Exit status of the command.
    pub(crate) status: i32,
    /// What is in the file.
    pub(crate) bytes: Vec<u8>,
}

/// The folder with the logs; `None`, with a message, if it is not there.
pub(crate) fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(LOGS);
    if folder.join("MANIFEST.md").exists() {
        return Some(folder);
    }
    say(&format!("skipped: there is no {}", folder.display()));
    None
}

/// Prints a line, whether or not the test fails.
pub(crate) fn say(text: &str) {
    // Nobody can be told if this fails, and nothing depends on it.
    let _ = writeln!(stderr(), "{text}");
}

/// Every file that the manifest names, with its stamped copies, in the order of the manifest.
pub(crate) fn all() -> Vec<NixLog> {
    let Some(folder) = folder() else { return Vec::new() };
    let manifest = fs::read_to_string(folder.join("MANIFEST.md")).expect("a readable manifest");
    manifest.lines().filter_map(row).flat_map(|row| files(&folder, &row)).collect()
}

/// A row of the manifest.
struct Row<'a> {
    file: &'a str,
    status: i32,
    options: &'a str,
}

// | 2.3.7/C-depfail.log | 100 | --ts iso | `nix-build fail.nix -A system` |
fn row(line: &str) -> Option<Row<'_>> {
    let mut cells = line.strip_prefix("| ")?.split(" | ").map(str::trim);
    let (file, status) = (cells.next()?, cells.next()?.parse().ok()?);
    Some(Row { file, status, options: cells.next()?.trim_start_matches("| ") })
}

fn files(folder: &Path, row: &Row<'_>) -> Vec<NixLog> {
    let log = |suffix: &str| {
        let title = format!("{}{suffix}", row.file);
        let bytes = fs::read(folder.join(&title)).ok()?;
        Some(NixLog { title, options: row.options.to_owned(), status: row.status, bytes })
    };
    ["", ".ts", ".journal", ".stdout"].into_iter().filter_map(log).collect()
}
