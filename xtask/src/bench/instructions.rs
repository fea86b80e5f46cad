//! Instructions per byte, which do not depend on what else the machine does.

use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Result, While};
use crate::process;

/// What a byte of a human log may cost.
const TARGET_PER_BYTE: f64 = 9.0;

/// Prints the instructions of a whole run per byte of the log, start and printing included.
///
/// # Errors
///
/// The program cannot be run, or valgrind prints no count.
pub(super) fn print(program: &Path, log: &Path) -> Result<()> {
    let mut command = Command::new(program);
    command.args(["report", "--format", "json"]).arg(log);
    let Some(count) = count(&command)? else {
        println!("instructions: valgrind is not installed");
        return Ok(());
    };
    let bytes = std::fs::metadata(log).while_doing(|| log.display().to_string())?.len();
    let per_byte = count as f64 / bytes as f64;
    println!("instructions per byte: {per_byte:.2} on {bytes} bytes (target {TARGET_PER_BYTE})");
    Ok(())
}

/// Counts the instructions of a whole run; `None` where valgrind is not installed.
///
/// # Errors
///
/// The program cannot be run, or valgrind prints no count.
pub(super) fn count(command: &Command) -> Result<Option<u64>> {
    if process::find_on_path("valgrind").is_none() {
        return Ok(None);
    }
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    valgrind.arg(command.get_program()).args(command.get_args());
    let output = valgrind.output().while_doing(|| "starting valgrind".to_owned())?;
    let count = counted(&String::from_utf8_lossy(&output.stderr));
    count.map(Some).ok_or_else(|| Failure::new("valgrind printed no count of instructions"))
}

/// The number after `Collected :`.
fn counted(text: &str) -> Option<u64> {
    text.split_once("Collected :")?.1.split_whitespace().next()?.parse().ok()
}
