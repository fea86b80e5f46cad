//! What a link carries of each log: no more than its level says, and the same when done again.

#[path = "support/real_logs.rs"]
mod real_logs;

use analyzer::Analyzer;
use analyzer::report::{LinkLevel, Report, Run};

fn read(log: &[u8]) -> Report {
    let mut analyzer = Analyzer::default();
    analyzer.feed(log);
    analyzer.finish()
}

#[test]
fn lower_levels_are_made_of_higher_ones() {
    for (path, log) in real_logs::all() {
        let report = read(&log);
        for (at, level) in LinkLevel::ALL.into_iter().enumerate() {
            let reduced = report.at_level(level);
            for lower in &LinkLevel::ALL[..=at] {
                let expected = report.at_level(*lower);
                assert_eq!(reduced.at_level(*lower), expected, "{}", path.display());
            }
        }
    }
}

#[test]
fn nothing_is_lost_without_a_count() {
    for (path, log) in real_logs::all() {
        let report = read(&log);
        let reduced = report.at_level(LinkLevel::Verdict);
        for (run, reduced) in report.runs.iter().zip(&reduced.runs) {
            assert_eq!(sums(run), counted(reduced), "{}", path.display());
        }
    }
}

/// Derivations, copies, changes, inputs, failures, different warnings, units.
fn sums(run: &Run) -> [usize; 7] {
    let units = run.activation.as_ref().map(|activation| {
        let units = &activation.units;
        let lists = [
            &units.stopped,
            &units.started,
            &units.restarted,
            &units.reloaded,
            &units.not_restarted,
            &units.new,
            &units.failed,
        ];
        lists.iter().map(|list| list.len()).sum()
    });
    [
        run.derivations.len(),
        run.fetches.len(),
        run.changes.len(),
        run.inputs.len(),
        run.failures.len(),
        run.warnings.len(),
        units.unwrap_or(0),
    ]
}

fn counted(run: &Run) -> [usize; 7] {
    let counts = run.counts.clone().unwrap_or_default();
    let derivations =
        counts.derivations.map(|n| n.planned + n.building + n.built + n.failed + n.blocked);
    let stores = counts.stores.iter().map(|n| n.copied + n.planned + n.failed).sum();
    let changes =
        counts.changes.map(|n| n.versions + n.added + n.removed + n.same + n.configuration);
    let failures = counts.failures.map(|n| n.causes + n.consequences);
    let warnings = counts.warnings.map(|n| n.different);
    let units = counts.units.map(|n| {
        n.stopped + n.started + n.restarted + n.reloaded + n.not_restarted + n.new + n.failed
    });
    [derivations, Some(stores), changes, counts.inputs, failures, warnings, units]
        .map(|n| n.unwrap_or(0) as usize)
}
