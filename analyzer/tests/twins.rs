//! The same build in different recordings: the reports agree in all that both recordings tell.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use analyzer::report::{Derivation, DerivationStatus, FailureClass, FetchStatus, Outcome, Run};

#[expect(dead_code, reason = "single files are read here")]
#[path = "support/nix_logs.rs"]
mod nix_logs;
#[expect(dead_code, reason = "only whole logs are read here")]
#[path = "support/reading.rs"]
mod reading;

use Facet::{Builds, Ends, Failures, Fetches, How};
use Lack::{All, Some as Part};
use nix_logs::say;
use reading::read;

const OLD: &str = "2.3.7";
const MIDDLE: &str = "2.8.0";
const NEW: &str = "2.34.8";

/// What two recordings are compared in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Facet {
    /// How the run ended.
    How,
    /// Which builds were started.
    Builds,
    /// How each build ended.
    Ends,
    /// What failed, causes and consequences.
    Failures,
    /// What was copied.
    Fetches,
}

/// How much of a facet the second recording does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lack {
    /// Some of it; what it tells is right.
    Some,
    /// Nothing certain.
    All,
}

/// Two recordings of one build, or of the same build again.
struct Twins {
    /// What is recorded twice.
    name: &'static str,
    versions: &'static [&'static str],
    /// The file that tells most.
    first: &'static str,
    second: &'static str,
    /// What the second one does not tell, and why.
    lacks: Lacks,
}

/// What a report says of the facets. Names are with version: a bar shows no paths.
#[derive(Debug, PartialEq)]
struct View {
    how: Outcome,
    builds: BTreeMap<String, DerivationStatus>,
    failures: BTreeSet<(bool, FailureClass, Option<String>, Option<i32>)>,
    fetches: BTreeSet<String>,
}

fn full_name(name: &str, version: Option<&str>) -> String {
    version.map_or_else(|| name.to_owned(), |version| format!("{name}-{version}"))
}

fn view(run: &Run) -> View {
    let builds = run.derivations.iter().filter(|it| it.started);
    let fetches = run.fetches.iter().filter(|it| it.status == FetchStatus::Copied);
    let failure = |it: &analyzer::report::Failure| {
        let name = it.name.as_deref().map(|name| full_name(name, it.version.as_deref()));
        (it.root, it.class, name, it.exit_code)
    };
    View {
        how: run.outcome,
        builds: builds.map(|it| (full_name(&it.name, it.version.as_deref()), it.status)).collect(),
        failures: run.failures.iter().map(failure).collect(),
        fetches: fetches.map(|it| full_name(&it.name, it.version.as_deref())).collect(),
    }
}

fn read_view(path: &Path) -> View {
    let log = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let runs = read(&log).runs;
    assert_eq!(runs.len(), 1, "{}", path.display());
    view(&runs[0])
}

/// In which facets two views differ.
fn differences(first: &View, second: &View) -> Vec<(Facet, Lack, String)> {
    let mut differences = Vec::new();
    if first.how != second.how {
        let lack = if second.how == Outcome::Unknown { Part } else { All };
        differences.push((How, lack, format!("{:?} and {:?}", first.how, second.how)));
    }
    let started: BTreeSet<_> = first.builds.keys().cloned().collect();
    let seen: BTreeSet<_> = second.builds.keys().map(|name| with_version(&started, name)).collect();
    differences.extend(set_difference(Builds, &started, &seen));
    let common = first.builds.iter().filter(|(name, _)| second.builds.contains_key(*name));
    let ends: Vec<_> = common
        .filter(|(name, end)| second.builds[*name] != **end)
        .map(|(name, end)| format!("{name}: {end:?} and {:?}", second.builds[name]))
        .collect();
    if !ends.is_empty() {
        let is_open = |end: &String| end.ends_with("and Building");
        let lack = if ends.iter().all(is_open) { Part } else { All };
        differences.push((Ends, lack, ends.join(", ")));
    }
    differences.extend(set_difference(Failures, &first.failures, &second.failures));
    differences.extend(set_difference(Fetches, &first.fetches, &second.fetches));
    differences
}

