//! Rows of nvd, dix and `nix store diff-closures`, read and written again: none lost, none invented.
//!
//! The rows are read here by rules of this test alone. A letter says only whether a package came
//! (`A`), went (`R`) or stayed (`~`): upgrades are not told by the rules of those programs.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use analyzer::Analyzer;
use analyzer::report::{Change, ChangeKind, ChangeSource, Report};

/// Where real logs are, seen from this crate.
const FOLDERS: [&str; 4] = [
    "../../shared/corpus/logs",
    "../../shared/nix-logs/2.3.7",
    "../../shared/nix-logs/2.8.0",
    "../../shared/nix-logs/2.34.8",
];

fn logs() -> Vec<PathBuf> {
    let mut logs = Vec::new();
    for folder in FOLDERS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let Ok(entries) = fs::read_dir(&folder) else {
            // Nobody can be told if this fails, and nothing depends on it.
            let _ = writeln!(std::io::stderr(), "skipped: there is no {}", folder.display());
            continue;
        };
        logs.extend(entries.map(|entry| entry.expect("a readable folder").path()));
    }
    logs.retain(|path| path.is_file() && path.extension().is_none_or(|it| it != "toml"));
    logs.sort();
    logs
}

/// Text without escape sequences, and of each line what stands after the last redraw.
fn lines(log: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut rest = log.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '\x1b' {
            plain.push(c);
        } else if rest.next_if_eq(&'[').is_some() {
            while rest.next().is_some_and(|c| !c.is_ascii_alphabetic()) {}
        }
    }
    let last = |line: &str| line.trim_end_matches('\r').rsplit('\r').next().map(str::to_owned);
    plain.split('\n').filter_map(last).collect()
}

/// A row in a form of this test: `~* openssh: 9.5p1 -> 9.6p1`.
fn row(letter: char, mark: char, name: &str, old: &[String], new: &[String]) -> String {
    format!("{letter}{mark} {name}: {} -> {}", old.join(", "), new.join(", "))
}

/// Versions without counts, outputs and repetitions.
fn versions(text: &str, row: &str) -> Vec<String> {
    const OUTPUTS: [&str; 17] = [
        "bin", "data", "debug", "dev", "devdoc", "dist", "doc", "getent", "info", "lib", "lib32",
        "lib64", "man", "out", "py", "static", "terminfo",
    ];
    /// These could also be a part of the version, and are none only if it also stands without.
    const DOUBTFUL: [&str; 7] = ["data", "debug", "dev", "dist", "out", "py", "static"];
    let words: Vec<&str> = row.split([' ', ',']).collect();
    let mut versions: Vec<String> = Vec::new();
    for part in text.split(", ") {
        let version = part.split([' ', '\u{a0}']).next().unwrap_or_default();
        let (base, word) = version.rsplit_once('-').unwrap_or((version, ""));
        let stands_alone = || {
            words.contains(&base)
                || OUTPUTS
                    .iter()
                    .any(|other| *other != word && words.contains(&&*format!("{base}-{other}")))
        };
        let is_output = OUTPUTS.contains(&word) && (!DOUBTFUL.contains(&word) || stands_alone());
        let version = if is_output { base } else { version };
        let is_version = !matches!(version, "" | "<none>" | "ε" | "∅" | "<unchanged>" | "<others>");
        if is_version && !versions.iter().any(|it| it == version) {
            versions.push(version.to_owned());
        }
    }
    versions
}

