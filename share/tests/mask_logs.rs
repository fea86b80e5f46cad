//! What is masked in real logs; with `-- --nocapture`, all of it is printed.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Write, stderr};
use std::path::{Path, PathBuf};

use analyzer::{Analyzer, Report};
use serde_json::Value;
use share::mask::{Item, Kind, NameFinder, Names, find, mask};

/// Folders with logs, seen from this crate; what lies beside the project may be absent.
const FOLDERS: [&str; 3] =
    ["../analyzer/tests/fixtures", "../../shared/corpus/logs", "../../shared/nix-logs"];

/// Names that are right although they are in no list: what the logs of the fixtures are made with.
const KINDS_IN_LOGS: [Kind; 4] = [Kind::User, Kind::Host, Kind::Home, Kind::Address];

fn files_below(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files_below(&path, into);
        } else if path.extension().is_none_or(|it| it != "toml" && it != "md" && it != "report") {
            into.push(path);
        }
    }
}

fn logs() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        if !folder.exists() {
            let _ = writeln!(stderr(), "skipped: there is no {}", folder.display());
        }
        files_below(&folder, &mut files);
    }
    files.sort();
    assert!(!files.is_empty());
    files
}

fn read(log: &[u8]) -> (Report, Names) {
    let (mut analyzer, mut finder) = (Analyzer::default(), NameFinder::default());
    analyzer.feed(log);
    finder.feed(log);
    (analyzer.finish(), finder.finish())
}

#[expect(clippy::print_stdout, reason = "the table is for people who ask for it")]
fn print(log: &Path, items: &[Item]) {
    println!("{}", log.display());
    for Item { kind, text, replacement, reach, count } in items {
        println!("{count:>5} {kind:<11?} {text:<40} {replacement:<12} {reach:?}");
    }
}

/// Everything but the texts.
fn shape(value: &Value) -> Value {
    match value {
        Value::String(_) => Value::String(String::new()),
        Value::Array(list) => list.iter().map(shape).collect(),
        Value::Object(map) => map.iter().map(|(name, it)| (name.clone(), shape(it))).collect(),
        other => other.clone(),
    }
}

/// Each store path with what it is called afterwards.
fn paths(before: &Report, after: &Report) -> BTreeMap<String, String> {
    let of = |report: &Report| {
        let derivations = report.runs.iter().flat_map(|run| run.derivations.clone());
        derivations.map(|it| it.drv.unwrap_or(it.name)).collect::<Vec<_>>()
    };
    of(before).into_iter().zip(of(after)).collect()
}

#[test]
fn real_logs_say_the_same_when_they_are_masked() {
    let mut n_masked = 0;
    for log in logs() {
        let (report, names) = read(&fs::read(&log).unwrap());
        let items = find(&report, &names);
        if items.is_empty() {
            continue;
        }
        n_masked += 1;
        print(&log, &items);
        let masked = mask(&report, &items);
        let json = |report: &Report| shape(&serde_json::to_value(report).unwrap());
        assert_eq!(json(&report), json(&masked), "{}", log.display());
        assert_eq!(find(&masked, &names), [], "{}", log.display());
        let mut paths: Vec<String> = paths(&report, &masked).into_values().collect();
        let n_before = paths.len();
        paths.sort();
        paths.dedup();
        assert_eq!(paths.len(), n_before, "two derivations have become one: {}", log.display());
        check_versions(&report, &masked);
        // Nobody has left a password in these.
        let is_known = |item: &Item| KINDS_IN_LOGS.contains(&item.kind) && item.text.len() > 1;
        assert!(items.iter().all(is_known), "{}", log.display());
        assert!(items.len() <= 8, "{}", log.display());
    }
    assert!(n_masked > 20, "{n_masked}");
}

/// Versions and hashes are the same.
fn check_versions(before: &Report, after: &Report) {
    for (before, after) in before.runs.iter().zip(&after.runs) {
        for (before, after) in before.derivations.iter().zip(&after.derivations) {
            assert_eq!(before.version, after.version);
            let hash =
                |drv: &Option<String>| drv.as_ref().and_then(|it| it.get(..44)).map(str::to_owned);
            assert_eq!(hash(&before.drv), hash(&after.drv));
        }
        for (before, after) in before.changes.iter().zip(&after.changes) {
            assert_eq!((&before.old, &before.new), (&after.old, &after.new));
        }
        for (before, after) in before.failures.iter().zip(&after.failures) {
            assert_eq!(before.details.got, after.details.got);
        }
    }
}
