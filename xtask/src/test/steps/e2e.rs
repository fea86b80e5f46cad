//! Runs the browser tests on the release site.

use std::path::Path;
use std::process::Command;

use super::corpus::release_program;
use crate::build::{Profile, Site};
use crate::failure::Result;
use crate::process;
use crate::server::Server;
use crate::tools::{self, Toolbox, browser, node};
use crate::workspace::Workspace;

/// A path as that of a project's pages on a shared host; some tests run there as well.
const SUB_PATH: &str = "/some/path/";

/// Serves the site, at the root and below a path, and runs Playwright with what it needs.
///
/// # Errors
///
/// Something that the tests need cannot be installed, or a test fails.
pub(super) fn run(workspace: &Workspace, playwright_args: &[String]) -> Result<()> {
    let folder = workspace.path("e2e");
    node::install_packages(&folder)?;
    check_types(&folder)?;
    let chromium = browser::find_or_install()?;
    let program = release_program(workspace)?;
    let root = Site::at_root(workspace, Profile::Release);
    let below = workspace.target.join("site-below");
    let below = Site::new(workspace, Profile::Release, SUB_PATH, below);
    let toolbox = tools::install(workspace, root.need())?;
    let root = serve(workspace, &toolbox, root)?;
    let below = serve(workspace, &toolbox, below)?;
    let mut playwright = Command::new("node");
    playwright
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .args(playwright_args)
        .current_dir(&folder)
        .env("REBUILDSCOPE_URL", root.url())
        .env("REBUILDSCOPE_SUB_PATH_URL", below.url())
        .env("REBUILDSCOPE_BIN", program)
        .env("CHROMIUM", chromium)
        .env("CHROMIUM_SANDBOX", if browser::is_root() { "off" } else { "on" });
    process::run(&mut playwright)
}

/// Playwright runs TypeScript without looking at its types.
fn check_types(folder: &Path) -> Result<()> {
    process::run(Command::new(folder.join("node_modules/.bin/tsc")).current_dir(folder))
}

fn serve(workspace: &Workspace, toolbox: &Toolbox, site: Site) -> Result<Server> {
    site.build_if_stale(workspace, toolbox)?;
    Server::start(site.dist, &site.public_url, Some(0))
}
