//! The sections of a report: their names, their order, and the count beside each.

use analyzer::report::{Grade, Outcome, Run};

use crate::format;
use crate::summary::builds::Counts;
use crate::summary::time::TimeText;
use crate::summary::{downloads, failures, switch, versions};
use crate::view_state::Section;

const USUAL: [Section; 9] = [
    Section::Versions,
    Section::Time,
    Section::Builds,
    Section::Downloads,
    Section::Switch,
    Section::Inputs,
    Section::Warnings,
    Section::Failures,
    Section::Log,
];

/// After a failure, what failed comes first, and what did not happen comes late.
const AFTER_FAILURE: [Section; 9] = [
    Section::Failures,
    Section::Time,
    Section::Builds,
    Section::Downloads,
    Section::Versions,
    Section::Switch,
    Section::Inputs,
    Section::Warnings,
    Section::Log,
];

/// The sections in the order in which they matter.
pub fn order(run: &Run) -> [Section; 9] {
    let has_failed = run.outcome == Outcome::Failed || run.failures.iter().any(|f| f.root);
    if has_failed { AFTER_FAILURE } else { USUAL }
}

/// The heading of a section.
pub fn title(section: Section) -> &'static str {
    match section {
        Section::Failures => "Failures",
        Section::Versions => "Versions",
        Section::Time => "Time",
        Section::Builds => "Builds",
        Section::Downloads => "Downloads",
        Section::Switch => "Switch",
        Section::Inputs => "Inputs",
        Section::Warnings => "Warnings",
        Section::Log => "Log",
    }
}

/// What stands beside the name of a section in the list of sections.
pub fn tally(section: Section, run: &Run, log_lines: u32) -> String {
    match section {
        Section::Failures => format::length(&failures::causes(run)),
        Section::Versions => versions::changed(run).map_or_else(|| "?".into(), format::count),
        Section::Time => time(run),
        Section::Builds => format::count(Counts::of(run).begun()),
        Section::Downloads => format::count(downloads::copied(run)),
        Section::Switch => units(run),
        Section::Inputs => format::length(&run.inputs),
        Section::Warnings => format::length(&run.warnings),
        Section::Log => format::count(log_lines.into()),
    }
}

fn time(run: &Run) -> String {
    let time = TimeText::of(&run.time);
    if time.grade == Grade::Unknown { "?".into() } else { time.short }
}

fn units(run: &Run) -> String {
    match &run.activation {
        Some(activation) => format::counted(switch::units_touched(activation), "unit", "units"),
        None if run.activated == Some(true) => "yes".into(),
        None => "none".into(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::testing;

    #[test]
    fn every_order_has_every_section_once() {
        for order in [USUAL, AFTER_FAILURE] {
            let slugs: BTreeSet<_> = order.into_iter().map(Section::slug).collect();
            assert_eq!(slugs.len(), 9);
        }
    }

    #[test]
    fn failures_come_first_after_a_failure() {
        let mut run = testing::run();
        assert_eq!(order(&run)[0], Section::Versions);
        run.outcome = Outcome::Failed;
        assert_eq!(order(&run)[0], Section::Failures);
    }

    #[test]
    fn an_unknown_number_is_not_zero() {
        let run = testing::run();
        assert_eq!(tally(Section::Versions, &run, 9), "?");
        assert_eq!(tally(Section::Time, &run, 9), "?");
        assert_eq!(tally(Section::Builds, &run, 9), "0");
        assert_eq!(tally(Section::Log, &run, 1_764), "1,764");
    }
}
