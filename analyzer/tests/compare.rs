//! Two systems compared: real closures in every form, what programs print of them, and what holds
//! for any two.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;

use analyzer::compare::compare;
use analyzer::report::{Change, ChangeKind, ChangeSource, DerivationKind, Level, Report};
use analyzer::{Analyzer, Reading};

#[path = "support/random.rs"]
mod random;

use random::Random;

fn read(input: &[u8]) -> Reading {
    let mut analyzer = Analyzer::default();
    analyzer.feed(input);
    analyzer.finish_reading()
}

fn changes(report: &Report) -> &[Change] {
    &report.runs[0].changes
}

/// A change in the words of `nix store diff-closures`, without sizes.
fn plain(change: &Change) -> String {
    let side = |versions: &[String], is_absent: bool| match versions {
        [] if is_absent => "∅".to_owned(),
        [] => "ε".to_owned(),
        versions => versions.join(", "),
    };
    let old = side(&change.old, change.kind == ChangeKind::Added);
    let new = side(&change.new, change.kind == ChangeKind::Removed);
    format!("{} {:?}: {old} → {new}", change.name, change.kind)
}

fn is_rebuilt(change: &Change) -> bool {
    matches!(change.kind, ChangeKind::Rebuilt | ChangeKind::Duplicated | ChangeKind::Deduplicated)
}

/// Where real closures and logs are, seen from this crate.
const LOGS: &str = "../../shared/nix-logs";

/// Forms of the closures of the two systems, with `X` for `a` or `b`.
const FORMS: [&str; 7] = [
    "E-qR-X.txt",
    "E-path-info-rS-X.txt",
    "E-path-info-rsSh-X.txt",
    "E-path-info-X.json",
    "E-drv-qR-X.txt",
    "E-derivation-show-X.json",
    "E-path-info-X-fmt2.json",
];

fn closure(folder: &Path, form: &str, side: char) -> Option<Reading> {
    let bytes = fs::read(folder.join(form.replace('X', &side.to_string()))).ok()?;
    Some(read(&bytes))
}

/// A comparison for each form in which both systems are there.
fn comparisons(folder: &Path) -> Vec<(&'static str, Report)> {
    let both = FORMS.into_iter().filter_map(|form| {
        let (old, new) = (closure(folder, form, 'a')?, closure(folder, form, 'b')?);
        Some((form, compare(&old, &new)))
    });
    both.collect()
}

fn versions() -> Vec<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(LOGS);
    if !folder.exists() {
        // Nobody can be told if this fails, and nothing depends on it.
        let _ = writeln!(std::io::stderr(), "skipped: there is no {}", folder.display());
        return Vec::new();
    }
    ["2.3.7", "2.8.0", "2.34.8"].map(|version| folder.join(version)).into()
}

#[test]
fn every_form_of_the_same_closures_tells_the_same() {
    for folder in versions() {
        let all = comparisons(&folder);
        assert!(all.len() >= 4, "{}: {} forms", folder.display(), all.len());
        let lines = |report: &Report, rebuilt: bool| -> Vec<String> {
            let told = changes(report).iter().filter(|change| rebuilt || !is_rebuilt(change));
            told.map(plain).collect()
        };
        for (form, report) in &all {
            // Derivations have no outputs, and a change in one may leave its output as it was.
            let is_of_outputs = !form.contains("drv") && !form.contains("derivation");
            let expected = lines(&all[0].1, is_of_outputs);
            assert_eq!(lines(report, is_of_outputs), expected, "{}/{form}", folder.display());
        }
    }
}

#[test]
fn evidence_lies_within_both_inputs() {
    for folder in versions() {
        for (form, report) in comparisons(&folder) {
            let last = report.source.lines;
            for change in changes(&report) {
                assert_eq!(change.source, ChangeSource::Compared, "{form}");
                let Some([first, _]) = change.lines.0.first() else { panic!("{form}: {change:?}") };
                assert!(*first >= 1 && change.lines.last() <= Some(last), "{form}: {change:?}");
            }
        }
    }
}