/// The name with its version, where a recording has only the name.
fn with_version(names: &BTreeSet<String>, name: &str) -> String {
    let has_version = |it: &&String| it.strip_prefix(name).is_some_and(|it| it.starts_with('-'));
    let known = names.get(name).or_else(|| names.iter().find(has_version));
    known.map_or(name, String::as_str).to_owned()
}

fn set_difference<T: Ord + std::fmt::Debug>(
    facet: Facet,
    first: &BTreeSet<T>,
    second: &BTreeSet<T>,
) -> Option<(Facet, Lack, String)> {
    let lack = if second.is_subset(first) { Part } else { All };
    let only =
        |a: &BTreeSet<T>, b: &BTreeSet<T>| format!("{:?}", a.difference(b).collect::<Vec<_>>());
    let text = || {
        format!("only the first {}, only the second {}", only(first, second), only(second, first))
    };
    (first != second).then(|| (facet, lack, text()))
}

impl Twins {
    /// Complains about each difference that the second recording need not have.
    fn complaints(&self, folder: &Path, version: &str) -> Vec<String> {
        let path = |file: &str| folder.join(version).join(file);
        let (first, second) = (read_view(&path(self.first)), read_view(&path(self.second)));
        let is_excused = |facet: Facet, lack: Lack| {
            self.lacks.iter().any(|(it, may, _)| *it == facet && (*may == All || lack == Part))
        };
        let found = differences(&first, &second).into_iter();
        let found = found.filter(|(facet, lack, _)| !is_excused(*facet, *lack));
        found
            .map(|(facet, _, text)| format!("{version} {}: {facet:?}: {text}", self.name))
            .collect()
    }

    /// The exceptions that no version needs.
    fn needless(&self, folder: &Path) -> Vec<String> {
        let path = |version: &str, file: &str| folder.join(version).join(file);
        let found: Vec<_> = self
            .versions
            .iter()
            .flat_map(|version| {
                let first = read_view(&path(version, self.first));
                differences(&first, &read_view(&path(version, self.second)))
            })
            .collect();
        let is_needless = |facet: Facet| !found.iter().any(|(it, ..)| *it == facet);
        let lacks = self.lacks.iter().filter(|(facet, ..)| is_needless(*facet));
        lacks.map(|(facet, ..)| format!("{}: {facet:?} need not be excused", self.name)).collect()
    }
}

fn check(table: &[Twins], folder: &Path) {
    let pairs = table.iter().flat_map(|twins| twins.versions.iter().map(move |it| (twins, *it)));
    let complaints = pairs.clone().flat_map(|(twins, version)| twins.complaints(folder, version));
    let mut complaints: Vec<String> = complaints.collect();
    complaints.extend(table.iter().flat_map(|twins| twins.needless(folder)));
    say(&format!("{} pairs of recordings, {} differ", pairs.count(), complaints.len()));
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

const ALL: &[&str] = &[OLD, MIDDLE, NEW];
const SINCE_2_4: &[&str] = &[MIDDLE, NEW];

type Lacks = &'static [(Facet, Lack, &'static str)];

/// `nix build` of Nix 2.4 to 2.9 and of 2.3 prints neither a plan nor a result.
const SILENT: Lacks = &[
    (How, Part, "no plan and no result are printed"),
    (Ends, Part, "the last build ends silently"),
];
const NAMES_ONLY: Lacks = &[
    (How, Part, "no plan and no result are printed"),
    (Builds, Part, "only builds that print something show, by their names without version"),
];
const NAMES_ONLY_FETCH: Lacks = &[
    (How, Part, "no plan and no result are printed"),
    (Builds, Part, "only builds that print something show, by their names without version"),
    (Fetches, Part, "no copy is printed"),
];
const NAMES_ONLY_FAIL: Lacks =
    &[(Builds, Part, "only builds that print something show, by their names without version")];
