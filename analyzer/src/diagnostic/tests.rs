//! What a report of a known kind is said to mean, finding by finding.

use super::{add_remedies, findings};
use crate::report::{
    Activation, Change, ChangeKind, ChangeSource, Derivation, DerivationKind, DerivationStatus,
    Failure, FailureClass, FailureDetails, Grade, Lines, Outcome, Reboot, RebootReason,
    RebootVerdict, Run, Source, Span, Stage, StageTime, Tool,
};

fn span(grade: Grade, total_s: Option<f64>) -> Span {
    Span {
        total_s,
        low_s: total_s,
        high_s: None,
        grade,
        from: None,
        to: None,
        because: String::new(),
        lines: Lines::one(1),
    }
}

fn run(outcome: Outcome, activated: Option<bool>) -> Run {
    Run {
        tool: Some(Tool::NixosRebuild),
        outcome,
        activated,
        lines: Lines::range(1, 9),
        time: span(Grade::Unknown, None),
        ..Run::unknown("")
    }
}

fn stage(stage: Stage) -> StageTime {
    StageTime { stage, from_s: None, time: span(Grade::Unknown, None) }
}

fn failure(root: bool, class: FailureClass, name: &str) -> Failure {
    Failure {
        root,
        class,
        drv: None,
        name: Some(name.to_owned()),
        version: Some("1.0".to_owned()),
        exit_code: Some(2),
        caused_by: None,
        unit: None,
        remedy: None,
        message: "builder failed with exit code 2".to_owned(),
        excerpt: Vec::new(),
        excerpt_lines: Vec::new(),
        error_line: None,
        output: Lines::default(),
        details: FailureDetails::default(),
        lines: Lines::one(5),
    }
}

fn build(name: &str, time: Span) -> Derivation {
    Derivation {
        drv: None,
        name: name.to_owned(),
        version: None,
        kind: DerivationKind::Software,
        planned: true,
        started: true,
        status: DerivationStatus::Built,
        host: None,
        time: Some(time),
        from_s: None,
        drag_s: None,
        silence: None,
        caused_by_input: None,
        phases: Vec::new(),
        log_lines: 0,
        why_built: None,
        lines: Lines::one(3),
    }
}

fn change(name: &str, old: &str, new: &str) -> Change {
    Change {
        name: name.to_owned(),
        subject: DerivationKind::Software,
        kind: ChangeKind::Upgraded,
        level: None,
        old: vec![old.to_owned()],
        new: vec![new.to_owned()],
        old_count: None,
        new_count: None,
        size_delta_bytes: None,
        selected: None,
        family: None,
        renamed_from: None,
        nix_order: None,
        source: ChangeSource::Nvd,
        lines: Lines::one(7),
    }
}

