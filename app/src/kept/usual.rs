//! What a host usually takes, by the reports that are kept of it, beside what a run took.

use analyzer::report::{Derivation, DerivationStatus, Grade, Run};

use super::builds;
use super::facts::Facts;
use super::list::{Stored, by_host};
use crate::format;
use crate::sorting;
use crate::summary::verdict::Mood;

/// From so many runs on, something is usual.
const MIN_RUNS: usize = 2;

/// Of so many packages it is said.
const MAX_PACKAGES: usize = 3;

/// A time beside the usual one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usual {
    /// The package that is built; `None` for the whole run.
    pub package: Option<String>,
    /// What it took in this run, in milliseconds; `None` if the log does not tell, as of a build
    /// that is still to come.
    pub now_ms: Option<u64>,
    /// The median of the others, in milliseconds.
    pub usual_ms: u64,
    /// Of how many runs.
    pub n: u64,
}

/// The usual times of what this run does: of the whole and of the builds that take longest, by the
/// other kept runs of the same host. `own` is the number of this report if it is kept.
pub fn usual(run: &Run, all: &[Stored], own: Option<u32>) -> Vec<Usual> {
    let others: Vec<Stored> = all.iter().filter(|it| Some(it.id) != own).cloned().collect();
    let host = by_host(&others).into_iter().find(|host| host.name == run.host);
    let facts: Vec<Facts> = host
        .into_iter()
        .flat_map(|host| host.rows)
        .map(|row| row.facts)
        // The same run may be kept from another log.
        .filter(|facts| facts.from.is_none() || facts.from != run.time.from)
        .collect();
    whole(run, &facts).into_iter().chain(packages(run, &facts)).collect()
}

/// Of the whole run, if it came to its end as the others did.
fn whole(run: &Run, facts: &[Facts]) -> Option<Usual> {
    let own = Facts::of(run);
    let now_ms = own.told_ms().filter(|_| own.is_whole())?;
    let times = facts.iter().filter(|facts| facts.word == own.word).filter_map(Facts::told_ms);
    let (usual_ms, n) = median(&times.collect::<Vec<_>>())?;
    Some(Usual { package: None, now_ms: Some(now_ms), usual_ms, n })
}

fn packages(run: &Run, facts: &[Facts]) -> Vec<Usual> {
    let now = builds::longest(run);
    let mut found: Vec<Usual> = Vec::new();
    for derivation in run.derivations.iter().filter(|derivation| is_of_interest(derivation)) {
        let name = &derivation.name;
        if found.iter().any(|usual| usual.package.as_ref() == Some(name)) {
            continue;
        }
        // A run that builds a package twice, as for two systems, says it twice.
        let times = facts.iter().flat_map(|facts| &facts.builds);
        let times = times.filter(|build| build.name == *name).map(|build| build.ms);
        let Some((usual_ms, n)) = median(&times.collect::<Vec<_>>()) else { continue };
        let now_ms = now.iter().find(|build| build.name == *name).map(|build| build.ms);
        let is_open = derivation.status != DerivationStatus::Built;
        if now_ms.is_some() || is_open {
            found.push(Usual { package: Some(name.clone()), now_ms, usual_ms, n });
        }
    }
    let mut found = sorting::sorted(&found, |a, b| b.usual_ms.cmp(&a.usual_ms));
    found.truncate(MAX_PACKAGES);
    found
}

/// Whether it was built, or is to be: of what failed, no time says anything.
fn is_of_interest(derivation: &Derivation) -> bool {
    use DerivationStatus::{Building, Built, Planned};
    matches!(derivation.status, Built | Building | Planned)
}

impl Facts {
    /// The time in milliseconds that the log tells, rather than bounds.
    pub fn told_ms(&self) -> Option<u64> {
        self.ms.filter(|_| matches!(self.grade, Grade::Stamped | Grade::Stated))
    }

    /// Whether the run came to its end.
    pub fn is_whole(&self) -> bool {
        matches!(self.mood, Mood::Good | Mood::Mixed)
    }
}

