//! Real logs that are kept beside the project and never in it, where they are present.

use std::fs;
use std::io::{Write, stderr};
use std::path::{Path, PathBuf};

#[path = "support/reading.rs"]
mod reading;

use reading::{defects, read, read_in_chunks};

/// Where the logs are, seen from this crate.
const LOGS: &str = "../../shared/corpus/logs";

/// Chunk sizes around which the stages of reading break: bytes, lines, pages.
const CHUNK_LENGTHS: [usize; 4] = [7, 61, 1000, 65_536];

fn logs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(LOGS);
    let Ok(entries) = fs::read_dir(&folder) else {
        // Nobody can be told if this fails, and nothing depends on it.
        let _ = writeln!(stderr(), "skipped: there is no {}", folder.display());
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.expect("a readable folder").path());
    let mut logs: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|it| it == "log")).collect();
    logs.sort();
    logs
}

fn complaint(path: &Path) -> Option<String> {
    let log = fs::read(path).expect("a readable log");
    let whole = read(&log);
    let mut complaints = defects(&log, &whole);
    let differs = CHUNK_LENGTHS.into_iter().find(|&length| read_in_chunks(&log, length) != whole);
    complaints.extend(differs.map(|length| format!("differs in chunks of {length}")));
    (!complaints.is_empty()).then(|| format!("{}: {}", path.display(), complaints.join("; ")))
}

#[test]
fn real_logs_give_sound_reports_in_any_chunking() {
    let complaints: Vec<_> = logs().iter().filter_map(|path| complaint(path)).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
