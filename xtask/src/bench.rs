//! Measures how fast logs are read and systems compared, beside programs that others know.

mod browser;
mod closure;
mod cpu;
mod diff;
mod instructions;
mod log;
mod random;
pub(crate) mod share;
mod worker;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Result, While};
use crate::process;
use crate::workspace::Workspace;

use cpu::{Contestant, Match};

/// Length of the log that is timed, in bytes.
const LONG_BYTES: u64 = 200_000_000;

/// Length of the log that the page must bear, in bytes.
const HUGE_BYTES: u64 = 1_000_000_000;

/// Length of the log whose instructions are counted, in bytes.
const SHORT_BYTES: u64 = 20_000_000;

const HUMAN_TITLE: &str = "human log of 200 MB";
const RECORDS_TITLE: &str = "internal-json";

/// What `grep` and `rg` count: the lines that a reader of logs must find at least.
const LINES_OF_NIX: &str = "^(building '|copying path '|error:|warning:)|> Running phase: ";

/// Rounds in which a long log is read.
const ROUNDS: usize = 5;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measured {
    /// How the native program reads logs, beside others.
    CommandLine,
    /// How the worker of the release site reads them in a browser, beside the native program.
    Worker,
    /// How long a person waits for the page of the release site, and how busy it is.
    Browser,
    /// How the native program compares two systems, beside the library of dix.
    Diff,
}

/// Builds what is measured, makes the logs, and prints the tables.
///
/// `records` is a log of `--log-format internal-json` that is measured, too.
///
/// # Errors
///
/// Something cannot be built, written or run.
pub(crate) fn run(workspace: &Workspace, measured: Measured, records: Option<&Path>) -> Result<()> {
    let programs = Programs::build(workspace)?;
    let folder = workspace.target.join("bench");
    std::fs::create_dir_all(&folder).while_doing(|| format!("making {}", folder.display()))?;
    let long = || generated(&folder, "human-200mb.log", LONG_BYTES);
    match measured {
        Measured::CommandLine => {
            let short = generated(&folder, "human-20mb.log", SHORT_BYTES)?;
            instructions::print(&programs.rebuildscope, &short)?;
            programs.print(&long()?, records)
        }
        Measured::Worker => print_worker(workspace, &programs.rebuildscope, &long()?, records),
        Measured::Browser => print_browser(workspace, records),
        Measured::Diff => diff::print(workspace, &programs.rebuildscope, &folder),
    }
}

fn print_worker(
    workspace: &Workspace,
    program: &Path,
    human: &Path,
    records: Option<&Path>,
) -> Result<()> {
    let page = worker::Page::open(workspace)?;
    page.print(HUMAN_TITLE, program, human)?;
    records.map_or(Ok(()), |records| page.print(RECORDS_TITLE, program, records))
}

fn print_browser(workspace: &Workspace, records: Option<&Path>) -> Result<()> {
    let page = worker::Page::open(workspace)?;
    match records {
        Some(records) => browser::print(&page, RECORDS_TITLE, records)?,
        None => println!("No log of internal-json was named, so that none is measured."),
    }
    let human = Temporary::write("human-1gb.log", HUGE_BYTES)?;
    browser::print(&page, "human log of 1 GB", &human.0)
}

/// A generated log that is too large to be left on the disk.
struct Temporary(PathBuf);

impl Temporary {
    fn write(name: &str, bytes: u64) -> Result<Self> {
        let name = format!("rebuildscope-{}-{name}", std::process::id());
        let made = Self(std::env::temp_dir().join(name));
        log::write(&made.0, bytes).while_doing(|| format!("writing {}", made.0.display()))?;
        Ok(made)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // What cannot be removed now goes with the folder.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The programs that are ours.
struct Programs {
    rebuildscope: PathBuf,
    json_lines: PathBuf,
}

impl Programs {
    fn build(workspace: &Workspace) -> Result<Self> {
        let mut cargo = workspace.cargo("build");
        cargo.args(["--release", "-p", "rebuildscope", "--bins", "--examples"]);
        process::run(&mut cargo)?;
        let release = workspace.target.join("release");
        Ok(Self {
            rebuildscope: release.join("rebuildscope"),
            json_lines: release.join("examples/json_lines"),
        })
    }

    fn print(&self, human: &Path, records: Option<&Path>) -> Result<()> {
        print_readers(HUMAN_TITLE, human, &self.of_human_logs(human))?;
        let Some(records) = records else { return Ok(()) };
        print_readers(RECORDS_TITLE, records, &self.of_records(records))
    }

    fn of_human_logs(&self, log: &Path) -> Vec<Contestant> {
        vec![
            self.ours(log),
            reader("wc -l", "wc", &["-l"], log),
            reader("grep -c", "grep", &["-cE", LINES_OF_NIX], log),
            reader("rg -c", "rg", &["-c", LINES_OF_NIX], log),
        ]
    }

    fn of_records(&self, log: &Path) -> Vec<Contestant> {
        vec![
            self.ours(log),
            reader("wc -l", "wc", &["-l"], log),
            reader("serde_json", &self.json_lines, &[], log),
        ]
    }

    fn ours(&self, log: &Path) -> Contestant {
        reader("rebuildscope", &self.rebuildscope, &["report", "--format", "json"], log)
    }
}

/// A program that reads the log.
fn reader(
    name: &'static str,
    program: impl Into<PathBuf>,
    args: &[&str],
    log: &Path,
) -> Contestant {
    Contestant::new(name, program, args.iter().map(Path::new).chain([log]))
}

fn print_readers(title: &str, log: &Path, contestants: &[Contestant]) -> Result<()> {
    let bytes = std::fs::metadata(log).while_doing(|| log.display().to_string())?.len();
    Match { title, bytes, rounds: ROUNDS, contestants }.print()
}

/// A generated log; an earlier one of the same name is made again, since the generator may differ.
fn generated(folder: &Path, name: &str, bytes: u64) -> Result<PathBuf> {
    let path = folder.join(name);
    log::write(&path, bytes).while_doing(|| format!("writing {}", path.display()))?;
    Ok(path)
}

/// Whether a program is installed.
fn is_installed(program: &Path) -> bool {
    program.is_absolute() || process::find_on_path(&program.to_string_lossy()).is_some()
}

/// The command line of a contestant, its output away: GNU `grep` stops early when that goes to
/// `/dev/null`, so that it goes to a pipe.
fn piped(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let quoted = words.map(|word| format!("'{}'", word.to_string_lossy().replace('\'', r"'\''")));
    format!("{} | cat >/dev/null", quoted.collect::<Vec<_>>().join(" "))
}
