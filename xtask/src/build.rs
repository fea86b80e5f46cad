//! Builds the site with Trunk.

mod remap;
mod snapshot;

use std::path::PathBuf;
use std::time::Instant;

use crate::failure::Result;
use crate::files;
use crate::process;
use crate::site::{self, Hosting};
use crate::tools::{self, Need, Toolbox};
use crate::workspace::Workspace;
pub(crate) use snapshot::Snapshot;

/// How the site is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quickly, for a person who changes it.
    Debug,
    /// As it is hosted.
    Release,
}

/// One form of the site and where it goes.
pub(crate) struct Site {
    profile: Profile,
    hosting: Hosting,
    /// The folder that is filled.
    pub(crate) dist: PathBuf,
    /// Says what the folder was built from.
    stamp: PathBuf,
}

impl Site {
    /// The site for any host: the release in `dist/`, or the debug form among cargo's files.
    pub(crate) fn anywhere(workspace: &Workspace, profile: Profile) -> Self {
        Self::new(workspace, profile, Hosting::default())
    }

    /// The site for a host of which something is known.
    fn new(workspace: &Workspace, profile: Profile, hosting: Hosting) -> Self {
        let dist = match profile {
            Profile::Debug => workspace.target.join("site-debug"),
            Profile::Release => workspace.dist(),
        };
        let name = dist.file_name().unwrap_or_default().to_string_lossy();
        let stamp = workspace.target.join(format!("{name}.stamp"));
        Self { profile, hosting, dist, stamp }
    }

    /// The tools that this form needs.
    pub(crate) fn need(&self) -> Need {
        match self.profile {
            Profile::Debug => Need::Debug,
            Profile::Release => Need::Release,
        }
    }

    /// Builds, whatever was there before, and returns the sources as they were at the start.
    ///
    /// # Errors
    ///
    /// Trunk fails; the folder is then as it was.
    pub(crate) fn build(&self, workspace: &Workspace, toolbox: &Toolbox) -> Result<Snapshot> {
        let sources = Snapshot::take(workspace)?;
        let started = Instant::now();
        let mut trunk = toolbox.trunk(workspace);
        trunk.args(["build", "--public-url", site::BASE, "--dist"]).arg(&self.dist);
        trunk.envs(self.hosting.variables());
        if self.profile == Profile::Release {
            trunk.arg("--release");
            trunk.envs(remap::rustflags().map(|flags| (remap::VARIABLE, flags)));
        }
        process::run(&mut trunk)?;
        files::write(&self.stamp, self.stamp_of(sources))?;
        println!("Built {} in {:.1} s.", self.dist.display(), started.elapsed().as_secs_f64());
        Ok(sources)
    }

    /// Builds unless the folder is already what these sources give; returns them.
    ///
    /// # Errors
    ///
    /// As [`Site::build`].
    pub(crate) fn build_if_stale(
        &self,
        workspace: &Workspace,
        toolbox: &Toolbox,
    ) -> Result<Snapshot> {
        let sources = Snapshot::take(workspace)?;
        let is_fresh = files::read(&self.stamp).is_ok_and(|stamp| stamp == self.stamp_of(sources));
        if is_fresh && self.dist.join("index.html").is_file() {
            println!("Nothing has changed since the last build.");
            return Ok(sources);
        }
        println!("Building the site (seconds; some minutes the first time).");
        self.build(workspace, toolbox)
    }

    fn stamp_of(&self, sources: Snapshot) -> String {
        let form = if self.profile == Profile::Release { "release" } else { "debug" };
        format!("{form} {:?} {} {sources}\n", self.hosting, self.dist.display())
    }
}

/// `cargo xtask build`: the release site in `dist/`.
pub(crate) fn release(workspace: &Workspace, hosting: Hosting) -> Result<()> {
    let site = Site::new(workspace, Profile::Release, hosting);
    let toolbox = tools::install(workspace, site.need())?;
    println!("Building the release site (a minute; some minutes the first time).");
    site.build(workspace, &toolbox)?;
    Ok(())
}
