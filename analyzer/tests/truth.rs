//! Times that are read or estimated against times of arrival.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::{Write as _, stderr};

use analyzer::report::{Derivation, Report, Run, Span, Timeline};

#[path = "support/human.rs"]
mod human;
#[path = "support/reading.rs"]
mod reading;
#[path = "support/truth.rs"]
mod truth;

use human::{Style, human};
use reading::{defects, read};
use truth::{Arrival, Interval, Pair, arrivals, builds, pairs};

/// Stamps are read to the millisecond.
const TOLERANCE_S: f64 = 0.0021;
/// Those of the journal are whole seconds.
const JOURNAL_TOLERANCE_S: f64 = 1.0;

fn say(line: &str) {
    // Nobody can be told if this fails, and nothing depends on it.
    let _ = writeln!(stderr(), "{line}");
}

fn present() -> Vec<Pair> {
    let (pairs, missing) = pairs();
    for folder in missing {
        say(&format!("skipped: there is no {folder}"));
    }
    assert!(!pairs.is_empty(), "there are no stamped logs");
    pairs
}

fn tolerance_s(pair: &Pair) -> f64 {
    if pair.name.contains("journal") { JOURNAL_TOLERANCE_S } else { TOLERANCE_S }
}

/// The report without anything that a clock tells.
fn timeless(log: &str) -> Report {
    let mut report = read(log.as_bytes());
    report.source.bytes = 0;
    report.source.envelopes.clear();
    report.findings.clear();
    report.runs.iter_mut().for_each(forget_times);
    report
}

fn forget_times(run: &mut Run) {
    run.time = Span::unknown("");
    run.host = None;
    run.timeline = Timeline::of_order();
    for stage in &mut run.stages {
        stage.from_s = None;
        stage.time = Span::unknown("");
    }
    run.derivations.iter_mut().for_each(forget_time);
}

fn forget_time(derivation: &mut Derivation) {
    derivation.time = None;
    derivation.from_s = None;
    derivation.silence = None;
    derivation.drag_s = None;
    derivation.phases.iter_mut().for_each(|phase| phase.time = None);
}

/// The first thing in which two reports differ.
fn difference(left: &Report, right: &Report) -> Option<String> {
    if left == right {
        return None;
    }
    let (left, right) = (format!("{left:#?}"), format!("{right:#?}"));
    let pair = left.lines().zip(right.lines()).enumerate().find(|(_, (a, b))| a != b);
    Some(pair.map_or("one is longer".to_owned(), |(line, (a, b))| {
        format!("line {line}: {} / {}", a.trim(), b.trim())
    }))
}

