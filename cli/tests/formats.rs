//! What the text for people looks like, on whole logs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What rewrites the expected texts.
const REWRITE: &str = "UPDATE_SNAPSHOTS=1 cargo test -p rebuildscope --test formats";

fn shown(log: &Path, format: &str) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_rebuildscope"));
    let output = program.arg("report").arg(log).args(["--format", format]).output();
    String::from_utf8(output.expect("the program runs").stdout).expect("text")
}

/// Compares what is shown of a fixture of the analyzer with `golden/NAME.EXTENSION`.
#[track_caller]
fn check(fixture: &str, format: &str, extension: &str) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let log = here.join("../analyzer/tests/fixtures").join(fixture).with_extension("log");
    let name = Path::new(fixture).file_name().expect("a name");
    let golden: PathBuf = here.join("tests/golden").join(name).with_extension(extension);
    let shown = shown(&log, format);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&golden, &shown).expect("a folder to write to");
    }
    let expected = fs::read_to_string(&golden).unwrap_or_default();
    assert!(
        shown == expected,
        "{shown}\ndiffers from {}; if it is right: {REWRITE}",
        golden.display()
    );
}

#[test]
fn several_runs_stand_below_each_other() {
    check("written/two-rebuilds", "text", "txt");
    check("written/two-rebuilds", "markdown", "md");
}

#[test]
fn version_changes_are_a_table() {
    check("written/nvd", "text", "txt");
    check("written/nvd", "markdown", "md");
    check("written/nvd", "csv", "csv");
    check("written/nvd", "nvd", "nvd");
}

#[test]
fn a_switch_names_its_units() {
    check("written/switch-unit-fails", "text", "txt");
    check("written/switch-unit-fails", "markdown", "md");
}

#[test]
fn hashes_of_a_mismatch_are_given() {
    check("nix-2.34.8/hash-mismatch-dependant", "text", "txt");
}

#[test]
fn no_control_character_of_any_log_comes_through() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../analyzer/tests/fixtures");
    let mut shown_logs = 0;
    for log in logs(&fixtures) {
        for format in ["text", "markdown"] {
            let shown = shown(&log, format);
            let odd = shown.chars().find(|letter| letter.is_control() && *letter != '\n');
            assert_eq!(odd, None, "{} as {format}", log.display());
            shown_logs += usize::from(!shown.is_empty());
        }
    }
    assert!(shown_logs > 100, "only {shown_logs} logs were shown");
}

fn logs(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).expect("a readable folder");
    let paths = paths.map(|entry| entry.expect("a readable folder").path());
    let nested = paths.flat_map(|path| if path.is_dir() { logs(&path) } else { vec![path] });
    nested.filter(|path| path.extension().is_some_and(|it| it == "log")).collect()
}
