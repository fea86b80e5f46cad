//! What surprises in what tools around Nix print, one claim a test; the logs are made up.

use analyzer::report::{
    Change, ChangeKind, DerivationStatus, FailureClass, InputKind, Outcome, Run,
};

#[path = "support/made_up.rs"]
mod made_up;

use made_up::{only_run, outcomes, path, read};

#[track_caller]
fn change<'a>(run: &'a Run, name: &str) -> &'a Change {
    run.changes.iter().find(|change| change.name == name).expect("a change of that name")
}

#[test]
fn a_cause_may_lack_the_line_that_names_it() {
    let run = only_run(
        "building '@a/bad-1.0.drv'...\n       Reason: builder failed with exit code 2.\n       Output paths:\n         \
         @b/bad-1.0\n       For full logs, run:\n         nix log @a/bad-1.0.drv\n\
         error: Cannot build '@c/top.drv'.\n       Reason: 1 dependency failed.\n",
    );
    let roots: Vec<_> = run.failures.iter().map(|it| (it.root, it.name.as_deref())).collect();
    assert_eq!(roots, [(true, Some("bad")), (false, Some("top"))]);
}

#[test]
fn a_cause_may_name_no_derivation() {
    let run = only_run(
        "this derivation will be built:\n  @a/x.drv\nbuilding '@a/x.drv'...\n\
         error: writing to file: No space left on device\n",
    );
    assert_eq!(run.outcome, Outcome::Failed);
    assert_eq!(run.failures.len(), 1);
    assert_eq!(
        (run.failures[0].class, run.failures[0].name.as_deref()),
        (FailureClass::DiskFull, None)
    );
}

#[test]
fn sources_may_be_copied_and_builds_begin_before_the_plan() {
    let run = only_run(
        "copying '/etc/nixos' to the store...\nbuilding '@a/source.drv'...\n\
         these 2 derivations will be built:\n  @b/x.drv\n  @c/y.drv\nbuilding '@b/x.drv'...\n\
         building '@c/y.drv'...\n@c/y\n",
    );
    let planned: Vec<_> = run.derivations.iter().map(|it| (it.planned, it.started)).collect();
    assert_eq!(planned, [(false, true), (true, true), (true, true)]);
    assert!(run.fetches.is_empty(), "a source that is copied to the store is no download");
}

#[test]
fn sizes_of_a_plan_have_any_unit() {
    for (sizes, download, unpacked) in [
        ("425.5 MiB download, 2.1 GiB unpacked", 446_169_088, 2_254_857_830),
        ("1764.02 MiB download, 14515.91 MiB unpacked", 1_849_709_036, 15_221_034_844),
    ] {
        let plan =
            only_run(&format!("this path will be fetched ({sizes}):\n  @a/x\n")).plan.unwrap();
        assert_eq!((plan.download_bytes, plan.unpacked_bytes), (Some(download), Some(unpacked)));
    }
}

#[test]
fn nom_may_end_with_builds_that_seem_to_run_and_one_that_failed() {
    let run = only_run(
        "┏━ Dependency Graph:\n┃ ┌─ ⏵ slow-1.0 (buildPhase) ⏱ 2m30s (∅ 3m14s)\n\
         ┃ ├─ ⚠ bad-2.0 failed with exit code 1 after ⏱ 4s in buildPhase\n┃ ⏸ top\n┣━━━ Builds\n\
         ┗━ ∑ ⏵ 1 │ ✔ 0 │ ⏸ 1 │ ⚠ Exited after 1 build failures at 08:00:01 after 5s\n",
    );
    assert_eq!(run.outcome, Outcome::Failed);
    let status = |name: &str| run.derivations.iter().find(|it| it.name == name).unwrap();
    assert_eq!(status("bad").status, DerivationStatus::Failed);
    assert_eq!(status("slow").status, DerivationStatus::Building);
    assert_eq!(status("top").status, DerivationStatus::Blocked, "it is made of what failed");
    assert_ne!(status("slow").time.as_ref().and_then(|time| time.total_s), Some(194.0));
    assert_eq!(run.time.total_s, Some(5.0), "an average of earlier builds is no time of this one");
}

#[test]
fn nvd_lists_changes_that_are_none_of_the_version() {
    let run = only_run(
        "Version changes:\n[C.]  #1  boehm-gc     8.2.6 x3 -> 8.2.6 x2\n\
         [C.]  #2  client.conf  <none> x2 -> <none>\n[D.]  #3  libliftoff   0.5.0 -> 0.4.1\n\
         [U.]  #4  gcc          12.3.0, 13.3.0 x2 -> 13.3.0, 14.2.0\n\
         Closure size: 1715 -> 1718 (5 paths added, 2 paths removed, delta +3).\n",
    );
    let of = |name: &str| change(&run, name);
    assert_eq!(of("boehm-gc").kind, ChangeKind::Deduplicated);
    assert_eq!((of("boehm-gc").old_count, of("boehm-gc").new_count), (Some(3), Some(2)));
    assert_eq!(of("boehm-gc").level, None);
    assert_ne!(of("client.conf").kind, ChangeKind::Upgraded);
    assert_eq!(of("libliftoff").kind, ChangeKind::Downgraded);
    assert_eq!(of("gcc").old, ["12.3.0", "13.3.0"]);
    assert_eq!(run.closure.unwrap().delta_bytes, None, "nvd of 2021 has no disk figure");
}

#[test]
fn a_version_that_goes_is_not_the_package() {
    let run = only_run(
        "python3: 3.9.21 → ∅, -60.1 MiB\npython3: 3.12.8 → 3.12.9\nhtop: 3.3.0 → ∅, -300.0 KiB\n\
         linux: 6.12.18 → 6.12.19\n",
    );
    assert_eq!(change(&run, "htop").kind, ChangeKind::Removed);
    let python: Vec<_> = run.changes.iter().filter(|it| it.name == "python3").collect();
    assert!(python.iter().any(|it| it.new == ["3.12.9"]), "{python:?}");
}

#[test]
fn an_input_may_be_updated_to_what_it_was() {
    let reference = "'github:a/b/0123456789abcdef0123456789abcdef01234567' (2025-03-01)";
    let run = only_run(&format!(
        "warning: updating lock file '/etc/nixos/flake.lock':\n• Updated input 'b':\n    {reference}\n  → {reference}\n"
    ));
    let input = &run.inputs[0];
    assert_eq!(input.kind, InputKind::Updated);
    let revision =
        |side: &Option<analyzer::report::InputRevision>| side.as_ref().unwrap().rev.clone();
    assert_eq!(revision(&input.old), revision(&input.new));
}

#[test]
fn a_check_may_refuse_the_switch() {
    let run = only_run(
        "building the system configuration...\nChecking switch inhibitors...\n\
         There are changes to critical components of the system:\n  - dbus-implementation: dbus -> broker\n\
         Pre-switch check 'switchInhibitors' failed\nPre-switch checks failed\n\
         Command 'systemd-run @a/nixos-system-h-25.05/bin/switch-to-configuration switch' returned non-zero exit status 1.\n",
    );
    assert_eq!((run.outcome, run.activated), (Outcome::Failed, Some(false)));
    assert_eq!(run.system.unwrap().path, Some(path('a', "nixos-system-h-25.05")));
    assert!(run.failures.iter().all(|it| it.class == FailureClass::Activation));
}

#[test]
fn a_log_without_words_of_a_rebuild_has_no_run() {
    assert!(read("").runs.is_empty());
    assert_eq!(outcomes("make: *** [all] Error 2\n"), Vec::<Outcome>::new());
}
