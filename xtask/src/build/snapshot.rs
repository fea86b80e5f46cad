//! What the sources of the site look like, to notice that they have changed.

use std::fmt;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use crate::failure::{Result, While};
use crate::files;
use crate::workspace::Workspace;

/// What the site is made of, besides `xtask` for its last step.
const SOURCES: [&str; 12] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "analyzer",
    "app",
    "content",
    "index.html",
    "public",
    "share",
    "unpack",
    "xtask",
];

/// A hash over the paths, sizes and times of change of all sources.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Snapshot(u64);

impl Snapshot {
    /// Looks at the sources as they are now.
    ///
    /// # Errors
    ///
    /// A folder cannot be listed.
    pub(crate) fn take(workspace: &Workspace) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        for source in SOURCES {
            let path = workspace.path(source);
            if path.is_dir() {
                for file in files::list_deep(&path)? {
                    hash_file(&file, &mut hasher)?;
                }
            } else if path.is_file() {
                hash_file(&path, &mut hasher)?;
            }
        }
        Ok(Self(hasher.finish()))
    }
}

impl fmt::Display for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

fn hash_file(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    let doing = || format!("looking at {}", path.display());
    let metadata = fs::metadata(path).while_doing(doing)?;
    path.hash(hasher);
    metadata.len().hash(hasher);
    metadata.modified().while_doing(doing)?.hash(hasher);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn workspace() -> Workspace {
        let root = std::env::temp_dir().join(format!("xtask-snapshot-{}", std::process::id()));
        Workspace { target: root.join("target"), root, metadata: serde_json::Value::Null }
    }

    #[test]
    fn a_changed_added_or_removed_source_is_noticed_and_nothing_else() {
        let workspace = workspace();
        let file = |relative: &str| -> PathBuf { workspace.path(relative) };
        let now = || Snapshot::take(&workspace).unwrap();
        files::write(&file("app/src/lib.rs"), "a").unwrap();
        let first = now();
        files::write(&file("e2e/report.e2e.ts"), "x").unwrap();
        assert!(now() == first);
        files::write(&file("app/src/lib.rs"), "ab").unwrap();
        let second = now();
        assert!(second != first);
        files::write(&file("public/icon.svg"), "x").unwrap();
        assert!(now() != second);
        files::remove_folder(&workspace.root).unwrap();
    }
}
