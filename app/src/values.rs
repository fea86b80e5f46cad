//! The values of a report that articles and margin notes fill in.

use std::sync::Arc;

use analyzer::Report;
use analyzer::report::{
    Axis, Derivation, DerivationKind, DerivationStatus, Outcome, RebootVerdict, Run,
};
use content::Value;

use crate::format;
use crate::summary::builds::Counts;
use crate::summary::{downloads, failures, inputs, switch, versions, warnings};

/// The values of one run of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    report: Arc<Report>,
    run: usize,
}

impl Values {
    /// The values of the run with this index; the first has index `0`.
    pub fn of(report: Arc<Report>, run: usize) -> Self {
        Self { report, run }
    }

    /// The value of this name; `None` where the log does not tell it, and for names that
    /// are not in [`content::VALUES`].
    pub fn get(&self, name: &str) -> Option<Value> {
        if name == "lines" {
            return Some(Value::Count(self.report.source.lines.into()));
        }
        let run = self.report.runs.get(self.run)?;
        word(run, name)
            .map(|word| Value::Text(word.to_owned()))
            .or_else(|| count(run, name).map(Value::Count))
            .or_else(|| text(run, name).map(Value::Text))
    }
}

/// Words of conditions.
fn word(run: &Run, name: &str) -> Option<&'static str> {
    match name {
        "outcome" => Some(match run.outcome {
            Outcome::Succeeded => "succeeded",
            Outcome::Failed => "failed",
            Outcome::Interrupted => "interrupted",
            Outcome::DryRun => "dry_run",
            Outcome::Unknown => "unknown",
        }),
        "activated" => run.activated.map(|it| if it { "yes" } else { "no" }),
        "reboot_verdict" => Some(match run.reboot.verdict {
            RebootVerdict::Needed => "needed",
            RebootVerdict::Advised => "advised",
            RebootVerdict::NoSign => "no_sign",
            RebootVerdict::Unknown => "unknown",
        }),
        "time_axis" => Some(match run.timeline.axis {
            Axis::Time => "time",
            Axis::Order => "order",
        }),
        _ => None,
    }
}

fn count(run: &Run, name: &str) -> Option<u64> {
    let of_kind = |is_kind: fn(DerivationKind) -> bool| {
        // Without the builds, their kinds are not known.
        let is_named = !run.derivations.is_empty() || Counts::of(run).built == 0;
        is_named.then(|| built(run).filter(|it| is_kind(it.kind)).count() as u64)
    };
    match name {
        "built" => Some(Counts::of(run).built),
        "built_configuration" => of_kind(is_configuration),
        "built_software" => of_kind(is_software),
        "fetched" => Some(downloads::copied(run)),
        "versions_changed" => versions::changed(run),
        "inputs_changed" => Some(inputs::moved(run)),
        "failed" => Some(failures::numbers(run).0),
        "blocked" => Some(Counts::of(run).blocked),
        "warnings" => Some(warnings::different(run)),
        _ => units(run, name),
    }
}

fn units(run: &Run, name: &str) -> Option<u64> {
    let counted = switch::counted(run).unwrap_or_default();
    let units = &run.activation.as_ref()?.units;
    let (listed, counted) = match name {
        "units_restarted" => (&units.restarted, counted.restarted),
        "units_not_restarted" => (&units.not_restarted, counted.not_restarted),
        "units_failed" => (&units.failed, counted.failed),
        _ => return None,
    };
    // A link has the one or the other.
    Some(u64::from(counted) + listed.len() as u64)
}

fn text(run: &Run, name: &str) -> Option<String> {
    let plan = run.plan.as_ref();
    match name {
        "total_time" => run.time.total_s.map(format::duration),
        "longest_build" => longest_build(run).map(|(build, _)| label(build)),
        "longest_build_time" => longest_build(run).map(|(_, seconds)| format::duration(seconds)),
        "download_size" => plan?.download_bytes.map(format::size),
        "unpacked_size" => plan?.unpacked_bytes.map(format::size),
        "store" => main_store(run),
        "root_name" => {
            let root = run.failures.iter().find(|failure| failure.root)?;
            Some(with_version(root.name.as_ref()?, root.version.as_deref()))
        }
        "kernel_old" => Some(kernel(run)?.old.first()?.clone()),
        "kernel_new" => Some(kernel(run)?.new.first()?.clone()),
        "generation" => Some(run.system.as_ref()?.generation?.to_string()),
        _ => None,
    }
}

fn built(run: &Run) -> impl Iterator<Item = &Derivation> {
    run.derivations.iter().filter(|derivation| derivation.status == DerivationStatus::Built)
}

