//! What comes out of a link is what went in, at its level.

use analyzer::Analyzer;
use analyzer::report::LinkLevel;
use share::link::{self, OpenError, Tables};

#[test]
fn a_report_comes_back_at_each_level() {
    let mut analyzer = Analyzer::default();
    analyzer.feed(b"building '/nix/store/0c5b8vw40d1ns0d5d9xvxpvyjcxvvzjr-hello-2.12.drv'...\n");
    let report = analyzer.finish();
    let tables = Tables::built_in().unwrap();
    for level in LinkLevel::ALL {
        let fragment = link::encode(&report, level, &tables);
        for link in
            [fragment.clone(), format!("#{fragment}"), format!("https://a.test/b#{fragment}")]
        {
            let opened = link::decode(&link, &tables).unwrap();
            assert_eq!(opened.report, report.at_level(level));
            assert_eq!((opened.level, opened.damage), (level, None));
        }
    }
    assert_eq!(link::decode("https://a.test/#x", &tables), Err(OpenError::NotALink));
}
