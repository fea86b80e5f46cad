//! Node and what comes from npm: `wasm-opt`, and the packages of the browser tests.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::folder::ToolsFolder;
use super::{install_whole, version_line, versions};
use crate::failure::{Failure, Result};
use crate::files;
use crate::process;

const BINARYEN_PACKAGE: &str = include_str!("binaryen/package.json");
const BINARYEN_LOCK: &str = include_str!("binaryen/package-lock.json");

/// Installs `wasm-opt` where it is missing.
pub(super) fn install_binaryen(folder: &ToolsFolder) -> Result<()> {
    check_version()?;
    let wasm_opt = binaryen_bin_folder(folder).join("wasm-opt");
    let is_pinned = |line: &str| is_binaryen_of(line, versions::BINARYEN);
    if version_line(&wasm_opt).is_some_and(|line| is_pinned(&line)) {
        return Ok(());
    }
    println!("Installing wasm-opt of Binaryen {} from npm (100 MB, seconds).", versions::BINARYEN);
    install_whole(folder, &folder.tool("binaryen", versions::BINARYEN), |partial| {
        files::write(&partial.join("package.json"), BINARYEN_PACKAGE)?;
        files::write(&partial.join("package-lock.json"), BINARYEN_LOCK)?;
        npm_ci(partial)
    })?;
    match version_line(&wasm_opt) {
        Some(line) if is_pinned(&line) => Ok(()),
        _ => Err(Failure::new(format!("{} was installed, but does not run", wasm_opt.display()))),
    }
}

/// The folder with `wasm-opt` in it.
pub(super) fn binaryen_bin_folder(folder: &ToolsFolder) -> PathBuf {
    folder.tool("binaryen", versions::BINARYEN).join("node_modules/.bin")
}

/// Installs the packages of a folder with a lock file, unless that was done for this lock file.
///
/// # Errors
///
/// Node is missing or too old, or npm fails.
pub(crate) fn install_packages(folder: &Path) -> Result<()> {
    check_version()?;
    let lock = files::read(&folder.join("package-lock.json"))?;
    // npm removes `node_modules` before it installs, and with it this mark of a complete one.
    let mark = folder.join("node_modules/.installed-lock.json");
    if files::read(&mark).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("Installing the npm packages of {} (seconds).", folder.display());
    npm_ci(folder)?;
    files::write(&mark, lock)
}

/// The Node on PATH.
///
/// # Errors
///
/// There is none, or it is too old.
fn check_version() -> Result<()> {
    let needed = versions::NODE_MAJOR;
    let advice = format!("install Node {needed} or newer with npm");
    let Some(line) = version_line(Path::new("node")) else {
        return Err(Failure::new(format!("Node is not on PATH: {advice}")));
    };
    match major_of(&line) {
        Some(major) if major >= needed => Ok(()),
        _ => Err(Failure::new(format!("Node {} is too old: {advice}", line.trim()))),
    }
}

fn npm_ci(folder: &Path) -> Result<()> {
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(folder)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    process::run(&mut npm)
}

/// `v20.20.2` is of major version 20.
fn major_of(line: &str) -> Option<u32> {
    line.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// `wasm-opt version 132 (version_132)` is of npm's version 132.0.0.
fn is_binaryen_of(line: &str, version: &str) -> bool {
    let found = line.trim().strip_prefix("wasm-opt version ");
    let found = found.and_then(|rest| rest.split_whitespace().next());
    found.is_some() && found == version.split('.').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_the_programs_print() {
        assert_eq!(major_of("v20.20.2\n"), Some(20));
        assert_eq!(major_of("20.20.2"), None);
        assert!(is_binaryen_of("wasm-opt version 132 (version_132)\n", "132.0.0"));
        assert!(!is_binaryen_of("wasm-opt version 108", "132.0.0"));
        assert!(!is_binaryen_of("", "132.0.0"));
    }

    #[test]
    fn the_npm_files_name_the_pinned_version() {
        let pinned = format!("\"binaryen\": \"{}\"", versions::BINARYEN);
        assert!(BINARYEN_PACKAGE.contains(&pinned));
        assert!(BINARYEN_LOCK.contains(&pinned));
    }
}
