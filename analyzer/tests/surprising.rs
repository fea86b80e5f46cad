//! What real logs are surprising in, one claim a test; the logs are made up.

use analyzer::report::{DerivationStatus, Outcome, Run};

#[path = "support/made_up.rs"]
mod made_up;

use made_up::{only_run, outcomes, path, read};

fn statuses(run: &Run) -> Vec<(&str, DerivationStatus)> {
    run.derivations.iter().map(|it| (it.name.as_str(), it.status)).collect()
}

#[test]
fn an_activation_that_overwrote_the_start_of_the_file_belongs_to_the_run() {
    let log = "activating the configuration...\r\nsetting up /etc...\r\n\
        restarting sysinit-reactivation.target\r\n @a/etc.drv\n  @b/nixos-system-h-24.11.drv\n\
        building '@a/etc.drv'...\nbuilding '@b/nixos-system-h-24.11.drv'...\n";
    let report = read(log);
    assert_eq!(report.runs.len(), 1);
    assert!(report.source.truncated);
    let run = &report.runs[0];
    assert_eq!((run.outcome, run.activated), (Outcome::Succeeded, Some(true)));
    assert_eq!(run.derivations.iter().filter(|it| it.planned).count(), 2);
    assert_eq!(run.plan.as_ref().unwrap().builds, None, "nobody knows how long the list was");
}

#[test]
fn two_plans_of_one_rebuild_are_added() {
    let run = only_run(
        "this derivation will be built:\n  @a/nixos-rebuild.drv\nbuilding '@a/nixos-rebuild.drv'...\n\
         building the system configuration...\nthese 2 derivations will be built:\n  @b/etc.drv\n  \
         @c/nixos-system-h-24.11.drv\nbuilding '@b/etc.drv'...\n",
    );
    assert_eq!(run.plan.unwrap().builds, Some(3));
}

#[test]
fn a_plan_that_is_printed_again_counts_once() {
    let plan = "these 2 derivations will be built:\n  @a/x.drv\n  @b/y.drv\n";
    let run = only_run(&format!("{plan}{plan}building '@a/x.drv'...\n"));
    assert_eq!(run.plan.unwrap().builds, Some(2));
}

#[test]
fn more_may_start_than_was_planned() {
    let run = only_run(
        "this derivation will be built:\n  @a/home-manager-generation.drv\n\
         building '@a/home-manager-generation.drv'...\nStarting Home Manager activation\n\
         Activating installPackages\nbuilding '@b/user-environment.drv'...\nActivating reloadSystemd\n",
    );
    assert_eq!(run.derivations.iter().filter(|it| it.started).count(), 2);
    assert_eq!(run.plan.unwrap().builds, Some(1));
    assert_eq!((run.outcome, run.activated), (Outcome::Succeeded, Some(true)));
}

#[test]
fn a_warning_that_speaks_of_an_error_is_no_failure() {
    let run = only_run(
        "warning: error: unable to download 'https://c/x.narinfo': SSL connect error (35); retrying in 276 ms\n\
         this path will be fetched (1.00 MiB download, 2.00 MiB unpacked):\n  @a/x\n\
         copying path '@a/x' from 'https://c'...\n@a/x\n",
    );
    assert_eq!(run.outcome, Outcome::Succeeded);
    assert!(run.failures.is_empty());
    assert_eq!(run.warnings.len(), 1);
}

#[test]
fn an_interrupt_is_the_outcome_unless_it_was_ignored() {
    let plan = "this derivation will be built:\n  @a/x.drv\nbuilding '@a/x.drv'...\n";
    let interrupted = format!("{plan}error: interrupted by the user\n");
    assert_eq!(outcomes(&interrupted), [Outcome::Interrupted]);
    assert!(only_run(&interrupted).failures.is_empty());
    let ignored = format!("{plan}error (ignored): error: interrupted by the user\n@a/x\n");
    assert_eq!(outcomes(&ignored), [Outcome::Succeeded]);
}

#[test]
fn only_what_failed_by_itself_has_failed() {
    let run = only_run(
        "these 2 derivations will be built:\n  @a/bad.drv\n  @b/long.drv\nbuilding '@a/bad.drv'...\n\
         building '@b/long.drv'...\nerror: builder for '@a/bad.drv' failed with exit code 1\n\
         error: build of '@a/bad.drv', '@b/long.drv' failed\n",
    );
    let expected = [("bad", DerivationStatus::Failed), ("long", DerivationStatus::Building)];
    assert_eq!(statuses(&run), expected);
    assert_eq!(run.failures.len(), 1);
}

#[test]
fn dependants_name_the_one_cause() {
    let run = only_run(
        "building '@a/bad.drv'...\nerror: Cannot build '@a/bad.drv'.\n       Reason: builder failed with exit code 2.\n\
         error: Cannot build '@b/top.drv'.\n       Reason: 1 dependency failed.\n",
    );
    let roots: Vec<_> = run.failures.iter().map(|it| (it.root, it.caused_by.is_some())).collect();
    assert_eq!(roots, [(true, false), (false, true)]);
    assert_eq!(statuses(&run)[1], ("top", DerivationStatus::Blocked));
}

#[test]
fn two_derivations_may_share_a_name() {
    let run = only_run("building '@a/nixos-help.drv'...\nbuilding '@b/nixos-help.drv'...\n");
    assert_eq!(run.derivations.len(), 2);
}

