//! The text files that belong to the project.

use std::fs;
use std::process::Command;

use crate::failure::Result;
use crate::process;
use crate::workspace::Workspace;

/// A text file of the project.
pub(super) struct Source {
    /// Relative to the root of the workspace, with `/`.
    pub(super) path: String,
    /// Its content.
    pub(super) text: String,
}

impl Source {
    /// Whether the name ends with a dot and this.
    pub(super) fn is(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, end)| end == extension)
    }
}

/// The text files that git knows or would add, sorted by path.
///
/// # Errors
///
/// This is no git repository.
pub(super) fn tracked(workspace: &Workspace) -> Result<Vec<Source>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let list = process::output_of(git.current_dir(&workspace.root))?;
    let mut paths: Vec<&str> = list.split_terminator('\0').collect();
    paths.sort_unstable();
    paths.dedup();
    // What is removed but not yet committed, or no text, has no text to check.
    let source = |path: &str| {
        let text = fs::read_to_string(workspace.path(path)).ok()?;
        Some(Source { path: path.to_owned(), text })
    };
    Ok(paths.into_iter().filter_map(source).collect())
}
