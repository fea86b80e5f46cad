//! A comparison of two real systems by the program, there and back, and in any order of lines.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

/// Closures of two real systems, seen from this crate.
const CLOSURES: &str = "../../shared/nix-logs/2.34.8";

/// A closure with the size of each path and what it refers to.
const JSON: &str = "json";

/// A closure on a line for each path.
const LINES: &str = "txt";

fn closure(side: char, form: &str) -> Option<PathBuf> {
    let name = match form {
        JSON => format!("E-path-info-{side}.json"),
        _ => format!("E-path-info-rS-{side}.txt"),
    };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(CLOSURES).join(name);
    if !path.exists() {
        // Nobody can be told if this fails, and nothing depends on it.
        let _ = writeln!(std::io::stderr(), "skipped: there is no {}", path.display());
        return None;
    }
    Some(path)
}

/// The only run of the report that the program prints of two files.
fn diff(old: &Path, new: &Path) -> Value {
    let mut program = Command::new(env!("CARGO_BIN_EXE_rebuildscope"));
    let output = program.args(["diff", "--format", "json"]).args([old, new]).output();
    let output = output.expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
    report["runs"][0].clone()
}

/// A change without its lines, which are those of one order of the inputs.
fn without_lines(change: &Value) -> Value {
    let mut change = change.clone();
    change["lines"] = Value::Null;
    change
}

/// The change that the way back must have.
fn mirrored(change: &Value) -> Value {
    let mut back = without_lines(change);
    for (one, other) in [("old", "new"), ("old_count", "new_count")] {
        (back[one], back[other]) = (change[other].clone(), change[one].clone());
    }
    let opposite = |value: &Value, pairs: [(&str, &str); 3]| {
        let word = value.as_str().unwrap_or_default();
        let other = pairs.iter().find_map(|(one, other)| match word {
            _ if word == *one => Some(*other),
            _ if word == *other => Some(*one),
            _ => None,
        });
        other.map_or_else(|| value.clone(), |other| json!(other))
    };
    let kinds = [("upgraded", "downgraded"), ("added", "removed"), ("duplicated", "deduplicated")];
    back["kind"] = opposite(&change["kind"], kinds);
    back["nix_order"] = opposite(&change["nix_order"], [("greater", "less"); 3]);
    back["size_delta_bytes"] = negated(&change["size_delta_bytes"]);
    if let Some(before) = change["renamed_from"].as_str() {
        back["name"] = json!(before);
        back["renamed_from"] = change["name"].clone();
    }
    back
}

fn negated(number: &Value) -> Value {
    number.as_i64().map_or(Value::Null, |number| json!(-number))
}

fn changes(run: &Value, of: impl Fn(&Value) -> Value) -> Vec<Value> {
    let mut changes: Vec<Value> =
        run["changes"].as_array().expect("changes").iter().map(of).collect();
    changes.sort_by_key(|change| change["name"].to_string());
    changes
}

#[test]
fn the_way_back_mirrors_the_whole_report() {
    let (Some(old), Some(new)) = (closure('a', JSON), closure('b', JSON)) else { return };
    let (there, back) = (diff(&old, &new), diff(&new, &old));
    assert!(changes(&there, without_lines).iter().any(|it| it["size_delta_bytes"].is_i64()));
    // Whether it was chosen, and of what family it is, is said of the new side.
    let of_both_sides = |change: Value| {
        let mut change = change;
        for field in ["selected", "family", "subject"] {
            change[field] = Value::Null;
        }
        change
    };
    assert_eq!(
        changes(&back, |change| of_both_sides(mirrored(change))),
        changes(&there, |change| of_both_sides(without_lines(change)))
    );
    let (there, back) = (&there["closure"], &back["closure"]);
    for (one, other) in [("old_bytes", "new_bytes"), ("paths_added", "paths_removed")] {
        assert_eq!((&there[one], &there[other]), (&back[other], &back[one]), "{one}");
    }
    assert_eq!(there["delta_bytes"], negated(&back["delta_bytes"]));
}

#[test]
fn a_system_does_not_differ_from_itself() {
    let Some(system) = closure('a', JSON) else { return };
    let run = diff(&system, &system);
    assert_eq!(run["changes"], json!([]));
    assert_eq!(run["closure"]["delta_bytes"], json!(0));
    assert_eq!(run["closure"]["paths_added"], json!(0));
    assert_eq!(run["reboot"]["reasons"], json!([]));
}

#[test]
fn the_order_of_lines_does_not_matter() {
    let (Some(old), Some(new)) = (closure('a', LINES), closure('b', LINES)) else { return };
    let text = fs::read_to_string(&new).expect("a closure");
    let mut lines: Vec<&str> = text.lines().collect();
    lines.reverse();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let reversed = folder.join("reversed-closure.txt");
    fs::write(&reversed, lines.join("\n") + "\n").expect("a file");
    let (first, second) = (diff(&old, &new), diff(&old, &reversed));
    assert_eq!(changes(&second, without_lines), changes(&first, without_lines));
    for field in ["old_bytes", "new_bytes", "delta_bytes", "paths_added", "paths_removed"] {
        assert_eq!(second["closure"][field], first["closure"][field], "{field}");
    }
}
