//! Scores the command line on labelled logs that lie beside the project, where they do.

use std::path::PathBuf;
use std::process::Command;

use super::Ended;
use crate::failure::Result;
use crate::process;
use crate::workspace::Workspace;

/// The least score that passes.
const MIN_SCORE: &str = "0.85";

/// The scoring program, beside the project.
const SCORE: &str = "../shared/corpus/score.py";

/// Builds the command line and scores it.
///
/// # Errors
///
/// The score is too low.
pub(super) fn run(workspace: &Workspace) -> Result<Ended> {
    let score = workspace.path(SCORE);
    if !score.is_file() {
        return Ok(Ended::Skipped(format!("{SCORE} is not there")));
    }
    if !has_python() {
        return Ok(Ended::Skipped("Python 3.11 or newer is not on PATH".to_owned()));
    }
    let program = release_program(workspace)?;
    let mut python = Command::new("python3");
    python.arg(score).arg("--bin").arg(program).args(["--min", MIN_SCORE]);
    process::run(&mut python)?;
    Ok(Ended::Passed)
}

/// The command line, built for speed.
///
/// # Errors
///
/// It does not compile.
pub(super) fn release_program(workspace: &Workspace) -> Result<PathBuf> {
    process::run(workspace.cargo("build").args(["--release", "--package", "rebuildscope"]))?;
    Ok(workspace.target.join("release/rebuildscope"))
}

fn has_python() -> bool {
    let mut python = Command::new("python3");
    python.args(["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]);
    process::output_of(&mut python).is_ok()
}
