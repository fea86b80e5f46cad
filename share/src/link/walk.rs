//! A report in the order of a link: what matters most comes first, so that it is left of a link
//! that was cut.

#![expect(clippy::cast_possible_truncation, reason = "bytes have 8 bits")]

mod activation;
mod change;
mod counts;
mod derivation;
mod failure;
mod input;
mod run;
mod time;

use analyzer::report::{
    Finding, Lines, LinkLevel, Listing, ListingKind, Report, Run, Severity, Source,
};

use super::field::Field;
use super::stream::Stream;

const SEVERITIES: [Severity; 4] =
    [Severity::Error, Severity::Warning, Severity::Info, Severity::Good];

const LISTING_KINDS: [ListingKind; 6] = [
    ListingKind::Paths,
    ListingKind::Derivations,
    ListingKind::Graph,
    ListingKind::Tree,
    ListingKind::WhyDepends,
    ListingKind::BuildLog,
];

/// A report with nothing in it.
pub(super) fn blank() -> Report {
    Report {
        schema: analyzer::report::SCHEMA,
        source: Source::default(),
        runs: Vec::new(),
        findings: Vec::new(),
        notes: Vec::new(),
    }
}

/// Codes a report that has what its level has.
pub(super) fn report(stream: &mut Stream<'_>, level: LinkLevel, report: &mut Report) {
    stream.count(Field::Schema, &mut report.schema);
    stream.list(Field::Runs, &mut report.runs, &run::blank(), run::verdict);
    stream.list(Field::Findings, &mut report.findings, &blank_finding(), finding);
    source(stream, &mut report.source);
    stream.list(Field::Notes, &mut report.notes, &String::new(), |stream, note| {
        stream.text(Field::Note, note);
    });
    if level >= LinkLevel::Changes {
        report.runs.iter_mut().for_each(|run| changes(stream, run));
    }
    if level >= LinkLevel::Full {
        report.runs.iter_mut().for_each(|run| rest(stream, run));
    }
    extensions(stream);
}

/// Passes over what later programs may add: none has anything now.
fn extensions(stream: &mut Stream<'_>) {
    let mut extensions: Vec<Vec<u8>> = Vec::new();
    stream.list(Field::Extensions, &mut extensions, &Vec::new(), |stream, bytes| {
        stream.list(Field::ExtensionBytes, bytes, &0, |stream, byte| {
            *byte = stream.uniform(8, u32::from(*byte)) as u8;
        });
    });
}

fn changes(stream: &mut Stream<'_>, run: &mut Run) {
    stream.list(Field::Inputs, &mut run.inputs, &input::blank(), input::input);
    change::changes(stream, &mut run.changes);
}

fn rest(stream: &mut Stream<'_>, run: &mut Run) {
    failure::failures(stream, run);
    activation::units(stream, run);
    derivation::derivations(stream, run);
    activation::warnings(stream, &mut run.warnings);
    stream.list(Field::Chain, &mut run.timeline.chain, &String::new(), |stream, step| {
        stream.name(Field::ChainStep, step);
    });
}

fn blank_finding() -> Finding {
    let (id, text, article) = (String::new(), String::new(), None);
    Finding { id, severity: Severity::Info, text, article, run: 0, lines: Lines::default() }
}

fn finding(stream: &mut Stream<'_>, finding: &mut Finding) {
    stream.text(Field::FindingId, &mut finding.id);
    stream.one_of(Field::Severity, [0, 0], &SEVERITIES, &mut finding.severity);
    stream.text(Field::FindingText, &mut finding.text);
    stream.optional_text(Field::FindingArticle, &mut finding.article);
    stream.count(Field::FindingRun, &mut finding.run);
}

fn source(stream: &mut Stream<'_>, source: &mut Source) {
    stream.size(Field::SourceBytes, &mut source.bytes);
    stream.count(Field::SourceLines, &mut source.lines);
    stream.count(Field::SourceUnderstood, &mut source.understood_lines);
    stream.switch(Field::SourceTruncated, [0, 0], &mut source.truncated);
    stream.text(Field::SourceEncoding, &mut source.encoding);
    stream.optional_text(Field::SourceCompression, &mut source.compression);
    stream.list(Field::SourceEnvelopes, &mut source.envelopes, &String::new(), |stream, it| {
        stream.text(Field::SourceEnvelope, it);
    });
    stream.list(Field::SourceDialects, &mut source.dialects, &String::new(), |stream, it| {
        stream.text(Field::SourceDialect, it);
    });
    let blank =
        || Listing { kind: ListingKind::Paths, paths: 0, bytes: None, lines: Lines::default() };
    stream.optional(Field::Listing, &mut source.listing, blank, |stream, listing| {
        stream.one_of(Field::ListingKind, [0, 0], &LISTING_KINDS, &mut listing.kind);
        stream.count(Field::ListingPaths, &mut listing.paths);
        stream.optional_size(Field::ListingBytes, &mut listing.bytes);
    });
}
