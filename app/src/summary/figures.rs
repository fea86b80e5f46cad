//! The figures below the verdict; each leads to its section.

use analyzer::report::{Grade, Outcome, RebootVerdict, Run};

use crate::format;
use crate::summary::builds::Counts;
use crate::summary::time::{Known, TimeText};
use crate::summary::verdict::{self, Aside};
use crate::summary::{downloads, failures, inputs, switch, versions, warnings};
use crate::view_state::Section;

/// A number or word with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its name.
    pub name: &'static str,
    /// Its value, or `?` where the log does not tell.
    pub value: String,
    /// Its unit, in small print.
    pub unit: &'static str,
    /// How it is known, where that needs a word.
    pub known: Option<Known>,
    /// What to know beside it.
    pub detail: String,
    /// Whether it asks for attention.
    pub alert: Alert,
    /// Where it is explained.
    pub section: Section,
}

/// Whether a figure asks for attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alert {
    /// No.
    None,
    /// Something failed.
    Failure,
    /// Something is left to do.
    Reboot,
}

/// All figures of a run, in the order in which they stand.
pub fn figures(run: &Run) -> Vec<Figure> {
    match verdict::aside(run) {
        Some(Aside::Comparison) => return vec![changed(run), size(run), reboot(run), warned(run)],
        Some(Aside::InputUpdate) => return vec![moved(run), warned(run)],
        None => {}
    }
    let failed = failed(run);
    let others = [built(run), downloaded(run), changed(run), reboot(run), warned(run), size(run)];
    let first = if run.outcome == Outcome::Failed || failed.alert == Alert::Failure {
        [failed, total_time(run)]
    } else {
        [total_time(run), failed]
    };
    let [first, second] = first;
    if first.section == Section::Failures {
        return [first, second].into_iter().chain(others).collect();
    }
    let [built, downloaded, changed, reboot, warned, size] = others;
    vec![first, built, downloaded, changed, second, reboot, warned, size]
}

/// The same of a run of which a part is missing, since its link was cut: what is counted in a list
/// is at least so much, and nothing is none.
pub fn figures_of_part(run: &Run) -> Vec<Figure> {
    figures(run).into_iter().map(of_part).collect()
}

fn of_part(figure: Figure) -> Figure {
    if matches!(figure.section, Section::Time | Section::Switch) {
        return figure;
    }
    match &*figure.value {
        "0" | "?" => unknown(figure.name, "the link was cut", figure.section),
        _ if [TO_DOWNLOAD, SIZE].contains(&figure.name) => figure,
        _ => Figure { known: Some(Known::AtLeast), ..figure },
    }
}

/// What the plan states; all others that have to do with downloads are counted.
const TO_DOWNLOAD: &str = "To download";

/// What the diff states.
const SIZE: &str = "Size of the system";

fn figure(
    name: &'static str,
    value: String,
    detail: impl Into<String>,
    section: Section,
) -> Figure {
    let (unit, detail) = ("", detail.into());
    Figure { name, value, unit, known: None, detail, alert: Alert::None, section }
}

fn unknown(name: &'static str, detail: &'static str, section: Section) -> Figure {
    Figure { known: Some(Known::Unknown), ..figure(name, "?".into(), detail, section) }
}

fn total_time(run: &Run) -> Figure {
    let time = TimeText::of(&run.time);
    let detail = if time.known == Known::Unknown { "no clock in this log" } else { "" };
    let detail = if run.time.grade == Grade::Bounded { run.time.because.as_str() } else { detail };
    Figure { known: Some(time.known), ..figure("Total time", time.short, detail, Section::Time) }
}

fn failed(run: &Run) -> Figure {
    let (causes, dependants) = failures::numbers(run);
    let detail = match (causes, dependants) {
        (0, _) if run.outcome == Outcome::Failed => "the log does not show why".into(),
        (0, _) | (_, 0) => String::new(),
        (_, n) => format::counted(n, "more follows from it", "more follow from it"),
    };
    let (name, alert) = match causes {
        0 => ("Failed", Alert::None),
        _ => ("Causes of failure", Alert::Failure),
    };
    Figure { alert, ..figure(name, format::count(causes), detail, Section::Failures) }
}

/// Whether a run did all that it was to do, even if units failed after that.
fn is_complete(run: &Run) -> bool {
    run.outcome == Outcome::Succeeded || run.activated == Some(true)
}

fn moved(run: &Run) -> Figure {
    figure("Inputs moved", format::count(inputs::moved(run)), "", Section::Inputs)
}

