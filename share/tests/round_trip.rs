//! What comes out of a link is what went in, at its level.

use std::fs;
use std::path::{Path, PathBuf};

use analyzer::Analyzer;
use analyzer::report::{LinkLevel, Report};
use share::link::seal::Sealed;
use share::link::{self, OpenError, Tables};

fn read(log: &[u8]) -> Report {
    let mut analyzer = Analyzer::default();
    analyzer.feed(log);
    analyzer.finish()
}

/// All fixtures of the analyzer and, where there are any beside the project, real logs.
fn logs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    files_below(&root.join("../analyzer/tests/fixtures"), &mut files);
    assert!(!files.is_empty(), "there are no fixtures");
    files_below(&root.join("../../shared/corpus"), &mut files);
    files_below(&root.join("../../shared/nix-logs"), &mut files);
    files
}

fn files_below(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files_below(&path, into);
        } else {
            into.push(path);
        }
    }
}

#[test]
fn every_report_comes_back_at_each_level() {
    let tables = Tables::built_in().unwrap();
    for path in logs() {
        let report = read(&fs::read(&path).unwrap());
        for level in LinkLevel::ALL {
            let fragment = link::encode(&report, level, &tables);
            let opened = link::decode(&fragment, &tables)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            assert!(opened.report == report.at_level(level), "{} {level:?}", path.display());
            assert_eq!((opened.level, opened.damage), (level, None));
        }
    }
}

#[test]
fn a_link_is_found_in_an_address() {
    let tables = Tables::built_in().unwrap();
    let report = read(b"building the system configuration...\n");
    let fragment = link::encode(&report, LinkLevel::Full, &tables);
    let (start, end) = fragment.split_at(fragment.len() / 2);
    for link in [
        format!("#{fragment}"),
        format!("https://a.test/b?c=d#{fragment}"),
        format!("(https://a.test/#{fragment})."),
        format!("{start}\n  {end}\n"),
    ] {
        assert_eq!(link::decode(&link, &tables).unwrap().report, report.at_level(LinkLevel::Full));
    }
    for (link, error) in [
        ("", OpenError::NotALink),
        ("https://a.test/#x", OpenError::NotALink),
        ("rubbish", OpenError::NotALink),
        ("r2Abc", OpenError::Newer(2)),
        ("r12Abc", OpenError::Newer(12)),
        ("r1", OpenError::Cut),
        ("r1A", OpenError::Cut),
        ("r1AB!D", OpenError::Changed),
    ] {
        assert_eq!(link::decode(link, &tables), Err(error), "{link}");
    }
}

#[test]
fn a_password_opens_a_link_and_another_does_not() {
    let tables = Tables::built_in().unwrap();
    let report = read(b"building the system configuration...\n");
    let frame = link::encode_frame(&report, LinkLevel::Full, &tables);
    let sealed = Sealed::seal(&frame, LinkLevel::Full, "geheim", [7; 16], [9; 12]).unwrap();
    let fragment = sealed.to_fragment();
    assert_eq!(link::decode(&fragment, &tables), Err(OpenError::NeedsPassword));
    let read = Sealed::from_fragment(&fragment).unwrap().unwrap();
    assert_eq!(read, sealed);
    let opened = link::decode_frame(&read.open("geheim").unwrap(), &tables).unwrap();
    assert_eq!(opened.report, report.at_level(LinkLevel::Full));
    assert_eq!(read.open("Geheim"), Err(OpenError::WrongPassword));
    assert_eq!(Sealed::from_fragment(&fragment[..fragment.len() - 1]), Err(OpenError::Cut));
}