/// `[U*]  #01  openssh  9.5p1 -> 9.6p1` of nvd, and `[A.] git-wt-clean <none>` of dix.
fn bracket_row(line: &str) -> Option<String> {
    let line = line.trim_start();
    let inner = line.strip_prefix('[')?;
    let mut letters = inner.chars();
    let (letter, mark) = (letters.next()?, letters.next()?);
    let rest = inner.get(2..)?.strip_prefix("] ")?.trim_start();
    if !"UDCAR".contains(letter) || !"*+.-".contains(mark) {
        return None;
    }
    let rest = match rest.strip_prefix('#') {
        Some(numbered) => numbered.split_once(' ')?.1.trim_start(),
        None => rest,
    };
    let (name, sides) = rest.split_once(' ')?;
    let sides = sides.trim();
    let sides =
        sides.rsplit_once(", ").filter(|(_, last)| last.ends_with('B')).map_or(sides, |it| it.0);
    let mark = if "*+".contains(mark) { '*' } else { '.' };
    let all = |text| versions(text, line);
    match (letter, sides.split_once(" -> ")) {
        ('A', None) => Some(row('A', mark, name, &[], &all(sides))),
        ('R', None) => Some(row('R', mark, name, &all(sides), &[])),
        // Only whether it is selected has changed.
        (_, None) => None,
        (_, Some((old, new))) => Some(row('~', mark, name, &all(old), &all(new))),
    }
}

/// `btop: ∅ → 1.4.0, +601.1 KiB` of `nix store diff-closures`.
fn arrow_row(line: &str) -> Option<String> {
    let (name, sides) = line.trim_start().split_once(": ")?;
    let (old, new) = sides.split_once(" → ")?;
    let is_name =
        name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-._?=".contains(&byte));
    if !is_name || name.is_empty() {
        return None;
    }
    let new = new.rsplit_once(", ").filter(|(_, last)| last.ends_with("iB")).map_or(new, |it| it.0);
    let letter = match (old, new) {
        ("∅", _) => 'A',
        (_, "∅") => 'R',
        _ => '~',
    };
    Some(row(letter, '?', name, &versions(old, line), &versions(new, line)))
}

/// The rows of a change; one that was renamed has two.
fn rows(change: &Change) -> Vec<String> {
    let mark = match change.selected {
        Some(true) => '*',
        Some(false) => '.',
        None => '?',
    };
    let letter = match change.kind {
        ChangeKind::Added => 'A',
        ChangeKind::Removed => 'R',
        _ => '~',
    };
    match &change.renamed_from {
        Some(before) => vec![
            row('R', mark, before, &change.old, &[]),
            row('A', mark, &change.name, &[], &change.new),
        ],
        None => vec![row(letter, mark, &change.name, &change.old, &change.new)],
    }
}

fn is_of(change: &Change, sources: &[ChangeSource]) -> bool {
    // A row with a size alone names no version.
    sources.contains(&change.source)
        && (change.size_delta_bytes.is_none() || change.old != change.new)
}

fn read(log: &[u8]) -> Report {
    let mut analyzer = Analyzer::default();
    analyzer.feed(log);
    analyzer.finish()
}

fn check(sources: &[ChangeSource], expected: impl Fn(&str) -> Option<String>) -> usize {
    let mut n_rows = 0;
    for path in logs() {
        let log = fs::read(&path).expect("a readable log");
        let text = String::from_utf8_lossy(&log);
        let mut expected: Vec<String> =
            lines(&text).iter().filter_map(|line| expected(line)).collect();
        if expected.is_empty() {
            continue;
        }
        let report = read(&log);
        let changes = report.runs.iter().flat_map(|run| &run.changes);
        let mut found: Vec<String> =
            changes.filter(|change| is_of(change, sources)).flat_map(rows).collect();
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{}", path.display());
        n_rows += expected.len();
    }
    n_rows
}

#[test]
fn rows_of_nvd_and_dix_come_out_as_they_went_in() {
    let sources = [ChangeSource::Nvd, ChangeSource::Dix];
    let n_rows = check(&sources, bracket_row);
    let _ = writeln!(std::io::stderr(), "{n_rows} rows of nvd and dix");
}

#[test]
fn rows_of_diff_closures_come_out_as_they_went_in() {
    let n_rows = check(&[ChangeSource::DiffClosures], arrow_row);
    let _ = writeln!(std::io::stderr(), "{n_rows} rows of diff-closures");
}
