//! Answers what the page asks for while a person shares a report.

use analyzer::Report;
use analyzer::report::LinkLevel;
use serde::Serialize;

use super::{Found, Group, Link, Made, Packed, Private, Request};
use crate::link::{self, Tables};
use crate::mask::{self, Item, Names};
use crate::qr;

/// The answer to a [`Request`] and the report behind it, in the form of postcard.
///
/// Bytes that are nothing of the kind have no answer, and neither have links without tables.
pub fn answer<'t>(request: &[u8], tables: impl FnOnce() -> Option<&'t Tables>) -> Option<Vec<u8>> {
    let (request, report) = postcard::take_from_bytes(request).ok()?;
    if let Request::Draw { text } = request {
        return written(&qr::svg(&text));
    }
    let report: Report = postcard::take_from_bytes(report).ok()?.0;
    match request {
        Request::Find { names } => written(&found(&report, &names)),
        Request::Make { masked } => written(&made(&without(&report, &masked), tables()?)),
        Request::Mask { masked } => written(&without(&report, &masked)),
        Request::Draw { .. } => None,
    }
}

fn written(answer: &impl Serialize) -> Option<Vec<u8>> {
    postcard::to_allocvec(answer).ok()
}

fn found(report: &Report, names: &[u8]) -> Found {
    let names: Names = postcard::from_bytes(names).unwrap_or_default();
    let items = mask::find(report, &names);
    // They come by kind.
    let groups = items.chunk_by(|one, next| one.kind == next.kind).filter_map(group);
    Found { groups: groups.collect() }
}

fn group(items: &[Item]) -> Option<Group> {
    let kind = items.first()?.kind;
    Some(Group {
        label: kind.label().to_owned(),
        sentence: kind.sentence().to_owned(),
        items: items.iter().map(private).collect(),
    })
}

fn private(item: &Item) -> Private {
    Private {
        text: item.text.clone(),
        replacement: item.replacement.clone(),
        count: item.count,
        packed: written(item).unwrap_or_default(),
    }
}

fn without(report: &Report, masked: &[Packed]) -> Report {
    let items = masked.iter().filter_map(|item| postcard::from_bytes(item).ok());
    mask::mask(report, &items.collect::<Vec<Item>>())
}

fn made(report: &Report, tables: &Tables) -> Made {
    let links = LinkLevel::ALL.map(|level| link_at(report, level, tables));
    // The sentences are the same at every level.
    let findings = report.at_level(LinkLevel::Verdict).findings;
    let sentences = findings.into_iter().map(|finding| (finding.run, finding.text));
    Made { links: links.into(), sentences: sentences.collect() }
}

fn link_at(report: &Report, level: LinkLevel, tables: &Tables) -> Link {
    let frame = link::encode_frame(report, level, tables);
    let fragment = link::to_fragment(&frame);
    let level = frame.first().and_then(|head| link::level(*head)).unwrap_or(level);
    Link { fragment, frame, level }
}