fn built(run: &Run) -> Figure {
    let counts = Counts::of(run);
    let planned = run.plan.as_ref().and_then(|plan| plan.builds);
    if run.outcome == Outcome::DryRun {
        let value = planned.map_or_else(|| "?".into(), format::count);
        return figure("To build", value, "planned, none was built", Section::Builds);
    }
    if is_complete(run) {
        let detail = match counts.configuration {
            0 => String::new(),
            n => format::counted(n, "is a configuration file", "are configuration files"),
        };
        return figure("Built here", format::count(counts.begun()), detail, Section::Builds);
    }
    let detail =
        planned.map_or_else(String::new, |n| ["of ", &format::count(n), " planned"].concat());
    figure("Builds started", format::count(counts.begun()), detail, Section::Builds)
}

fn downloaded(run: &Run) -> Figure {
    let copied = downloads::copied(run);
    let paths = match downloads::planned(run) {
        Some(planned) if planned != copied => {
            [format::count(copied).as_str(), " of ", &format::counted(planned, "path", "paths")]
                .concat()
        }
        _ => format::counted(copied, "path", "paths"),
    };
    let sized = |name, bytes, known| {
        let (value, unit) = format::size_parts(bytes);
        Figure {
            unit,
            known: Some(known),
            ..figure(name, value, paths.clone(), Section::Downloads)
        }
    };
    let stated = run.plan.as_ref().and_then(|plan| plan.download_bytes);
    match (downloaded_bytes(run), stated) {
        (Some(bytes), _) => sized("Downloaded", bytes, Known::Stated),
        (None, Some(stated)) => sized(TO_DOWNLOAD, stated, Known::Stated),
        (None, None) if copied == 0 && downloads::planned(run).unwrap_or(0) == 0 => {
            figure("Downloaded", "0".into(), "nothing was fetched", Section::Downloads)
        }
        (None, None) => Figure {
            detail: paths.clone() + ", sizes not in this log",
            ..unknown("Downloaded", "", Section::Downloads)
        },
    }
}

/// How many bytes were downloaded: by the copied paths, or by the plan where all of it came.
pub fn downloaded_bytes(run: &Run) -> Option<u64> {
    let stated = run.plan.as_ref().and_then(|plan| plan.download_bytes);
    downloads::bytes(run).or_else(|| stated.filter(|_| is_complete(run)))
}

fn changed(run: &Run) -> Figure {
    let Some(n) = versions::changed(run) else {
        return unknown("Versions changed", "no diff in this log", Section::Versions);
    };
    figure("Versions changed", format::count(n), changed_detail(run), Section::Versions)
}

/// How many of the changes ask for a look: `2 major, 1 down`.
fn changed_detail(run: &Run) -> String {
    let counted = versions::counted(run);
    let counted = counted.map(|all| [all.major, all.downgraded, all.added, all.removed]);
    let listed = ["major", "downgrade", "new", "removed"].map(|word| {
        versions::listed(run).filter(|it| versions::level_word(it).0 == word).fold(0, |n, _| n + 1)
    });
    let labels = [" major", " down", " new", " gone"].into_iter();
    let parts = labels.zip(counted.unwrap_or(listed)).filter(|(_, n)| *n > 0);
    parts.map(|(label, n)| format::count(n.into()) + label).collect::<Vec<_>>().join(", ")
}

fn reboot(run: &Run) -> Figure {
    let reason = run.reboot.reasons.first().map_or("", |reason| reason.what.as_str());
    let (value, detail, alert) = match run.reboot.verdict {
        RebootVerdict::Needed => ("needed", reason, Alert::Reboot),
        RebootVerdict::Advised => ("advised", reason, Alert::Reboot),
        RebootVerdict::NoSign => ("no sign", "one command settles it", Alert::None),
        RebootVerdict::Unknown if switch::is_of_comparison(run) => {
            ("after a switch", reason, Alert::None)
        }
        RebootVerdict::Unknown if verdict::aside(run).is_some() => {
            return unknown("Reboot", "one command settles it", Section::Switch);
        }
        RebootVerdict::Unknown if !switch::was_reached(run) => {
            ("not now", "nothing was activated", Alert::None)
        }
        RebootVerdict::Unknown => {
            return unknown("Reboot", "one command settles it", Section::Switch);
        }
    };
    Figure { alert, ..figure("Reboot", value.into(), detail, Section::Switch) }
}

fn warned(run: &Run) -> Figure {
    let different = warnings::different(run);
    let total = warnings::total(run);
    let detail =
        if total > different { format::count(different) + " different" } else { String::new() };
    figure("Warnings", format::count(total), detail, Section::Warnings)
}

