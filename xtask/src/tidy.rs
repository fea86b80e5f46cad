//! Rules of the project that no compiler holds, each with the file and line that breaks it.

mod crates;
mod modules;
mod pins;
mod problem;
mod sources;
mod styles;
mod text;
mod top;

use crate::failure::{Failure, Result};
use crate::workspace::Workspace;
use problem::Problem;

/// Checks all rules and prints what breaks them.
///
/// # Errors
///
/// A rule is broken, or a file cannot be read.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let sources = sources::tracked(workspace)?;
    let mut problems = crates::check(&workspace.metadata);
    problems.extend(top::check(&sources));
    problems.extend(modules::check(&sources));
    problems.extend(pins::check(&sources));
    problems.extend(styles::check_links(&sources));
    for source in &sources {
        problems.extend(text::check(source));
        problems.extend(styles::check_colours(source));
    }
    for problem in &problems {
        println!("{problem}");
    }
    if problems.is_empty() {
        println!("{} files are tidy.", sources.len());
        return Ok(());
    }
    Err(Failure::new(format!("problems found: {}", problems.len())))
}
