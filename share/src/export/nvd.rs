//! Writes version changes as nvd does, for eyes and programs that are used to it.
//!
//! Three things are told otherwise. Outputs such as `-dev` are folded into their version, as
//! everywhere here. Of several versions of which one has copies, it is not known which, so that no
//! copies are named. Where nothing tells what is in `environment.systemPackages`, the mark after
//! the letter is missing.

use std::fmt::Write;

use analyzer::Report;
use analyzer::report::{Change, ChangeKind, Closure, Run};

use super::{english, plain};

/// The parts of a list: the headline, and the changes in it.
type Part = (&'static str, fn(ChangeKind) -> bool);

const PARTS: [Part; 3] = [
    ("Version changes:", |kind| !matches!(kind, ChangeKind::Added | ChangeKind::Removed)),
    ("Added packages:", |kind| kind == ChangeKind::Added),
    ("Removed packages:", |kind| kind == ChangeKind::Removed),
];

/// A list for each run that compares two systems. What was only built again is not in it.
pub fn nvd(report: &Report) -> String {
    let is_compared = |run: &&Run| !run.changes.is_empty() || run.closure.is_some();
    report.runs.iter().filter(is_compared).map(of_run).collect::<Vec<_>>().join("\n")
}

fn of_run(run: &Run) -> String {
    let rows: Vec<Row> = run.changes.iter().flat_map(rows).collect();
    let mut out: String = PARTS.iter().map(|part| of_part(part, &rows)).collect();
    if rows.is_empty() {
        out += "No version or selection state changes.\n";
    }
    out + &run.closure.as_ref().map(figures).unwrap_or_default()
}

/// A line of a list.
struct Row {
    kind: ChangeKind,
    mark: String,
    name: String,
    sides: String,
}

/// The row of a change; one that was renamed has two, of what went and of what came.
fn rows(change: &Change) -> Vec<Row> {
    let row = |kind, name: &str, old: &str, new: &str| Row {
        kind,
        mark: mark(kind, change.selected),
        name: plain(name),
        sides: [old, if old.is_empty() || new.is_empty() { "" } else { " -> " }, new].concat(),
    };
    let (old, new) = (side(&change.old, change.old_count), side(&change.new, change.new_count));
    match (change.kind, &change.renamed_from) {
        (ChangeKind::Rebuilt, _) => Vec::new(),
        (_, Some(before)) => vec![
            row(ChangeKind::Removed, before, &old, ""),
            row(ChangeKind::Added, &change.name, "", &new),
        ],
        (ChangeKind::Added, None) => vec![row(change.kind, &change.name, "", &new)],
        (ChangeKind::Removed, None) => vec![row(change.kind, &change.name, &old, "")],
        (kind, None) => vec![row(kind, &change.name, &old, &new)],
    }
}

/// `[U*]`
fn mark(kind: ChangeKind, selected: Option<bool>) -> String {
    let letter = match kind {
        ChangeKind::Upgraded => "U",
        ChangeKind::Downgraded => "D",
        ChangeKind::Added => "A",
        ChangeKind::Removed => "R",
        _ => "C",
    };
    let mark = selected.map_or("", |selected| if selected { "*" } else { "." });
    format!("[{letter}{mark}]")
}

/// `3.4.0`, `0.78.2 x2`, `6.12.18, 6.12.18-modules`, `<none>`
fn side(versions: &[String], count: Option<u32>) -> String {
    let versions: Vec<String> = versions.iter().map(|version| plain(version)).collect();
    let copies = match count {
        Some(count @ 2..) if versions.len() <= 1 => format!(" x{count}"),
        _ => String::new(),
    };
    if versions.is_empty() { ["<none>", &copies].concat() } else { versions.join(", ") + &copies }
}

fn of_part((headline, is_in): &Part, rows: &[Row]) -> String {
    let rows: Vec<&Row> = rows.iter().filter(|row| is_in(row.kind)).collect();
    if rows.is_empty() {
        return String::new();
    }
    let digits = rows.len().to_string().len();
    let width = rows.iter().map(|row| row.name.chars().count()).max().unwrap_or_default();
    let mut out = format!("{headline}\n");
    for (index, Row { mark, name, sides, .. }) in rows.iter().enumerate() {
        // Writing to a string does not fail.
        let _ = writeln!(out, "{mark:<4}  #{:0digits$}  {name:width$}  {sides}", index + 1);
    }
    out
}

/// The last line, with what is known of it. How many paths a system has is not in a report.
fn figures(closure: &Closure) -> String {
    let paths = closure.paths_added.zip(closure.paths_removed).map(|(added, removed)| {
        let delta = i128::from(added) - i128::from(removed);
        format!("{added} paths added, {removed} paths removed, delta {delta:+}")
    });
    let bytes = closure.delta_bytes.map(|delta| format!("disk usage {}", disk_usage(delta)));
    let known: Vec<String> = [paths, bytes].into_iter().flatten().collect();
    if known.is_empty() {
        return String::new();
    }
    format!("Closure size: ? -> ? ({}).\n", known.join(", "))
}

/// `+42.6MiB`, `-512B`
fn disk_usage(delta: i64) -> String {
    english::size_delta(delta).replace(' ', "")
}
