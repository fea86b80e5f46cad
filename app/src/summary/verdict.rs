//! How the run ended, in the few words that stand above everything else.

use analyzer::report::{Finding, LinkLevel, Outcome, RebootVerdict, Report, Run};

use crate::summary::builds::Counts;
use crate::summary::time::TimeText;
use crate::summary::{downloads, inputs, remedy, versions};

/// The headline of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Which sign stands before it.
    pub mood: Mood,
    /// How it ended: `Switched.`
    pub word: &'static str,
    /// What to know at once: `A reboot is needed.`
    pub then: Option<&'static str>,
}

/// Whether it went well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// It did what it was asked to.
    Good,
    /// It did, and something is left to do.
    Mixed,
    /// It failed.
    Bad,
    /// Neither: interrupted, a dry run, or unknown.
    Neutral,
}

/// The headline of a run.
pub fn verdict(run: &Run) -> Verdict {
    let (mood, word) = match (run.outcome, run.activated) {
        (Outcome::Succeeded, Some(true)) => (Mood::Good, "Switched."),
        (Outcome::Succeeded, _) => (Mood::Good, built_word(run)),
        (Outcome::Failed, Some(true)) => (Mood::Mixed, "Switched, with failures."),
        (Outcome::Failed, _) => (Mood::Bad, "Failed."),
        (Outcome::Interrupted, _) => (Mood::Neutral, "Interrupted."),
        (Outcome::DryRun, _) => (Mood::Neutral, "A dry run."),
        (Outcome::Unknown, _) => (Mood::Neutral, unknown_word(run)),
    };
    Verdict { mood, word, then: then(run) }
}

/// What a report from a link is.
pub fn shared(level: LinkLevel) -> &'static str {
    match level {
        LinkLevel::Verdict => "Shared report (verdict only); no log behind it",
        LinkLevel::Changes => "Shared report (changes only); no log behind it",
        LinkLevel::Full => "Shared report; no log behind it",
    }
}

/// The findings of a run, most important first.
pub fn findings(report: &Report, run: usize) -> impl Iterator<Item = &Finding> {
    report.findings.iter().filter(move |finding| finding.run as usize == run)
}

/// A piece of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words.
    Words(&'a str),
    /// What stands between backticks: a command.
    Command(&'a str),
}

/// Cuts a sentence at its backticks.
pub fn pieces(sentence: &str) -> impl Iterator<Item = Piece<'_>> {
    let is_paired = sentence.matches('`').count().is_multiple_of(2);
    let parts = sentence.split(if is_paired { '`' } else { '\0' }).enumerate();
    parts.map(
        |(index, part)| {
            if index.is_multiple_of(2) { Piece::Words(part) } else { Piece::Command(part) }
        },
    )
}

/// The title of the document: `Switched in 12 min 22 s · Rebuildscope`.
pub fn title(run: &Run) -> String {
    let verdict = verdict(run);
    let mut text = verdict.word.trim_end_matches('.').to_owned();
    let time = TimeText::of(&run.time);
    match verdict.mood {
        Mood::Good if time.long != "unknown" => {
            text += " in ";
            text += &time.long;
        }
        _ => {}
    }
    match verdict.mood {
        Mood::Good if run.reboot.verdict == RebootVerdict::Needed => text += ", reboot needed",
        Mood::Bad | Mood::Mixed => {
            if let Some(then) = verdict.then {
                text += ": ";
                text += then.trim_end_matches('.');
            }
        }
        _ => {}
    }
    text + " · Rebuildscope"
}

/// The title of the start page.
pub const START_TITLE: &str = "Rebuildscope: what did that rebuild do?";

/// The picture beside that title.
pub const START_ICON: &str = "icon.svg";

/// The picture beside the title, which tells how the run ended: its shape says so too.
pub fn icon(run: &Run) -> &'static str {
    let is_reboot_asked =
        matches!(run.reboot.verdict, RebootVerdict::Needed | RebootVerdict::Advised);
    match verdict(run).mood {
        Mood::Bad | Mood::Mixed => "icon-failed.svg",
        Mood::Good if is_reboot_asked => "icon-reboot.svg",
        Mood::Good => "icon-good.svg",
        Mood::Neutral => START_ICON,
    }
}

/// A run that wrote a boot entry without switching waits for the next start.
fn built_word(run: &Run) -> &'static str {
    let has_boot_entry = run.activation.as_ref().is_some_and(|a| a.bootloader.is_some());
    if has_boot_entry { "Ready for the next boot." } else { "Built." }
}

/// What a text is that has no rebuild in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// The output of a program that compares two systems.
    Comparison,
    /// Inputs that moved.
    InputUpdate,
}

/// What a run is in which nothing was built, fetched or asked for.
pub fn aside(run: &Run) -> Option<Aside> {
    let is_idle = Counts::of(run) == Counts::default() && !downloads::has_any(run);
    if run.outcome != Outcome::Unknown || !is_idle {
        return None;
    }
    if versions::changed(run).is_some() {
        return Some(Aside::Comparison);
    }
    (inputs::moved(run) > 0).then_some(Aside::InputUpdate)
}

