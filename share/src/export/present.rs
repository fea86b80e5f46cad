//! Turns a report into a document: what is said, in which order.

mod builds;
mod changes;
mod failures;
mod family;
mod figures;
mod switch;
mod time;

use analyzer::Report;
use analyzer::report::{
    ChangeSource, Finding, Input, InputRevision, Lines, Run, Severity, Warning,
};

use crate::export::document::{Block, Mark, Phrase, Table};
use crate::export::english;

pub(crate) use changes::tables;

/// The document of a report, from top to bottom.
pub fn present(report: &Report) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (index, run) in report.runs.iter().enumerate() {
        blocks.push(Block::Title(title(run, index, report.runs.len())));
        blocks.extend(verdict(&report.findings, index));
        blocks.push(figures::figures(run));
        blocks.extend(failures::failures(run));
        blocks.extend(changes::changes(run));
        blocks.extend(time::time(run));
        blocks.extend(builds::builds(run));
        blocks.extend(switch::switch(run));
        blocks.extend(inputs(&run.inputs));
        blocks.extend(warnings(&run.warnings));
    }
    blocks.extend(notes(&report.notes));
    blocks
}

/// What a run is called, as plain text: its command, else its tool, and the machine.
pub(crate) fn run_name(run: &Run) -> String {
    named(run, Phrase::default()).0.iter().map(|piece| piece.text.as_str()).collect()
}

fn title(run: &Run, index: usize, runs: usize) -> Phrase {
    let which = if runs > 1 { format!("Run {} of {runs}: ", index + 1) } else { String::new() };
    evidence(named(run, Phrase::strong(which)), &run.lines)
}

fn named(run: &Run, title: Phrase) -> Phrase {
    let title = match (&run.command, run.tool) {
        (Some(command), _) => title.and_log(command),
        (None, Some(tool)) => title.and_log(tool.name()),
        (None, None) if compares_inputs(run) => title.and_own("Two systems compared"),
        (None, None) => title.and_own("A log of Nix"),
    };
    match &run.host {
        Some(host) => title.and_own(" on ").and_log(host),
        None => title,
    }
}

/// Whether two inputs were compared, rather than one read that compares two systems.
fn compares_inputs(run: &Run) -> bool {
    run.changes.iter().any(|change| change.source == ChangeSource::Compared)
        || (run.changes.is_empty() && run.closure.is_some())
}

fn verdict(findings: &[Finding], run: usize) -> Option<Block> {
    let of_run = findings.iter().filter(|finding| finding.run as usize == run);
    let sentences: Vec<_> = of_run
        .map(|it| (mark(it.severity), evidence(Phrase::sentence(&it.text), &it.lines)))
        .collect();
    (!sentences.is_empty()).then_some(Block::Verdict(sentences))
}

fn mark(severity: Severity) -> Mark {
    match severity {
        Severity::Error => Mark::Error,
        Severity::Warning => Mark::Warning,
        Severity::Info => Mark::Info,
        Severity::Good => Mark::Good,
    }
}

fn inputs(inputs: &[Input]) -> Vec<Block> {
    let rows = inputs.iter().map(|input| {
        let old = input.old.as_ref().map_or_else(Phrase::default, revision);
        let new = input.new.as_ref().map_or_else(Phrase::default, revision);
        vec![Phrase::log(&input.name), old, new, Phrase::own(distance(input)), lines(&input.lines)]
    });
    section("Inputs", vec!["Input", "Old", "New", "Moved by", "Lines"], rows.collect())
}

/// `7 days`, or `3 days back`; nothing where not both dates are known.
fn distance(input: &Input) -> String {
    let Some(days) = input.days() else { return String::new() };
    let count = english::number(days.unsigned_abs());
    let noun = if days.abs() == 1 { "day" } else { "days" };
    let back = if days < 0 { " back" } else { "" };
    format!("{count} {noun}{back}")
}

/// A revision as people name it: its date and the first digits.
fn revision(revision: &InputRevision) -> Phrase {
    const DIGITS: usize = 8;
    if let Some(other) = &revision.follows {
        return Phrase::own("follows ").and_log(other);
    }
    let rev = revision.rev.as_deref().map(|rev| rev.get(..DIGITS).unwrap_or(rev));
    match (&revision.date, rev, &revision.url) {
        (Some(date), Some(rev), _) => Phrase::log(date).and_own(" ").and_log(rev),
        (Some(one), None, _) | (None, None, Some(one)) => Phrase::log(one),
        (None, Some(rev), _) => Phrase::log(rev),
        (None, None, None) => Phrase::own("unknown"),
    }
}

fn warnings(warnings: &[Warning]) -> Vec<Block> {
    let rows = warnings.iter().map(|warning| {
        let times = Phrase::own(format!("{}×", warning.count));
        vec![times, Phrase::log(first_line(&warning.message)), lines(&warning.lines)]
    });
    section("Warnings", vec!["", "Warning", "Lines"], rows.collect())
}

fn notes(notes: &[String]) -> Vec<Block> {
    if notes.is_empty() {
        return Vec::new();
    }
    let list = notes.iter().map(|note| Phrase::sentence(note)).collect();
    vec![Block::Heading(Phrase::own("Notes")), Block::List(list)]
}

/// A heading and a table, or nothing if the table has no rows.
fn section(name: &str, head: Vec<&'static str>, rows: Vec<Vec<Phrase>>) -> Vec<Block> {
    if rows.is_empty() {
        return Vec::new();
    }
    vec![Block::Heading(Phrase::own(name)), Block::Table(Table { head, rows })]
}

/// The phrase with the lines that prove it behind it.
fn evidence(phrase: Phrase, proof: &Lines) -> Phrase {
    match english::lines(proof) {
        none if none.is_empty() => phrase,
        lines => phrase.and_faint(format!(" ({lines})")),
    }
}

/// The lines alone, for a column of its own.
fn lines(lines: &Lines) -> Phrase {
    let text = english::lines(lines);
    Phrase::default().and_faint(text.trim_start_matches("lines ").trim_start_matches("line "))
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}