const OLD_FAIL: Lacks = &[(Builds, Part, "of the builds, only those show that failed")];
const OLD_HASH: Lacks = &[(Builds, Part, "the failure names the output, not the derivation")];
const DRAWN_BUILDS: Lacks =
    &[(Builds, Part, "a bar shows one build at a time, twenty times a second at most")];
const DRAWN_FETCHES: Lacks =
    &[(Fetches, Part, "a bar shows one copy at a time, twenty times a second at most")];
const DRAWN: Lacks = &[
    (Builds, Part, "a bar shows one build at a time, twenty times a second at most"),
    (Fetches, Part, "a bar shows one copy at a time, twenty times a second at most"),
];
const NO_END: Lacks =
    &[(Ends, Part, "after a failure, nothing says whether the other builds were stopped")];
const ONE_OF_SEVERAL: Lacks = &[
    (Failures, Part, "of several failures, one is printed"),
    (Ends, Part, "of several failures, one is printed"),
];
const WHEN_STOPPED: Lacks = &[
    (Builds, Part, "what else was started by the time of the failure differs between the builds"),
    (Ends, All, "what else had ended by the time of the failure differs between the builds"),
];
const COPIED_BEFORE: Lacks =
    &[(Fetches, Part, "the remote store had a path from the build before")];

const fn twins(
    name: &'static str,
    versions: &'static [&'static str],
    files: [&'static str; 2],
    lacks: Lacks,
) -> Twins {
    Twins { name, versions, first: files[0], second: files[1], lacks }
}

