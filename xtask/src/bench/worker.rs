//! The page's worker in a browser, and the command line on the same log in turn with it.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use serde_json::Value;

use crate::build::{Profile, Site};
use crate::failure::{Failure, Result, While};
use crate::process;
use crate::server::Server;
use crate::tools::{self, playwright::Playwright};
use crate::workspace::Workspace;

/// Rounds; the shortest counts: all else that the machine does adds to the time by the clock.
const ROUNDS: usize = 5;

/// How many times as long as the command line the worker may take.
const TARGET_RATIO: f64 = 2.5;

/// What the worker's memory may grow to.
const TARGET_MIB: f64 = 64.0;

/// The release site, served, and a browser to read logs with.
pub(super) struct Page {
    server: Server,
    playwright: Playwright,
}

/// What the script in the browser prints.
struct Reading {
    /// From the request to the report.
    worker_s: f64,
    /// What the browser alone takes to hand over the bytes: no program in it is faster.
    browser_s: f64,
    /// The length of the worker's memory when it was greatest.
    peak_bytes: f64,
}

impl Page {
    /// Builds the site if it is not what the sources give, and serves it.
    ///
    /// # Errors
    ///
    /// Something that this needs cannot be installed or built.
    pub(super) fn open(workspace: &Workspace) -> Result<Self> {
        let playwright = Playwright::install(workspace)?;
        let site = Site::anywhere(workspace, Profile::Release);
        let toolbox = tools::install(workspace, site.need())?;
        site.build_if_stale(workspace, &toolbox)?;
        Ok(Self { server: Server::start(site.dist, "/", Some(0))?, playwright })
    }

    /// Reads a log in a browser that was just started, as a person's first log is.
    fn read(&self, log: &Path) -> Result<Reading> {
        let said = self.run("bench/worker.js", log)?;
        let number = |name: &str| {
            let missing = || Failure::new(format!("expected `{name}`, but found `{said}`"));
            said[name].as_f64().ok_or_else(missing)
        };
        Ok(Reading {
            worker_s: number("workerS")?,
            browser_s: number("browserS")?,
            peak_bytes: number("peakBytes")?,
        })
    }

    /// Runs a script with the site's address and a log, and gives the JSON that it prints.
    ///
    /// # Errors
    ///
    /// It fails.
    pub(super) fn run(&self, script: &str, log: &Path) -> Result<Value> {
        let mut node = self.playwright.node();
        let output = process::output_of(node.args([script, &self.server.url()]).arg(log))?;
        serde_json::from_str(&output)
            .while_doing(|| format!("reading what the browser measured: {output}"))
    }

    /// Prints how long the program and the worker take, from the request to the report.
    ///
    /// # Errors
    ///
    /// One of them cannot be run or has no report.
    pub(super) fn print(&self, title: &str, program: &Path, log: &Path) -> Result<()> {
        let log = std::path::absolute(log).while_doing(|| log.display().to_string())?;
        let bytes = std::fs::metadata(&log).while_doing(|| log.display().to_string())?.len();
        let (mut native_s, mut readings) = (f64::INFINITY, Vec::new());
        for _ in 0..ROUNDS {
            native_s = native_s.min(native_seconds(program, &log)?);
            readings.push(self.read(&log)?);
        }
        println!("\n{title}: {bytes} bytes, best of {ROUNDS} rounds");
        print_table(bytes, native_s, &readings);
        Ok(())
    }
}

fn print_table(bytes: u64, native_s: f64, readings: &[Reading]) {
    let row = |name: &str, seconds: f64, memory: &str| {
        let (mb_per_s, ratio) = (bytes as f64 / 1e6 / seconds, seconds / native_s);
        println!("{name:<14} {seconds:>8.3} {mb_per_s:>8.0} {ratio:>8.2} {memory:>10}");
    };
    let peak_bytes = readings.iter().map(|it| it.peak_bytes).fold(0.0, f64::max);
    let memory = format!("{:.1}", peak_bytes / f64::from(1 << 20));
    println!("{:<14} {:>8} {:>8} {:>8} {:>10}", "", "s", "MB/s", "ratio", "memory MiB");
    row("rebuildscope", native_s, "");
    row("browser alone", least(readings, |it| it.browser_s), "");
    row("worker", least(readings, |it| it.worker_s), &memory);
    println!("{:<14} {:>17} {TARGET_RATIO:>8.2} {TARGET_MIB:>10.1}", "target", "");
}

/// Seconds by the clock, which is also what the browser says.
fn native_seconds(program: &Path, log: &Path) -> Result<f64> {
    let mut command = Command::new(program);
    command.args(["report", "--format", "json"]).arg(log);
    let started = Instant::now();
    process::output_of(&mut command)?;
    Ok(started.elapsed().as_secs_f64())
}

fn least(readings: &[Reading], of: fn(&Reading) -> f64) -> f64 {
    readings.iter().map(of).fold(f64::INFINITY, f64::min)
}
