//! What programs print of two systems, in the wordings of all their versions, however it is handed
//! on: the same packages and versions are read.
//!
//! Written after the published formats; logs of real runs are in `round_trip.rs`.

use analyzer::Analyzer;
use analyzer::report::{Change, Report};

/// nvd up to 0.2.4: no size, and rows are numbered per section.
const NVD: &str = "\
<<< /nix/var/nix/profiles/system-42-link
>>> /nix/var/nix/profiles/system-43-link
Version changes:
[U*]  #01  firefox    135.0.1 -> 136.0.1
[C.]  #02  boehm-gc   8.2.6 x3 -> 8.2.6, 8.2.8 x2
[C*]  #03  manual     <none> -> 25.05
Selection state changes:
[C+]  #1  age  1.2.1, 1.2.1-fish
Added packages:
[A+]  #1  btop  1.4.0
Removed packages:
[R-]  #1  htop  3.3.0
Closure size: 2205 -> 2206 (38 paths added, 37 paths removed, delta +1).
";

const NVD_ROWS: [&str; 5] = [
    "firefox* 135.0.1 -> 136.0.1",
    "boehm-gc. 8.2.6 -> 8.2.6, 8.2.8",
    "manual*  -> 25.05",
    "btop*  -> 1.4.0",
    "htop. 3.3.0 -> ",
];

/// nvd from 0.2.5 on: the size of the system, in the last line.
const NVD_WITH_USAGE: &str = "\
<<< /run/current-system
>>> ./result
Version changes:
[D.]  #1  glib  2.82.4 -> 2.80.5
Closure size: 1869 -> 1873 (335 paths added, 331 paths removed, delta +4, disk usage +42.6MiB).
";

/// A fork of nvd: a column with the size of each package.
const NVD_WITH_SIZES: &str = "\
<<< /run/current-system
>>> ./result
Version changes:
[U.]  #1  glib  2.80.5 -> 2.82.4  +1.5KiB
Closure size: 1869 -> 1869 (1 paths added, 1 paths removed, delta +0, disk usage +1.5KiB).
";

/// dix 1: sections without counts, and no sizes of packages.
const DIX_1: &str = "\
<<< /nix/var/nix/profiles/system-42-link
>>> /nix/var/nix/profiles/system-43-link

CHANGED
[U*] firefox   136.0 -> 136.0.3
[D.] libfoo    0.1.1+date=2023-03-02 -> 0.1.1
[C.] scripts   <none> -> <none> ×2

ADDED
[A.] btop   1.4.0

REMOVED
[R.] htop   3.3.0

SIZE: 4.2 GiB -> 4.3 GiB
DIFF: 98.6 MiB
";

const DIX_1_ROWS: [&str; 5] = [
    "firefox* 136.0 -> 136.0.3",
    "libfoo. 0.1.1+date=2023-03-02 -> 0.1.1",
    "scripts.  -> ",
    "btop.  -> 1.4.0",
    "htop. 3.3.0 -> ",
];

/// dix 2: sizes of packages, what is unchanged in a word, and counts of paths.
const DIX_2: &str = "\
<<< /run/current-system
>>> ./result

CHANGED
[U*] firefox   136.0 -> 136.0.3, +1.25 MiB
[U.] nodejs    20.17.0, <others> -> 20.18.1, <others>, -9.67 KiB

ADDED
[A+] btop   1.4.0, +601.1 KiB

SIZE: 4.2 GiB -> 4.2 GiB (+1.85 MiB)
PATHS: 2205 -> 2206 (+38, -37)
";

const DIX_2_ROWS: [&str; 3] =
    ["firefox* 136.0 -> 136.0.3", "nodejs. 20.17.0 -> 20.18.1", "btop*  -> 1.4.0"];

/// dix 3: sections with counts, and a note of what is hidden.
const DIX_3: &str = "\
<<< /run/current-system
>>> ./result

CHANGED (2)
[U*] firefox   136.0 -> 136.0.3, +1.25 MiB
[U.] nodejs    20.17.0, <unchanged> -> 20.18.1, <unchanged>, -9.67 KiB

ADDED (1)
[A+] btop   1.4.0, +601.1 KiB

NOTE: 12 hidden (--full to show)

SIZE: 4.2 GiB -> 4.2 GiB (+1.85 MiB)
PATHS: 2205 -> 2206 (+38, -37)
";

/// `nix store diff-closures`, which `nixos-rebuild --diff` prints, too.
const DIFF_CLOSURES: &str = "\
firefox: 136.0 → 136.0.3
btop: ∅ → 1.4.0, +601.1 KiB
source: ε → 1.0
htop: 3.3.0 → ∅, -121.1 KiB
linux: 6.12.18, 6.12.18-modules → 6.12.19, 6.12.19-modules
";

const DIFF_CLOSURES_ROWS: [&str; 5] = [
    "firefox 136.0 -> 136.0.3",
    "btop  -> 1.4.0",
    "source  -> 1.0",
    "htop 3.3.0 -> ",
    "linux 6.12.18, 6.12.18-modules -> 6.12.19, 6.12.19-modules",
];

