//! Runs the checks of the project one after the other and sums them up.

mod steps;
mod summary;

use std::process::ExitCode;
use std::time::Instant;

use crate::workspace::Workspace;
pub(crate) use steps::Step;
use summary::{Line, Summary};

/// Which checks to run, and how.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// In the order in which they run.
    pub(crate) steps: Vec<Step>,
    /// Passed on to Playwright.
    pub(crate) playwright_args: Vec<String>,
}

impl Options {
    /// All checks, as they are.
    pub(crate) fn everything() -> Self {
        Self { steps: Step::ALL.to_vec(), playwright_args: Vec::new() }
    }
}

/// How a step ended, if it did not fail.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// It was run and found nothing wrong.
    Passed,
    /// It could not be run here, for this reason.
    Skipped(String),
}

/// Runs the steps, all of them even if one fails, and prints a table and a last line of counts.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> ExitCode {
    let mut summary = Summary::default();
    for &step in &options.steps {
        println!("\n=== {}: {}", step.name(), step.what());
        let started = Instant::now();
        let result = step.run(workspace, options);
        if let Err(failure) = &result {
            println!("{failure}");
        }
        summary.add(Line::new(step, result, started.elapsed()));
    }
    println!("\n{summary}");
    if summary.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