const TWINS: &[Twins] = &[
    twins("system: nix-build, stamped", ALL, ["A-nix-build-j2.log", "A-nix-build-j2.log.ts"], &[]),
    twins(
        "system: nix-build, journal",
        ALL,
        ["A-nix-build-j2-journal.log", "A-nix-build-j2-journal.log.journal"],
        &[],
    ),
    twins("system: nix-build, quiet", ALL, ["A-nix-build-j2.log", "A-nix-build-Q.log"], &[]),
    twins("system: nix-build, terminal", ALL, ["A-nix-build-j2.log", "A-nix-build-tty.ansi"], &[]),
    twins("system: nix build -L", SINCE_2_4, ["A-nix-build-j2.log", "A-nixcli-L.log"], SILENT),
    twins(
        "system: nix build -L of 2.3",
        &[OLD],
        ["A-nix-build-j2.log", "A-nixcli-L.log"],
        NAMES_ONLY,
    ),
    twins("system: nix build -v", ALL, ["A-nix-build-j2.log", "A-nixcli-plain-v.log"], SILENT),
    twins("system: nix build", SINCE_2_4, ["A-nix-build-j2.log", "A-nixcli-plain.log"], SILENT),
    twins(
        "system: nix-build, records",
        SINCE_2_4,
        ["A-nix-build-j2.log", "A-nix-build-json.json"],
        &[],
    ),
    twins(
        "system: nix build, records",
        SINCE_2_4,
        ["A-nix-build-j2.log", "A-nixcli-json.json"],
        &[],
    ),
    twins(
        "system: nix build, stamped records",
        SINCE_2_4,
        ["A-nixcli-json.json", "A-nixcli-json.json.ts"],
        &[],
    ),
    twins("system: bar", ALL, ["A-nix-build-j2.log", "A-nixcli-tty-bar.ansi"], DRAWN_BUILDS),
    twins(
        "system: narrow bar",
        ALL,
        ["A-nix-build-j2.log", "A-nixcli-tty-narrow.ansi"],
        DRAWN_BUILDS,
    ),
    twins(
        "system: bar with logs",
        ALL,
        ["A-nix-build-j2.log", "A-nixcli-tty-L.ansi"],
        DRAWN_BUILDS,
    ),
    twins(
        "system: --log-format bar on a terminal",
        SINCE_2_4,
        ["A-nix-build-j2.log", "A-format-bar-tty.ansi"],
        &[],
    ),
    twins(
        "system: --log-format bar-with-logs on a terminal",
        SINCE_2_4,
        ["A-nix-build-j2.log", "A-format-bar-with-logs-tty.ansi"],
        &[],
    ),
    twins(
        "system: --log-format raw-with-logs",
        SINCE_2_4,
        ["A-nix-build-j2.log", "A-format-raw-with-logs.log"],
        SILENT,
    ),
    twins(
        "fetch: nix-build, stamped",
        ALL,
        ["B-fetch-nix-build.log", "B-fetch-nix-build.log.ts"],
        &[],
    ),
    twins(
        "fetch: nix-build, terminal",
        ALL,
        ["B-fetch-nix-build.log", "B-fetch-nix-build-tty.ansi"],
        &[],
    ),
    twins(
        "fetch: nix build -L",
        SINCE_2_4,
        ["B-fetch-nix-build.log", "B-fetch-nixcli-L.log"],
        SILENT,
    ),
    twins(
        "fetch: nix build -L of 2.3",
        &[OLD],
        ["B-fetch-nix-build.log", "B-fetch-nixcli-L.log"],
        NAMES_ONLY_FETCH,
    ),
    twins("fetch: nix build -v", ALL, ["B-fetch-nix-build.log", "B-fetch-nixcli-v.log"], SILENT),
    twins("fetch: nix build", SINCE_2_4, ["B-fetch-nix-build.log", "B-fetch-nixcli.log"], SILENT),
    twins("fetch: records", SINCE_2_4, ["B-fetch-nix-build.log", "B-fetch-json.json"], &[]),
    twins("fetch: bar", ALL, ["B-fetch-nix-build.log", "B-fetch-tty.ansi"], DRAWN),
    twins("one fails: nix build -L", ALL, ["C-exit1.log", "C-exit1-nixcli-L.log"], &[]),
    twins("one fails: nix build", ALL, ["C-exit1.log", "C-exit1-nixcli.log"], &[]),
    twins("one fails: bar", ALL, ["C-exit1.log", "C-exit1-tty.ansi"], &[]),
    twins("one fails: records", SINCE_2_4, ["C-exit1.log", "C-exit1.json"], &[]),
    twins(
        "dependency fails: nix build -L",
        SINCE_2_4,
        ["C-depfail.log", "C-depfail-nixcli-L.log"],
        &[],
    ),
    twins(
        "dependency fails: nix build -L of 2.3",
        &[OLD],
        ["C-depfail.log", "C-depfail-nixcli-L.log"],
        NAMES_ONLY_FAIL,
    ),
    twins("dependency fails: nix build", SINCE_2_4, ["C-depfail.log", "C-depfail-nixcli.log"], &[]),
    twins(
        "dependency fails: nix build of 2.3",
        &[OLD],
        ["C-depfail.log", "C-depfail-nixcli.log"],
        OLD_FAIL,
    ),
    twins(
        "keep going: nix build -L",
        SINCE_2_4,
        ["C-keepgoing.log", "C-keepgoing-nixcli-L.log"],
        &[],
    ),
    twins("keep going: nix build", SINCE_2_4, ["C-keepgoing.log", "C-keepgoing-nixcli.log"], &[]),
    twins(
        "keep going: nix build of 2.3",
        &[OLD],
        ["C-keepgoing.log", "C-keepgoing-nixcli.log"],
        OLD_FAIL,
    ),
    twins("keep going: bar", ALL, ["C-keepgoing.log", "C-keepgoing-tty.ansi"], DRAWN_BUILDS),
    twins("keep going: records", SINCE_2_4, ["C-keepgoing.json", "C-keepgoing.log"], NO_END),
    twins(
        "several fail: nix build",
        &[NEW],
        ["C-keepgoing-many.log", "C-keepgoing-many-nixcli.log"],
        &[],
    ),
    twins(
        "several fail: nix build of 2.3",
        &[OLD],
        ["C-keepgoing-many.log", "C-keepgoing-many-nixcli.log"],
        OLD_FAIL,
    ),
    twins(
        "several fail: nix build of 2.8",
        &[MIDDLE],
        ["C-keepgoing-many.log", "C-keepgoing-many-nixcli.log"],
        ONE_OF_SEVERAL,
    ),
    twins(
        "system fails: nix build",
        SINCE_2_4,
        ["C-nixos-like-nixcli.log", "C-nixos-like.log"],
        WHEN_STOPPED,
    ),
    twins(
        "system fails: nix build of 2.3",
        &[OLD],
        ["C-nixos-like.log", "C-nixos-like-nixcli.log"],
        OLD_FAIL,
    ),
    twins(
        "system fails: records",
        SINCE_2_4,
        ["C-nixos-like.json", "C-nixos-like-nixcli-L.log"],
        NO_END,
    ),
    twins(
        "hash mismatch: nix build",
        SINCE_2_4,
        ["C-hashmismatchDep.log", "C-hashmismatchDep-nixcli.log"],
        &[],
    ),
    twins(
        "hash mismatch: nix build of 2.3",
        &[OLD],
        ["C-hashmismatchDep.log", "C-hashmismatchDep-nixcli.log"],
        OLD_HASH,
    ),
    twins(
        "hash mismatch: records",
        SINCE_2_4,
        ["C-hashmismatchDep.log", "C-hashmismatch.json"],
        &[],
    ),
    twins("killed: nix build", ALL, ["C-sigkill.log", "C-sigkill-nixcli.log"], &[]),
    twins("timeout: nix build", ALL, ["C-timeout.log", "C-timeout-nixcli.log"], &[]),
    twins("no output: nix build", SINCE_2_4, ["C-nooutput.log", "C-nooutput-nixcli.log"], &[]),
    twins("no builder: nix build", ALL, ["C-nobuilder.log", "C-nobuilder-nixcli.log"], &[]),
    twins("disk full: nix build", ALL, ["C-disk-full.log", "C-disk-full-nixcli.log"], &[]),
    twins("wrong system: nix build", ALL, ["C-wrongsystem.log", "C-wrongsystem-nixcli.log"], &[]),
    twins("interrupted: nix build", SINCE_2_4, ["C-interrupt.log", "C-interrupt-nixcli.log"], &[]),
    twins(
        "interrupted: nix build of 2.3",
        &[OLD],
        ["C-interrupt.log", "C-interrupt-nixcli.log"],
        OLD_FAIL,
    ),
    twins("recursion: records", SINCE_2_4, ["D-infinite.log", "D-infinite.json"], &[]),
    twins("missing attribute: records", SINCE_2_4, ["D-missing.log", "D-missing.json"], &[]),
    twins("missing attribute: terminal", ALL, ["D-missing.log", "D-missing-tty.ansi"], &[]),
    twins("throw: records", SINCE_2_4, ["D-throwNested.log", "D-throwNested.json"], &[]),
    twins("remote: records", SINCE_2_4, ["H-remote.log", "H-remote.json"], COPIED_BEFORE),
    twins("remote: bar", ALL, ["H-remote.log", "H-remote-tty.ansi"], DRAWN),
    twins(
        "remote fails: nix build",
        SINCE_2_4,
        ["H-remote-fail.log", "H-remote-fail-nixcli.log"],
        NO_END,
    ),
    twins(
        "rebuild with nothing new: terminal",
        SINCE_2_4,
        ["I-rebuild-bash-switch-b-again.log", "I-rebuild-ng-tty.ansi"],
        &[],
    ),
    twins(
        "rebuild: journal",
        ALL,
        ["I-rebuild-bash-switch-b.log", "I-rebuild-bash-switch-b.log.journal"],
        &[],
    ),
];

