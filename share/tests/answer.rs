//! What the page is told of a link.

use std::fs;
use std::path::Path;

use analyzer::report::LinkLevel;
use analyzer::{Analyzer, Report};
use share::answer::{Answer, Request};
use share::link::seal::{ITERATIONS, Sealed};
use share::link::{self, Tables};

fn report() -> Report {
    let mut analyzer = Analyzer::default();
    analyzer.feed(b"building '/nix/store/0c5b8vw40d1ns0d5d9xvxpvyjcxvvzjr-hello-2.12.drv'...\n");
    analyzer.finish()
}

/// What the program answers.
fn bytes(request: &Request, tables: &[u8]) -> Vec<u8> {
    let request = postcard::to_allocvec(request).expect("a request has a form");
    ::link::answer::answer(&request, tables)
}

/// What the page reads of it first.
fn answer(request: &Request, tables: &[u8]) -> Answer {
    postcard::from_bytes(&bytes(request, tables)).expect("an answer")
}

fn opened(report: Report, level: LinkLevel, warning: Option<String>) -> Vec<u8> {
    postcard::to_allocvec(&(Answer::Opened, report, level, warning)).expect("an answer")
}

fn tables() -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../link/data/tables-1.bin"))
        .expect("tables")
}

#[test]
fn a_link_is_answered_with_its_report() {
    let tables = Tables::built_in().unwrap();
    for level in LinkLevel::ALL {
        let expected = opened(report().at_level(level), level, None);
        let link = Request::Open(link::encode(&report(), level, &tables));
        assert_eq!(bytes(&link, &self::tables()), expected);
        let frame = Request::OpenDecrypted(link::encode_frame(&report(), level, &tables));
        assert_eq!(bytes(&frame, &self::tables()), expected);
    }
}

#[test]
fn a_link_that_was_cut_is_answered_with_what_is_left_and_a_sentence() {
    let tables = Tables::built_in().unwrap();
    let link = link::encode(&report(), LinkLevel::Full, &tables);
    let cut = &link[..link.len() - 8];
    let opened = link::decode(cut, &tables).unwrap();
    let sentence = opened.damage.unwrap().to_string();
    let n_chars = format!("{} of its {} characters", link.len() - 8, link.len());
    assert!(sentence.contains(&n_chars), "{sentence}");
    let expected = self::opened(opened.report, LinkLevel::Full, Some(sentence));
    assert_eq!(bytes(&Request::Open(cut.to_owned()), &self::tables()), expected);
}

#[test]
fn a_link_with_a_password_is_answered_with_what_the_password_opens() {
    let sealed = Sealed {
        level: LinkLevel::Full,
        iterations: ITERATIONS,
        salt: [1; 16],
        nonce: [2; 12],
        ciphertext: vec![3; 40],
    };
    let link = Request::Open(sealed.to_fragment());
    assert_eq!(answer(&link, &[]), Answer::Locked(sealed));
}

#[test]
fn what_cannot_be_read_is_answered_with_a_sentence() {
    let tables = Tables::built_in().unwrap();
    let whole = link::encode(&report(), LinkLevel::Verdict, &tables);
    let tables = self::tables();
    for (link, tables) in [
        ("section", &tables[..]),
        (&whole, b"RSTABLE2"),
        (&whole, b""),
        ("r2Abc", &tables),
        ("", &tables),
    ] {
        let Answer::Refused(sentence) = answer(&Request::Open(link.to_owned()), tables) else {
            panic!("{link}")
        };
        assert!(sentence.ends_with('.'), "{sentence}");
    }
}

#[test]
fn what_is_no_request_has_no_answer() {
    for request in [&b""[..], b"\x00", b"\x00\x05r1", b"\x02\x00", b"\xff\xff\xff\xff\xff\x01"] {
        assert_eq!(::link::answer::answer(request, &tables()), [0_u8; 0], "{request:?}");
    }
}
