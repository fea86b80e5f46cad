//! The folder that holds the tools, one subfolder per tool and version.

use std::env;
use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result, While};
use crate::files;

/// What the names of unfinished installations begin with.
const PARTIAL: &str = ".partial-";

/// The folder that holds the tools.
pub(super) struct ToolsFolder(PathBuf);

impl ToolsFolder {
    /// Finds the folder and makes it where it is missing.
    pub(super) fn open() -> Result<Self> {
        let place = place(|name| env::var_os(name).filter(|value| !value.is_empty()))?;
        files::create_folder(&place)?;
        // Node and cargo get this path from other working folders.
        let place = place.canonicalize().while_doing(|| format!("finding {}", place.display()))?;
        Ok(Self(place))
    }

    /// The subfolder of one version of one tool.
    pub(super) fn tool(&self, name: &str, version: &str) -> PathBuf {
        self.0.join(format!("{name}-{version}"))
    }

    /// The folder in which the tool at `place` is put together.
    pub(super) fn partial_for(&self, place: &Path) -> PathBuf {
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        self.0.join(format!("{PARTIAL}{name}"))
    }

    /// Keeps other processes from installing until the returned file is dropped.
    pub(super) fn lock(&self) -> Result<File> {
        let path = self.0.join(".lock");
        let doing = || format!("locking {}", path.display());
        let file = File::create(&path).while_doing(doing)?;
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => {
                println!("Waiting for another process that installs tools.");
            }
            Err(TryLockError::Error(error)) => return Err(error).while_doing(doing),
        }
        file.lock().while_doing(doing)?;
        Ok(file)
    }

    /// Removes what interrupted installations left. Call it while the lock is held.
    pub(super) fn remove_leftovers(&self) -> Result<()> {
        for path in files::list(&self.0)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with(PARTIAL) {
                files::remove_folder(&path)?;
            }
        }
        Ok(())
    }
}

/// Where the tools are kept, by the environment.
fn place(variable: impl Fn(&str) -> Option<OsString>) -> Result<PathBuf> {
    if let Some(place) = variable("REBUILDSCOPE_TOOLS") {
        return Ok(PathBuf::from(place));
    }
    let cache = variable("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || variable("HOME").map(|home| PathBuf::from(home).join(".cache"));
    let cache = cache.or_else(home).ok_or_else(|| {
        Failure::new("no place for the build tools: set HOME or REBUILDSCOPE_TOOLS")
    })?;
    Ok(cache.join("rebuildscope").join("tools"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(variables: &[(&str, &str)], expected: Option<&str>) {
        let variable = |name: &str| {
            variables.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value))
        };
        assert_eq!(place(variable).ok(), expected.map(PathBuf::from));
    }

    #[test]
    fn the_most_particular_variable_decides() {
        let all = [("REBUILDSCOPE_TOOLS", "/t"), ("XDG_CACHE_HOME", "/c"), ("HOME", "/h")];
        check(&all, Some("/t"));
        check(&all[1..], Some("/c/rebuildscope/tools"));
        check(&all[2..], Some("/h/.cache/rebuildscope/tools"));
        check(&[], None);
    }

    fn folder(name: &str) -> ToolsFolder {
        let path = env::temp_dir().join(format!("xtask-tools-{name}-{}", std::process::id()));
        files::create_folder(&path).unwrap();
        ToolsFolder(path)
    }

    #[test]
    fn what_an_interrupted_installation_left_is_removed_and_nothing_else() {
        let folder = folder("left");
        let whole = folder.tool("trunk", "0.21.14");
        files::write(&whole.join("bin/trunk"), "").unwrap();
        files::write(&folder.partial_for(&whole).join("build/x"), "").unwrap();
        folder.remove_leftovers().unwrap();
        assert_eq!(files::list(&folder.0).unwrap(), [whole]);
        files::remove_folder(&folder.0).unwrap();
    }

    #[test]
    fn only_one_process_installs_at_a_time() {
        let folder = folder("lock");
        let lock = folder.lock().unwrap();
        let other = File::open(folder.0.join(".lock")).unwrap();
        assert!(other.try_lock().is_err());
        drop(lock);
        assert!(other.try_lock().is_ok());
        files::remove_folder(&folder.0).unwrap();
    }
}
