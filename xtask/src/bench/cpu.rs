//! Processor time of whole processes, in rounds in which each has its turn.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Result, While};
use crate::process;

/// Rounds; the median counts.
const ROUNDS: usize = 5;

/// A program that reads the log.
pub(super) struct Contestant {
    name: &'static str,
    program: PathBuf,
    args: Vec<OsString>,
}

impl Contestant {
    pub(super) fn new<const N: usize>(
        name: &'static str,
        program: impl Into<PathBuf>,
        args: [&str; N],
        log: &Path,
    ) -> Self {
        let args = args.into_iter().map(OsString::from).chain([log.into()]).collect();
        Self { name, program: program.into(), args }
    }

    fn command(&self) -> Command {
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

/// Prints the median of each contestant, and how it compares with the first.
///
/// # Errors
///
/// A program cannot be run.
pub(super) fn print(title: &str, log: &Path, contestants: &[Contestant]) -> Result<()> {
    let (present, absent): (Vec<_>, Vec<_>) =
        contestants.iter().partition(|it| super::is_installed(&it.program));
    let mut times: Vec<Vec<Cpu>> = vec![Vec::new(); present.len()];
    for _ in 0..ROUNDS {
        for (contestant, times) in present.iter().zip(&mut times) {
            times.push(measure(&contestant.command())?);
        }
    }
    let bytes = std::fs::metadata(log).while_doing(|| log.display().to_string())?.len();
    println!("\n{title}: {bytes} bytes, median of {ROUNDS} rounds");
    println!(
        "{:<14} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "", "user s", "system s", "both s", "MB/s", "ratio"
    );
    let medians: Vec<Cpu> = times.into_iter().map(median).collect();
    for (contestant, cpu) in present.iter().zip(&medians) {
        let (total_s, ratio) = (cpu.total_s(), cpu.total_s() / medians[0].total_s());
        println!(
            "{:<14} {:>8.3} {:>8.3} {total_s:>8.3} {:>8.0} {ratio:>8.2}",
            contestant.name,
            cpu.user_s,
            cpu.system_s,
            bytes as f64 / 1e6 / total_s
        );
    }
    for contestant in absent {
        println!("{:<14} is not installed", contestant.name);
    }
    Ok(())
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
