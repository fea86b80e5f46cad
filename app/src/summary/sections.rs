//! The sections of a report: their names, their order, and the count beside each.

use analyzer::report::{Grade, Outcome, Run};

use crate::format;
use crate::summary::builds::Counts;
use crate::summary::time::TimeText;
use crate::summary::{downloads, failures, inputs, left_out, switch, versions, warnings};
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

/// The sections in the order in which they matter: those that have something to show first, and
/// the log last.
pub fn order(run: &Run) -> [Section; 9] {
    let has_failed = run.outcome == Outcome::Failed || failures::numbers(run).0 > 0;
    let mut order = if has_failed { AFTER_FAILURE } else { USUAL };
    let (sections, log) = order.split_at_mut(USUAL.len() - 1);
    debug_assert_eq!(log, [Section::Log]);
    let full = sections.iter().copied().filter(|section| has_content(*section, run));
    let empty = sections.iter().copied().filter(|section| !has_content(*section, run));
    let sorted: Vec<Section> = full.chain(empty).collect();
    sections.copy_from_slice(&sorted);
    order
}

/// Whether a section has more to say than that it has nothing to say.
pub fn has_content(section: Section, run: &Run) -> bool {
    let is_listed = match section {
        Section::Failures => run.outcome == Outcome::Failed || !run.failures.is_empty(),
        Section::Versions => !run.changes.is_empty(),
        Section::Time => run.time.grade != Grade::Unknown || !run.stages.is_empty(),
        Section::Builds => !run.derivations.is_empty(),
        Section::Downloads => !run.fetches.is_empty(),
        Section::Switch => switch::was_reached(run) || !run.reboot.reasons.is_empty(),
        Section::Inputs => !run.inputs.is_empty(),
        Section::Warnings => !run.warnings.is_empty(),
        Section::Log => true,
    };
    is_listed || left_out::has(section, run)
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
        Section::Failures => format::count(failures::numbers(run).0),
        Section::Versions => versions::changed(run).map_or_else(|| "?".into(), format::count),
        Section::Time => time(run),
        Section::Builds => format::count(Counts::of(run).begun()),
        Section::Downloads => format::count(downloads::copied(run)),
        Section::Switch => units(run),
        Section::Inputs => format::count(inputs::moved(run)),
        Section::Warnings => format::count(warnings::different(run)),
        Section::Log => format::count(log_lines.into()),
    }
}

/// The same of a run of which a part is missing, since its link was cut.
pub fn tally_of_part(section: Section, run: &Run, log_lines: u32) -> String {
    let tally = tally(section, run, log_lines);
    match (section, &*tally) {
        (Section::Time | Section::Switch, _) => tally,
        (_, "0" | "?") => "?".into(),
        _ => tally + "+",
    }
}

fn time(run: &Run) -> String {
    TimeText::of(&run.time).short
}

fn units(run: &Run) -> String {
    match switch::units_touched(run) {
        Some(n) => format::counted(n, "unit", "units"),
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
    fn a_cut_link_does_not_tell_how_long_its_lists_are() {
        let run = Run { derivations: vec![testing::built("ollama")], ..testing::run() };
        let tally = |section| tally_of_part(section, &run, 10);
        assert_eq!(tally(Section::Builds), "1+");
        assert_eq!(tally(Section::Warnings), "?");
        assert_eq!(tally(Section::Switch), "none");
    }

    #[test]
    fn every_order_has_every_section_once() {
        let failed = analyzer::report::Run { outcome: Outcome::Failed, ..testing::run() };
        for order in [USUAL, AFTER_FAILURE, order(&testing::run()), order(&failed)] {
            let slugs: BTreeSet<_> = order.into_iter().map(Section::slug).collect();
            assert_eq!(slugs.len(), 9);
        }
    }

    #[test]
    fn failures_come_first_after_a_failure() {
        let mut run = testing::run();
        run.changes = vec![testing::change("a", "1", "2")];
        assert_eq!(order(&run)[0], Section::Versions);
        run.outcome = Outcome::Failed;
        assert_eq!(order(&run)[0], Section::Failures);
    }

    #[test]
    fn what_has_nothing_to_show_comes_late_and_the_log_last() {
        let mut run = testing::run();
        run.derivations = vec![testing::built("a")];
        let order = order(&run);
        assert_eq!(order[0], Section::Builds);
        assert_eq!((order[1], order[8]), (Section::Versions, Section::Log));
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