/// What `nix store diff-closures` printed for the same two systems: it names the same packages
/// with the same versions, except that it takes `-shrunk` of `linux-6.12.19-modules-shrunk` for an
/// output, and so does not name that version.
#[test]
fn closures_agree_with_diff_closures() {
    for folder in versions() {
        for (printed, [old, new]) in
            [("E-diff-closures.txt", ['a', 'b']), ("E-diff-closures-back.txt", ['b', 'a'])]
        {
            let Ok(printed) = fs::read(folder.join(printed)) else { continue };
            let printed = read(&printed).report;
            let form = "E-path-info-X.json";
            let sides = (closure(&folder, form, old), closure(&folder, form, new));
            let (Some(old), Some(new)) = sides else { panic!("no closures") };
            let compared = compare(&old, &new);
            let own: Vec<_> = changes(&compared).iter().filter(|it| !is_rebuilt(it)).collect();
            let others: Vec<_> = changes(&printed).iter().collect();
            assert_eq!(own.len(), others.len(), "{}", folder.display());
            for (own, other) in own.iter().zip(others) {
                agree(own, other);
            }
        }
    }
}

#[track_caller]
fn agree(own: &Change, other: &Change) {
    let whole = |versions: &[String]| -> Vec<String> {
        versions.iter().filter(|text| !text.ends_with("-shrunk")).cloned().collect()
    };
    let facts = |it: &Change| (it.name.clone(), it.kind, it.level, whole(&it.old), whole(&it.new));
    assert_eq!(facts(own), facts(other));
    // It prints sizes from 8 KiB on, rounded to a tenth of a KiB.
    match (own.size_delta_bytes, other.size_delta_bytes) {
        (Some(own), Some(other)) => assert!((own - other).abs() <= 103, "{own} is not {other}"),
        (Some(own), None) => assert!(own.abs() < 8192, "{own}"),
        (None, other) => panic!("no size beside {other:?}"),
    }
}

/// Two logs name what was built for each system. What only one of them names is not compared: the
/// other system may have it as well.
#[test]
fn two_logs_agree_with_the_closures() {
    for folder in versions() {
        let log = |name: &str| read(&fs::read(folder.join(name)).expect("a log"));
        let (old, new) = (log("B-keep-fetch-upgrade-a.log"), log("B-keep-fetch-upgrade-b.log"));
        let from_logs = compare(&old, &new);
        let from_closures = &comparisons(&folder)[0].1;
        let moved = |report: &Report| -> BTreeSet<String> {
            let moved = changes(report).iter().filter(|change| {
                matches!(change.kind, ChangeKind::Upgraded | ChangeKind::Downgraded)
            });
            moved
                .map(|it| format!("{} {:?} {:?}", it.name, it.old.first(), it.new.first()))
                .collect()
        };
        assert_eq!(moved(&from_logs), moved(from_closures), "{}", folder.display());
        let half_known = changes(&from_logs).iter().filter(|it| it.source == ChangeSource::Plan);
        assert_eq!(half_known.map(plain).collect::<Vec<_>>(), ["btop Changed: ε → 1.4.0"]);
        assert!(changes(&from_logs).iter().all(|it| it.kind != ChangeKind::Removed));
    }
}

#[test]
fn configuration_is_told_from_software() {
    for folder in versions() {
        let report = &comparisons(&folder)[0].1;
        let subject = |name: &str| {
            changes(report).iter().find(|change| change.name == name).map(|it| it.subject)
        };
        assert_eq!(subject("etc"), Some(DerivationKind::Configuration));
        assert_eq!(subject("openssl"), Some(DerivationKind::Software));
        assert_eq!(subject("linux"), Some(DerivationKind::KernelOrInitrd));
    }
}

