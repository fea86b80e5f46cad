//! Answers a request of the page for a document.

use analyzer::Report;
use serde::Deserialize;

use super::{OF_SELECTION, Selection};
use crate::export::{Format, Section, export, versions};

/// What is said of bytes that are no request.
const NO_REQUEST: &str = "This is no request for a document.";

/// The answer to a request, as bytes.
pub fn answer(request: &[u8]) -> Vec<u8> {
    let document = document(request).unwrap_or_else(|| Err(NO_REQUEST.to_owned()));
    postcard::to_allocvec(&document).unwrap_or_default()
}

fn document(request: &[u8]) -> Option<Result<String, String>> {
    let (form, rest) = taken::<&str>(request)?;
    let Some(form) = form.strip_prefix(OF_SELECTION) else {
        let report: Report = taken(rest)?.0;
        let document = export(&report, Format::named(form)?);
        return Some(document.map_err(|error| error.to_string()));
    };
    let (selection, rest) = taken::<Selection>(rest)?;
    let report: Report = taken(rest)?.0;
    Some(Ok(of_versions(&report, &selection, Format::named(form)?)))
}

fn taken<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<(T, &'a [u8])> {
    postcard::take_from_bytes(bytes).ok()
}

fn of_versions(report: &Report, selection: &Selection, format: Format) -> String {
    let run = report.runs.get(selection.run as usize);
    let changes = run.map_or(&[][..], |run| &run.changes);
    let sections = selection.sections.iter().map(|section| Section {
        title: &section.title,
        changes: section.changes.iter().filter_map(|at| changes.get(*at as usize)).collect(),
    });
    let sections: Vec<Section> = sections.collect();
    match format {
        Format::Csv => versions::csv(&sections),
        Format::Json => versions::json(&sections),
        _ => versions::markdown(&selection.intro, &sections),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{self as exporting, Section};
    use super::*;

    const LOG: &[u8] = b"<<< /nix/var/nix/profiles/system-1-link\n\
        >>> /nix/var/nix/profiles/system-2-link\n\
        Version changes:\n\
        [U*]  #1  firefox  135.0.1 -> 136.0.1\n\
        [U.]  #2  openssl  3.4.0 -> 3.4.1\n";

    fn answered(mut request: Vec<u8>) -> Result<String, String> {
        let mut analyzer = analyzer::Analyzer::default();
        analyzer.feed(LOG);
        request.extend(postcard::to_allocvec(&analyzer.finish()).unwrap());
        postcard::from_bytes(&answer(&request)).unwrap()
    }

    #[test]
    fn every_form_of_the_whole_report_is_answered() {
        for format in Format::all() {
            let document = answered(exporting::of_report(format.name()));
            let has_text = document.as_ref().is_ok_and(|text| text.contains("firefox"));
            match format {
                Format::Trace => assert!(document.is_err_and(|it| it.contains("needs times"))),
                Format::CsvBuilds | Format::CsvCopies => assert!(!has_text, "{format:?}"),
                _ => assert!(has_text, "{format:?}"),
            }
        }
    }

    #[test]
    fn of_some_versions_only_those_are_given() {
        let section = Section { title: "Changed".to_owned(), changes: vec![1, 9] };
        let selection = Selection { run: 0, intro: "1 of 2.".to_owned(), sections: vec![section] };
        for form in ["markdown", "csv", "json"] {
            let text = answered(exporting::of_versions(form, &selection)).unwrap();
            assert!(text.contains("openssl") && !text.contains("firefox"), "{form}: {text}");
        }
    }

    #[test]
    fn bytes_that_are_no_request_have_a_sentence() {
        assert_eq!(answered(exporting::of_report("novel")), Err(NO_REQUEST.to_owned()));
        for request in [&b""[..], b"\x04json", b"\xFF\xFF\xFF\xFF\xFF"] {
            let answer: Result<String, String> = postcard::from_bytes(&answer(request)).unwrap();
            assert_eq!(answer, Err(NO_REQUEST.to_owned()));
        }
    }
}
