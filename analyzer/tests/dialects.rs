//! Every log that real Nix printed: what ended it, how much of it is understood, without surprise.

use std::collections::BTreeMap;

use analyzer::report::{Outcome, Report};

#[path = "support/nix_logs.rs"]
mod nix_logs;
#[expect(dead_code, reason = "only whole logs are read here")]
#[path = "support/reading.rs"]
mod reading;

use nix_logs::{NixLog, all, say};
use reading::read;

/// Of the lines that Nix alone printed, so many must be understood, in percent.
const LEAST_SHARE: f64 = 99.0;

/// What a file is, by how it was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Family {
    /// The log of a command, through a pipe.
    Human,
    /// The same with the output of builds behind their names.
    WithNames,
    /// `--log-format internal-json`.
    InternalJson,
    /// A terminal with everything that moves on it.
    Terminal,
    /// A copy with arrival times in front, by `ts` or by the journal.
    Stamped,
    /// What a command printed on its standard output alone.
    Result,
    /// What a query printed: paths, sizes, graphs, derivations, a stored log.
    Listing,
    /// What another query printed, which is neither a log nor a listing of paths.
    Answer,
}

/// Parts of the titles of files that are neither a log nor a listing of paths: versions compared,
/// channels, generations, packages, a size, a flake.
const ANSWERS: [&str; 10] = [
    "E-compareVersions",
    "E-splitVersion",
    "E-nix-env-list",
    "E-profile-list",
    "E-q-size",
    "F-metadata",
    "G-channel-list",
    "list-generations",
    "json.log.stdout",
    // Beside the paths, it tells of roots that are gone.
    "gc-dry",
];

fn family(log: &NixLog) -> Family {
    let title = log.title.as_str();
    let is_json = title.contains(".json");
    let is_record = log.bytes.windows(6).any(|part| part == b"@nix {");
    match title {
        _ if ANSWERS.iter().any(|part| title.contains(part)) => Family::Answer,
        _ if title.ends_with(".stdout") => Family::Result,
        _ if title.ends_with(".txt") || title.ends_with(".dot") => Family::Listing,
        _ if is_json && !is_record => Family::Listing,
        _ if title.ends_with(".ts") || title.ends_with(".journal") => Family::Stamped,
        _ if is_json => Family::InternalJson,
        _ if title.ends_with(".ansi") => Family::Terminal,
        _ if title.contains("-L") => Family::WithNames,
        _ => Family::Human,
    }
}

/// Files in which nothing says how the command ended, though it went well: a part of the title,
/// and the reason. What nothing says must not be guessed.
const SILENT: [(&str, &str); 25] = [
    ("2.3.7/A-hook-nixcli-L", OLD_CLI),
    ("2.3.7/A-nixcli-", OLD_CLI),
    ("2.3.7/B-fetch-nixcli-", OLD_CLI),
    ("2.3.7/D-ifd-nixcli", OLD_CLI),
    ("2.8.0/A-build-json.log", OLD_CLI),
    ("2.8.0/A-format-bar", OLD_CLI),
    ("2.8.0/A-format-raw", OLD_CLI),
    ("2.8.0/A-hook-nixcli-L", OLD_CLI),
    ("2.8.0/A-nixcli-L", OLD_CLI),
    ("2.8.0/A-nixcli-plain", OLD_CLI),
    ("2.8.0/B-fetch-nixcli", OLD_CLI),
    ("2.8.0/D-ifd-nixcli", OLD_CLI),
    ("2.8.0/E-profile-install", OLD_CLI),
    ("2.8.0/F-build-locked", OLD_CLI),
    ("/A-rebuild.log", "`--rebuild` prints neither a plan nor a result"),
    ("-dryrun", PLAN_ALONE),
    ("/B-unknown-path-dry", PLAN_ALONE),
    ("diff-closures", "a comparison is all that was asked for"),
    ("E-profile-history", "a comparison is all that was asked for"),
    ("/F-", "a lock file was written, a tree is dirty: more may have followed"),
    ("/G-channel-update", "the channel was there already, so that the last line is missing"),
    ("2.8.0/copy-to-cache", "only the number of paths is printed"),
    ("/E-delete-generations", DOING),
    ("/E-verify", DOING),
    ("/E-profile-upgrade", "only warnings are printed"),
];

