//! Builds the site, serves it to this machine, and builds again when a source changes.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::build::{Profile, Site, Snapshot};
use crate::failure::Result;
use crate::process;
use crate::server::Server;
use crate::tools::{self, Toolbox};
use crate::workspace::Workspace;

/// How often the sources are looked at.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// What a person can choose.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// Serve the release site rather than the one that is quick to build.
    pub(crate) release: bool,
    /// Serve on this port only.
    pub(crate) port: Option<u16>,
    /// Open the page in the person's browser.
    pub(crate) open: bool,
}

/// Serves until the process is ended.
///
/// # Errors
///
/// A tool is missing and cannot be installed, the first build fails, or the port is taken.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let profile = if options.release { Profile::Release } else { Profile::Debug };
    let site = Site::anywhere(workspace, profile);
    let toolbox = tools::install(workspace, site.need())?;
    let built = site.build_if_stale(workspace, &toolbox)?;
    let url = Server::start(site.dist.clone(), "/", options.port)?.url();
    println!("\n  Rebuildscope is at {url}\n");
    println!("It is built again when a file changes; then reload the page. Ctrl+C ends it.");
    if options.open {
        open(&url);
    }
    build_on_change(workspace, &site, &toolbox, built)
}

fn build_on_change(
    workspace: &Workspace,
    site: &Site,
    toolbox: &Toolbox,
    mut built: Snapshot,
) -> Result<()> {
    loop {
        thread::sleep(LOOK_EVERY);
        // A file that an editor is just replacing is there at the next look.
        let Ok(now) = Snapshot::take(workspace) else { continue };
        if now == built {
            continue;
        }
        built = now;
        println!("A file has changed: building.");
        if let Err(failure) = site.build(workspace, toolbox) {
            println!("{failure}\nThe site is still the one before this change.");
        }
    }
}

/// Hands the address to the desktop; without one, the person has it on the terminal.
fn open(url: &str) {
    let program = if Path::new("/usr/bin/open").exists() { "open" } else { "xdg-open" };
    let mut command = Command::new(program);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Err(error) = command.spawn() {
        println!(
            "`{}` cannot be started ({error}): open the address yourself.",
            process::shown(&command)
        );
    }
}
