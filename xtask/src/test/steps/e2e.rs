//! Runs the browser tests on the release site.

use super::corpus::release_program;
use crate::build::{Profile, Site};
use crate::failure::Result;
use crate::process;
use crate::server::Server;
use crate::tools::{self, playwright::Playwright};
use crate::workspace::Workspace;

/// A path as that of a project's pages on a shared host; the same files are served there as well.
const SUB_PATH: &str = "/some/path/";

/// Serves the site, at the root and below a path, and runs Playwright with what it needs.
///
/// # Errors
///
/// Something that the tests need cannot be installed, or a test fails.
pub(super) fn run(workspace: &Workspace, playwright_args: &[String]) -> Result<()> {
    let playwright = Playwright::install(workspace)?;
    let program = release_program(workspace)?;
    let site = Site::anywhere(workspace, Profile::Release);
    site.build_if_stale(workspace, &tools::install(workspace, site.need())?)?;
    let root = Server::start(site.dist.clone(), "/", Some(0))?;
    let below = Server::start(site.dist.clone(), SUB_PATH, Some(0))?;
    let mut node = playwright.node();
    node.args(["node_modules/@playwright/test/cli.js", "test"])
        .args(playwright_args)
        .env("REBUILDSCOPE_URL", root.url())
        .env("REBUILDSCOPE_SUB_PATH_URL", below.url())
        .env("REBUILDSCOPE_DIST", &site.dist)
        .env("REBUILDSCOPE_BIN", program);
    process::run(&mut node)
}