const OLD_CLI: &str = "`nix build` before 2.10 prints neither a plan nor a result";
const DOING: &str = "what it is about to do is printed, and not that it is done";
const PLAN_ALONE: &str = "a plan alone may be all that there is, or the start of a log";

/// Files that a command printed before it failed, which do not tell that it did.
const SILENT_FAILURES: [(&str, &str); 0] = [];

/// Whether the report says what the exit status does.
fn complaint(log: &NixLog) -> Option<String> {
    let report = read(&log.bytes);
    let found: Vec<Outcome> = report.runs.iter().map(|run| run.outcome).collect();
    let found = found.as_slice();
    let is_listed = |list: &[(&str, &str)]| list.iter().any(|(part, _)| log.title.contains(part));
    let is_right = match (log.status, found) {
        (_, []) => {
            matches!(family(log), Family::Listing | Family::Answer)
                || has_no_text(log)
                || is_result(log)
        }
        (0, [Outcome::Succeeded | Outcome::DryRun]) => true,
        (0, [Outcome::Unknown]) => is_listed(&SILENT),
        (0, _) => false,
        (_, [Outcome::Interrupted]) => log.options.contains("--kill"),
        (_, [Outcome::Failed]) => {
            !log.options.contains("--kill") && !report.runs[0].failures.is_empty()
        }
        _ => is_listed(&SILENT_FAILURES),
    };
    (!is_right).then(|| format!("{}: exit status {}, but {found:?}", log.title, log.status))
}

fn has_no_text(log: &NixLog) -> bool {
    log.bytes.iter().all(u8::is_ascii_whitespace)
}

/// Standard output alone holds paths of results; so does the log of a build that had been done.
fn is_result(log: &NixLog) -> bool {
    family(log) == Family::Result || log.bytes.starts_with(b"/nix/store/")
}

#[test]
fn outcomes_are_those_of_the_exit_statuses() {
    let complaints: Vec<_> = all().iter().filter_map(complaint).collect();
    assert!(complaints.is_empty(), "{} files\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn every_exception_is_needed() {
    let logs = all();
    if logs.is_empty() {
        return;
    }
    let is_unknown = |log: &NixLog| {
        let runs = read(&log.bytes).runs;
        runs.iter().any(|run| run.outcome == Outcome::Unknown)
    };
    let unknown: Vec<_> = logs.iter().filter(|log| is_unknown(log)).collect();
    let is_needless = |part: &&str| !unknown.iter().any(|log| log.title.contains(*part));
    let needless: Vec<_> = SILENT.iter().map(|(part, _)| *part).filter(is_needless).collect();
    assert_eq!(needless, Vec::<&str>::new());
}

/// Lines of a family.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    files: u32,
    understood: u32,
    lines: u32,
}

impl Share {
    fn percent(self) -> f64 {
        100.0 * f64::from(self.understood) / f64::from(self.lines.max(1))
    }
}

#[test]
fn nearly_every_line_of_nix_is_understood() {
    let mut shares: BTreeMap<Family, Share> = BTreeMap::new();
    for log in all() {
        let source = read(&log.bytes).source;
        let share = shares.entry(family(&log)).or_default();
        share.files += 1;
        share.understood += source.understood_lines;
        share.lines += source.lines;
    }
    for (family, share) in &shares {
        let Share { files, understood, lines } = share;
        let percent = share.percent();
        say(&format!("{family:?}: {understood} of {lines} lines in {files} files, {percent:.2} %"));
    }
    let logs = shares.iter().filter(|(family, _)| **family != Family::Answer);
    let low: Vec<_> = logs.filter(|(_, share)| share.percent() < LEAST_SHARE).collect();
    assert!(low.is_empty(), "{low:?}");
}

/// What surprised in a log that is one.
fn surprise(log: &NixLog) -> Option<String> {
    let Report { runs, notes, .. } = read(&log.bytes);
    let is_log = !runs.is_empty();
    (is_log && !notes.is_empty()).then(|| format!("{}: {}", log.title, notes.join(" ")))
}

#[test]
fn no_log_of_nix_surprises() {
    let surprises: Vec<_> = all().iter().filter_map(surprise).collect();
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}