fn profile_diff_closures() -> String {
    let rows: Vec<String> = DIFF_CLOSURES.lines().map(|row| ["  ", row, "\n"].concat()).collect();
    ["Version 1 -> 2:\n", &rows.concat()].concat()
}

const PROFILE_HISTORY: &str = "\
Version 1 (2026-11-20):
  git: ∅ -> 2.47.2

Version 2 (2026-11-22) <- 1:
  git: 2.47.2 -> 2.48.1
  jq: 1.7.1 -> ∅
";

const PROFILE_HISTORY_ROWS: [&str; 3] = ["git  -> 2.47.2", "git 2.47.2 -> 2.48.1", "jq 1.7.1 -> "];

/// nh before 4.2 runs nvd, later ones have dix in them.
fn of_nh(diff: &str) -> String {
    format!("> Building NixOS configuration\n> Comparing changes\n{diff}")
}

fn read(text: &str) -> Report {
    let mut analyzer = Analyzer::default();
    analyzer.feed(text.as_bytes());
    analyzer.finish()
}

/// A change in one line; a star or a full stop says whether a person chose the package.
fn told(change: &Change) -> String {
    let mark = match change.selected {
        Some(true) => "*",
        Some(false) => ".",
        None => "",
    };
    format!("{}{mark} {} -> {}", change.name, change.old.join(", "), change.new.join(", "))
}

/// The ways in which a comparison is handed on.
fn wrapped(text: &str) -> [(&'static str, String); 6] {
    let each = |wrap: &dyn Fn(&str) -> String| text.lines().map(wrap).collect::<String>();
    let coloured = |line: &str| match line.split_once(' ') {
        Some((first, rest)) => format!("\u{1b}[1;33m{first}\u{1b}[0m \u{1b}[32m{rest}\u{1b}[0m\n"),
        None => format!("\u{1b}[1m{line}\u{1b}[0m\n"),
    };
    [
        ("bare", text.to_owned()),
        ("indented", each(&|line| format!("    {line}\n"))),
        ("quoted", each(&|line| format!("> {line}\n"))),
        ("in Markdown", format!("What changed:\n\n```\n{text}```\n\nThank you.\n")),
        ("from Windows", each(&|line| format!("{line}\r\n"))),
        ("coloured", each(&coloured)),
    ]
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    for (how, text) in wrapped(text) {
        let report = read(&text);
        let changes = report.runs.iter().flat_map(|run| &run.changes);
        let found: Vec<String> = changes.map(told).collect();
        assert_eq!(found, expected, "{how}:\n{text}");
    }
}

#[test]
fn nvd_is_read_in_all_its_versions() {
    check(NVD, &NVD_ROWS);
    check(NVD_WITH_USAGE, &["glib. 2.82.4 -> 2.80.5"]);
    check(NVD_WITH_SIZES, &["glib. 2.80.5 -> 2.82.4"]);
}

#[test]
fn dix_is_read_in_all_its_versions() {
    check(DIX_1, &DIX_1_ROWS);
    check(DIX_2, &DIX_2_ROWS);
    check(DIX_3, &DIX_2_ROWS);
}

#[test]
fn nix_is_read_in_all_its_commands() {
    check(DIFF_CLOSURES, &DIFF_CLOSURES_ROWS);
    check(&profile_diff_closures(), &DIFF_CLOSURES_ROWS);
    check(PROFILE_HISTORY, &PROFILE_HISTORY_ROWS);
}

#[test]
fn nh_is_read_with_each_of_them() {
    check(&of_nh(NVD), &NVD_ROWS);
    check(&of_nh(DIX_1), &DIX_1_ROWS);
    check(&of_nh(DIX_3), &DIX_2_ROWS);
}

#[test]
fn the_last_lines_tell_of_the_whole_system() {
    let closure = |text: &str| read(text).runs[0].closure.clone().expect("figures");
    let (nvd, usage) = (closure(NVD), closure(NVD_WITH_USAGE));
    assert_eq!((nvd.paths_added, nvd.paths_removed, nvd.delta_bytes), (Some(38), Some(37), None));
    assert_eq!((usage.paths_added, usage.delta_bytes), (Some(335), Some(44_669_338)));
    let (first, third) = (closure(DIX_1), closure(DIX_3));
    assert_eq!((first.paths_added, first.delta_bytes), (None, Some(103_389_594)));
    assert_eq!((third.paths_added, third.paths_removed), (Some(38), Some(37)));
    assert_eq!(third.delta_bytes, Some(1_939_866));
}

#[test]
fn sizes_of_packages_are_read() {
    let sizes = |text: &str| -> Vec<Option<i64>> {
        read(text).runs[0].changes.iter().map(|change| change.size_delta_bytes).collect()
    };
    assert_eq!(sizes(NVD_WITH_SIZES), [Some(1536)]);
    assert_eq!(sizes(DIX_3), [Some(1_310_720), Some(-9902), Some(615_526)]);
    assert_eq!(sizes(DIFF_CLOSURES), [None, Some(615_526), None, Some(-124_006), None]);
}
