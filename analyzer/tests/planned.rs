//! The versions of a log that compares nothing, and the old ones from an earlier log.

use analyzer::Analyzer;
use analyzer::compare::planned_changes;
use analyzer::report::{Change, ChangeKind, ChangeSource, LinkLevel, Outcome, Report};

/// A log of a switch that fetches some packages and builds one.
fn log(fetched: &[&str], built: &str) -> String {
    let path = |name: &str| format!("/nix/store/{:0<32}-{name}", name.len());
    let drv = path(built) + ".drv";
    let mut lines =
        vec!["these paths will be fetched (1.00 MiB download, 2.00 MiB unpacked):".into()];
    lines.extend(fetched.iter().map(|name| format!("  {}", path(name))));
    lines.extend(["this derivation will be built:".to_owned(), format!("  {drv}")]);
    let copying = |name: &&str| format!("copying path '{}' from 'https://a.test'...", path(name));
    lines.extend(fetched.iter().map(copying));
    lines.push(format!("building '{drv}'..."));
    lines.push("activating the configuration...".to_owned());
    let system = path("nixos-system-laptop-25.05");
    lines.push(format!("Done. The new configuration is {system}"));
    lines.join("\n")
}

fn report(log: &str) -> Report {
    let mut analyzer = Analyzer::default();
    analyzer.feed(log.as_bytes());
    analyzer.finish()
}

fn plain(change: &Change) -> String {
    let Change { name, old, new, source, lines, .. } = change;
    let lines = lines.first().unwrap_or(0);
    format!("{name} {} -> {} {source:?} {lines}", old.join(","), new.join(","))
}

#[track_caller]
fn check(new: &Report, earlier: Option<&Report>, expected: &[&str]) {
    let earlier = earlier.map(|report| &report.runs[0]);
    let changes = planned_changes(&new.runs[0], earlier);
    assert_eq!(changes.iter().map(plain).collect::<Vec<_>>(), expected);
}

fn old() -> Report {
    report(&log(&["ollama-0.5.13", "zlib-1.3.1", "gcc-14.2.0", "gcc-14.2.0-lib"], "uv-0.6.5"))
}

fn new() -> Report {
    report(&log(&["ollama-0.6.0", "zlib-1.3.1", "hello-2.12"], "uv-0.6.6"))
}

#[test]
fn without_an_earlier_log_only_new_versions_are_known() {
    let expected = [
        "hello  -> 2.12 Plan 4",
        "ollama  -> 0.6.0 Plan 2",
        "uv  -> 0.6.6 Plan 6",
        "zlib  -> 1.3.1 Plan 3",
    ];
    check(&new(), None, &expected);
}

#[test]
fn an_earlier_log_gives_the_old_versions() {
    let expected = [
        "hello  -> 2.12 Plan 4",
        "ollama 0.5.13 -> 0.6.0 History 2",
        "uv 0.6.5 -> 0.6.6 History 6",
    ];
    check(&new(), Some(&old()), &expected);
    let changes = planned_changes(&new().runs[0], Some(&old().runs[0]));
    assert_eq!(changes[1].kind, ChangeKind::Upgraded);
}

#[test]
fn what_a_link_carries_of_the_earlier_log_is_enough() {
    let mut earlier = old();
    earlier.runs[0].changes = planned_changes(&earlier.runs[0], None);
    let carried = earlier.at_level(LinkLevel::Full);
    let expected = [
        "hello  -> 2.12 Plan 4",
        "ollama 0.5.13 -> 0.6.0 History 2",
        "uv 0.6.5 -> 0.6.6 History 6",
    ];
    check(&new(), Some(&carried), &expected);
}

#[test]
fn an_earlier_log_that_failed_gives_nothing() {
    let mut earlier = old();
    earlier.runs[0].outcome = Outcome::Failed;
    earlier.runs[0].activated = None;
    let changes = planned_changes(&new().runs[0], Some(&earlier.runs[0]));
    assert!(changes.iter().all(|change| change.source == ChangeSource::Plan));
}

#[test]
fn a_log_that_compares_by_itself_needs_no_other() {
    let diff =
        report("$ nvd diff a b\n<<< a\n>>> b\nVersion changes:\n[U.]  #1  zlib  1.3 -> 1.3.1\n");
    assert_eq!(diff.runs[0].changes.len(), 1);
    check(&diff, Some(&old()), &[]);
    // It gives the versions of others, though.
    let later = report(&log(&["zlib-1.3.2"], "uv-0.6.6"));
    let expected = ["uv  -> 0.6.6 Plan 4", "zlib 1.3.1 -> 1.3.2 History 2"];
    check(&later, Some(&diff), &expected);
}
