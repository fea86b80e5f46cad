//! The table of derivations: its rows and their order.

use std::cmp::Ordering;

use analyzer::report::{
    Confidence, Derivation, DerivationCounts, DerivationKind, DerivationStatus, Outcome, Run,
    WhyBuilt, WhyBuiltGuess,
};

use crate::format;
use crate::sorting;
use crate::summary::time;

/// The order of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Failures first, then what took longest.
    #[default]
    Matters,
    /// By name.
    Name,
    /// By time, longest first.
    Time,
    /// As in the log.
    Log,
}

impl Order {
    /// All orders, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Matters, Self::Name, Self::Time, Self::Log];

    /// Its name in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Matters => "",
            Self::Name => "name",
            Self::Time => "time",
            Self::Log => "log",
        }
    }

    /// Its name on the page.
    pub fn label(self) -> &'static str {
        match self {
            Self::Matters => "what matters",
            Self::Name => "name",
            Self::Time => "time",
            Self::Log => "order in the log",
        }
    }
}

/// How many derivations there are of each status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Built.
    pub built: u64,
    /// Started, with an unknown end.
    pub building: u64,
    /// Failed by themselves.
    pub failed: u64,
    /// Not built because something failed.
    pub blocked: u64,
    /// Announced, not seen to start.
    pub planned: u64,
    /// Files made from the configuration, among those that were started.
    pub configuration: u64,
}

impl Counts {
    /// Counts the derivations of a run, those that a link leaves out among them.
    pub fn of(run: &Run) -> Self {
        if let Some(all) = run.counts.as_ref().and_then(|counts| counts.derivations) {
            return Self::of_link(all);
        }
        let mut counts = Self::default();
        for derivation in &run.derivations {
            match derivation.status {
                DerivationStatus::Built => counts.built += 1,
                DerivationStatus::Building => counts.building += 1,
                DerivationStatus::Failed => counts.failed += 1,
                DerivationStatus::Blocked => counts.blocked += 1,
                DerivationStatus::Planned | DerivationStatus::Unknown => counts.planned += 1,
            }
            if is_configuration(derivation) && is_begun(derivation) {
                counts.configuration += 1;
            }
        }
        counts
    }

    fn of_link(all: DerivationCounts) -> Self {
        Self {
            built: all.built.into(),
            building: all.building.into(),
            failed: all.failed.into(),
            blocked: all.blocked.into(),
            planned: all.planned.into(),
            configuration: all.configuration.into(),
        }
    }

    /// Builds that ran, whatever came of them.
    pub fn begun(self) -> u64 {
        self.built + self.building + self.failed
    }
}

/// Whether a derivation is a file made from the configuration.
pub fn is_configuration(derivation: &Derivation) -> bool {
    derivation.kind == DerivationKind::Configuration
}

/// The derivations that have `search` in their name, in order, as indices in the run.
pub fn rows(run: &Run, search: &str, by: Order) -> Vec<usize> {
    let label = |index: usize| time::derivation_label(&run.derivations[index]);
    let mut rows: Vec<usize> = (0..run.derivations.len())
        .filter(|index| sorting::contains(&label(*index), search))
        .collect();
    sorting::sort(&mut rows, &|a, b| compare(&run.derivations[a], &run.derivations[b], by));
    rows
}

/// The word for a status.
pub fn status_word(status: DerivationStatus) -> &'static str {
    match status {
        DerivationStatus::Planned => "never started",
        DerivationStatus::Building => "started, end unknown",
        DerivationStatus::Built => "built",
        DerivationStatus::Failed => "failed",
        DerivationStatus::Blocked => "blocked",
        DerivationStatus::Unknown => "unknown",
    }
}

/// Why a derivation was built here, in words, with how sure that is.
pub fn why_words(why: &WhyBuilt) -> (&'static str, &'static str) {
    let guess = match why.guess {
        WhyBuiltGuess::LocalConfiguration => "made from your configuration: no cache can have it",
        WhyBuiltGuess::UnfreeOrCuda => "unfree or CUDA: the public cache does not build it",
        WhyBuiltGuess::FetchFailed => "the download failed",
        WhyBuiltGuess::PreferLocalBuild => "marked to be built locally",
        WhyBuiltGuess::NotInCache => "not in the cache",
        WhyBuiltGuess::Override => "a changed variant, or a wrapper",
        WhyBuiltGuess::OwnSource => "made from a source of its own",
        WhyBuiltGuess::OtherSystem => "made for another kind of machine",
        WhyBuiltGuess::Source => "a download for what is built of it",
        WhyBuiltGuess::AheadOfCache => "newer than what the cache has",
        WhyBuiltGuess::CacheNotAsked => "a cache could not be asked",
        WhyBuiltGuess::Dependency => "made of something that is built here",
    };
    let confidence = match why.confidence {
        Confidence::Certain => "certain",
        Confidence::Likely => "likely",
        Confidence::Possible => "possible",
    };
    (guess, confidence)
}

