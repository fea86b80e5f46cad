//! Turns the upgrade reports that links are measured by into reports of ours.
//!
//! | theirs | ours |
//! |---|---|
//! | `bumps`, `added`, `removed`, `nixos`, `kernel` | changes, as the analyzer reads them from nvd: outputs folded, families and levels |
//! | `built` | derivations, as the analyzer reads their names, with their time |
//! | `failed` | failures: name, exit status, phase and line as the excerpt |
//! | `inputs` | inputs, with references such as `github:OWNER/NAME/REV` |
//! | `host`, `date`, `totals.seconds` | host, and time of the run |
//! | `totals.closureBytes…`, `…downloadBytes`, `…unpackedBytes` | sizes of the closure and of the plan |
//! | `totals.copiedPaths` | copies from the public cache |
//! | `totals.pathsBefore`, `…pathsAfter` | nothing: ours says how many were added and removed |

use std::fmt::Write;

use analyzer::Analyzer;
use analyzer::report::{
    Closure, Counts, Direction, Failure, FailureClass, FailureDetails, Grade, Input, InputKind,
    InputRevision, Lines, Outcome, Plan, Reboot, RebootReason, RebootVerdict, Report, Run, Span,
    StoreCounts, System, Tool,
};
use serde_json::Value;

/// The report of ours that says the same.
pub(crate) fn report(theirs: &Value) -> Report {
    let mut report = read(&log(theirs));
    report.findings.clear();
    report.notes.clear();
    report.source = analyzer::report::Source::default();
    let mut runs = std::mem::take(&mut report.runs);
    runs.truncate(1);
    for run in &mut runs {
        complete(run, theirs);
    }
    Report { runs, ..report }
}

fn read(log: &str) -> Report {
    let mut analyzer = Analyzer::default();
    analyzer.feed(log.as_bytes());
    analyzer.finish()
}

/// What Nix and nvd print.
fn log(theirs: &Value) -> String {
    let mut log = String::from("building the system configuration...\n");
    for built in list(&theirs["built"]) {
        let name = text(&built["name"]);
        let _ =
            writeln!(log, "building '/nix/store/0c5b8vw40d1ns0d5d9xvxpvyjcxvvzjr-{name}.drv'...");
    }
    log += "<<< /run/current-system\n>>> result\nVersion changes:\n";
    for (name, old, new) in bumps(theirs) {
        let _ = writeln!(log, "[U.]  #1  {name}  {old} -> {new}");
    }
    for (title, letter, field) in [("Added", 'A', "added"), ("Removed", 'R', "removed")] {
        let _ = writeln!(log, "{title} packages:");
        for package in list(&theirs[field]) {
            let (name, version) = (text(&package["name"]), text(&package["version"]));
            let _ = writeln!(log, "[{letter}.]  #1  {name}  {version}");
        }
    }
    log
}

/// Name, old versions and new versions, sorted by name.
fn bumps(theirs: &Value) -> Vec<(String, String, String)> {
    let joined = |versions: &Value| list(versions).iter().map(text).collect::<Vec<_>>().join(", ");
    let bump = |it: &Value| (text(&it["name"]), joined(&it["old"]), joined(&it["new"]));
    let mut bumps: Vec<_> = list(&theirs["bumps"]).iter().map(bump).collect();
    let system = format!("nixos-system-{}", text(&theirs["host"]));
    for (name, field) in [(system, "nixos"), ("linux".to_owned(), "kernel")] {
        if !bumps.iter().any(|bump| bump.0 == name) {
            bumps.push((name, text(&theirs[field]["old"]), text(&theirs[field]["new"])));
        }
    }
    bumps.sort();
    bumps
}

