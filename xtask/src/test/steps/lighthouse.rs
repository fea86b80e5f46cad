//! Lets Lighthouse judge pages of the release site.

use super::corpus::release_program;
use crate::build::{Profile, Site};
use crate::failure::Result;
use crate::process;
use crate::server::Server;
use crate::test::Ended;
use crate::tools::{self, browser, playwright::Playwright};
use crate::workspace::Workspace;

/// Serves the site and runs Lighthouse on some of its pages; skipped where there is no Chromium.
///
/// # Errors
///
/// A page is not without fault, or something that this needs cannot be installed.
pub(super) fn run(workspace: &Workspace) -> Result<Ended> {
    if browser::find_or_install().is_err() {
        return Ok(Ended::Skipped("there is no Chromium here".to_owned()));
    }
    let playwright = Playwright::install(workspace)?;
    let site = Site::anywhere(workspace, Profile::Release);
    site.build_if_stale(workspace, &tools::install(workspace, site.need())?)?;
    let server = Server::start(site.dist, "/", Some(0))?;
    let mut node = playwright.node();
    node.arg("lighthouse.js")
        .env("REBUILDSCOPE_URL", server.url())
        .env("REBUILDSCOPE_BIN", release_program(workspace)?);
    process::run(&mut node)?;
    Ok(Ended::Passed)
}
