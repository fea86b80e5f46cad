//! Two systems compared, each told of in one of several ways.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A system, by the packages that were built for it and those that it has besides.
struct System {
    name: &'static str,
    /// The label of the system.
    label: &'static str,
    built: &'static [&'static str],
    kept: &'static [&'static str],
}

const OLD: System = System {
    name: "old",
    label: "24.11.20250301.aaaaaa0",
    built: &["ollama-0.5.13", "openssl-3.4.0", "linux-6.12.18", "firefox-135.0.1"],
    kept: &["glibc-2.40-66", "htop-3.4.0"],
};

const NEW: System = System {
    name: "new",
    label: "24.11.20250313.bbbbbb0",
    built: &["ollama-0.6.0", "openssl-3.4.1", "linux-6.12.19", "firefox-134.0"],
    kept: &["glibc-2.40-66", "btop-1.4.0"],
};

/// In which way a system is told of.
const FORMS: [&str; 5] = ["log", "listing", "report", "link", "link-file"];

/// What every mix of forms must tell.
const MOVED: [&str; 4] = [
    "firefox downgraded 135.0.1 134.0",
    "linux upgraded 6.12.18 6.12.19",
    "ollama upgraded 0.5.13 0.6.0",
    "openssl upgraded 3.4.0 3.4.1",
];

/// A folder of its own for a test.
fn folder(test: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("rebuildscope-{}-{test}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder to write to");
    folder
}

fn run(args: &[&str]) -> Output {
    let program = Command::new(env!("CARGO_BIN_EXE_rebuildscope")).args(args).output();
    program.expect("the program runs")
}

/// What the program prints; it must not fail.
fn printed(args: &[&str]) -> String {
    let output = run(args);
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{args:?}: {complaint}");
    String::from_utf8(output.stdout).expect("text")
}

/// A hash that every version of a package has for itself.
fn hash(package: &str) -> String {
    let digits = b"0123456789abcdfghijklmnpqrsvwxyz";
    let sum = |seed: usize| {
        package.bytes().fold(seed, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()))
    };
    (0..32).map(|at| char::from(digits[sum(at) % digits.len()])).collect()
}

fn path(package: &str) -> String {
    format!("/nix/store/{}-{package}", hash(package))
}

fn log(system: &System) -> String {
    let whole = format!("nixos-system-laptop-{}", system.label);
    let built: Vec<&str> = system.built.iter().copied().chain([whole.as_str()]).collect();
    let derivations: Vec<String> = built.iter().map(|it| path(it) + ".drv").collect();
    let plan: String = derivations.iter().map(|it| ["  ", it, "\n"].concat()).collect();
    let line = |it: &String| ["building '", it, "'...\n"].concat();
    let builds: String = derivations.iter().map(line).collect();
    format!(
        "building the system configuration...\nthese {} derivations will be built:\n\
         {plan}{builds}activating the configuration...\n",
        derivations.len()
    )
}

fn listing(system: &System) -> String {
    let whole = format!("nixos-system-laptop-{}", system.label);
    let packages = system.built.iter().chain(system.kept).copied().chain([whole.as_str()]);
    packages.map(|package| path(package) + "\n").collect()
}

/// The system in a form: the word for the command line.
fn input(folder: &Path, system: &System, form: &str) -> String {
    let file = |name: &str, text: &str| {
        let path = folder.join(format!("{}.{name}", system.name));
        fs::write(&path, text).expect("a file");
        path.to_str().expect("text").to_owned()
    };
    let log_file = file("log", &log(system));
    let link = || printed(&["share", &log_file, "--base", "https://example.org/"]);
    match form {
        "log" => log_file,
        "listing" => file("txt", &listing(system)),
        "report" => file("json", &printed(&["report", &log_file, "--format", "json"])),
        "link" => link().trim().to_owned(),
        _ => file("link", &link()),
    }
}

fn compared(old: &str, new: &str) -> Value {
    serde_json::from_str(&printed(&["diff", old, new, "--format", "json"])).expect("a report")
}

fn changes(report: &Value) -> Vec<String> {
    let changes = report["runs"][0]["changes"].as_array().expect("a list");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let line = |it: &Value| {
        let (name, kind) = (text(&it["name"]), text(&it["kind"]));
        [name, kind, text(&it["old"][0]), text(&it["new"][0])].join(" ")
    };
    let software = |it: &&Value| !text(&it["name"]).starts_with("nixos-system");
    changes.iter().filter(software).map(line).collect()
}

#[test]
fn every_mix_of_forms_tells_the_same_versions() {
    let folder = folder("mixes");
    let new = FORMS.map(|form| (form, input(&folder, &NEW, form)));
    for old_form in FORMS {
        let old = input(&folder, &OLD, old_form);
        for (new_form, new) in &new {
            let report = compared(&old, new);
            let mut expected = MOVED.map(str::to_owned).to_vec();
            if (old_form, *new_form) == ("listing", "listing") {
                expected.extend(["btop added  1.4.0", "htop removed 3.4.0 "].map(str::to_owned));
            } else if *new_form == "listing" {
                // The old log does not name them.
                expected
                    .extend(["btop changed  1.4.0", "glibc changed  2.40-66"].map(str::to_owned));
            }
            expected.sort();
            assert_eq!(changes(&report), expected, "{old_form} and {new_form}");
            let input = &report["runs"][0]["inputs"][0];
            let revisions = (&input["old"]["rev"], &input["new"]["date"]);
            assert_eq!(revisions, (&"aaaaaa0".into(), &"2025-03-13".into()), "{old_form}");
        }
    }
    fs::remove_dir_all(folder).expect("our own folder");
}

