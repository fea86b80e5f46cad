//! The versions in the plan of a log that compares nothing: asked of a program that is loaded for
//! such a log alone.

use std::sync::Arc;

use analyzer::Report;
use analyzer::report::{ChangeSource, Run};

use crate::browser::clock;
use crate::browser::task::{Program, Tasks};
use crate::kept::list::{Row, Stored, by_host};
use crate::protocol::report::take_in_turns;
use crate::protocol::{self, PlanQuestion};

/// A report with the versions of the plan in it.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The report.
    pub report: Arc<Report>,
    /// The same as bytes, for programs beside the page.
    pub bytes: Arc<[u8]>,
}

/// Whether a run compares nothing and has something in its plan.
pub fn is_for(run: &Run) -> bool {
    let is_idle = run.derivations.is_empty() && run.fetches.is_empty() && run.changes.is_empty();
    let is_open = run.changes.iter().all(|change| change.source == ChangeSource::Plan);
    is_open && run.closure.is_none() && !is_idle
}

/// The report with the versions of the plan of one of its runs, and with the old ones from an
/// earlier run: its index, and the bytes of its report.
///
/// # Errors
///
/// A sentence that says why they cannot be had.
pub async fn planned(
    report: &[u8],
    run: usize,
    earlier: Option<(usize, Vec<u8>)>,
) -> Result<Planned, String> {
    let earlier = earlier.map(|(run, report)| (index(run), report));
    let question = PlanQuestion { run: index(run), earlier };
    let mut request = protocol::to_bytes(&question).unwrap_or_default();
    request.extend(report);
    let answer = async { Tasks::start()?.run(Program::Plan, &request).await };
    let bytes = answer.await.map_err(|error| error.to_string())?;
    let (report, _) = take_in_turns(&bytes, clock::next_task).await.ok_or(NO_ANSWER)?;
    Ok(Planned { report: Arc::new(report), bytes: bytes.into() })
}

const NO_ANSWER: &str = "The versions of this report could not be found. Reload the page.";

fn index(run: usize) -> u32 {
    u32::try_from(run).unwrap_or(u32::MAX)
}

/// The runs of kept reports that may be earlier ones of the same system, newest first: those of
/// the same host, or of all hosts if the log names none.
pub fn earlier(run: &Run, all: &[Stored], own: Option<u32>) -> Vec<Row> {
    let others: Vec<Stored> = all.iter().filter(|it| Some(it.id) != own).cloned().collect();
    let hosts = by_host(&others).into_iter();
    let hosts = hosts.filter(|host| run.host.is_none() || host.name == run.host);
    hosts.flat_map(|host| host.rows).filter(|row| is_before(row, run)).collect()
}

/// Whether the row may be before the run: only clocks can say that it is not.
fn is_before(row: &Row, run: &Run) -> bool {
    match (&row.facts.from, &run.time.from) {
        (Some(row), Some(run)) => row < run,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kept::Kept;
    use crate::kept::facts::Facts;
    use crate::testing;

    fn run(host: &str, from: &str) -> Run {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let mut run = Run { host: some(host), ..testing::run() };
        run.time.from = some(from);
        run
    }

    #[track_caller]
    fn check(run: &Run, own: Option<u32>, expected: &[u32]) {
        let runs = [
            self::run("laptop", "2025-03-01"),
            self::run("laptop", "2025-03-09"),
            self::run("server", "2025-03-05"),
            self::run("laptop", ""),
        ];
        let stored = |(id, run): (u32, &Run)| {
            let (at, link) = ("2025-03-02".to_owned(), "r1a".to_owned());
            let runs = vec![Facts::of(run)];
            Stored { id, kept: Kept { at, label: String::new(), link, runs } }
        };
        let all: Vec<Stored> = (1..).zip(&runs).map(stored).collect();
        let found: Vec<u32> = earlier(run, &all, own).iter().map(|row| row.id).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn only_earlier_runs_of_the_same_host_count() {
        check(&run("laptop", "2025-03-07"), None, &[4, 1]);
        check(&run("laptop", ""), None, &[2, 4, 1]);
        check(&run("laptop", ""), Some(2), &[4, 1]);
        check(&run("desktop", ""), None, &[]);
    }

    #[test]
    fn where_no_host_is_named_all_are_offered() {
        check(&run("", "2025-03-07"), None, &[4, 1, 3]);
    }
}