fn complete(run: &mut Run, theirs: &Value) {
    let totals = &theirs["totals"];
    let failures: Vec<Failure> = list(&theirs["failed"]).iter().map(failure).collect();
    run.tool = Some(Tool::NixosRebuild);
    run.host = Some(text(&theirs["host"]));
    run.outcome = if failures.is_empty() { Outcome::Succeeded } else { Outcome::Failed };
    run.activated = Some(failures.is_empty());
    run.time = span(totals["seconds"].as_f64());
    run.time.from = Some(text(&theirs["date"]));
    run.stages.clear();
    for (derivation, built) in run.derivations.iter_mut().zip(list(&theirs["built"])) {
        derivation.time = Some(span(built["seconds"].as_f64()));
    }
    run.plan = Some(Plan {
        download_bytes: totals["downloadBytes"].as_u64(),
        unpacked_bytes: totals["unpackedBytes"].as_u64(),
        ..Plan::default()
    });
    run.closure = Some(Closure {
        old_bytes: totals["closureBytesBefore"].as_u64(),
        new_bytes: totals["closureBytesAfter"].as_u64(),
        ..Closure::default()
    });
    run.inputs = list(&theirs["inputs"]).iter().map(input).collect();
    run.failures = failures;
    let label = Some(text(&theirs["nixos"]["new"]));
    run.system = Some(System { label, ..System::default() });
    let kernel = &theirs["kernel"];
    let what = format!("linux {} -> {}", text(&kernel["old"]), text(&kernel["new"]));
    run.reboot = Reboot {
        verdict: RebootVerdict::Needed,
        reasons: vec![RebootReason { what, lines: Lines::default() }],
    };
    run.counts = Some(Counts { stores: vec![copies(totals)], ..Counts::default() });
}

fn span(seconds: Option<f64>) -> Span {
    let because = "stamps on the first and the last line of the run".to_owned();
    Span {
        total_s: seconds,
        low_s: seconds,
        high_s: seconds,
        grade: Grade::Stamped,
        because,
        ..Span::unknown("")
    }
}

fn failure(theirs: &Value) -> Failure {
    let label = text(&theirs["name"]);
    let split = label
        .match_indices('-')
        .map(|(at, _)| at)
        .find(|at| label[at + 1..].starts_with(|c: char| c.is_ascii_digit()));
    let (name, version) =
        split.map_or((label.as_str(), None), |at| (&label[..at], Some(&label[at + 1..])));
    let exit_code = theirs["exit"].as_i64().and_then(|code| i32::try_from(code).ok());
    Failure {
        root: true,
        class: FailureClass::BuilderExit,
        drv: None,
        name: Some(name.to_owned()),
        version: version.map(str::to_owned),
        exit_code,
        caused_by: None,
        unit: None,
        remedy: None,
        message: format!("builder failed with exit code {}", exit_code.unwrap_or_default()),
        excerpt: vec![format!("Running phase: {}", text(&theirs["phase"])), text(&theirs["line"])],
        excerpt_lines: Vec::new(),
        error_line: None,
        output: Lines::default(),
        details: FailureDetails::default(),
        lines: Lines::default(),
    }
}

fn input(theirs: &Value) -> Input {
    let (owner, name) = (text(&theirs["owner"]), text(&theirs["name"]));
    let side = |rev: &str, date: &str| {
        let rev = text(&theirs[rev]);
        Some(InputRevision {
            url: Some(format!("github:{owner}/{name}/{rev}")),
            rev: Some(rev),
            date: Some(text(&theirs[date])),
            follows: None,
        })
    };
    let (old, new) = (side("old", "oldDate"), side("new", "newDate"));
    Input { name, kind: InputKind::Updated, old, new, lines: Lines::default() }
}

fn copies(totals: &Value) -> StoreCounts {
    let copied = totals["copiedPaths"].as_u64().and_then(|paths| u32::try_from(paths).ok());
    StoreCounts {
        store: Some("https://cache.nixos.org".to_owned()),
        direction: Direction::From,
        copied: copied.unwrap_or_default(),
        planned: 0,
        failed: 0,
        sized: 0,
        bytes: 0,
        retries: 0,
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