/// A text in which nothing was built or fetched may still say something.
fn unknown_word(run: &Run) -> &'static str {
    match aside(run) {
        Some(Aside::Comparison) => "A comparison of two systems.",
        Some(Aside::InputUpdate) => "An update of inputs.",
        None => "The end is unknown.",
    }
}

fn then(run: &Run) -> Option<&'static str> {
    if run.outcome == Outcome::Failed {
        let root = run.failures.iter().find(|failure| failure.root)?;
        let others =
            run.failures.iter().filter(|failure| failure.root && failure.class != root.class);
        return if others.count() == 0 { remedy::class_sentence(root.class) } else { None };
    }
    match run.reboot.verdict {
        RebootVerdict::Needed => Some("A reboot is needed."),
        RebootVerdict::Advised => Some("A reboot is advised."),
        RebootVerdict::NoSign | RebootVerdict::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use analyzer::report::{Activation, FailureClass};

    use super::*;
    use crate::testing;

    #[track_caller]
    fn check(run: &Run, mood: Mood, words: &str, expected_title: &str) {
        let found = verdict(run);
        let text =
            [Some(found.word), found.then].into_iter().flatten().collect::<Vec<_>>().join(" ");
        assert_eq!((found.mood, text.as_str()), (mood, words));
        assert_eq!(title(run), [expected_title, " · Rebuildscope"].concat());
    }

    fn ended(outcome: Outcome, activated: Option<bool>) -> Run {
        Run { outcome, activated, ..testing::run() }
    }

    #[test]
    fn a_switch_says_its_time_and_whether_to_reboot() {
        let mut run = ended(Outcome::Succeeded, Some(true));
        run.time = testing::stamped(742.0);
        check(&run, Mood::Good, "Switched.", "Switched in 12 min 22 s");
        run.reboot.verdict = RebootVerdict::Needed;
        let title = "Switched in 12 min 22 s, reboot needed";
        check(&run, Mood::Good, "Switched. A reboot is needed.", title);
    }

    #[test]
    fn the_picture_tells_how_it_ended() {
        let mut switched = ended(Outcome::Succeeded, Some(true));
        assert_eq!(icon(&switched), "icon-good.svg");
        switched.reboot.verdict = RebootVerdict::Needed;
        assert_eq!(icon(&switched), "icon-reboot.svg");
        assert_eq!(icon(&ended(Outcome::Failed, None)), "icon-failed.svg");
        assert_eq!(icon(&ended(Outcome::Unknown, None)), START_ICON);
    }

    #[test]
    fn a_build_without_a_switch_is_not_a_switch() {
        let mut run = ended(Outcome::Succeeded, None);
        check(&run, Mood::Good, "Built.", "Built");
        run.activation =
            Some(Activation { bootloader: Some("grub".into()), ..Activation::default() });
        check(&run, Mood::Good, "Ready for the next boot.", "Ready for the next boot");
    }

    #[test]
    fn a_failure_names_its_class_if_there_is_only_one() {
        let mut run = ended(Outcome::Failed, None);
        run.failures = vec![testing::failure(FailureClass::DiskFull)];
        check(&run, Mood::Bad, "Failed. The disk was full.", "Failed: The disk was full");
        run.failures.push(testing::failure(FailureClass::Timeout));
        check(&run, Mood::Bad, "Failed.", "Failed");
    }

    #[test]
    fn failed_units_after_a_switch_are_no_failed_switch() {
        let mut run = ended(Outcome::Failed, Some(true));
        run.failures = vec![testing::failure(FailureClass::UnitFailed)];
        check(
            &run,
            Mood::Mixed,
            "Switched, with failures. A unit failed.",
            "Switched, with failures: A unit failed",
        );
    }

    #[test]
    fn commands_in_a_sentence_are_told_apart() {
        let all = |text| pieces(text).collect::<Vec<_>>();
        assert_eq!(
            all("Use `ts` next time."),
            [Piece::Words("Use "), Piece::Command("ts"), Piece::Words(" next time.")]
        );
        assert_eq!(all("The option `a' is gone."), [Piece::Words("The option `a' is gone.")]);
    }

    #[test]
    fn what_did_not_end_is_neither_good_nor_bad() {
        check(&ended(Outcome::Interrupted, None), Mood::Neutral, "Interrupted.", "Interrupted");
        check(&ended(Outcome::DryRun, None), Mood::Neutral, "A dry run.", "A dry run");
        check(
            &ended(Outcome::Unknown, None),
            Mood::Neutral,
            "The end is unknown.",
            "The end is unknown",
        );
    }

    #[test]
    fn a_comparison_has_no_end_to_know() {
        let mut run = ended(Outcome::Unknown, None);
        run.changes = vec![testing::change("a", "1", "2")];
        check(&run, Mood::Neutral, "A comparison of two systems.", "A comparison of two systems");
        run.derivations = vec![testing::built("a")];
        check(&run, Mood::Neutral, "The end is unknown.", "The end is unknown");
    }
}
