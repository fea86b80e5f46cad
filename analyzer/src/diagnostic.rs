//! The findings: the few sentences that a person should read first.
//!
//! A rule is a pure function of a [`Run`]; it knows no format and no line of the log.

mod english;

mod activation;
mod changes;
mod clock;
mod downloads;
mod failure;
mod outcome;
mod sentence;
mod silence;
mod time;
mod warnings;

#[cfg(test)]
mod tests;

pub use clock::command_again;
pub(crate) use english::duration;

use crate::report::{Finding, Lines, Run, Severity, Source};

/// The most findings of a run: what comes later matters less, and a list is not a verdict.
const MAX_FINDINGS: usize = 7;

/// A finding before it is known to which run it belongs.
struct Draft {
    id: &'static str,
    severity: Severity,
    text: String,
    article: Option<&'static str>,
    lines: Lines,
}

/// The rules in the order in which their findings are read.
const RULES: &[fn(&Run) -> Vec<Draft>] = &[
    outcome::outcome,
    failure::roots,
    activation::units_failed,
    time::local_build_dominates,
    silence::silent_builds,
    activation::reboot,
    changes::versions_changed,
    changes::inputs_updated,
    outcome::nothing_changed,
    warnings::caches_ignored,
    downloads::retried,
    warnings::out_of_date,
    clock::no_clock,
];

/// Says what to read first about each run, most important first.
pub(crate) fn findings(source: &Source, runs: &[Run]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (run, index) in runs.iter().zip(0..) {
        let mut drafts: Vec<Draft> = RULES.iter().flat_map(|rule| rule(run)).collect();
        if source.truncated && index == 0 {
            // What is missing may have been something to build.
            drafts.retain(|draft| draft.id != outcome::NOTHING_CHANGED);
            drafts.truncate(MAX_FINDINGS - 1);
            drafts.push(outcome::truncated(run));
        }
        findings.extend(drafts.into_iter().take(MAX_FINDINGS).map(|draft| finding(draft, index)));
    }
    findings
}

fn finding(draft: Draft, run: u32) -> Finding {
    Finding {
        id: draft.id.to_owned(),
        severity: draft.severity,
        text: draft.text,
        article: draft.article.map(str::to_owned),
        run,
        lines: draft.lines,
    }
}

/// Names for each cause the article that says what to do about it.
pub(crate) fn add_remedies(runs: &mut [Run]) {
    let failures = runs.iter_mut().flat_map(|run| &mut run.failures);
    for failure in failures.filter(|failure| failure.root) {
        failure.remedy = Some(failure::article(failure.class).to_owned());
    }
}

/// Joins evidence of several facts: ascending, without overlaps.
fn joined<'a>(lines: impl IntoIterator<Item = &'a Lines>) -> Lines {
    let mut all = Lines(lines.into_iter().flat_map(|lines| lines.0.clone()).collect());
    all.tidy();
    all
}
