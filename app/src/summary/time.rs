//! What the page says of lengths of time.

use analyzer::report::{
    Binds, Derivation, FetchStatus, Grade, Lines, Run, Span, Stage, StageTime, WarningClass,
};

use serde::{Deserialize, Serialize};

use crate::format;
use crate::summary::builds;
use crate::summary::evidence::beyond_plan;

/// A length of time as the page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeText {
    /// Such as `12:22`, `≥ 5:00` or `?`.
    pub short: String,
    /// The same in words: `12 min 22 s`, `at least 5 min`, `unknown`.
    pub long: String,
    /// How it is known.
    pub known: Known,
}

/// How a value is known: its grade, and of a bound on which side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Known {
    /// A clock on the lines says it.
    Stamped,
    /// A program printed it.
    Stated,
    /// It is this or more.
    AtLeast,
    /// It is this or less.
    AtMost,
    /// The log does not say it.
    Unknown,
}

impl Known {
    /// The word that stands beside the value.
    pub fn word(self) -> &'static str {
        match self {
            Self::Stamped => "stamped",
            Self::Stated => "stated",
            Self::AtLeast => "at least",
            Self::AtMost => "at most",
            Self::Unknown => "unknown",
        }
    }
}

/// Bounds are lower ones unless something says otherwise.
impl From<Grade> for Known {
    fn from(grade: Grade) -> Self {
        match grade {
            Grade::Stamped => Self::Stamped,
            Grade::Stated => Self::Stated,
            Grade::Bounded => Self::AtLeast,
            Grade::Unknown => Self::Unknown,
        }
    }
}

impl TimeText {
    /// Says a time; an unknown one is a question mark.
    pub fn of(time: &Span) -> Self {
        let text = |sign: &str, words: &str, seconds: f64, known| Self {
            short: sign.to_owned() + &format::clock(seconds),
            long: words.to_owned() + &format::duration(seconds),
            known,
        };
        match (time.total_s, time.low_s, time.high_s) {
            // What a tool printed is that of a part, and nothing bounds the rest.
            (Some(total), _, None) if time.grade == Grade::Stated => {
                text("≥ ", "at least ", total, Known::Stated)
            }
            (Some(total), ..) => text("", "", total, time.grade.into()),
            (None, Some(low), _) if low > 0.0 => text("≥ ", "at least ", low, Known::AtLeast),
            // Stamps of whole seconds may be the same, and nothing takes no time at all.
            (None, _, Some(high)) if high < 1.0 => text("< ", "less than ", 1.0, Known::AtMost),
            (None, _, Some(high)) => text("≤ ", "at most ", high, Known::AtMost),
            _ => Self::unknown(),
        }
    }

    /// Nothing is known.
    pub fn unknown() -> Self {
        Self { short: "?".into(), long: "unknown".into(), known: Known::Unknown }
    }
}

/// What a grade means, in a sentence.
pub fn grade_meaning(grade: Grade) -> &'static str {
    match grade {
        Grade::Stamped => "A clock on the lines themselves.",
        Grade::Stated => "A program printed the number.",
        Grade::Bounded => {
            "A bound that follows from the order of the lines; the time itself is not in the log."
        }
        Grade::Unknown => "The log does not say, and we do not guess.",
    }
}

/// The name of a stage.
pub fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::UpdateInputs => "Update inputs",
        Stage::Evaluate => "Evaluate",
        Stage::Fetch => "Download",
        Stage::Build => "Build",
        Stage::Activate => "Activate",
    }
}

/// The term of the glossary that says what happens in a stage, by its id.
pub fn stage_term(stage: Stage) -> &'static str {
    match stage {
        Stage::UpdateInputs => "input",
        Stage::Evaluate => "evaluation",
        Stage::Fetch => "binary-cache",
        Stage::Build => "realisation",
        Stage::Activate => "activation",
    }
}

/// The stages in a sentence, for those who do not see the bar.
pub fn stages_spoken(stages: &[StageTime]) -> String {
    let parts: Vec<String> = stages
        .iter()
        .map(|stage| [stage_name(stage.stage), " ", &TimeText::of(&stage.time).long].concat())
        .collect();
    ["Stages of the run: ", &parts.join(", ")].concat()
}

