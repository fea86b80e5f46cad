//! What a link leaves out of a section, in numbers.

use analyzer::report::{Counts, Run};

use crate::format;
use crate::summary::{builds, failures, switch, versions, warnings};
use crate::view_state::Section;

/// How much there was of what a link names nothing of; `None` for a section of which it names
/// something, or of which there was nothing.
pub fn sentence(section: Section, run: &Run) -> Option<String> {
    let counts = run.counts.as_ref()?;
    let number = match section {
        Section::Failures => counts.failures.map(|_| failures::counts(run) + ".")?,
        Section::Versions => counts.changes.and_then(|_| versions::lede(run))?,
        Section::Builds if run.derivations.is_empty() => builds::lede(run)?,
        Section::Switch => counts.units.map(|_| switch::touched_sentence(run))?,
        Section::Inputs => {
            counts.inputs.map(|n| format::counted(n.into(), "input moved.", "inputs moved."))?
        }
        Section::Warnings => counts.warnings.map(|_| warnings::counts(run) + ".")?,
        _ => return None,
    };
    Some(number + " The link carries the number only.")
}

/// Whether the link counts something that belongs to the section.
pub fn has(section: Section, run: &Run) -> bool {
    let has = |counts: &Counts| match section {
        Section::Failures => counts.failures.is_some(),
        Section::Versions => counts.changes.is_some(),
        Section::Builds => counts.derivations.is_some(),
        Section::Downloads => !counts.stores.is_empty(),
        Section::Inputs => counts.inputs.is_some(),
        Section::Warnings => counts.warnings.is_some(),
        Section::Time | Section::Switch | Section::Log => false,
    };
    run.counts.as_ref().is_some_and(has)
}

#[cfg(test)]
mod tests {
    use analyzer::report::{FailureClass, LinkLevel, Outcome, Report};

    use super::*;
    use crate::testing;

    /// What a run says of a section on the other side of a link.
    fn shared(run: &Run, level: LinkLevel) -> Run {
        let mut analyzer = analyzer::Analyzer::default();
        analyzer.feed(b"building the system configuration...\n");
        let report = Report { runs: vec![run.clone()], ..analyzer.finish() };
        report.at_level(level).runs.remove(0)
    }

    fn sample() -> Run {
        let mut run = testing::run();
        run.outcome = Outcome::Failed;
        run.derivations = vec![testing::built("a"), testing::built("b")];
        run.changes = vec![testing::change("a", "1", "2")];
        run.failures = vec![testing::failure(FailureClass::DiskFull)];
        run
    }

    #[test]
    fn a_section_says_how_much_there_was() {
        let run = shared(&sample(), LinkLevel::Verdict);
        for (section, number) in [
            (Section::Failures, "1 cause."),
            (Section::Versions, "1 version changed."),
            (Section::Builds, "2 builds were started. 2 done."),
        ] {
            let expected = [number, " The link carries the number only."].concat();
            assert_eq!(sentence(section, &run), Some(expected));
            assert!(has(section, &run));
        }
        for section in [Section::Downloads, Section::Inputs, Section::Warnings, Section::Switch] {
            assert_eq!((sentence(section, &run), has(section, &run)), (None, false));
        }
    }

    #[test]
    fn what_the_link_names_is_not_left_out() {
        let run = shared(&sample(), LinkLevel::Changes);
        assert_eq!(sentence(Section::Versions, &run), None);
        assert!(sentence(Section::Builds, &run).is_some());
        for section in Section::ALL {
            assert_eq!(sentence(section, &shared(&sample(), LinkLevel::Full)), None);
            assert_eq!(sentence(section, &sample()), None);
        }
    }
}