/// What is built here and made this one necessary, by name and version.
pub fn cause_name(derivation: &Derivation) -> Option<&str> {
    let file = derivation.caused_by_input.as_deref()?.rsplit('/').next()?;
    let name = file.split_once('-').map_or(file, |(_, name)| name);
    Some(name.trim_end_matches(".drv"))
}

/// What sort of thing a derivation makes, where that is worth a word.
pub fn kind_word(kind: DerivationKind) -> Option<&'static str> {
    match kind {
        DerivationKind::Configuration => Some("configuration"),
        DerivationKind::Source => Some("source"),
        DerivationKind::Patch => Some("patch"),
        DerivationKind::KernelOrInitrd => Some("kernel or initrd"),
        DerivationKind::System => Some("the system"),
        DerivationKind::Software | DerivationKind::Other => None,
    }
}

/// The sentence above the table; `None` where there are no derivations.
pub fn lede(run: &Run) -> Option<String> {
    let counts = Counts::of(run);
    if counts == Counts::default() {
        return None;
    }
    if counts.begun() == 0 {
        let planned = format::counted(counts.planned, "build is", "builds are");
        let blocked = match counts.blocked {
            0 => String::new(),
            n => [", ", &format::count(n), " blocked"].concat(),
        };
        return Some([planned.as_str(), " planned", &blocked, "; none was started."].concat());
    }
    if run.outcome == Outcome::Succeeded || run.activated == Some(true) {
        return Some(succeeded(run, counts));
    }
    Some(stopped(run, counts))
}

fn succeeded(run: &Run, counts: Counts) -> String {
    let mut text = format::counted(counts.begun(), "build ran", "builds ran");
    if counts.configuration > 0 && counts.configuration < counts.begun() {
        text += "; ";
        text += &format::counted(
            counts.configuration,
            "is a small file written from your configuration, and is always made here",
            "are small files written from your configuration, and are always made here",
        );
        let seconds: f64 =
            run.derivations.iter().filter(|d| is_configuration(d)).map(time::seconds).sum();
        if seconds > 0.0 {
            text += " (";
            text += &format::duration(seconds);
            text += " together)";
        }
    }
    text + "."
}

fn stopped(run: &Run, counts: Counts) -> String {
    let mut text = format::count(counts.begun());
    if let Some(planned) = run.plan.as_ref().and_then(|plan| plan.builds) {
        text += " of ";
        text += &format::count(planned);
    }
    text += " builds were started.";
    let parts: Vec<String> = [
        (counts.built, "done"),
        (counts.failed, "failed"),
        (counts.blocked, "blocked"),
        (counts.planned, "never started"),
    ]
    .into_iter()
    .filter(|(n, _)| *n > 0)
    .map(|(n, word)| [format::count(n).as_str(), word].join(" "))
    .collect();
    if !parts.is_empty() {
        text.push(' ');
        text += &format::enumerate(&parts.iter().map(String::as_str).collect::<Vec<_>>());
        text.push('.');
    }
    if counts.building > 0 {
        text += " Nix does not print when a build ends, so for ";
        text += &format::count(counts.building);
        text += " of them the log does not say how they ended.";
    }
    text
}

/// Whether a build ran, whatever came of it.
pub fn is_begun(derivation: &Derivation) -> bool {
    use DerivationStatus::{Building, Built, Failed};
    matches!(derivation.status, Built | Building | Failed)
}

fn compare(a: &Derivation, b: &Derivation, order: Order) -> Ordering {
    let longest_first = || time::seconds(b).total_cmp(&time::seconds(a));
    match order {
        Order::Matters => status_rank(a)
            .cmp(&status_rank(b))
            .then_with(longest_first)
            .then_with(|| kind_rank(a).cmp(&kind_rank(b))),
        Order::Name => time::derivation_label(a).cmp(&time::derivation_label(b)),
        Order::Time => longest_first(),
        Order::Log => Ordering::Equal,
    }
}