#[track_caller]
fn check(run: Run, expected: &[(&str, &str)]) {
    let found = findings(&Source::default(), &[run]);
    let found: Vec<(&str, &str)> =
        found.iter().map(|finding| (finding.id.as_str(), finding.text.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn switch_says_how_long_it_took_and_what_took_it() {
    let mut run = run(Outcome::Succeeded, Some(true));
    run.time = span(Grade::Stamped, Some(742.0));
    run.derivations = vec![
        build("etc", span(Grade::Stamped, Some(1.0))),
        build("ollama", span(Grade::Bounded, Some(544.0))),
    ];
    run.changes = vec![change("bash", "5.2", "5.3"), change("ollama", "0.5.13", "0.6.0")];
    run.reboot = Reboot {
        verdict: RebootVerdict::Needed,
        reasons: vec![RebootReason {
            what: "linux 6.12.18 -> 6.12.19".to_owned(),
            lines: Lines::one(8),
        }],
    };
    check(
        run,
        &[
            ("outcome", "Switched to the new configuration in 12 min 22 s: 2 built here."),
            (
                "local-build-dominates",
                "At least 9 min 4 s of 12 min 22 s went into building ollama here.",
            ),
            ("reboot-needed", "A reboot is needed: linux 6.12.18 -> 6.12.19."),
            ("versions-changed", "2 versions changed, among them ollama 0.5.13 -> 0.6.0."),
        ],
    );
}

#[test]
fn causes_come_before_what_they_blocked() {
    let mut run = run(Outcome::Failed, Some(false));
    run.failures = vec![
        failure(true, FailureClass::BuilderExit, "zlib"),
        failure(false, FailureClass::Dependency, "etc"),
        failure(false, FailureClass::Dependency, "nixos-system"),
    ];
    check(
        run,
        &[
            ("outcome", "It failed. Nothing was switched: what ran before still runs."),
            (
                "root-failure",
                "zlib-1.0 could not be built: its builder exited with code 2. \
                 2 others failed only because of that.",
            ),
        ],
    );
}

#[test]
fn many_causes_are_counted() {
    let mut run = run(Outcome::Failed, None);
    run.failures =
        ["a", "b", "c", "d", "e"].map(|name| failure(true, FailureClass::DiskFull, name)).to_vec();
    let found = findings(&Source::default(), &[run]);
    assert_eq!(found.len(), 4);
    assert_eq!(
        found[3].text,
        "c-1.0 could not be built: the disk is full. 2 others failed as well."
    );
}

#[test]
fn failed_units_do_not_undo_the_switch() {
    let mut run = run(Outcome::Failed, Some(true));
    let mut activation = Activation::default();
    activation.units.failed = vec!["docker.service".to_owned()];
    activation.unit_lines.failed = Lines::one(6);
    run.activation = Some(activation);
    check(
        run,
        &[
            ("outcome", "Switched to the new configuration, but 1 unit failed."),
            ("units-failed", "docker.service failed."),
        ],
    );
}

#[test]
fn idle_switch_says_that_nothing_changed() {
    let mut run = run(Outcome::Succeeded, Some(true));
    let mut activation = Activation::default();
    activation.units.restarted = vec!["sysinit-reactivation.target".to_owned()];
    run.activation = Some(activation);
    run.stages = vec![stage(Stage::Evaluate)];
    check(
        run,
        &[
            ("outcome", "Switched to the new configuration."),
            (
                "nothing-changed",
                "Nothing was built, fetched or restarted: this configuration was there already.",
            ),
        ],
    );
}

#[test]
fn a_switch_without_its_evaluation_is_not_all_there_was() {
    let run = run(Outcome::Succeeded, Some(true));
    check(run, &[("outcome", "Switched to the new configuration.")]);
}

#[test]
fn the_error_itself_is_quoted() {
    let mut run = run(Outcome::Failed, None);
    let mut failed = failure(true, FailureClass::BuilderExit, "zlib");
    failed.excerpt = vec!["cc a.c".to_owned(), "a.c:1:1: error: no".to_owned()];
    failed.excerpt_lines = vec![4, 5];
    failed.error_line = Some(5);
    run.failures = vec![failed];
    let found = findings(&Source::default(), &[run]);
    assert_eq!(found[1].text, "zlib-1.0 could not be built (exit code 2): “a.c:1:1: error: no”.");
}

#[test]
fn a_comparison_says_what_a_switch_would_take() {
    let mut run = run(Outcome::Unknown, None);
    run.reboot.reasons =
        vec![RebootReason { what: "linux 6.1 -> 6.2".to_owned(), lines: Lines::one(8) }];
    let found = findings(&Source::default(), &[run]);
    assert_eq!(
        found[1].text,
        "A switch from one to the other is complete only after a reboot: linux 6.1 -> 6.2."
    );
}

#[test]
fn there_are_never_more_than_seven() {
    let mut run = run(Outcome::Failed, Some(true));
    run.failures = vec![failure(true, FailureClass::DiskFull, "a"); 9];
    run.derivations = vec![build("ollama", span(Grade::Unknown, None))];
    run.changes = vec![change("bash", "5.2", "5.3")];
    run.reboot = Reboot {
        verdict: RebootVerdict::Needed,
        reasons: vec![RebootReason { what: "linux".to_owned(), lines: Lines::one(8) }],
    };
    let mut activation = Activation::default();
    activation.units.failed = vec!["docker.service".to_owned()];
    run.activation = Some(activation);
    let source = Source { truncated: true, ..Source::default() };
    let found = findings(&source, &[run]);
    assert_eq!(found.len(), 7);
    assert_eq!(found[6].id, "truncated");
}

#[test]
fn log_without_clock_says_how_to_get_one() {
    let mut run = run(Outcome::Succeeded, None);
    run.derivations = vec![build("etc", span(Grade::Unknown, None))];
    let found = findings(&Source::default(), &[run]);
    assert_eq!(found.last().unwrap().id, "no-clock");
}

#[test]
fn truncated_log_says_so() {
    let source = Source { truncated: true, ..Source::default() };
    let found = findings(&source, &[run(Outcome::Unknown, None)]);
    assert_eq!(found.last().unwrap().id, "truncated");
}

#[test]
fn versions_name_what_the_person_chose_and_not_the_parts() {
    let mut run = run(Outcome::Unknown, None);
    let mut linux = change("linux", "6.12.18", "6.12.19");
    linux.old.push("6.12.18-modules".to_owned());
    linux.new.push("6.12.19-modules".to_owned());
    let mut ollama = change("ollama", "0.5.13", "0.6.0");
    ollama.selected = Some(true);
    run.changes = vec![linux, change("zlib", "1.3", "1.3.1"), ollama];
    let found = findings(&Source::default(), &[run]);
    assert_eq!(
        found[1].text,
        "3 versions changed, among them ollama 0.5.13 -> 0.6.0 and linux 6.12.18 -> 6.12.19."
    );
}

#[test]
fn causes_have_a_remedy_and_consequences_have_none() {
    let mut run = run(Outcome::Failed, None);
    run.failures = vec![
        failure(true, FailureClass::DiskFull, "a"),
        failure(false, FailureClass::Dependency, "b"),
    ];
    let mut runs = [run];
    add_remedies(&mut runs);
    let remedies = runs[0].failures.iter().map(|failure| failure.remedy.as_deref());
    assert!(remedies.eq([Some("garbage-collection#full"), None]));
}
