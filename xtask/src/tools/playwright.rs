//! Node in the folder of the browser tests, with all that its programs need.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{browser, node};
use crate::failure::Result;
use crate::process;
use crate::workspace::Workspace;

/// Playwright with its browser.
pub(crate) struct Playwright {
    folder: PathBuf,
    chromium: PathBuf,
}

impl Playwright {
    /// Installs what is missing, and checks the types, at which Playwright does not look.
    ///
    /// # Errors
    ///
    /// Something cannot be installed, or a type is wrong.
    pub(crate) fn install(workspace: &Workspace) -> Result<Self> {
        let folder = workspace.path("e2e");
        node::install_packages(&folder)?;
        check_types(&folder)?;
        Ok(Self { folder, chromium: browser::find_or_install()? })
    }

    /// Node, in that folder, with variables that say how to start the browser.
    pub(crate) fn node(&self) -> Command {
        let mut node = Command::new("node");
        node.current_dir(&self.folder)
            .env("CHROMIUM", &self.chromium)
            .env("CHROMIUM_SANDBOX", if browser::is_root() { "off" } else { "on" });
        node
    }
}

fn check_types(folder: &Path) -> Result<()> {
    process::run(Command::new(folder.join("node_modules/.bin/tsc")).current_dir(folder))
}
