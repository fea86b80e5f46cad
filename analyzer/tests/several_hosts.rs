//! Logs of several hosts: each is a run, however their lines lie between each other.

use std::collections::BTreeMap;

use analyzer::Analyzer;
use analyzer::report::{Grade, Outcome, Report, Run, Tool};

#[path = "support/random.rs"]
mod random;

use random::Random;

/// Ways in which the lines of two hosts are put together.
const ORDERS: u64 = 50;

fn read(log: &str) -> Report {
    let mut analyzer = Analyzer::default();
    analyzer.feed(log.as_bytes());
    analyzer.finish()
}

fn fixture(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/written/");
    std::fs::read_to_string(format!("{folder}{name}.log")).expect("a fixture")
}

fn ends(report: &Report) -> Vec<(Option<&str>, Outcome, Option<bool>)> {
    report.runs.iter().map(|run| (run.host.as_deref(), run.outcome, run.activated)).collect()
}

/// What is said of a run, but for the lines that say it.
fn told(run: &Run) -> String {
    let derivations: Vec<_> = run.derivations.iter().map(|it| (&it.drv, it.status)).collect();
    let fetches: Vec<_> = run.fetches.iter().map(|it| (&it.path, it.status)).collect();
    let failures: Vec<_> =
        run.failures.iter().map(|it| (it.class, &it.unit, &it.message, &it.excerpt)).collect();
    let warnings: Vec<_> = run.warnings.iter().map(|it| (&it.message, it.count)).collect();
    let units = run.activation.as_ref().map(|it| &it.units);
    let system = run.system.as_ref().map(|it| &it.path);
    let end = (run.tool, run.outcome, run.activated, system);
    format!("{end:?}\n{derivations:?}\n{fetches:?}\n{failures:?}\n{warnings:?}\n{units:?}")
}

fn told_by_host(report: &Report) -> BTreeMap<Option<&str>, String> {
    report.runs.iter().map(|run| (run.host.as_deref(), told(run))).collect()
}

/// Puts lists together at random, each in its own order.
fn interleave(mut lists: Vec<Vec<String>>, random: &mut Random) -> String {
    let mut log = String::new();
    while !lists.is_empty() {
        let index = random.pick(&(0..lists.len()).collect::<Vec<_>>());
        log.push_str(&lists[index].remove(0));
        log.push('\n');
        lists.retain(|list| !list.is_empty());
    }
    log
}

/// The lines of a log without the first ones, which say that there are several hosts, by owner.
fn split(log: &str, n_head: usize, owner: impl Fn(&str) -> String) -> (String, Vec<Vec<String>>) {
    let lines: Vec<&str> = log.lines().collect();
    let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in &lines[n_head..] {
        lists.entry(owner(line)).or_default().push((*line).to_owned());
    }
    let head = lines[..n_head].join("\n");
    (format!("{head}\n"), lists.into_values().collect())
}

#[track_caller]
fn check_any_order(head: &str, lists: &[Vec<String>], n_hosts: usize) {
    let first = format!("{head}{}\n", lists.concat().join("\n"));
    let expected = read(&first);
    assert!(expected.runs.len() >= n_hosts, "{:?}", ends(&expected));
    for order in 0..ORDERS {
        let log = format!("{head}{}", interleave(lists.to_vec(), &mut Random::new(7, order)));
        assert_eq!(told_by_host(&read(&log)), told_by_host(&expected), "{log}");
    }
}

#[test]
fn three_nodes_of_colmena_are_three_runs() {
    let report = read(&fixture("colmena-three-nodes"));
    assert_eq!(
        ends(&report),
        [
            (Some("alpha"), Outcome::Succeeded, Some(true)),
            (Some("beta"), Outcome::Failed, Some(false)),
            (Some("gamma"), Outcome::Succeeded, Some(true)),
        ]
    );
    for run in &report.runs {
        assert_eq!((run.tool, run.time.grade), (Some(Tool::Colmena), Grade::Bounded));
    }
}

#[test]
fn what_hosts_share_is_a_run_of_its_own_where_it_built_something() {
    let report = read(&fixture("colmena-plain"));
    assert_eq!(
        ends(&report),
        [
            (None, Outcome::Succeeded, None),
            (Some("alpha"), Outcome::Succeeded, Some(true)),
            (Some("beta"), Outcome::Failed, Some(true)),
        ]
    );
    assert_eq!(report.runs[0].derivations.len(), 2);
    assert!(report.runs[0].system.is_none(), "it is that of no host");
}

#[test]
fn a_node_that_deploy_rs_rolls_back_is_not_activated() {
    assert_eq!(
        ends(&read(&fixture("deploy-rs-two-nodes"))),
        [
            (None, Outcome::Succeeded, None),
            (Some("web"), Outcome::Succeeded, Some(true)),
            (Some("cache"), Outcome::Failed, Some(false)),
        ]
    );
    let report = read(&fixture("deploy-rs-taken-back"));
    assert_eq!(ends(&report), [(Some("web"), Outcome::Failed, Some(false))]);
}

#[test]
fn the_lines_of_colmenas_nodes_may_lie_in_any_order() {
    let log = fixture("colmena-plain");
    let shared = log.lines().take_while(|line| !line.starts_with("alpha | ")).count();
    let (head, lists) = split(&log, shared, |line| {
        let host = line.contains("beta") || line.starts_with('[');
        if host { "beta".to_owned() } else { "alpha".to_owned() }
    });
    check_any_order(&head, &lists, 3);
}

#[test]
fn the_journals_of_two_machines_may_lie_in_any_order() {
    let journal = |host: &str, unit: &str| -> Vec<String> {
        let path = |name: &str| format!("/nix/store/{}-{name}", "1".repeat(32));
        let lines = [
            "building the system configuration...".to_owned(),
            "this derivation will be built:".to_owned(),
            format!("  {}", path(&format!("nixos-system-{host}-24.11.drv"))),
            format!("building '{}'...", path(&format!("nixos-system-{host}-24.11.drv"))),
            format!("stopping the following units: {unit}.service"),
            "activating the configuration...".to_owned(),
            format!("starting the following units: {unit}.service"),
            format!("warning: the following units failed: {unit}.service"),
        ];
        let stamped = |text| format!("Mar 13 04:40:12 {host} nixos-upgrade-start[17]: {text}");
        lines.into_iter().map(stamped).collect()
    };
    check_any_order("", &[journal("ash", "nginx"), journal("oak", "redis")], 2);
}
