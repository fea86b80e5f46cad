//! The programs beside the crate `share`: they know reports, which this crate does not.

use crate::failure::Result;
use crate::process;
use crate::workspace::Workspace;

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
    let mut cargo = workspace.cargo("run");
    cargo.args(["--release", "-p", "share", "--features", features, "--example", example]);
    process::run(&mut cargo)
}
