//! What the page is told of a link.

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

#[test]
fn a_link_is_answered_with_its_report() {
    let tables = Tables::built_in().unwrap();
    for level in LinkLevel::ALL {
        let answer =
            Answer::Opened { report: Box::new(report().at_level(level)), level, warning: None };
        let link = Request::Open(link::encode(&report(), level, &tables));
        assert_eq!(Answer::to(&link, Some(&tables)), answer);
        let frame = Request::OpenDecrypted(link::encode_frame(&report(), level, &tables));
        assert_eq!(Answer::to(&frame, Some(&tables)), answer);
    }
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
    let tables = Tables::built_in().unwrap();
    assert_eq!(Answer::to(&link, Some(&tables)), Answer::Locked(sealed));
}

#[test]
fn what_cannot_be_read_is_answered_with_a_sentence() {
    let tables = Tables::built_in().unwrap();
    for (link, tables) in [("section", Some(&tables)), ("r1AAAAAAAA", None), ("", Some(&tables))] {
        let request = Request::Open(link.to_owned());
        let Answer::Refused(sentence) = Answer::to(&request, tables) else { panic!("{link}") };
        assert!(sentence.ends_with('.'), "{sentence}");
    }
}
