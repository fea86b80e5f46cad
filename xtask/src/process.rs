//! Runs other programs and turns a bad end into a sentence.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, io};

use crate::failure::{Failure, Result, While};

/// Runs a program that writes to the terminal itself.
///
/// # Errors
///
/// The program cannot be started, or ends with a status other than 0.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("`{}` ended with {status}", shown(command))))
}

/// Runs a program and returns its standard output; its standard error is shown only on failure.
///
/// # Errors
///
/// As [`run`], and if the output is not UTF-8.
pub(crate) fn output_of(command: &mut Command) -> Result<String> {
    let Output { status, stdout, stderr } =
        command.output().map_err(|error| not_started(command, &error))?;
    if !status.success() {
        let reason = String::from_utf8_lossy(&stderr);
        let sentence = format!("`{}` ended with {status}: {}", shown(command), reason.trim());
        return Err(Failure::new(sentence));
    }
    String::from_utf8(stdout).while_doing(|| format!("reading the output of `{}`", shown(command)))
}

/// The program and its arguments as one line.
pub(crate) fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = [program].into_iter().chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// The first file of this name in the folders of `PATH`.
pub(crate) fn find_on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// The cargo that runs us, so that the toolchain stays the same.
pub(crate) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn not_started(command: &Command, error: &io::Error) -> Failure {
    Failure::new(format!("`{}` cannot be started: {error}", shown(command)))
}