#[test]
fn a_derivation_that_is_announced_twice_is_one() {
    let run = only_run("building '@a/x.drv' on 'ssh://h'...\nbuilding '@a/x.drv'...\n");
    assert_eq!(run.derivations.len(), 1);
    assert_eq!(run.derivations[0].host.as_deref(), Some("ssh://h"));
}

#[test]
fn exit_status_4_means_switched_with_failed_units() {
    let run = only_run(
        "building the system configuration...\nactivating the configuration...\nsetting up /etc...\n\
         restarting sysinit-reactivation.target\nwarning: the following units failed: a.service\n\
         ● a.service - A\n     Active: failed (Result: exit-code) since now\n   Duration: 1h 33min 5s\n\
         Command 'systemd-run @a/nixos-system-h-24.11/bin/switch-to-configuration switch' returned non-zero exit status 4.\n",
    );
    assert_eq!((run.outcome, run.activated), (Outcome::Failed, Some(true)));
    assert_eq!(run.failures.len(), 1);
    assert_eq!(run.failures[0].unit.as_deref(), Some("a.service"));
    assert_eq!(run.system.unwrap().path, Some(path('a', "nixos-system-h-24.11")));
    assert_eq!(run.time.total_s, None, "how long a unit ran before is no time of the run");
}

#[test]
fn what_follows_a_switch_belongs_to_it_unless_a_rebuild_begins() {
    let switch = "building the system configuration...\nactivating the configuration...\n\
        setting up /etc...\nrestarting sysinit-reactivation.target\n";
    let dirty = "warning: Git tree '/etc/nixos' is dirty\n";
    assert_eq!(outcomes(&format!("{switch}{dirty}")), [Outcome::Succeeded]);
    let two = read(&format!("{switch}{dirty}{switch}"));
    let warnings: Vec<_> = two.runs.iter().map(|run| run.warnings.len()).collect();
    assert_eq!(warnings, [0, 1], "the warning prepares the second rebuild");
}

#[test]
fn an_update_of_inputs_prepares_the_rebuild_after_it() {
    let run = only_run(
        "$ nix flake update\nwarning: updating lock file '/f/flake.lock':\n• Removed input 'x'\n\
         $ sudo nixos-rebuild switch\nbuilding the system configuration...\n",
    );
    assert_eq!(run.inputs.len(), 1);
    assert_eq!(run.command.as_deref(), Some("sudo nixos-rebuild switch"));
}

#[test]
fn a_comparison_after_a_rebuild_is_a_part_of_it() {
    let run = only_run(
        "+ nixos-rebuild switch\nbuilding the system configuration...\nactivating the configuration...\n\
         setting up /etc...\nsetting up tmpfiles\n+ nvd diff a b\nVersion changes:\n\
         [U.]  #1  linux  6.12.18 -> 6.12.19\n",
    );
    assert_eq!(run.changes.len(), 1);
    assert_eq!(run.reboot.reasons.len(), 1);
}

#[test]
fn a_build_alone_is_over_when_the_next_one_starts() {
    let stamped = |second: u32, text: &str| format!("2025-03-13T10:00:{second:02}Z {text}\n");
    let run = only_run(
        &[
            stamped(0, "these 2 derivations will be built:"),
            stamped(0, "  @a/x.drv"),
            stamped(0, "  @b/y.drv"),
            stamped(1, "building '@a/x.drv'..."),
            stamped(31, "building '@b/y.drv'..."),
            stamped(40, "@b/y"),
        ]
        .concat(),
    );
    let times: Vec<_> = run.derivations.iter().map(|it| it.time.as_ref().unwrap()).collect();
    assert_eq!(times[0].total_s, Some(30.0));
    assert_eq!((times[1].total_s, times[1].high_s), (None, Some(9.0)));
    assert_eq!(run.time.total_s, Some(40.0));
}

#[test]
fn a_text_about_rebuilds_is_no_log() {
    let report =
        read("NAME\n       nixos-rebuild\nSYNOPSIS\n       nixos-rebuild {switch | boot}\n");
    assert!(report.runs.is_empty());
    assert_eq!(report.notes.len(), 1);
}

#[test]
fn both_sides_of_an_open_merge_are_runs() {
    let side = |host: &str| format!("building '@a/nixos-system-{host}-24.11.drv'...\n");
    let log = format!("<<<<<<< HEAD\n{}=======\n{}>>>>>>> other\n", side("one"), side("two"));
    let hosts: Vec<_> = read(&log).runs.into_iter().map(|run| run.host).collect();
    assert_eq!(hosts, [Some("one".to_owned()), Some("two".to_owned())]);
}

#[test]
fn a_log_that_holds_each_line_twice_has_its_failures_once() {
    let run = only_run("error: attribute 'a' missing\nerror: attribute 'a' missing\n");
    assert_eq!(run.failures.len(), 1);
}

#[test]
fn downloads_that_fail_for_one_reason_are_one_warning() {
    let warning = |file: &str| {
        format!(
            "warning: unable to download 'https://c/{file}': HTTP error 500; retrying in 251 ms\n"
        )
    };
    let run = only_run(&format!("{}{}", warning("a"), warning("b")));
    assert_eq!(run.warnings.len(), 1);
    assert_eq!(run.warnings[0].count, 2);
}
