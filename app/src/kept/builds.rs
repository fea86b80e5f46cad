//! How long builds took, as it is kept of a run.

use analyzer::report::{DerivationKind, DerivationStatus, Grade, Run};

use crate::format;
use crate::sorting;

/// So many builds of a run are kept, the longest.
const MAX_KEPT: usize = 40;

/// Shorter builds, in milliseconds, are of no use to know before.
const MIN_MS: u64 = 10_000;

/// How long a package took to build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildTime {
    /// The package, without version.
    pub name: String,
    /// In milliseconds.
    pub ms: u64,
}

/// The longest builds of a run, of those whose time the log tells and does not only bound.
pub fn longest(run: &Run) -> Vec<BuildTime> {
    let built = run.derivations.iter().filter(|derivation| {
        derivation.status == DerivationStatus::Built
            && derivation.kind != DerivationKind::Configuration
    });
    let times: Vec<BuildTime> = built
        .filter_map(|derivation| {
            let time = derivation.time.as_ref()?;
            let is_told = matches!(time.grade, Grade::Stamped | Grade::Stated);
            let ms = time.total_s.filter(|_| is_told).map(format::milliseconds)?;
            (ms >= MIN_MS).then(|| BuildTime { name: derivation.name.clone(), ms })
        })
        .collect();
    let mut times = sorting::sorted(&times, |a, b| b.ms.cmp(&a.ms));
    times.truncate(MAX_KEPT);
    times
}

/// `ollama 287000,linux 91000`: neither a blank nor a comma is in the name of a package.
pub(super) fn to_text(builds: &[BuildTime]) -> Option<String> {
    let one = |BuildTime { name, ms }: &BuildTime| [name, " ", &ms.to_string()].concat();
    (!builds.is_empty()).then(|| builds.iter().map(one).collect::<Vec<_>>().join(","))
}

pub(super) fn from_text(text: &str) -> Vec<BuildTime> {
    let one = |text: &str| {
        let (name, ms) = text.split_once(' ')?;
        Some(BuildTime { name: name.to_owned(), ms: ms.parse().ok()? })
    };
    text.split(',').filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use analyzer::report::Derivation;

    use super::*;
    use crate::testing;

    #[test]
    fn only_times_that_the_log_tells_are_kept_longest_first() {
        let timed = |name, time| Derivation { time: Some(time), ..testing::built(name) };
        let failed = Derivation {
            status: DerivationStatus::Failed,
            ..timed("failed", testing::stamped(90.0))
        };
        let configuration = Derivation {
            kind: DerivationKind::Configuration,
            ..timed("etc", testing::stamped(90.0))
        };
        let run = Run {
            derivations: vec![
                timed("short", testing::stamped(9.0)),
                timed("linux", testing::stamped(91.0)),
                timed("ollama", testing::stamped(287.0)),
                timed("bounded", testing::at_least(90.0)),
                testing::built("unknown"),
                failed,
                configuration,
            ],
            ..testing::run()
        };
        let text = to_text(&longest(&run)).unwrap();
        assert_eq!(text, "ollama 287000,linux 91000");
        assert_eq!(from_text(&text), longest(&run));
    }

    #[test]
    fn text_that_is_none_is_nothing() {
        assert_eq!(to_text(&[]), None);
        assert_eq!(from_text(""), []);
        assert_eq!(from_text("a,b x,c 3"), [BuildTime { name: "c".to_owned(), ms: 3 }]);
    }
}