fn size(run: &Run) -> Figure {
    let closure = run.closure.as_ref();
    let delta = closure.and_then(|closure| {
        match (closure.delta_bytes, closure.old_bytes, closure.new_bytes) {
            (Some(delta), ..) => Some(delta),
            (None, Some(old), Some(new)) => new.checked_signed_diff(old),
            _ => None,
        }
    });
    let Some(delta) = delta else {
        return unknown(SIZE, "no diff in this log", Section::Versions);
    };
    let text = format::size_delta(delta);
    let (value, unit) = match text.rsplit_once(' ') {
        Some((value, _)) => (value.to_owned(), format::size_parts(delta.unsigned_abs()).1),
        None => (text, ""),
    };
    let total = closure.and_then(|closure| closure.new_bytes);
    let detail = total.map_or_else(String::new, |bytes| ["now ", &format::size(bytes)].concat());
    Figure { unit, ..figure(SIZE, value, detail, Section::Versions) }
}

#[cfg(test)]
mod tests {
    use analyzer::report::{Closure, FailureClass, FetchStatus, Plan};

    use super::*;
    use crate::testing;

    #[track_caller]
    fn check(run: &Run, expected: [&str; 8]) {
        let texts: Vec<String> = figures(run)
            .iter()
            .map(|f| {
                let value = [f.value.as_str(), f.unit].join(" ");
                [f.name, value.trim(), &f.detail].join(" | ").trim_end_matches(" | ").to_owned()
            })
            .collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn a_cut_link_tells_of_no_list_how_long_it_is() {
        let mut run = testing::run();
        run.derivations = vec![testing::built("ollama")];
        run.warnings = Vec::new();
        let known = |name: &str| {
            let figures = figures_of_part(&run);
            let figure = figures.into_iter().find(|figure| figure.name == name).unwrap();
            (figure.value, figure.known.map(Known::word), figure.detail)
        };
        let missing = ("?".to_owned(), Some("unknown"), "the link was cut".to_owned());
        assert_eq!(known("Warnings"), missing);
        assert_eq!(known("Downloaded"), missing);
        assert_eq!(known("Failed"), missing);
        assert_eq!(known("Builds started"), ("1".to_owned(), Some("at least"), String::new()));
        assert_eq!(known("Reboot").0, "not now");
    }

    #[test]
    fn what_no_line_tells_is_a_question_mark() {
        check(
            &testing::run(),
            [
                "Total time | ? | no clock in this log",
                "Builds started | 0",
                "Downloaded | 0 | nothing was fetched",
                "Versions changed | ? | no diff in this log",
                "Failed | 0",
                "Reboot | not now | nothing was activated",
                "Warnings | 0",
                "Size of the system | ? | no diff in this log",
            ],
        );
    }

    #[test]
    fn a_switch_is_summed_up() {
        let mut run = testing::run();
        run.outcome = Outcome::Succeeded;
        run.activated = Some(true);
        run.time = testing::stamped(742.0);
        run.derivations = vec![testing::built("ollama")];
        run.fetches = vec![testing::fetch("a", None, FetchStatus::Copied, None)];
        run.plan =
            Some(Plan { fetches: Some(1), download_bytes: Some(1_074_339_512), ..Plan::default() });
        run.changes = vec![testing::change("linux", "6.12.18", "6.12.19")];
        run.closure = Some(Closure { delta_bytes: Some(44_669_337), ..Closure::default() });
        run.reboot.verdict = RebootVerdict::Needed;
        check(
            &run,
            [
                "Total time | 12:22",
                "Built here | 1",
                "Downloaded | 1.00 GiB | 1 path",
                "Versions changed | 1",
                "Failed | 0",
                "Reboot | needed",
                "Warnings | 0",
                "Size of the system | +42.6 MiB",
            ],
        );
    }

    #[test]
    fn a_comparison_has_only_the_figures_of_a_comparison() {
        let mut run = testing::run();
        run.changes = vec![testing::change("linux", "6.12.18", "6.12.19")];
        let names: Vec<_> = figures(&run).iter().map(|figure| figure.name).collect();
        assert_eq!(names, ["Versions changed", "Size of the system", "Reboot", "Warnings"]);
    }

    #[test]
    fn a_failure_comes_first() {
        let mut run = testing::run();
        run.outcome = Outcome::Failed;
        run.failures = vec![testing::failure(FailureClass::DiskFull)];
        run.plan = Some(Plan { builds: Some(565), fetches: Some(9), ..Plan::default() });
        check(
            &run,
            [
                "Causes of failure | 1",
                "Total time | ? | no clock in this log",
                "Builds started | 0 | of 565 planned",
                "Downloaded | ? | 0 of 9 paths, sizes not in this log",
                "Versions changed | ? | no diff in this log",
                "Reboot | not now | nothing was activated",
                "Warnings | 0",
                "Size of the system | ? | no diff in this log",
            ],
        );
    }
}
