//! Listings of store paths: told from logs, read whatever their size and chunks.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use analyzer::report::{ListingKind, Report};
use analyzer::{Analyzer, Reading};

fn read(input: &str, chunk_len: usize) -> Reading {
    let mut analyzer = Analyzer::default();
    for chunk in input.as_bytes().chunks(chunk_len) {
        analyzer.feed(chunk);
    }
    analyzer.finish_reading()
}

/// A store path with a hash made of `number`.
fn path(number: usize) -> String {
    format!("/nix/store/{number:032}-package{number}-1.{number}")
}

/// `nix path-info --json` of so many paths, on one line or on many.
fn path_info(paths: usize, separator: &str) -> String {
    let mut json = "{".to_owned();
    for number in 0..paths {
        let comma = if number > 0 { "," } else { "" };
        let path = path(number);
        write!(json, "{comma}{separator}\"{path}\":{{{separator}\"narSize\":{number}}}")
            .expect("text");
    }
    json + separator + "}\n"
}

#[track_caller]
fn check(report: &Report, paths: u32, bytes: Option<u64>) {
    let listing = report.source.listing.as_ref().expect("a listing");
    assert_eq!((listing.kind, listing.paths, listing.bytes), (ListingKind::Paths, paths, bytes));
    assert!(report.runs.is_empty(), "no run is invented");
    assert_eq!(report.source.understood_lines, report.source.lines);
    assert_eq!(report.notes.len(), 1, "{:?}", report.notes);
}

#[test]
fn a_line_longer_than_any_buffer_is_read_whole() {
    let json = path_info(30_000, "");
    assert!(json.len() > 2 << 20);
    for chunk_len in [977, 65_536, json.len()] {
        check(&read(&json, chunk_len).report, 30_000, Some(29_999 * 30_000 / 2));
    }
}

#[test]
fn warnings_before_a_listing_are_no_run() {
    let json = format!("warning: Git tree '/etc/nixos' is dirty\n{}", path_info(3, ""));
    let report = read(&json, 64).report;
    assert!(report.runs.is_empty());
    assert_eq!(report.source.listing.map(|listing| listing.paths), Some(3));
}

#[test]
fn a_listing_of_many_lines_is_read_in_any_chunks() {
    let json = path_info(500, "\n  ");
    let plain: String = (0..500).map(|number| path(number) + "\n").collect();
    for chunk_len in [7, 4096, json.len()] {
        check(&read(&json, chunk_len).report, 500, Some(499 * 500 / 2));
        check(&read(&plain, chunk_len).report, 500, None);
    }
}

#[test]
fn a_listing_that_is_cut_says_so() {
    let json = path_info(50, "");
    let Reading { report, listed } = read(&json[..json.len() / 2], 64);
    assert!(report.source.truncated);
    assert!(!listed.expect("a listing").is_complete());
}

#[test]
fn results_at_the_end_of_a_log_are_no_listing() {
    let log = format!("building '{}.drv'...\n{}\n{}\n", path(1), path(1), path(2));
    let reading = read(&log, 64);
    assert!(reading.listed.is_none() && reading.report.runs.len() == 1);
}

#[test]
fn a_text_that_names_a_store_path_is_no_listing() {
    let text = format!("Dear diary,\n{}\nis a path,\nand this is a text.\n", path(1));
    let report = read(&text, 64).report;
    assert!(report.source.listing.is_none() && report.runs.is_empty());
}

/// Where real logs are, seen from this crate.
const LOGS: &str = "../../shared/nix-logs/2.8.0";

/// How long each build took at most, where that is known.
fn longest(report: &Report) -> Vec<(String, f64)> {
    let derivations = report.runs[0].derivations.iter();
    derivations.filter_map(|it| Some((it.drv.clone()?, it.time.as_ref()?.high_s?))).collect()
}

#[test]
fn a_dump_of_derivations_beside_a_log_narrows_its_times() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(LOGS);
    let text = |name: &str| fs::read_to_string(folder.join(name)).ok();
    let (log, dump) = (text("A-nix-build-j2.log.ts"), text("E-derivation-show-a.json"));
    let (Some(log), Some(dump)) = (log, dump) else {
        // Nobody can be told if this fails, and nothing depends on it.
        let _ = writeln!(std::io::stderr(), "skipped: there is no {}", folder.display());
        return;
    };
    let (alone, both) = (read(&log, 4096).report, read(&(log + &dump), 4096).report);
    assert_eq!(both.runs.len(), 1);
    assert!(both.source.dialects.contains(&"derivation-json".to_owned()));
    let unread = |report: &Report| report.source.lines - report.source.understood_lines;
    assert_eq!(unread(&both), unread(&alone));
    let (before, after) = (longest(&alone), longest(&both));
    let is_longer = |((_, before), (_, after)): &(&(String, f64), &(String, f64))| after > before;
    assert!(!before.iter().zip(&after).any(|pair| is_longer(&pair)), "{before:?} {after:?}");
    let sum = |times: &[(String, f64)]| times.iter().map(|it| it.1).sum::<f64>();
    assert!(sum(&after) < sum(&before), "the dump tells what waited for what");
}
