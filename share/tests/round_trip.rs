//! What comes out of a link is what went in, at its level.

#[path = "support/analyzed.rs"]
mod analyzed;
#[path = "../../analyzer/tests/support/real_logs.rs"]
mod real_logs;

use analyzed::report as read;
use analyzer::report::LinkLevel;
use share::link::seal::Sealed;
use share::link::{self, OpenError, Tables};

#[test]
fn every_report_comes_back_at_each_level() {
    let tables = Tables::built_in().unwrap();
    for (path, log) in real_logs::all() {
        let report = read(&log);
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
