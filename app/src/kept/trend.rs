//! How a figure of a host went from run to run.

use super::facts::Facts;
use super::list::Row;
use crate::format;

/// A figure of the runs of a host, the oldest run first.
#[derive(Clone, Debug)]
pub struct Trend {
    /// What it is: `Time`.
    pub name: &'static str,
    /// What it was in each run of which it is known.
    pub values: Vec<u64>,
    /// In how many runs it is not known.
    pub n_unknown: u64,
    /// How it is written.
    text: Text,
}

/// How a number is written.
type Text = fn(u64) -> String;

/// A figure of a run, if it is known.
type Figure = fn(&Facts) -> Option<u64>;

/// The figures of which there are two or more to compare; `rows` are newest first.
pub fn trends(rows: &[Row]) -> Vec<Trend> {
    let duration = |ms: u64| format::duration(ms as f64 / 1000.0);
    let all: [(&str, Figure, Text); 3] = [
        ("Time", Facts::told_ms, duration),
        ("Download", |facts| facts.download_bytes, format::size),
        ("System", |facts| facts.closure_bytes, format::size),
    ];
    let trend = |(name, of, text): (&'static str, Figure, Text)| {
        // What a run that was given up took says nothing of the others.
        let runs = rows.iter().rev().map(|row| &row.facts).filter(|facts| facts.is_whole());
        let known: Vec<Option<u64>> = runs.map(of).collect();
        let values: Vec<u64> = known.iter().flatten().copied().collect();
        let n_unknown = (known.len() - values.len()) as u64;
        (values.len() > 1).then_some(Trend { name, values, n_unknown, text })
    };
    all.into_iter().filter_map(trend).collect()
}

impl Trend {
    /// What the chart shows: `5 runs, from 8 min to 12 min; the last one 10 min.`
    pub fn sentence(&self) -> String {
        let text = |value: Option<&u64>| value.map(|value| (self.text)(*value)).unwrap_or_default();
        let (least, most) = (text(self.values.iter().min()), text(self.values.iter().max()));
        let mut sentence = format::counted(self.values.len() as u64, "run", "runs");
        if least == most {
            sentence += &[", ", &least, " each."].concat();
        } else {
            let newest = text(self.values.last());
            sentence +=
                &[", from ", &least, " to ", &most, "; the last one ", &newest, "."].concat();
        }
        if self.n_unknown > 0 {
            sentence += &[" Not known of ", &format::count(self.n_unknown), " more."].concat();
        }
        sentence
    }

    /// The heights of its bars in percent of the chart; the highest is 100.
    pub fn heights(&self) -> Vec<u64> {
        let most = self.values.iter().copied().max().unwrap_or(0).max(1);
        self.values.iter().map(|value| (value * 100).div_ceil(most)).collect()
    }
}

#[cfg(test)]
mod tests {
    use analyzer::report::Grade;

    use super::*;
    use crate::summary::verdict::Mood;
    use crate::testing;

    fn row(mood: Mood, grade: Grade, ms: u64, download_bytes: Option<u64>) -> Row {
        let facts =
            Facts { mood, grade, ms: Some(ms), download_bytes, ..Facts::of(&testing::run()) };
        let [label, at] = ["a.log", "2025-03-01"].map(str::to_owned);
        Row { id: 1, label, at, run: 0, facts }
    }

    #[test]
    fn figures_go_from_the_oldest_run_to_the_newest() {
        let rows = [
            row(Mood::Good, Grade::Stamped, 600_000, Some(3 << 20)),
            row(Mood::Bad, Grade::Stamped, 1_000, None),
            row(Mood::Good, Grade::Bounded, 5_000, None),
            row(Mood::Mixed, Grade::Stated, 300_000, Some(3 << 20)),
        ];
        let [time, download] = &trends(&rows)[..] else { panic!("expected two trends") };
        assert_eq!((time.name, &time.values[..]), ("Time", &[300_000, 600_000][..]));
        assert_eq!(time.heights(), [50, 100]);
        assert_eq!(
            time.sentence(),
            "2 runs, from 5 min to 10 min; the last one 10 min. Not known of 1 more."
        );
        assert_eq!(download.sentence(), "2 runs, 3.00 MiB each. Not known of 1 more.");
    }

    #[test]
    fn one_run_is_no_trend_and_nothing_has_no_height() {
        assert!(trends(&[row(Mood::Good, Grade::Stamped, 1, Some(1))]).is_empty());
        let rows = [
            row(Mood::Good, Grade::Unknown, 0, Some(0)),
            row(Mood::Good, Grade::Unknown, 0, Some(0)),
        ];
        assert_eq!(trends(&rows)[0].heights(), [0, 0]);
    }
}