#[test]
fn a_system_does_not_differ_from_itself_in_any_form() {
    let folder = folder("same");
    for form in FORMS {
        let input = input(&folder, &OLD, form);
        let report = compared(&input, &input);
        assert_eq!(changes(&report), Vec::<String>::new(), "{form}");
        assert_eq!(report["runs"][0]["inputs"].as_array().map(Vec::len), Some(0), "{form}");
    }
    fs::remove_dir_all(folder).expect("our own folder");
}

#[test]
fn the_way_back_mirrors_the_way_there_in_every_mix() {
    let folder = folder("mirror");
    for (one, other) in [("log", "report"), ("listing", "link"), ("link", "log")] {
        let (old, new) = (input(&folder, &OLD, one), input(&folder, &NEW, other));
        let mirrored = |line: &String| {
            let fields: Vec<&str> = line.split(' ').collect();
            let kind = if fields[1] == "upgraded" { "downgraded" } else { "upgraded" };
            [fields[0], kind, fields[3], fields[2]].join(" ")
        };
        let is_moved = |line: &String| line.contains("graded");
        let there: Vec<_> = changes(&compared(&old, &new)).into_iter().filter(is_moved).collect();
        let back: Vec<_> = changes(&compared(&new, &old)).into_iter().filter(is_moved).collect();
        assert_eq!(there.iter().map(mirrored).collect::<Vec<_>>(), back, "{one} and {other}");
        assert_eq!(there, MOVED);
    }
    fs::remove_dir_all(folder).expect("our own folder");
}

/// A list of nvd in the new log tells what was there before, where the old input does not.
#[test]
fn what_only_the_new_log_knows_keeps_its_source() {
    let folder = folder("told");
    let old = input(&folder, &OLD, "log");
    let new = folder.join("nvd.log");
    let list = "<<< /nix/var/nix/profiles/system-1-link\n>>> /nix/var/nix/profiles/system-2-link\n\
                Version changes:\n[U.]  #1  ollama  0.5.12 -> 0.6.0\n[U.]  #2  zlib  1.3 -> 1.3.1\n\
                Removed packages:\n[R.]  #1  firefox  135.0.0\n[R.]  #2  nano  8.0\n";
    fs::write(&new, list).expect("a file");
    let report = compared(&old, new.to_str().expect("text"));
    let expected = [
        "firefox removed 135.0.1 ",
        "nano removed 8.0 ",
        "ollama upgraded 0.5.13 0.6.0",
        "zlib upgraded 1.3 1.3.1",
    ];
    assert_eq!(changes(&report), expected);
    let sources: Vec<_> = report["runs"][0]["changes"].as_array().into_iter().flatten().collect();
    let sources: Vec<_> = sources.iter().map(|it| it["source"].as_str()).collect();
    assert_eq!(sources, ["compared", "nvd", "compared", "nvd"].map(Some));
    let notes = report["notes"].to_string();
    assert!(notes.contains("told by the new input alone"), "{notes}");
    fs::remove_dir_all(folder).expect("our own folder");
}

#[test]
fn what_comes_from_a_link_has_no_lines() {
    let folder = folder("lines");
    let input = |system, form| input(&folder, system, form);
    for (old, new, lines) in [("link", "link", false), ("log", "link", true)] {
        let report = compared(&input(&OLD, old), &input(&NEW, new));
        let last = report["source"]["lines"].as_u64().expect("a number");
        let all = report["runs"][0]["changes"].as_array().expect("a list").iter();
        let named: Vec<u64> = all.filter_map(|change| change["lines"][0][0].as_u64()).collect();
        assert_eq!(!named.is_empty(), lines, "{old} and {new}: {named:?}");
        assert!(named.iter().all(|line| (1..=last).contains(line)), "{old} and {new}: {named:?}");
    }
    fs::remove_dir_all(folder).expect("the folder of this test");
}

#[test]
fn a_saved_report_is_shown_in_any_form() {
    let folder = folder("saved");
    let (log, saved) = (input(&folder, &OLD, "log"), input(&folder, &OLD, "report"));
    for format in ["json", "text", "markdown", "html", "csv", "csv-builds"] {
        let of = |file: &str| printed(&["report", file, "--format", format]);
        assert_eq!(of(&saved), of(&log), "{format}");
    }
    fs::remove_dir_all(folder).expect("our own folder");
}

#[test]
fn what_cannot_be_compared_has_a_sentence() {
    let folder = folder("wrong");
    let log = input(&folder, &OLD, "log");
    let newer = folder.join("newer.json");
    fs::write(&newer, "{\"schema\":7,\"runs\":[]}").expect("a file");
    let newer = newer.to_str().expect("text");
    for (new, status, words) in [
        (newer, 1, "saved by a newer version: its schema is 7"),
        ("r1!!!", 1, "link"),
        ("r9AAAA", 1, "link"),
        ("/nowhere/at-all.json", 2, "cannot read /nowhere/at-all.json"),
    ] {
        let output = run(&["diff", &log, new]);
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(status), "{new}: {complaint}");
        assert!(complaint.contains(words), "{new}: {complaint}");
    }
    fs::remove_dir_all(folder).expect("our own folder");
}
