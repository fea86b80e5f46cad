//! What a person waits for on the page, and how busy the page is meanwhile.

use std::path::Path;

use serde_json::Value;

use super::worker::Page;
use crate::failure::{Failure, Result, While};

/// A figure that the script in the browser prints.
struct Figure {
    what: &'static str,
    name: &'static str,
    /// What it is divided by to be printed.
    unit: f64,
    /// What it should be at most.
    target: Option<f64>,
}

const MIB: f64 = 1_048_576.0;

const FIGURES: [Figure; 9] = [
    Figure { what: "sample after the click, s", name: "sampleS", unit: 1.0, target: Some(1.5) },
    Figure { what: "first progress, s", name: "firstProgressS", unit: 1.0, target: Some(0.2) },
    Figure { what: "report, s", name: "reportS", unit: 1.0, target: None },
    Figure { what: "longest task, ms", name: "longestTaskMs", unit: 1.0, target: Some(50.0) },
    Figure { what: "memory of the page, MiB", name: "pageBytes", unit: MIB, target: None },
    Figure {
        what: "memory of the worker, MiB",
        name: "workerBytes",
        unit: MIB,
        target: Some(64.0),
    },
    Figure { what: "memory of the process, MiB", name: "processBytes", unit: MIB, target: None },
    Figure { what: "rows scrolled through", name: "nRows", unit: 1.0, target: None },
    Figure { what: "steps without text", name: "nEmpty", unit: 1.0, target: Some(0.0) },
];

/// Prints the figures of a page that reads this log.
///
/// # Errors
///
/// The browser cannot be run, or finds no report.
pub(super) fn print(page: &Page, title: &str, log: &Path) -> Result<()> {
    let log = std::path::absolute(log).while_doing(|| log.display().to_string())?;
    let bytes = std::fs::metadata(&log).while_doing(|| log.display().to_string())?.len();
    let said = page.run("bench/browser.js", &log)?;
    let load = number(&said, "load")?;
    println!(
        "\n{title}: {bytes} bytes; a task below 50 ms counts as 0; load of the machine {load:.1}"
    );
    for Figure { what, name, unit, target } in &FIGURES {
        let value = number(&said, name)? / unit;
        let target = target.map_or(String::new(), |target| format!("  (at most {target})"));
        println!("{what:<28} {value:>10.2}{target}");
    }
    Ok(())
}

fn number(said: &Value, name: &str) -> Result<f64> {
    let missing = || Failure::new(format!("expected `{name}`, but found `{said}`"));
    said[name].as_f64().ok_or_else(missing)
}
