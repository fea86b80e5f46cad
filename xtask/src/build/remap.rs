//! Takes the paths of this machine out of what the compiler puts into the site.

use std::env;
use std::path::{Path, PathBuf};

use crate::files;

/// The flags for the site's programs, to be set through this variable. It adds to those of
/// `.cargo/config.toml`, and is for this target alone, so that native tools keep theirs.
pub(super) const VARIABLE: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Flags that shorten where each crate lies to its name and version: the site is the same on
/// every machine, and smaller. `None` where cargo's home has a blank, at which flags are cut.
pub(super) fn rustflags() -> Option<String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
        let user = env::var_os("HOME")?;
        Some(Path::new(&user).join(".cargo"))
    })?;
    flags(&files::list(&home.join("registry/src")).ok()?)
}

fn flags(folders: &[PathBuf]) -> Option<String> {
    let mut flags = Vec::new();
    for folder in folders {
        let folder = folder.to_str().filter(|folder| !folder.contains(char::is_whitespace))?;
        flags.push(format!("--remap-path-prefix={folder}/="));
    }
    (!flags.is_empty()).then(|| flags.join(" "))
}

#[cfg(test)]
mod tests {
    use super::flags;

    #[test]
    fn each_folder_of_crates_is_shortened() {
        let folders = ["/home/me/.cargo/registry/src/a".into(), "/srv/registry/src/b".into()];
        let expected = "--remap-path-prefix=/home/me/.cargo/registry/src/a/= \
                        --remap-path-prefix=/srv/registry/src/b/=";
        assert_eq!(flags(&folders).as_deref(), Some(expected));
    }

    #[test]
    fn folder_with_a_blank_is_left_as_it_is() {
        assert_eq!(flags(&["/home/a user/.cargo/registry/src/a".into()]), None);
        assert_eq!(flags(&[]), None);
    }
}
