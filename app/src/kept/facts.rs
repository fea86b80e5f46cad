//! What the list of kept reports says of a run.

use analyzer::report::{Grade, Run, Span};

use super::builds::{self, BuildTime};
use crate::format;
use crate::summary::time::TimeText;
use crate::summary::verdict::{self, Mood};
use crate::summary::{downloads, versions};
use crate::view_state::query::Pairs;

/// What is known of a run without its report.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// The host, if the log names it.
    pub host: Option<String>,
    /// When the run began, as RFC 3339, if the log has a clock.
    pub from: Option<String>,
    /// Whether it went well.
    pub mood: Mood,
    /// How it ended: `Switched.`
    pub word: String,
    /// How its time is known.
    pub grade: Grade,
    /// Its time in milliseconds.
    pub ms: Option<u64>,
    /// The least that its time can be, in milliseconds.
    pub low_ms: Option<u64>,
    /// The most that its time can be, in milliseconds.
    pub high_ms: Option<u64>,
    /// Bytes that were downloaded.
    pub download_bytes: Option<u64>,
    /// Bytes of the system that it made.
    pub closure_bytes: Option<u64>,
    /// How many versions changed.
    pub changed: Option<u64>,
    /// Its longest builds, of those whose time is told.
    pub builds: Vec<BuildTime>,
}

impl Facts {
    /// Those of a run.
    pub fn of(run: &Run) -> Self {
        let verdict = verdict::verdict(run);
        Self {
            host: run.host.clone(),
            from: run.time.from.clone(),
            mood: verdict.mood,
            word: verdict.word.to_owned(),
            grade: run.time.grade,
            ms: run.time.total_s.map(format::milliseconds),
            low_ms: run.time.low_s.map(format::milliseconds),
            high_ms: run.time.high_s.map(format::milliseconds),
            download_bytes: downloads::total(run),
            closure_bytes: run.closure.as_ref().and_then(|closure| closure.new_bytes),
            changed: versions::changed(run),
            builds: builds::longest(run),
        }
    }

    /// Its time, as everywhere on the page.
    pub fn time(&self) -> TimeText {
        let seconds = |ms: Option<u64>| ms.map(|ms| ms as f64 / 1000.0);
        TimeText::of(&Span {
            grade: self.grade,
            total_s: seconds(self.ms),
            low_s: seconds(self.low_ms),
            high_s: seconds(self.high_ms),
            ..Span::unknown("")
        })
    }

    /// As keys and values; what is unknown is left out.
    pub(super) fn to_pairs(&self) -> Pairs {
        let mut pairs = Pairs::new();
        let mut add = |key: &str, value: Option<String>| {
            pairs.extend(value.map(|value| (key.to_owned(), value)));
        };
        let number = |n: Option<u64>| n.map(|n| n.to_string());
        add("host", self.host.clone());
        add("from", self.from.clone());
        add("mood", Some(slug_of(&MOODS, self.mood).to_owned()));
        add("word", Some(self.word.clone()));
        add("grade", Some(slug_of(&GRADES, self.grade).to_owned()));
        add("ms", number(self.ms));
        add("low_ms", number(self.low_ms));
        add("high_ms", number(self.high_ms));
        add("download", number(self.download_bytes));
        add("closure", number(self.closure_bytes));
        add("changed", number(self.changed));
        add("builds", builds::to_text(&self.builds));
        pairs
    }

    pub(super) fn from_pairs(pairs: Pairs) -> Self {
        let mut facts = Self::nothing();
        for (key, value) in pairs {
            let number = value.parse().ok();
            match key.as_str() {
                "host" => facts.host = Some(value),
                "from" => facts.from = Some(value),
                "mood" => facts.mood = of_slug(&MOODS, &value).unwrap_or(facts.mood),
                "word" => facts.word = value,
                "grade" => facts.grade = of_slug(&GRADES, &value).unwrap_or(facts.grade),
                "ms" => facts.ms = number,
                "low_ms" => facts.low_ms = number,
                "high_ms" => facts.high_ms = number,
                "download" => facts.download_bytes = number,
                "closure" => facts.closure_bytes = number,
                "changed" => facts.changed = number,
                "builds" => facts.builds = builds::from_text(&value),
                _ => {}
            }
        }
        facts
    }

    fn nothing() -> Self {
        Self {
            host: None,
            from: None,
            mood: Mood::Neutral,
            word: String::new(),
            grade: Grade::Unknown,
            ms: None,
            low_ms: None,
            high_ms: None,
            download_bytes: None,
            closure_bytes: None,
            changed: None,
            builds: Vec::new(),
        }
    }
}

/// Names that are kept for ever.
const MOODS: [(Mood, &str); 4] =
    [(Mood::Good, "good"), (Mood::Mixed, "mixed"), (Mood::Bad, "bad"), (Mood::Neutral, "neutral")];

/// Names that are kept for ever.
const GRADES: [(Grade, &str); 4] = [
    (Grade::Stamped, "stamped"),
    (Grade::Stated, "stated"),
    (Grade::Bounded, "bounded"),
    (Grade::Unknown, "unknown"),
];

fn slug_of<T: Copy + PartialEq>(names: &[(T, &'static str)], value: T) -> &'static str {
    names.iter().find(|(known, _)| *known == value).map_or("", |(_, slug)| slug)
}

fn of_slug<T: Copy>(names: &[(T, &'static str)], slug: &str) -> Option<T> {
    names.iter().find(|(_, known)| *known == slug).map(|(value, _)| *value)
}
