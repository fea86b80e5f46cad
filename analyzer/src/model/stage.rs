//! The stages of a run, by the stamps on their lines.
//!
//! A stage ends with the first line of the next one: `nixos-rebuild` is silent while it evaluates.
//! Only fetching and building overlap. Whichever of the two is seen to begin something last goes on
//! to the next stage; when the other one ended, nobody knows for certain.

use super::time::{self, seconds_between};
use crate::moment::{At, Moment};
use crate::report::{Grade, Lines, Span, Stage, StageTime};

/// What is known of each stage.
#[derive(Debug, Default)]
pub(super) struct Stages {
    /// In order of their first line.
    records: Vec<Record>,
}

#[derive(Debug)]
struct Record {
    stage: Stage,
    first: Moment,
    /// The part that is not over.
    open: Option<Part>,
    lines: Lines,
    /// Seconds of the parts that are over: as far as their lines reach, and to the next stage.
    low_s: f64,
    high_s: f64,
    is_exact: bool,
    is_stamped: bool,
    /// Seconds that a tool printed.
    stated_s: Option<f64>,
}

/// An uninterrupted part of a stage.
#[derive(Clone, Copy, Debug)]
struct Part {
    first: Moment,
    last: Moment,
}

impl Stages {
    /// Takes a line that belongs to a stage.
    pub(super) fn see(&mut self, stage: Stage, at: At) {
        self.close_others(stage, at.start());
        let record = self.record(stage, at.start());
        match &mut record.open {
            Some(part) => part.last = at.end(),
            None => record.open = Some(Part { first: at.start(), last: at.end() }),
        }
    }

    /// Takes the seconds that a part of a stage took, as a tool printed them.
    pub(super) fn stated(&mut self, stage: Stage, at: At, seconds: f64) {
        let record = self.record(stage, at.start());
        record.lines.push(at.first);
        record.stated_s = Some(record.stated_s.unwrap_or(0.0) + seconds);
    }

    /// Takes a line that belongs to a stage only if nothing is fetched or built.
    pub(super) fn see_when_idle(&mut self, stage: Stage, at: At) {
        if !self.records.iter().any(|it| it.open.is_some() && is_work(it.stage)) {
            self.see(stage, at);
        }
    }

    /// Takes a line that belongs to a stage if that is not over.
    pub(super) fn go_on(&mut self, stage: Stage, at: At) {
        let record = self.records.iter_mut().find(|it| it.stage == stage);
        if let Some(part) = record.and_then(|it| it.open.as_mut()) {
            part.last = at.end();
        }
    }

    /// Takes the stages of what came before, but those that came again.
    pub(super) fn prepend(&mut self, before: Self) {
        let own = std::mem::replace(self, before);
        self.records.retain(|record| !own.records.iter().any(|it| it.stage == record.stage));
        self.records.extend(own.records);
    }

    /// Takes a line that belongs to no stage.
    pub(super) fn pause(&mut self, moment: Moment) {
        let last_work = self.last_work_line();
        for record in &mut self.records {
            record.close(moment, last_work);
        }
    }

    /// When the last build or fetch gave way to something else, or the log ended.
    pub(super) fn into_report(
        mut self,
        start: Option<Moment>,
        end: Option<Moment>,
    ) -> Vec<StageTime> {
        self.pause(end.unwrap_or(Moment { line: u32::MAX, time: None }));
        self.records.into_iter().map(|record| record.into_report(start)).collect()
    }

    fn close_others(&mut self, stage: Stage, moment: Moment) {
        let last_work = self.last_work_line();
        for record in &mut self.records {
            let overlaps = is_work(stage) && is_work(record.stage);
            if record.stage != stage && !overlaps {
                record.close(moment, last_work);
            }
        }
    }

    fn record(&mut self, stage: Stage, first: Moment) -> &mut Record {
        let index = self.records.iter().position(|it| it.stage == stage).unwrap_or_else(|| {
            self.records.push(Record::new(stage, first));
            self.records.len() - 1
        });
        &mut self.records[index]
    }