fn status_rank(derivation: &Derivation) -> u8 {
    match derivation.status {
        DerivationStatus::Failed => 0,
        DerivationStatus::Blocked => 1,
        DerivationStatus::Built | DerivationStatus::Building => 2,
        DerivationStatus::Planned | DerivationStatus::Unknown => 3,
    }
}

/// Software before its sources.
fn kind_rank(derivation: &Derivation) -> u8 {
    match derivation.kind {
        DerivationKind::Software => 0,
        DerivationKind::KernelOrInitrd => 1,
        DerivationKind::System => 2,
        DerivationKind::Other => 3,
        DerivationKind::Source => 4,
        DerivationKind::Patch => 5,
        DerivationKind::Configuration => 6,
    }
}

#[cfg(test)]
mod tests {
    use analyzer::report::Plan;

    use super::*;
    use crate::testing;

    #[test]
    fn what_made_a_build_necessary_is_named() {
        let mut derivation = testing::built("etc");
        assert_eq!(cause_name(&derivation), None);
        derivation.caused_by_input = testing::built("linux-6.12.19").drv;
        assert_eq!(cause_name(&derivation), Some("linux-6.12.19"));
    }

    fn with(name: &str, kind: DerivationKind, status: DerivationStatus) -> Derivation {
        Derivation { kind, status, ..testing::built(name) }
    }

    fn sample() -> Run {
        use DerivationKind::{Configuration, Software, Source};
        use DerivationStatus::{Blocked, Building, Built, Failed};
        let mut slow = with("slow", Software, Built);
        slow.time = Some(testing::stamped(90.0));
        let derivations = vec![
            with("etc", Configuration, Blocked),
            with("quick-src", Source, Building),
            with("quick", Software, Built),
            slow,
            with("broken", Software, Failed),
        ];
        Run { derivations, outcome: Outcome::Failed, ..testing::run() }
    }

    #[track_caller]
    fn check(search: &str, order: Order, expected: &[&str]) {
        let run = sample();
        let names: Vec<_> =
            rows(&run, search, order).iter().map(|index| &run.derivations[*index].name).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn failures_come_first_then_what_took_longest() {
        check("", Order::Matters, &["broken", "etc", "slow", "quick", "quick-src"]);
    }

    #[test]
    fn rows_are_sorted_and_searched() {
        check("", Order::Name, &["broken", "etc", "quick", "quick-src", "slow"]);
        check("", Order::Log, &["etc", "quick-src", "quick", "slow", "broken"]);
        check("Quick", Order::Log, &["quick-src", "quick"]);
    }

    #[test]
    fn every_derivation_is_counted_once() {
        let counts = Counts::of(&sample());
        assert_eq!(
            counts,
            Counts { built: 2, building: 1, failed: 1, blocked: 1, planned: 0, configuration: 0 }
        );
        assert_eq!(counts.begun(), 4);
    }

    #[test]
    fn a_run_that_stopped_says_how_far_it_came() {
        let mut run = sample();
        run.plan = Some(Plan { builds: Some(9), ..Plan::default() });
        assert_eq!(
            lede(&run).unwrap(),
            "4 of 9 builds were started. 2 done, 1 failed and 1 blocked. Nix does not print when a \
             build ends, so for 1 of them the log does not say how they ended."
        );
    }

    #[test]
    fn configuration_files_are_told_apart() {
        let mut run = sample();
        run.outcome = Outcome::Succeeded;
        let mut etc = with("etc", DerivationKind::Configuration, DerivationStatus::Built);
        etc.time = Some(testing::stamped(38.0));
        run.derivations = vec![testing::built("a"), etc];
        assert_eq!(
            lede(&run).unwrap(),
            "2 builds ran; 1 is a small file written from your configuration, and is always made \
             here (38 s together)."
        );
    }

    #[test]
    fn a_plan_alone_started_nothing() {
        let mut run = testing::run();
        assert_eq!(lede(&run), None);
        run.derivations = vec![with("a", DerivationKind::Software, DerivationStatus::Planned)];
        assert_eq!(lede(&run).unwrap(), "1 build is planned; none was started.");
    }
}
