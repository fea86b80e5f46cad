//! The list in the style of nvd, read again: nothing lost, nothing invented.

#[path = "support/analyzed.rs"]
mod analyzed;
#[path = "support/fixtures.rs"]
mod fixtures;

use std::fs;
use std::io::Write;
use std::path::Path;

use analyzer::Report;
use analyzer::report::{Change, ChangeKind, ChangeSource};
use share::export::nvd;

/// What a row says of a change.
type Facts = (String, ChangeKind, Vec<String>, Vec<String>, Option<bool>);

fn facts(change: &Change) -> Facts {
    let Change { name, kind, old, new, selected, .. } = change.clone();
    (name, kind, old, new, selected)
}

/// What nvd would print of a report: what was built again with the same version is not in it.
fn printed(report: &Report) -> Vec<Facts> {
    let changes = report.runs.iter().flat_map(|run| &run.changes);
    let mut facts: Vec<Facts> =
        changes.filter(|change| change.kind != ChangeKind::Rebuilt).map(facts).collect();
    facts.sort();
    facts
}

/// Whether all changes are of nvd. A row of which one version alone is copied says less here.
fn is_of_nvd(report: &Report) -> bool {
    let mut changes = report.runs.iter().flat_map(|run| &run.changes).peekable();
    changes.peek().is_some() && changes.all(|change| change.source == ChangeSource::Nvd)
}

#[track_caller]
fn check(path: &Path, report: &Report) {
    let again = analyzed::report(nvd(report).as_bytes());
    let whole = |all: Vec<Facts>| all.into_iter().filter(|it| it.2 != it.3).collect::<Vec<_>>();
    assert_eq!(whole(printed(&again)), whole(printed(report)), "{}", path.display());
}

#[test]
fn fixtures_of_nvd_come_out_as_they_went_in() {
    let all = fixtures::reports();
    let of_nvd: Vec<_> = all.iter().filter(|(_, report)| is_of_nvd(report)).collect();
    assert!(!of_nvd.is_empty());
    for (path, report) in of_nvd {
        check(path, report);
    }
}

#[test]
fn real_logs_of_nvd_come_out_as_they_went_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/logs");
    let Ok(entries) = fs::read_dir(&folder) else {
        // Nobody can be told if this fails, and nothing depends on it.
        let _ = writeln!(std::io::stderr(), "skipped: there is no {}", folder.display());
        return;
    };
    for entry in entries {
        let path = entry.expect("a readable folder").path();
        let report = analyzed::report(&fs::read(&path).expect("a readable log"));
        if is_of_nvd(&report) {
            check(&path, &report);
        }
    }
}
