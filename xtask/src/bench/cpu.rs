//! Processor time of whole processes, in rounds in which each has its turn.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::process;

/// A program that is measured.
pub(super) struct Contestant {
    name: &'static str,
    program: PathBuf,
    args: Vec<OsString>,
}

impl Contestant {
    pub(super) fn new(
        name: &'static str,
        program: impl Into<PathBuf>,
        args: impl IntoIterator<Item = impl Into<OsString>>,
    ) -> Self {
        Self { name, program: program.into(), args: args.into_iter().map(Into::into).collect() }
    }

    /// What it is called in the table.
    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// How it is started.
    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.args);
        command
    }
}

/// Seconds of one process.
#[derive(Clone, Copy)]
struct Cpu {
    user_s: f64,
    system_s: f64,
}

impl Cpu {
    fn total_s(self) -> f64 {
        self.user_s + self.system_s
    }
}

/// What is measured in one table.
pub(super) struct Match<'a> {
    /// What is read.
    pub(super) title: &'a str,
    /// Its length.
    pub(super) bytes: u64,
    /// How often each has its turn; the median counts.
    pub(super) rounds: usize,
    /// Those that are measured.
    pub(super) contestants: &'a [Contestant],
}

impl Match<'_> {
    /// Prints the median of each contestant, and how it compares with the first.
    ///
    /// # Errors
    ///
    /// A program cannot be run.
    pub(super) fn print(&self) -> Result<()> {
        let Self { title, bytes, rounds, contestants } = *self;
        let (present, absent): (Vec<_>, Vec<_>) =
            contestants.iter().partition(|it| super::is_installed(&it.program));
        let mut times: Vec<Vec<Cpu>> = vec![Vec::new(); present.len()];
        for _ in 0..rounds {
            for (contestant, times) in present.iter().zip(&mut times) {
                times.push(measure(&contestant.command())?);
            }
        }
        println!("\n{title}: {bytes} bytes, median of {rounds} rounds");
        println!(
            "{:<14} {:>8} {:>8} {:>8} {:>8} {:>8}",
            "", "user s", "system s", "both s", "MB/s", "ratio"
        );
        let medians: Vec<Cpu> = times.into_iter().map(median).collect();
        for (contestant, cpu) in present.iter().zip(&medians) {
            print_row(contestant.name, *cpu, bytes, medians[0]);
        }
        for contestant in absent {
            println!("{:<14} is not installed", contestant.name);
        }
        Ok(())
    }
}

fn print_row(name: &str, cpu: Cpu, bytes: u64, first: Cpu) {
    let (total_s, ratio) = (cpu.total_s(), cpu.total_s() / first.total_s());
    let Cpu { user_s, system_s } = cpu;
    let mb_per_s = bytes as f64 / 1e6 / total_s;
    println!(
        "{name:<14} {user_s:>8.3} {system_s:>8.3} {total_s:>8.3} {mb_per_s:>8.0} {ratio:>8.2}"
    );
}

fn median(mut times: Vec<Cpu>) -> Cpu {
    times.sort_by(|a, b| a.total_s().total_cmp(&b.total_s()));
    times[times.len() / 2]
}

/// Lets a shell time the process: the standard library does not say how long a child computed.
fn measure(command: &Command) -> Result<Cpu> {
    let script = format!("TIMEFORMAT='%U %S'; {{ time {}; }} 2>&1", super::piped(command));
    let mut shell = Command::new("bash");
    shell.env("LC_ALL", "C").args(["-c", &script]);
    let output = process::output_of(&mut shell)?;
    let numbers: Vec<f64> =
        output.split_whitespace().rev().take(2).filter_map(|word| word.parse().ok()).collect();
    let [system_s, user_s] = numbers[..] else {
        return Err(Failure::new(format!("expected two times from `time`, but found `{output}`")));
    };
    Ok(Cpu { user_s, system_s })
}