#[test]
fn recordings_of_one_build_agree() {
    let Some(folder) = nix_logs::folder() else { return };
    check(TWINS, &folder);
}

/// The same in short, among the fixtures.
const FIXTURES: &[Twins] = &[
    twins(
        "one fails: records",
        &["nix-2.34.8"],
        ["builder-exit.log", "json-builder-exit.log"],
        &[],
    ),
    twins(
        "one fails: bar",
        &["nix-2.34.8"],
        ["builder-exit.log", "terminal-builder-exit.log"],
        &[],
    ),
    twins(
        "one fails: records",
        &["nix-2.8.0"],
        ["builder-exit-tail.log", "json-builder-exit.log"],
        &[],
    ),
    twins(
        "hash mismatch: records",
        &["nix-2.34.8"],
        ["hash-mismatch-dependant.log", "json-hash-mismatch.log"],
        &[],
    ),
    twins(
        "missing attribute: records",
        &["nix-2.34.8"],
        ["missing-attribute.log", "json-missing-attribute.log"],
        &[],
    ),
    twins(
        "recursion: records",
        &["nix-2.8.0"],
        ["infinite-recursion.log", "json-infinite-recursion.log"],
        &[],
    ),
    twins("remote: bar", &["nix-2.34.8"], ["remote.log", "terminal-remote.log"], DRAWN_FETCHES),
    twins(
        "dependency fails: nix build",
        &["nix-2.34.8"],
        ["dependency-fails.log", "dependency-fails-tail.log"],
        &[],
    ),
    twins(
        "dependency fails: nix build",
        &["nix-2.3.7"],
        ["dependency-fails.log", "dependency-fails-tail.log"],
        OLD_FAIL,
    ),
];