/// The builds in a sentence, for those who do not see the timeline.
pub fn timeline_spoken(run: &Run) -> String {
    let total = TimeText::of(&run.time).long;
    let builds = run.derivations.iter().filter(|derivation| derivation.from_s.is_some()).count();
    let mut text = ["Timeline of ", &total, " with "].concat();
    text += &format::counted(builds as u64, "build", "builds");
    if let Some(longest) = longest_build(run).map(|index| &run.derivations[index]) {
        text += ". The longest is ";
        text += &derivation_label(longest);
        text += ", ";
        text +=
            &longest.time.as_ref().map_or_else(|| "unknown".into(), |time| TimeText::of(time).long);
    }
    text + ". The same data is in the table below the chart."
}

/// One of the things that are counted along a log without a clock.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderPart {
    /// What is counted.
    pub name: &'static str,
    /// How its bars look.
    pub class: &'static str,
    /// The line of each.
    pub lines: Vec<u32>,
}

/// What is counted along a log without a clock: copies, builds, retries and failures.
pub fn order_parts(run: &Run) -> Vec<OrderPart> {
    let plan = run.plan.as_ref();
    let event = |lines: &Lines| beyond_plan(lines, plan).first();
    let is_copied = |status| matches!(status, FetchStatus::Copied | FetchStatus::Failed);
    let copied = run.fetches.iter().filter(|fetch| is_copied(fetch.status));
    let begun = run.derivations.iter().filter(|derivation| builds::is_begun(derivation));
    let retried = run.warnings.iter().filter(|warning| warning.class == WarningClass::Download);
    let failed = run.failures.iter().filter(|failure| failure.root);
    let part = |name, class, lines| OrderPart { name, class, lines };
    vec![
        part("Paths copied", "mark mark--soft", copied.filter_map(|f| event(&f.lines)).collect()),
        part("Builds started", "mark", begun.filter_map(|d| event(&d.lines)).collect()),
        part("Retries", "mark mark--warning", retried.flat_map(|w| every_line(&w.lines)).collect()),
        part("Failures", "mark mark--danger", failed.filter_map(|f| f.lines.first()).collect()),
    ]
}

fn every_line(lines: &Lines) -> Vec<u32> {
    lines.0.iter().flat_map(|[first, last]| *first..=*last).collect()
}

/// The chart of a log without a clock in a sentence.
pub fn order_spoken(run: &Run, [first, last]: [u32; 2]) -> String {
    let mut text = [
        "Order of events from line ",
        &format::count(first.into()),
        " to line ",
        &format::count(last.into()),
        ", without a clock.",
    ]
    .concat();
    for part in order_parts(run).into_iter().filter(|part| !part.lines.is_empty()) {
        let lines = part.lines.iter();
        let (from, to) = (lines.clone().min().copied(), lines.max().copied());
        let range = Lines::range(from.unwrap_or(first), to.unwrap_or(last));
        text += &[
            " ",
            part.name,
            ": ",
            &format::length(&part.lines),
            ", lines ",
            &format::lines(&range).unwrap_or_default(),
            ".",
        ]
        .concat();
    }
    text
}

/// What it would change if a build came from a cache.
pub fn drag_words(seconds: f64) -> String {
    ["the run would be at least ", &format::duration(seconds), " shorter"].concat()
}

/// What keeps the run from being shorter, in a sentence.
pub fn bound_sentence(run: &Run) -> Option<String> {
    let timeline = &run.timeline;
    let bound = format::duration(timeline.lower_bound_s?);
    Some(match timeline.binds? {
        Binds::Chain => [
            "More cores would not have helped: the longest chain of builds, each waiting for the one before, takes ",
            &bound,
            if timeline.chain_inferred { ". Its order is inferred from the log." } else { "." },
        ]
        .concat(),
        Binds::Slots => {
            let slots = timeline.slots.map_or_else(String::new, |slots| {
                [" on ", &format::counted(slots.into(), "slot", "slots")].concat()
            });
            ["With as many builds at once as here, the same work takes at least ", &bound, &slots, "."]
                .concat()
        }
    })
}

