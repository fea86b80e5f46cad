//! Installs the pinned build tools into a folder that every clone of the same user shares.

pub(crate) mod browser;
mod cargo_tool;
mod folder;
mod node;
pub(crate) mod playwright;
pub(crate) mod versions;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Result, While};
use crate::files;
use crate::process;
use crate::workspace::Workspace;
use cargo_tool::CargoTool;
use folder::ToolsFolder;

/// Which tools a build needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Trunk and wasm-bindgen.
    Debug,
    /// These and `wasm-opt`.
    Release,
}

/// The installed tools.
pub(crate) struct Toolbox {
    trunk: PathBuf,
    /// `PATH` with the folders of the pinned tools first.
    path: OsString,
}

impl Toolbox {
    /// A Trunk command that finds the pinned tools before any other of the same name.
    pub(crate) fn trunk(&self, workspace: &Workspace) -> Command {
        let mut command = Command::new(&self.trunk);
        command.current_dir(&workspace.root).env("PATH", &self.path);
        // Trunk takes NO_COLOR for a flag and refuses any value but `true` and `false`.
        command.env_remove("NO_COLOR");
        command
    }
}

/// Installs what is missing for a build of the site.
///
/// # Errors
///
/// Something is missing that cannot be installed; the sentence says what to do.
pub(crate) fn install(workspace: &Workspace, need: Need) -> Result<Toolbox> {
    add_wasm_target()?;
    fetch_crates(workspace)?;
    let folder = ToolsFolder::open()?;
    let _lock = folder.lock()?;
    folder.remove_leftovers()?;
    let missing: Vec<&CargoTool> =
        cargo_tool::ALL.iter().filter(|tool| !tool.is_installed(&folder)).collect();
    cargo_tool::install_side_by_side(&folder, &missing)?;
    if need == Need::Release {
        node::install_binaryen(&folder)?;
    }
    toolbox(&folder)
}

fn toolbox(folder: &ToolsFolder) -> Result<Toolbox> {
    let mut folders: Vec<PathBuf> =
        cargo_tool::ALL.iter().map(|tool| tool.bin_folder(folder)).collect();
    folders.push(node::binaryen_bin_folder(folder));
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let path = env::join_paths(folders).while_doing(|| "putting the tools on PATH".into())?;
    Ok(Toolbox { trunk: cargo_tool::TRUNK.program(folder), path })
}

fn add_wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    let folder = process::output_of(&mut rustc)?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    println!("Adding Rust's target {TARGET} (a few seconds).");
    process::run(Command::new("rustup").args(["target", "add", TARGET])).map_err(|failure| {
        Failure::new(format!("{failure}; install Rust's standard library for {TARGET}"))
    })
}

/// Downloads all crates, so that everything after it works offline.
fn fetch_crates(workspace: &Workspace) -> Result<()> {
    let is_complete = workspace
        .cargo("fetch")
        .args(["--offline", "--quiet"])
        .stderr(std::process::Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if is_complete {
        return Ok(());
    }
    println!("Downloading the crates that Cargo.lock names (less than a minute).");
    process::run(&mut workspace.cargo("fetch"))
}

/// What `program --version` prints, if it can be run.
fn version_line(program: &Path) -> Option<String> {
    process::output_of(Command::new(program).arg("--version")).ok()
}

/// Runs `make` on a fresh folder and moves that to `place` only once it is complete.
fn install_whole(
    folder: &ToolsFolder,
    place: &Path,
    make: impl FnOnce(&Path) -> Result<()>,
) -> Result<()> {
    let partial = folder.partial_for(place);
    files::create_folder(&partial)?;
    make(&partial)?;
    files::remove_folder(place)?;
    files::rename(&partial, place)
}
