//! File operations whose errors name the file.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Result, While};

/// The text of a file.
pub(crate) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).while_doing(|| format!("reading {}", path.display()))
}

/// Writes a file and the folders above it.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    if let Some(folder) = path.parent() {
        create_folder(folder)?;
    }
    fs::write(path, content).while_doing(|| format!("writing {}", path.display()))
}

/// Makes a folder and those above it.
pub(crate) fn create_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).while_doing(|| format!("creating the folder {}", path.display()))
}

/// Removes a folder with all that is in it; it need not exist.
pub(crate) fn remove_folder(path: &Path) -> Result<()> {
    if !path.exists() {
        return Ok(());
    }
    fs::remove_dir_all(path).while_doing(|| format!("removing the folder {}", path.display()))
}

/// Renames a file or folder within one file system.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).while_doing(|| format!("renaming {} to {}", from.display(), to.display()))
}

/// The entries of a folder, sorted by name.
pub(crate) fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    let doing = || format!("listing {}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).while_doing(doing)? {
        paths.push(entry.while_doing(doing)?.path());
    }
    paths.sort();
    Ok(paths)
}

/// All files under a folder at any depth, sorted by path.
pub(crate) fn list_deep(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in list(folder)? {
        if path.is_dir() {
            files.extend(list_deep(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}