/// The one in the middle, or the middle of two, and how many there are; `None` of too few.
fn median(times: &[u64]) -> Option<(u64, u64)> {
    let n = times.len();
    let sorted = sorting::sorted(times, Ord::cmp);
    let middle = match n {
        ..MIN_RUNS => return None,
        n if n % 2 == 1 => sorted[n / 2],
        n => sorted[n / 2 - 1].midpoint(sorted[n / 2]),
    };
    Some((middle, n as u64))
}

impl Usual {
    /// `ollama took 4 min 47 s; here it usually takes 8 min.`
    pub fn sentence(&self) -> String {
        let time = |ms: u64| format::duration(ms as f64 / 1000.0);
        let name = self.package.as_deref().unwrap_or("The whole run");
        let usual = time(self.usual_ms);
        match self.now_ms {
            Some(now_ms) => {
                [name, " took ", &time(now_ms), "; here it usually takes ", &usual, "."].concat()
            }
            None => [name, " usually takes ", &usual, " here."].concat(),
        }
    }

    /// `Median of 4 kept runs.`
    pub fn reason(&self) -> String {
        ["Median of ", &format::count(self.n), " kept runs."].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kept::Kept;
    use crate::testing;

    fn run(host: &str, seconds: f64, builds: &[(&str, f64)]) -> Run {
        let built = |(name, seconds): &(&str, f64)| Derivation {
            time: Some(testing::stamped(*seconds)),
            ..testing::built(name)
        };
        Run {
            host: Some(host.to_owned()),
            outcome: analyzer::report::Outcome::Succeeded,
            activated: Some(true),
            time: testing::stamped(seconds),
            derivations: builds.iter().map(built).collect(),
            ..testing::run()
        }
    }

    fn stored(runs: &[Run]) -> Vec<Stored> {
        let kept = |(id, run): (u32, &Run)| {
            let runs = vec![Facts::of(run)];
            let [at, label, link] = ["2025-03-01", "a.log", "r1a"].map(str::to_owned);
            Stored { id, kept: Kept { at, label, link, runs } }
        };
        (1..).zip(runs).map(kept).collect()
    }

    fn said(run: &Run, all: &[Stored], own: Option<u32>) -> Vec<String> {
        usual(run, all, own).iter().map(Usual::sentence).collect()
    }

    #[test]
    fn a_run_is_put_beside_the_median_of_its_host() {
        let all = stored(&[
            run("laptop", 500.0, &[("ollama", 480.0)]),
            run("laptop", 700.0, &[("ollama", 500.0)]),
            run("laptop", 600.0, &[("hello", 20.0)]),
            run("server", 60.0, &[("ollama", 10.0)]),
        ]);
        let now = run("laptop", 742.0, &[("ollama", 287.0), ("hello", 30.0)]);
        let expected = [
            "The whole run took 12 min 22 s; here it usually takes 10 min.",
            "ollama took 4 min 47 s; here it usually takes 8 min 10 s.",
        ];
        assert_eq!(said(&now, &all, None), expected);
        assert_eq!(usual(&now, &all, None)[1].reason(), "Median of 2 kept runs.");
    }

    #[test]
    fn what_is_still_to_be_built_is_expected_to_take_as_long_as_before() {
        let all = stored(&[
            run("laptop", 500.0, &[("ollama", 480.0)]),
            run("laptop", 500.0, &[("ollama", 480.0)]),
        ]);
        let mut now = run("laptop", 100.0, &[]);
        now.time = testing::unknown_time();
        let planned = DerivationStatus::Planned;
        now.derivations = vec![Derivation { status: planned, ..testing::built("ollama") }];
        assert_eq!(said(&now, &all, None), ["ollama usually takes 8 min here."]);
        now.derivations[0].status = DerivationStatus::Failed;
        assert_eq!(said(&now, &all, None), [""; 0]);
    }

    #[test]
    fn one_run_is_no_rule_and_a_run_is_not_compared_with_itself() {
        let now = run("laptop", 742.0, &[("ollama", 287.0)]);
        let twice = stored(&[now.clone(), now.clone()]);
        assert_eq!(said(&now, &twice[..1], None), [""; 0]);
        assert_eq!(said(&now, &twice, Some(2)), [""; 0]);
        assert_eq!(said(&now, &twice, None).len(), 2);
        let other = run("server", 742.0, &[("ollama", 287.0)]);
        assert_eq!(said(&other, &twice, None), [""; 0]);
    }
}
