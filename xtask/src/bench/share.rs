//! The programs beside the crate `share`: they know reports, which this crate does not.

use serde_json::Value;

use super::worker::Page;
use crate::failure::{Failure, Result};
use crate::files;
use crate::process;
use crate::workspace::Workspace;

/// What making or opening the longest links may take in a browser, in milliseconds.
const TARGET_MS: f64 = 150.0;

/// What is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Program {
    /// Prints how long links are, and how long it takes to make and open them.
    Sizes,
    /// Makes the tables of links.
    Tables,
}

/// Builds and runs it.
///
/// # Errors
///
/// It cannot be built, or fails.
pub(crate) fn run(workspace: &Workspace, program: Program) -> Result<()> {
    let (example, features) = match program {
        Program::Sizes => ("bench_links", "tables"),
        Program::Tables => ("make_tables", "make-tables"),
    };
    process::run(&mut cargo(workspace, example, features))?;
    match program {
        Program::Sizes => print_browser(workspace),
        Program::Tables => Ok(()),
    }
}

fn cargo(workspace: &Workspace, example: &str, features: &str) -> std::process::Command {
    let mut cargo = workspace.cargo("run");
    cargo.args(["--release", "-p", "share", "--features", features, "--example", example]);
    cargo
}

/// Prints how long the site's own programs take for the longest reports.
fn print_browser(workspace: &Workspace) -> Result<()> {
    let folder = workspace.target.join("bench/links");
    files::create_folder(&folder)?;
    process::run(cargo(workspace, "bench_links", "tables").arg("--").arg(&folder))?;
    if files::list(&folder)?.is_empty() {
        return Ok(());
    }
    let said = Page::open(workspace)?.run("bench/links.js", &folder)?;
    println!("\nin a browser, ms (at most {TARGET_MS})     first      later");
    for (kind, what) in [("make", "making a link of 900 bumps"), ("open", "opening it")] {
        let [first, later] = ["firstMs", "laterMs"].map(|name| number(&said, kind, name));
        println!("{what:<32} {:>10.0} {:>10.0}", first?, later?);
    }
    Ok(())
}

fn number(said: &Value, kind: &str, name: &str) -> Result<f64> {
    let missing = || Failure::new(format!("expected `{kind}.{name}`, but found `{said}`"));
    said[kind][name].as_f64().ok_or_else(missing)
}