/// What a person chose is known from what the profile of the system refers to.
#[test]
fn references_tell_what_a_person_chose() {
    for folder in versions() {
        let Some(old) = closure(&folder, "E-path-info-X.json", 'a') else { continue };
        let Some(new) = closure(&folder, "E-path-info-X.json", 'b') else { continue };
        let report = compare(&old, &new);
        let selected = |name: &str| {
            changes(&report).iter().find(|change| change.name == name).and_then(|it| it.selected)
        };
        assert_eq!((selected("firefox"), selected("zfs-kernel")), (Some(true), Some(false)));
    }
}

/// A made-up system: packages in a few versions, outputs and copies.
fn system(random: &mut Random) -> Vec<String> {
    const NAMES: [&str; 8] =
        ["a", "b-c", "linux", "python3.12-x", "python3.13-x", "etc", "unit-a.service", "z_1"];
    const VERSIONS: [&str; 8] =
        ["", "-1.0", "-1.0-dev", "-1.1", "-2.0-rc1", "-2.0", "-0", "-1.0-man"];
    (0..random.below(30))
        .map(|_| {
            let hash = random.below(3);
            let (name, version) = (random.pick(&NAMES), random.pick(&VERSIONS));
            // The same path has the same size, and more with all that it needs.
            let bytes = 1000 * (hash + 1) + name.len() + version.len();
            format!("/nix/store/{hash:032}-{name}{version}\t{bytes}\t{}", 2 * bytes)
        })
        .collect()
}

fn listing(paths: &[String]) -> Reading {
    read((paths.join("\n") + "\n").as_bytes())
}

/// What a change says, besides its lines.
type Told = (String, ChangeKind, Option<Level>, Vec<String>, Vec<String>, Option<u32>, Option<i64>);

fn mirrored(change: &Change) -> Told {
    let kind = match change.kind {
        ChangeKind::Upgraded => ChangeKind::Downgraded,
        ChangeKind::Downgraded => ChangeKind::Upgraded,
        ChangeKind::Added => ChangeKind::Removed,
        ChangeKind::Removed => ChangeKind::Added,
        ChangeKind::Duplicated => ChangeKind::Deduplicated,
        ChangeKind::Deduplicated => ChangeKind::Duplicated,
        same => same,
    };
    // A renamed package stands under its new name.
    let name = change.renamed_from.clone().unwrap_or_else(|| change.name.clone());
    let size = change.size_delta_bytes.map(|bytes| -bytes);
    let (old, new) = (change.new.clone(), change.old.clone());
    (name, kind, change.level, old, new, change.new_count, size)
}

fn straight(change: &Change) -> Told {
    let Change { name, kind, level, old, new, old_count, size_delta_bytes, .. } = change.clone();
    (name, kind, level, old, new, old_count, size_delta_bytes)
}

#[test]
fn a_system_does_not_differ_from_itself() {
    for number in 0..500 {
        let paths = system(&mut Random::new(1, number));
        let reading = listing(&paths);
        if reading.listed.is_some() {
            let report = compare(&reading, &reading);
            assert_eq!(changes(&report), [], "{paths:?}");
        }
    }
}

#[test]
fn a_comparison_back_mirrors_the_comparison() {
    for number in 0..2000 {
        let random = &mut Random::new(2, number);
        let (old, new) = (listing(&system(random)), listing(&system(random)));
        if old.listed.is_none() || new.listed.is_none() {
            continue;
        }
        let (there, back) = (compare(&old, &new), compare(&new, &old));
        let mut there: Vec<_> = changes(&there).iter().map(straight).collect();
        let mut back: Vec<_> = changes(&back).iter().map(mirrored).collect();
        there.sort();
        back.sort();
        assert_eq!(there, back, "system {number}");
    }
}

#[test]
fn the_order_of_paths_does_not_matter() {
    for number in 0..500 {
        let random = &mut Random::new(3, number);
        let (old, mut new) = (system(random), system(random));
        let first = compare(&listing(&old), &listing(&new));
        for at in (1..new.len()).rev() {
            new.swap(at, random.below(at + 1));
        }
        let second = compare(&listing(&old), &listing(&new));
        let told = |report: &Report| changes(report).iter().map(straight).collect::<Vec<_>>();
        assert_eq!(told(&first), told(&second), "system {number}");
    }
}
