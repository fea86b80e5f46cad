//! Runs the browser tests on the release site.

use std::process::Command;

use super::corpus::release_program;
use crate::build::{Profile, Site};
use crate::failure::Result;
use crate::process;
use crate::server::Server;
use crate::tools::{self, browser, node};
use crate::workspace::Workspace;

/// Serves the site and runs Playwright with what it needs in the environment.
///
/// # Errors
///
/// Something that the tests need cannot be installed, or a test fails.
pub(super) fn run(workspace: &Workspace, playwright_args: &[String]) -> Result<()> {
    let folder = workspace.path("e2e");
    node::install_packages(&folder)?;
    let chromium = browser::find_or_install()?;
    let site = Site::at_root(workspace, Profile::Release);
    let toolbox = tools::install(workspace, site.need())?;
    site.build_if_stale(workspace, &toolbox)?;
    let program = release_program(workspace)?;
    let server = Server::start(site.dist, "/", Some(0))?;
    let mut playwright = Command::new("node");
    playwright
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .args(playwright_args)
        .current_dir(&folder)
        .env("REBUILDSCOPE_URL", server.url())
        .env("REBUILDSCOPE_BIN", program)
        .env("CHROMIUM", chromium)
        .env("CHROMIUM_SANDBOX", if browser::is_root() { "off" } else { "on" });
    process::run(&mut playwright)
}