fn is_configuration(kind: DerivationKind) -> bool {
    matches!(kind, DerivationKind::Configuration | DerivationKind::System)
}

fn is_software(kind: DerivationKind) -> bool {
    matches!(kind, DerivationKind::Software | DerivationKind::KernelOrInitrd)
}

fn longest_build(run: &Run) -> Option<(&Derivation, f64)> {
    let timed = built(run).filter_map(|build| Some((build, build.time.as_ref()?.total_s?)));
    timed.max_by(|(_, a), (_, b)| a.total_cmp(b))
}

fn label(build: &Derivation) -> String {
    with_version(&build.name, build.version.as_deref())
}

fn with_version(name: &str, version: Option<&str>) -> String {
    match version {
        Some(version) => [name, version].join(" "),
        None => name.to_owned(),
    }
}

/// The host of the store that gave most paths; the first of equals.
fn main_store(run: &Run) -> Option<String> {
    let mut stores: Vec<(&str, usize)> = Vec::new();
    for store in run.fetches.iter().filter_map(|fetch| fetch.store.as_deref()) {
        match stores.iter_mut().find(|(known, _)| *known == store) {
            Some((_, count)) => *count += 1,
            None => stores.push((store, 1)),
        }
    }
    let most = stores.iter().map(|(_, count)| *count).max()?;
    let (store, _) = stores.into_iter().find(|(_, count)| *count == most)?;
    Some(store.split_once("://").map_or(store, |(_, host)| host).trim_end_matches('/').to_owned())
}

fn kernel(run: &Run) -> Option<&analyzer::report::Change> {
    run.changes.iter().find(|change| change.name == "linux")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;
    use analyzer::report::{Activation, FailureClass, FetchStatus, Plan, Source, System};
    use content::Kind;

    fn values(run: Run) -> Values {
        let source = Source { lines: 1764, ..Source::default() };
        let report = Report {
            schema: analyzer::report::SCHEMA,
            source,
            runs: vec![run],
            findings: Vec::new(),
            notes: Vec::new(),
        };
        Values::of(Arc::new(report), 0)
    }

    /// A run that tells as much as a log can.
    fn full_run() -> Run {
        let mut run = testing::run();
        run.activated = Some(true);
        run.time.total_s = Some(742.0);
        let mut slow = testing::built("ollama");
        slow.version = Some("0.6.0".to_owned());
        slow.time = Some(testing::stamped(544.0));
        let mut file = testing::built("unit-nginx.service");
        file.kind = DerivationKind::Configuration;
        run.derivations = vec![slow, file];
        run.fetches = ["https://a.org", "https://cache.nixos.org/", "https://cache.nixos.org/"]
            .map(|store| testing::fetch("mesa", Some(store), FetchStatus::Copied, None))
            .into();
        run.plan = Some(Plan {
            download_bytes: Some(5 << 30),
            unpacked_bytes: Some(9 << 30),
            ..Plan::default()
        });
        run.changes = vec![testing::change("linux", "6.12.18", "6.12.19")];
        let mut failure = testing::failure(FailureClass::BuilderExit);
        failure.name = Some("docker".to_owned());
        run.failures = vec![failure];
        run.activation = Some(Activation::default());
        run.system = Some(System { generation: Some(214), ..System::default() });
        run
    }

    #[test]
    fn every_value_that_an_article_may_use_is_told_by_a_full_report() {
        let values = values(full_run());
        for value in content::VALUES {
            let told = values.get(value.name);
            let fits = match (value.kind, &told) {
                (Kind::Count, Some(Value::Count(_))) | (Kind::Text, Some(Value::Text(_))) => true,
                (Kind::Word(words), Some(Value::Text(word))) => words.contains(&word.as_str()),
                _ => false,
            };
            assert!(fits, "{} is {told:?}", value.name);
        }
    }

    #[track_caller]
    fn check(run: Run, name: &str, expected: Option<&Value>) {
        assert_eq!(values(run).get(name).as_ref(), expected, "{name}");
    }

    fn words(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn values_are_ready_to_be_read() {
        check(full_run(), "longest_build", Some(&words("ollama 0.6.0")));
        check(full_run(), "longest_build_time", Some(&words("9 min 4 s")));
        check(full_run(), "store", Some(&words("cache.nixos.org")));
        check(full_run(), "built_configuration", Some(&Value::Count(1)));
        check(full_run(), "kernel_new", Some(&words("6.12.19")));
        check(full_run(), "generation", Some(&words("214")));
    }

    #[test]
    fn what_the_log_does_not_tell_is_unknown() {
        for name in ["total_time", "versions_changed", "units_failed", "store", "no_such_name"] {
            check(testing::run(), name, None);
        }
    }
}
