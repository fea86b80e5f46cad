//! Reads made-up logs with short names for store paths.

use analyzer::Analyzer;
use analyzer::report::{Outcome, Report, Run};

/// A store path whose hash is of `seed`s.
pub(crate) fn path(seed: char, name: &str) -> String {
    format!("/nix/store/{}-{name}", seed.to_string().repeat(32))
}

/// The report of a log in which `@a/name` stands for a store path; see [`path`].
pub(crate) fn read(log: &str) -> Report {
    let mut text = String::new();
    let mut rest = log;
    while let Some((before, after)) = rest.split_once('@') {
        text.push_str(before);
        let seed = after.chars().next().expect("a letter behind @");
        let end = after.find(['\'', '\n', ' ', ',']).unwrap_or(after.len());
        text.push_str(&path(seed, &after[2..end]));
        rest = &after[end..];
    }
    text.push_str(rest);
    let mut analyzer = Analyzer::default();
    analyzer.feed(text.as_bytes());
    analyzer.finish()
}

/// The run of a log that has one.
#[track_caller]
pub(crate) fn only_run(log: &str) -> Run {
    let mut runs = read(log).runs;
    assert_eq!(runs.len(), 1, "{log}");
    runs.remove(0)
}

/// How the runs of a log ended.
pub(crate) fn outcomes(log: &str) -> Vec<Outcome> {
    read(log).runs.iter().map(|run| run.outcome).collect()
}