#[test]
fn short_recordings_of_one_build_agree() {
    check(FIXTURES, &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"));
}

/// Lines of output and phases of each build that printed any.
fn outputs(path: &Path) -> BTreeMap<String, (u32, Vec<String>)> {
    let log = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let runs = read(&log).runs;
    let builds = runs.iter().flat_map(|run| &run.derivations).filter(|it| it.log_lines > 0);
    let phases = |it: &Derivation| it.phases.iter().map(|phase| phase.name.clone()).collect();
    let name = |it: &Derivation| full_name(&it.name, it.version.as_deref());
    builds.map(|it| (name(it), (it.log_lines, phases(it)))).collect()
}

#[test]
fn output_with_names_is_that_of_the_records() {
    const PAIRS: [[&str; 2]; 5] = [
        ["A-nixcli-json.json", "A-nixcli-L.log"],
        ["A-nixcli-json.json", "A-nixcli-tty-L.ansi"],
        ["A-hook.json", "A-hook-nixcli-L.log"],
        ["C-exit1.json", "C-exit1-nixcli-L.log"],
        ["C-keepgoing.json", "C-keepgoing-nixcli-L.log"],
    ];
    let Some(folder) = nix_logs::folder() else { return };
    for version in SINCE_2_4 {
        for files in PAIRS {
            let [records, names] = files.map(|file| outputs(&folder.join(version).join(file)));
            assert!(!records.is_empty());
            assert_eq!(records, names, "{version} {files:?}");
        }
    }
}

#[test]
fn sizes_of_downloads_do_not_depend_on_what_the_records_say_of_parents() {
    let Some(folder) = nix_logs::folder() else { return };
    let sizes = SINCE_2_4.iter().map(|version| {
        let log = fs::read(folder.join(version).join("B-fetch-json.json")).expect("a readable log");
        let fetches = read(&log).runs.remove(0).fetches;
        fetches.into_iter().map(|it| (it.path, it.bytes)).collect::<BTreeMap<_, _>>()
    });
    let sizes: Vec<_> = sizes.collect();
    assert!(sizes[0].values().all(Option::is_some));
    assert_eq!(sizes[0], sizes[1]);
}
