//! The Chromium that the browser tests run in.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::process;

/// Names under which systems install Chromium and its relatives.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Finds a Chromium, or installs Debian's where we may.
///
/// # Errors
///
/// There is none and none can be installed; the sentence says what to install.
pub(crate) fn find_or_install() -> Result<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM") {
        let named = PathBuf::from(named);
        if named.is_file() {
            return Ok(named);
        }
        let sentence = format!("$CHROMIUM names {}, which is not a file", named.display());
        return Err(Failure::new(sentence));
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    if is_root() && Path::new("/etc/debian_version").exists() {
        install_from_debian()?;
    }
    find().ok_or_else(|| {
        Failure::new(
            "the browser tests need Chromium: install your system's package of it \
             (`sudo apt-get install chromium` on Debian), or name its program in $CHROMIUM",
        )
    })
}

/// Whether this process may do everything. Chromium's sandbox refuses to run then.
pub(crate) fn is_root() -> bool {
    process::output_of(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn find() -> Option<PathBuf> {
    NAMES.iter().find_map(|name| process::find_on_path(name))
}

fn install_from_debian() -> Result<()> {
    println!("Installing Debian's package chromium (130 MB, less than a minute).");
    process::run(Command::new("apt-get").args(["update", "-qq"]))?;
    let mut install = Command::new("apt-get");
    install
        .args(["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"])
        .env("DEBIAN_FRONTEND", "noninteractive");
    process::run(&mut install)
}
