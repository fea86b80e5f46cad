//! What the page is told of a link.

use analyzer::Analyzer;
use analyzer::report::LinkLevel;
use share::answer::Answer;
use share::link::{self, Tables};

#[test]
fn a_link_is_answered_with_its_report() {
    let mut analyzer = Analyzer::default();
    analyzer.feed(b"building '/nix/store/0c5b8vw40d1ns0d5d9xvxpvyjcxvvzjr-hello-2.12.drv'...\n");
    let report = analyzer.finish();
    let tables = Tables::built_in().unwrap();
    for level in LinkLevel::ALL {
        let link = link::encode(&report, level, &tables);
        let report = Box::new(report.at_level(level));
        let expected = Answer::Opened { report, level, warning: None };
        assert_eq!(Answer::of(&link, Some(&tables)), expected);
    }
}

#[test]
fn what_cannot_be_read_is_answered_with_a_sentence() {
    let tables = Tables::built_in().unwrap();
    for (link, tables) in [("section", Some(&tables)), ("r1AAAAAAAA", None), ("", Some(&tables))] {
        let Answer::Refused(sentence) = Answer::of(link, tables) else { panic!("{link}") };
        assert!(sentence.ends_with('.'), "{sentence}");
    }
}