    /// The last line on which a build or a fetch began or went on.
    fn last_work_line(&self) -> u32 {
        let parts = self.records.iter().filter(|it| is_work(it.stage)).filter_map(|it| it.open);
        parts.map(|part| part.last.line).max().unwrap_or(0)
    }
}

impl Record {
    fn new(stage: Stage, first: Moment) -> Self {
        Self {
            stage,
            first,
            open: None,
            lines: Lines::default(),
            low_s: 0.0,
            high_s: 0.0,
            is_exact: true,
            is_stamped: first.time.is_some(),
            stated_s: None,
        }
    }

    fn close(&mut self, end: Moment, last_work: u32) {
        let Some(part) = self.open.take() else { return };
        self.lines.0.push([part.first.line, part.last.line]);
        let (low_s, high_s) =
            (seconds_between(part.first, part.last), seconds_between(part.first, end));
        let (Some(low_s), Some(high_s)) = (low_s, high_s) else {
            self.is_stamped = false;
            return;
        };
        self.low_s += low_s;
        self.high_s += high_s;
        self.is_exact &= !is_work(self.stage) || part.last.line == last_work;
    }

    fn into_report(self, start: Option<Moment>) -> StageTime {
        let from_s = start.and_then(|start| seconds_between(start, self.first));
        StageTime { stage: self.stage, from_s, time: self.time() }
    }

    fn time(mut self) -> Span {
        // Those of a host and those of all hosts may lie between each other.
        self.lines.tidy();
        if let Some(stated_s) = self.stated_s {
            return time::exactly(Grade::Stated, stated_s, "colmena printed it", self.lines);
        }
        if !self.is_stamped {
            return Span { lines: self.lines, ..time::unknown() };
        }
        if self.is_exact {
            let because = "stamps on its first line and on the first line of what followed";
            return time::exactly(Grade::Stamped, self.high_s, because, self.lines);
        }
        let because = "stamps on its first and its last line; what it began last ended at the latest with the next stage";
        time::bounded(time::known(self.low_s), Some(self.high_s), because, self.lines)
    }
}

/// Whether a stage may overlap with another one.
fn is_work(stage: Stage) -> bool {
    matches!(stage, Stage::Fetch | Stage::Build)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timestamp::Timestamp;

    #[track_caller]
    fn check(seen: &[(Stage, i64)], end_s: i64, expected: &[(Stage, Option<f64>, f64, f64)]) {
        let moment = |line: usize, second: i64| Moment {
            line: u32::try_from(line).unwrap() + 1,
            time: Some(Timestamp::from_millis_since_epoch(second * 1000, 0)),
        };
        let mut stages = Stages::default();
        for (line, (stage, second)) in seen.iter().enumerate() {
            stages.see(*stage, At::one(moment(line, *second)));
        }
        let end = moment(seen.len(), end_s);
        let found: Vec<_> = stages
            .into_report(Some(moment(0, 0)), Some(end))
            .into_iter()
            .map(|it| (it.stage, it.time.total_s, it.time.low_s.unwrap(), it.time.high_s.unwrap()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_stage_lasts_until_the_next_begins() {
        check(
            &[(Stage::Evaluate, 0), (Stage::Build, 20), (Stage::Build, 25), (Stage::Activate, 60)],
            65,
            &[
                (Stage::Evaluate, Some(20.0), 20.0, 20.0),
                (Stage::Build, Some(40.0), 40.0, 40.0),
                (Stage::Activate, Some(5.0), 5.0, 5.0),
            ],
        );
    }

    #[test]
    fn of_two_that_overlap_only_the_last_is_exact() {
        check(
            &[(Stage::Fetch, 0), (Stage::Build, 5), (Stage::Fetch, 7), (Stage::Build, 9)],
            30,
            &[(Stage::Fetch, None, 7.0, 30.0), (Stage::Build, Some(25.0), 25.0, 25.0)],
        );
    }

    #[test]
    fn parts_of_a_stage_are_added() {
        check(
            &[(Stage::Evaluate, 0), (Stage::Build, 2), (Stage::Evaluate, 3), (Stage::Build, 7)],
            8,
            &[(Stage::Evaluate, Some(6.0), 6.0, 6.0), (Stage::Build, Some(2.0), 2.0, 2.0)],
        );
    }
}
