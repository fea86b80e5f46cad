//! Documents of reports that came in a link.

#[path = "support/analyzed.rs"]
mod analyzed;
#[path = "support/fixtures.rs"]
mod fixtures;

use analyzer::Report;
use analyzer::report::LinkLevel;
use share::export::markdown;

/// What a person looks for first, as far as a link has it exactly.
fn figures(report: &Report) -> Vec<String> {
    const NAMES: [&str; 4] = ["| Built here", "| Downloaded", "| Failed", "| Warnings"];
    let markdown = markdown(report);
    let lines = markdown.lines().map(|line| line.replace(" |  |", " |"));
    lines.filter(|line| NAMES.iter().any(|name| line.starts_with(name))).collect()
}

#[test]
fn figures_of_a_link_are_those_of_its_log() {
    for (path, report) in fixtures::reports() {
        for level in LinkLevel::ALL {
            let linked = report.at_level(level);
            assert_eq!(figures(&linked), figures(&report), "{} {level:?}", path.display());
        }
    }
}
