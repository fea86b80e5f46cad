//! Reads a log in chunks, and checks what holds for the report of any log.

#[path = "timing.rs"]
mod timing;

use std::collections::BTreeSet;

use analyzer::Analyzer;
use analyzer::report::{Failure, Lines, Report, Run};

/// Reads a log that comes in chunks of `chunk_len` bytes.
pub(crate) fn read_in_chunks(log: &[u8], chunk_len: usize) -> Report {
    let mut analyzer = Analyzer::default();
    for chunk in log.chunks(chunk_len) {
        analyzer.feed(chunk);
    }
    analyzer.finish()
}

/// Reads a log that comes in one piece.
pub(crate) fn read(log: &[u8]) -> Report {
    read_in_chunks(log, log.len().max(1))
}

/// Says what is wrong with the report of a log, whatever the log: evidence outside of it,
/// facts without evidence, findings without a run, the same twice.
pub(crate) fn defects(log: &[u8], report: &Report) -> Vec<String> {
    let mut defects = Vec::new();
    if report.source.bytes != log.len() as u64 {
        defects.push(format!("source.bytes is {}, expected {}", report.source.bytes, log.len()));
    }
    if report.source.understood_lines > report.source.lines {
        defects.push("more lines understood than there are".to_owned());
    }
    for (what, lines, need) in evidence(report) {
        defects.extend(
            evidence_defect(lines, need, report.source.lines).map(|why| format!("{what}: {why}")),
        );
    }
    for finding in &report.findings {
        if finding.run as usize >= report.runs.len() {
            defects.push(format!("finding {}: there is no run {}", finding.id, finding.run));
        }
    }
    defects.extend(report.runs.iter().flat_map(repeated));
    let failures = report.runs.iter().flat_map(|run| &run.failures);
    defects.extend(failures.filter_map(|it| excerpt_defect(it, report.source.lines)));
    defects.extend(report.runs.iter().flat_map(timing::defects));
    defects.extend(report.runs.iter().filter_map(edge_defect));
    defects
}

/// Edges are between two derivations of the run, sorted and each once.
fn edge_defect(run: &Run) -> Option<String> {
    let edges = &run.timeline.edges;
    let is_there = |index: &u32| (*index as usize) < run.derivations.len();
    let is_sound = edges.is_sorted_by(|one, next| one < next)
        && edges.iter().all(|edge| edge[0] != edge[1] && edge.iter().all(is_there));
    (!is_sound).then(|| format!("edges {edges:?}"))
}

/// Each line of an excerpt has its number.
fn excerpt_defect(failure: &Failure, last_line: u32) -> Option<String> {
    let numbers = &failure.excerpt_lines;
    let is_numbered = numbers.len() == failure.excerpt.len()
        && numbers.is_sorted()
        && numbers.iter().chain(&failure.error_line).all(|line| (1..=last_line).contains(line));
    (!is_numbered).then(|| format!("excerpt of {}: {numbers:?}", failure.message))
}

/// Whether a fact is nothing without a line that proves it.
#[derive(Clone, Copy, PartialEq)]
enum Need {
    /// It is a fact.
    Line,
    /// It may be unknown, and then has none.
    Nothing,
}

fn evidence_defect(lines: &Lines, need: Need, last_line: u32) -> Option<String> {
    if need == Need::Line && lines.0.is_empty() {
        return Some("no lines".to_owned());
    }
    let mut before = 0;
    for &[first, last] in &lines.0 {
        if first <= before || last < first || last > last_line {
            return Some(format!("lines {:?} of a log of {last_line} lines", lines.0));
        }
        before = last;
    }
    None
}

fn evidence(report: &Report) -> Vec<(String, &Lines, Need)> {
    let findings = report.findings.iter();
    let mut all: Vec<_> =
        findings.map(|it| (format!("finding {}", it.id), &it.lines, Need::Nothing)).collect();
    for run in &report.runs {
        facts(run, &mut all);
        circumstances(run, &mut all);
    }
    all
}

fn facts<'a>(run: &'a Run, all: &mut Vec<(String, &'a Lines, Need)>) {
    let mut fact = |what: String, lines| all.push((what, lines, Need::Line));
    fact("run".to_owned(), &run.lines);
    run.derivations.iter().for_each(|it| fact(format!("derivation {}", it.name), &it.lines));
    run.fetches.iter().for_each(|it| fact(format!("fetch {}", it.name), &it.lines));
    run.changes.iter().for_each(|it| fact(format!("change {}", it.name), &it.lines));
    run.inputs.iter().for_each(|it| fact(format!("input {}", it.name), &it.lines));
    run.failures.iter().for_each(|it| fact(format!("failure {}", it.message), &it.lines));
    run.warnings.iter().for_each(|it| fact(format!("warning {}", it.message), &it.lines));
    run.plan.iter().for_each(|it| fact("plan".to_owned(), &it.lines));
    run.closure.iter().for_each(|it| fact("closure".to_owned(), &it.lines));
    run.activation.iter().for_each(|it| fact("activation".to_owned(), &it.lines));
    run.system.iter().for_each(|it| fact("system".to_owned(), &it.lines));
    run.garbage.iter().for_each(|it| fact("garbage".to_owned(), &it.lines));
    run.reboot.reasons.iter().for_each(|it| fact(format!("reboot {}", it.what), &it.lines));
    for derivation in &run.derivations {
        derivation.phases.iter().for_each(|it| fact(format!("phase {}", it.name), &it.lines));
    }
}

fn circumstances<'a>(run: &'a Run, all: &mut Vec<(String, &'a Lines, Need)>) {
    all.push(("time of the run".to_owned(), &run.time.lines, Need::Nothing));
    for stage in &run.stages {
        all.push((format!("stage {:?}", stage.stage), &stage.time.lines, Need::Nothing));
    }
    if let Some(activation) = &run.activation {
        let lines = &activation.unit_lines;
        let lists = [&lines.stopped, &lines.started, &lines.restarted, &lines.reloaded];
        let others = [&lines.not_restarted, &lines.new, &lines.failed];
        for list in lists.into_iter().chain(others) {
            all.push(("units".to_owned(), list, Need::Nothing));
        }
        all.push(("boot loader".to_owned(), &activation.bootloader_lines, Need::Nothing));
    }
}

fn repeated(run: &Run) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let paths = run.derivations.iter().filter_map(|it| it.drv.as_deref());
    paths.filter(|path| !seen.insert(*path)).map(|path| format!("{path} is listed twice")).collect()
}
