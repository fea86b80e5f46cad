//! Where things are: the root of the workspace, cargo's target folder, the crates.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::failure::{Failure, Result, While};
use crate::process;

/// The workspace that the commands work on.
pub(crate) struct Workspace {
    /// The folder with the topmost `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Where cargo puts what it builds.
    pub(crate) target: PathBuf,
    /// What `cargo metadata` says of our own crates.
    pub(crate) metadata: Value,
}

impl Workspace {
    /// Asks cargo for the workspace that this program belongs to.
    pub(crate) fn find() -> Result<Self> {
        let manifest_dir = env::var_os("CARGO_MANIFEST_DIR");
        let xtask =
            manifest_dir.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = xtask.parent().unwrap_or(Path::new(".")).to_path_buf();
        let mut cargo = process::cargo();
        cargo.args(["metadata", "--no-deps", "--format-version=1", "--offline"]).current_dir(&root);
        let text = process::output_of(&mut cargo)?;
        let metadata: Value =
            serde_json::from_str(&text).while_doing(|| "reading cargo's metadata".into())?;
        let target = metadata["target_directory"]
            .as_str()
            .ok_or_else(|| Failure::new("cargo's metadata names no target folder"))?;
        Ok(Self { root, target: PathBuf::from(target), metadata })
    }

    /// A path inside the workspace.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// A cargo command in the root of the workspace that never changes `Cargo.lock`.
    pub(crate) fn cargo(&self, subcommand: &str) -> Command {
        let mut command = process::cargo();
        command.args([subcommand, "--locked"]).current_dir(&self.root);
        command
    }

    /// The folder with the release site.
    pub(crate) fn dist(&self) -> PathBuf {
        self.path("dist")
    }
}
