//! Runs the browser tests on the release site.

use super::corpus::release_program;
use crate::build::{Profile, Site};
use crate::failure::Result;
use crate::process;
use crate::server::Server;
use crate::tools::{self, Toolbox, playwright::Playwright};
use crate::workspace::Workspace;

/// A path as that of a project's pages on a shared host; some tests run there as well.
const SUB_PATH: &str = "/some/path/";

/// Serves the site, at the root and below a path, and runs Playwright with what it needs.
///
/// # Errors
///
/// Something that the tests need cannot be installed, or a test fails.
pub(super) fn run(workspace: &Workspace, playwright_args: &[String]) -> Result<()> {
    let playwright = Playwright::install(workspace)?;
    let program = release_program(workspace)?;
    let root = Site::at_root(workspace, Profile::Release);
    let below = workspace.target.join("site-below");
    let below = Site::new(workspace, Profile::Release, SUB_PATH, below);
    let toolbox = tools::install(workspace, root.need())?;
    let root = serve(workspace, &toolbox, root)?;
    let below = serve(workspace, &toolbox, below)?;
    let mut node = playwright.node();
    node.args(["node_modules/@playwright/test/cli.js", "test"])
        .args(playwright_args)
        .env("REBUILDSCOPE_URL", root.url())
        .env("REBUILDSCOPE_SUB_PATH_URL", below.url())
        .env("REBUILDSCOPE_BIN", program);
    process::run(&mut node)
}

fn serve(workspace: &Workspace, toolbox: &Toolbox, site: Site) -> Result<Server> {
    site.build_if_stale(workspace, toolbox)?;
    Server::start(site.dist, &site.public_url, Some(0))
}
