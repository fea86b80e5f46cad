//! Tests of the values, and of the texts with the values of real reports.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::testing;
use analyzer::report::{Activation, FailureClass, FetchStatus, Plan, Source, StageTime, System};
use content::Kind;
use content::figure::{Bar, Facts, Package};

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
    file.time = Some(testing::stamped(1.0));
    run.stages = [Stage::Evaluate, Stage::Activate]
        .map(|stage| StageTime { stage, from_s: None, time: testing::stamped(3.0) })
        .into();
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
fn a_store_that_paths_were_sent_to_gave_none() {
    let mut run = full_run();
    for fetch in &mut run.fetches[1..] {
        fetch.direction = Direction::To;
    }
    check(run, "store", Some(&words("a.org")));
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

/// The note beside the panel of builds must not give another number than the panel.
#[test]
fn the_system_itself_is_none_of_its_configuration_files() {
    let mut run = full_run();
    let mut system = testing::built("nixos-system-desk");
    system.kind = DerivationKind::System;
    run.derivations.push(system);
    let in_panel = Counts::of(&run).configuration;
    check(run, "built_configuration", Some(&Value::Count(in_panel)));
}

#[test]
fn what_the_log_does_not_tell_is_unknown() {
    for name in ["total_time", "versions_changed", "units_failed", "store", "no_such_name"] {
        check(testing::run(), name, None);
    }
}

/// The values of the sample log, as the article on it has them.
#[test]
fn the_article_on_the_sample_has_the_values_of_its_report() {
    const PLACE: &str = "../content/samples/ollama-upgrade.toml";
    let report = report_of(&read("../public/samples/ollama-upgrade.log"));
    let values = Values::of(Arc::new(report), 0);
    let mut text = String::from(
        "# What the report of public/samples/ollama-upgrade.log says, for the article on it.\n\
         # UPDATE_SNAPSHOTS=1 cargo test -p app values writes this file.\n\n[values]\n",
    );
    for value in content::VALUES {
        match values.get(value.name) {
            Some(Value::Count(count)) => writeln!(text, "{} = {count}", value.name).unwrap(),
            Some(Value::Text(words)) => writeln!(text, "{} = {words:?}", value.name).unwrap(),
            None => {}
        }
    }
    text += &figure_of(&crate::drawing::facts(&values.report.runs[0]));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(PLACE, &text).unwrap();
    }
    assert_eq!(text, String::from_utf8(read(PLACE)).unwrap(), "{PLACE} is out of date");
}

fn figure_of(facts: &Facts) -> String {
    let Facts { configuration, software, other, fetched, .. } = facts;
    let mut text = String::from("\n[figure]\n");
    let mut line = |name: &str, value: &dyn std::fmt::Debug| {
        writeln!(text, "{name} = {value:?}").unwrap();
    };
    if let Some(system) = &facts.system {
        line("system", system);
    }
    if let Some(generation) = &facts.generation {
        line("generation", generation);
    }
    let counts = [configuration, software, other, fetched];
    for (name, count) in ["configuration", "software", "other", "fetched"].iter().zip(counts) {
        line(name, count);
    }
    if let Some(Package { name, old, new }) = &facts.package {
        writeln!(text, "\n[figure.package]\nname = {name:?}\nold = {old:?}\nnew = {new:?}")
            .unwrap();
    }
    for (kind, bars) in [("stages", &facts.stages), ("builds", &facts.builds)] {
        for Bar { name, time, from_s, low_s, high_s } in bars {
            writeln!(
                text,
                "\n[[figure.{kind}]]\nname = {name:?}\ntime = {time:?}\nfrom_s = {from_s:?}\n\
                 low_s = {low_s:?}\nhigh_s = {high_s:?}"
            )
            .unwrap();
        }
    }
    text
}

#[path = "../../../content/tests/support/reading.rs"]
mod reading;

fn read(path: impl AsRef<Path>) -> Vec<u8> {
    let path = path.as_ref();
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn report_of(log: &[u8]) -> Report {
    let mut analyzer = analyzer::Analyzer::default();
    analyzer.feed(log);
    analyzer.finish()
}

/// The logs below a folder; none if there is no such folder.
fn logs(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return println!("{} is not there: passed over", folder.display());
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            logs(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "log" || extension == "txt")
        {
            found.push(path);
        }
    }
}

/// Each run of a log, with the values that are the same for all texts.
fn runs_of(path: &Path) -> Vec<Values> {
    let report = Arc::new(report_of(&read(path)));
    (0..report.runs.len()).map(|run| Values::of(Arc::clone(&report), run)).collect()
}

#[track_caller]
fn check_texts(values: &Values, of: &Path) {
    let get = |name: &str| values.get(name);
    for article in content::ARTICLES {
        for block in reading::blocks(article.slug, &get) {
            if let Some(fault) = reading::fault(&block) {
                panic!("{} with {}: {fault}: {}", article.slug, of.display(), block.text);
            }
        }
        for note in article.notes {
            for runs in [note.new, note.knows].iter().flat_map(|text| content::fill(text, &get)) {
                let text: String = runs.iter().map(|run| run.text.as_str()).collect();
                let is_whole = text.ends_with('.') && !text.contains("  ");
                assert!(is_whole, "note of {} with {}: {text}", note.section, of.display());
            }
        }
    }
}

#[test]
fn articles_and_notes_read_well_beside_real_reports() {
    let mut paths = Vec::new();
    logs(Path::new("../public/samples"), &mut paths);
    logs(Path::new("../analyzer/tests/fixtures"), &mut paths);
    logs(Path::new("../../shared/corpus"), &mut paths);
    let mut known: Vec<Vec<(&str, Option<u64>)>> = Vec::new();
    let mut n_reports = 0;
    for path in paths {
        for values in runs_of(&path) {
            let kinds = content::VALUES.iter().map(|value| {
                let count = match values.get(value.name) {
                    Some(Value::Count(count)) => Some(count.min(2)),
                    Some(Value::Text(_)) => Some(3),
                    None => None,
                };
                (value.name, count)
            });
            // Reports of the same kinds of values give the same sentences.
            let kinds: Vec<_> = kinds.collect();
            if !known.contains(&kinds) {
                check_texts(&values, &path);
                known.push(kinds);
                n_reports += 1;
            }
        }
    }
    println!("{n_reports} reports of different kinds");
    assert!(n_reports >= 10, "only {n_reports} reports differ");
    let counts = content::VALUES.iter().filter(|value| matches!(value.kind, Kind::Count));
    let pairs = counts.flat_map(|value| [0, 1, 2].map(|count| (value.name, Some(count))));
    // Whatever has a run has a line.
    let pairs = pairs.filter(|pair| *pair != ("lines", Some(0)));
    let missing: Vec<_> =
        pairs.filter(|pair| !known.iter().flatten().any(|known| known == pair)).collect();
    assert!(missing.is_empty(), "no report has these: {missing:?}");
}