#[test]
fn stamps_change_nothing_but_times() {
    let mut complaints = String::new();
    for pair in present() {
        if let Some(why) = difference(&timeless(&pair.stamped), &timeless(&pair.bare)) {
            writeln!(complaints, "{}: {why}", pair.name).expect("a string grows");
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}

#[test]
fn times_from_stamps_are_those_of_arrival() {
    let mut complaints = String::new();
    for pair in present() {
        let arrivals = arrivals(&pair.stamped).expect("a stamp on every line");
        let truth = builds(&arrivals);
        let report = read(pair.stamped.as_bytes());
        for run in &report.runs {
            if let Some(why) = wrong_length(run, &arrivals, tolerance_s(&pair)) {
                writeln!(complaints, "{}: {why}", pair.name).expect("a string grows");
            }
        }
        for derivation in derivations(&report) {
            let Some(interval) = derivation.drv.as_ref().and_then(|drv| truth.get(drv)) else {
                continue;
            };
            if let Some(why) = contradiction(derivation, *interval, tolerance_s(&pair)) {
                writeln!(complaints, "{} {}: {why}", pair.name, derivation.name)
                    .expect("a string grows");
            }
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}

fn derivations(report: &Report) -> impl Iterator<Item = &Derivation> {
    report.runs.iter().flat_map(|run| &run.derivations)
}

/// What is wrong with the time of a run, by the arrival of the lines that it was read from.
fn wrong_length(run: &Run, arrivals: &[Arrival<'_>], tolerance_s: f64) -> Option<String> {
    let (first, last) = (run.time.lines.first()?, run.time.lines.last()?);
    let at = |line: u32| arrivals[line as usize - 1].second;
    let (seconds, total_s) = (at(last) - at(first), run.time.total_s);
    let is_right = total_s.is_some_and(|total_s| (total_s - seconds).abs() <= tolerance_s);
    (!is_right).then(|| format!("takes {total_s:?}, expected {seconds}"))
}

/// What is wrong with the times of a build that has stamps.
fn contradiction(found: &Derivation, truth: Interval, tolerance_s: f64) -> Option<String> {
    if found.from_s.is_none_or(|from_s| (from_s - truth.from_s).abs() > tolerance_s) {
        return Some(format!("begins at {:?}, expected {}", found.from_s, truth.from_s));
    }
    let seconds = truth.to_s? - truth.from_s;
    let total_s = found.time.as_ref().and_then(|time| time.total_s);
    let is_right = total_s.is_some_and(|total_s| (total_s - seconds).abs() <= tolerance_s);
    (!is_right).then(|| format!("takes {total_s:?}, expected {seconds}"))
}

/// Counts of one kind of log.
#[derive(Default)]
struct Row {
    logs: usize,
    builds: usize,
    exact: usize,
    bounded: usize,
    inside: usize,
    /// Seconds between the bounds where there are both.
    width_s: f64,
    n_widths: usize,
}

impl Row {
    fn take(&mut self, log: &str, truth: &BTreeMap<String, Interval>, complaints: &mut String) {
        self.logs += 1;
        let report = read(log.as_bytes());
        assert_eq!(defects(log.as_bytes(), &report), Vec::<String>::new());
        for derivation in derivations(&report) {
            let interval = derivation.drv.as_ref().and_then(|drv| truth.get(drv));
            let Some(seconds) = interval.and_then(|it| Some(it.to_s? - it.from_s)) else {
                continue;
            };
            self.builds += 1;
            self.judge(derivation, seconds, complaints);
        }
    }

    fn judge(&mut self, derivation: &Derivation, seconds: f64, complaints: &mut String) {
        let Some(time) = &derivation.time else { return };
        self.exact += usize::from(time.total_s.is_some());
        self.bounded += 1;
        if let (Some(low_s), Some(high_s)) = (time.low_s.or(Some(0.0)), time.high_s) {
            self.width_s += high_s - low_s;
            self.n_widths += 1;
        }
        let is_inside = time.low_s.is_none_or(|low_s| low_s <= seconds + TOLERANCE_S)
            && time.high_s.is_none_or(|high_s| seconds <= high_s + TOLERANCE_S);
        self.inside += usize::from(is_inside);
        if !is_inside {
            writeln!(
                complaints,
                "{}: {:?} to {:?} ({}), took {seconds}",
                derivation.name, time.low_s, time.high_s, time.because
            )
            .expect("a string grows");
        }
    }
}

#[test]
fn estimates_hold_the_truth() {
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    let mut complaints = String::new();
    for pair in present().iter().filter(|pair| pair.bare.contains("@nix {")) {
        let arrivals = arrivals(&pair.stamped).expect("a stamp on every line");
        let truth = builds(&arrivals);
        let took_s = arrivals.last().map_or(0.0, |last| last.second - arrivals[0].second);
        for names in [false, true] {
            let stamped = human(&arrivals, Style { stamps: true, names });
            let bare = human(&arrivals, Style { stamps: false, names });
            let stated =
                format!("{bare}\nreal\t{}m{:.3}s\n", (took_s / 60.0).floor(), took_s % 60.0);
            // The jobs that each run was started with are in its command.
            let jobs = format!("$ nix build -j2\n{bare}");
            let jobs_stamped =
                format!("{} $ nix build -j2\n{stamped}", human::clock(arrivals[0].second));
            let logs = [
                ("bare", bare),
                ("total stated", stated),
                ("stamped", stamped),
                ("jobs known", jobs),
                ("stamped, jobs known", jobs_stamped),
            ];
            for (kind, log) in logs {
                let kind = if names { format!("{kind}, names") } else { kind.to_owned() };
                rows.entry(kind).or_default().take(&log, &truth, &mut complaints);
            }
        }
    }
    say("log                        logs builds bounded exact inside  mean width");
    for (kind, row) in &rows {
        say(&format!(
            "{kind:26} {:4} {:6} {:7} {:5} {:6} {:9.2} s",
            row.logs,
            row.builds,
            row.bounded,
            row.exact,
            row.inside,
            row.width_s / row.n_widths.max(1) as f64
        ));
        assert!(row.inside * 100 >= row.bounded * 95, "{kind}: {complaints}");
    }
    say(&complaints);
}

/// What stdenv and the programs in builds print is in whole seconds.
const PRINTED_TOLERANCE_S: f64 = 1.0;

#[test]
fn printed_times_fit_between_the_stamps() {
    let (mut complaints, mut n_checked) = (String::new(), 0);
    for pair in present() {
        let arrivals = arrivals(&pair.stamped).expect("a stamp on every line");
        let truth = builds(&arrivals);
        let took_s = arrivals.last().map_or(0.0, |last| last.second - arrivals[0].second);
        for derivation in derivations(&read(pair.bare.as_bytes())) {
            let interval = derivation.drv.as_ref().and_then(|drv| truth.get(drv));
            let low_s = derivation.time.as_ref().and_then(|time| time.low_s);
            let Some((interval, low_s)) = interval.zip(low_s) else { continue };
            n_checked += 1;
            let most_s = interval.to_s.unwrap_or(took_s) - interval.from_s;
            if low_s > most_s + PRINTED_TOLERANCE_S {
                writeln!(complaints, "{} {}: {low_s} of {most_s}", pair.name, derivation.name)
                    .expect("a string grows");
            }
        }
    }
    say(&format!("times printed in builds: {n_checked}"));
    assert!(n_checked > 0, "no log has a build that says how long it took");
    assert!(complaints.is_empty(), "{complaints}");
}