/// Length of the longest chain in words: `11 min 28 s, 6 steps, order inferred`.
pub fn chain_words(run: &Run, steps: usize) -> String {
    let length = run.timeline.chain_s.map(format::duration);
    let steps = Some(format::counted(steps as u64, "step", "steps"));
    let inferred = run.timeline.chain_inferred.then(|| "order inferred".to_owned());
    [length, steps, inferred].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What the chart of builds at once is called: a build whose end is not known counts only as long
/// as it is known to run.
pub fn concurrency_name(run: &Run) -> &'static str {
    let is_exact = |derivation: &Derivation| {
        let time = derivation.time.as_ref();
        derivation.from_s.is_none() || time.is_some_and(|time| time.total_s.is_some())
    };
    if run.derivations.iter().all(is_exact) { "Builds at once" } else { "Builds at once, at least" }
}

/// Name and version of a derivation, as in its path.
pub fn derivation_label(derivation: &Derivation) -> String {
    match &derivation.version {
        Some(version) => [derivation.name.as_str(), version].join("-"),
        None => derivation.name.clone(),
    }
}

/// The build that took longest as far as that is known, by its index in the run.
pub fn longest_build(run: &Run) -> Option<usize> {
    let length = |index: &usize| seconds(&run.derivations[*index]);
    let timed = (0..run.derivations.len()).filter(|index| length(index) > 0.0);
    timed.max_by(|a, b| length(a).total_cmp(&length(b)))
}

/// How long a build took as far as it is known, in seconds; zero if it is not.
pub fn seconds(derivation: &Derivation) -> f64 {
    let time = derivation.time.as_ref();
    time.and_then(|time| time.total_s.or(time.low_s)).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{self, at_least, built, run, stamped, unknown_time};

    #[test]
    fn bounds_are_said_as_bounds() {
        let at_most = |seconds| Span { high_s: Some(seconds), ..unknown_time() };
        let part = Span { grade: Grade::Stated, high_s: None, ..stamped(7.0) };
        let cases = [
            (stamped(742.0), "12:22", "12 min 22 s"),
            (at_least(300.0), "≥ 5:00", "at least 5 min"),
            (at_least(0.0), "?", "unknown"),
            (at_most(9.0), "≤ 0:09", "at most 9 s"),
            (at_most(0.0), "< 0:01", "less than 1 s"),
            (part, "≥ 0:07", "at least 7 s"),
            (unknown_time(), "?", "unknown"),
        ];
        for (time, short, long) in cases {
            let text = TimeText::of(&time);
            assert_eq!((text.short.as_str(), text.long.as_str()), (short, long));
        }
    }

    #[test]
    fn the_bar_of_stages_has_a_text() {
        let stages = [
            StageTime { stage: Stage::Evaluate, from_s: Some(0.0), time: stamped(32.0) },
            StageTime { stage: Stage::Build, from_s: None, time: unknown_time() },
        ];
        assert_eq!(stages_spoken(&stages), "Stages of the run: Evaluate 32 s, Build unknown");
    }

    #[test]
    fn the_timeline_has_a_text_with_its_longest_build() {
        let mut run = run();
        run.time = stamped(742.0);
        let mut ollama = built("ollama");
        (ollama.version, ollama.from_s, ollama.time) =
            (Some("0.6.0".into()), Some(160.0), Some(stamped(544.0)));
        run.derivations = vec![built("etc"), ollama];
        assert_eq!(
            timeline_spoken(&run),
            "Timeline of 12 min 22 s with 1 build. The longest is ollama-0.6.0, 9 min 4 s. \
             The same data is in the table below the chart."
        );
    }

    #[test]
    fn what_binds_is_said_only_if_known() {
        let mut run = run();
        assert_eq!(bound_sentence(&run), None);
        run.timeline.lower_bound_s = Some(688.0);
        run.timeline.binds = Some(Binds::Slots);
        run.timeline.slots = Some(4);
        assert_eq!(
            bound_sentence(&run).unwrap(),
            "With as many builds at once as here, the same work takes at least 11 min 28 s on 4 slots."
        );
    }

    #[test]
    fn without_a_clock_events_are_told_by_their_lines() {
        let mut run = run();
        let mut planned = built("later");
        planned.status = analyzer::report::DerivationStatus::Planned;
        run.derivations = vec![built("a"), planned];
        run.fetches = vec![testing::fetch("b", None, FetchStatus::Copied, None)];
        assert_eq!(
            order_spoken(&run, [1, 1_764]),
            "Order of events from line 1 to line 1,764, without a clock. Paths copied: 1, lines 30. \
             Builds started: 1, lines 10."
        );
    }
}
