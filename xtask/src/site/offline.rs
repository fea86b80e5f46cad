//! Tells the service worker which files to keep, so that the site works without a network.

use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::hash::hashed_name;
use crate::failure::{Failure, Result, While};
use crate::files;

/// The file that becomes the service worker; its name never changes.
const WORKER: &str = "service_worker.js";

/// The lines in it that the build replaces.
const FILES_LINE: &str = "const FILES = {}";
const VERSION_LINE: &str = "const VERSION = ''";

/// Whether visitors are to have the site without a network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Offline {
    /// The service worker keeps the files.
    #[default]
    Kept,
    /// It keeps none, and removes those that an earlier one kept.
    Off,
}

/// Writes the list of files, each with a hash of its content, into the service worker.
///
/// # Errors
///
/// A file cannot be read, or the service worker has no place for the list.
pub(super) fn write_list(staging: &Path, offline: Offline) -> Result<()> {
    let list = match offline {
        Offline::Kept => list(staging)?,
        Offline::Off => Map::new(),
    };
    let list = Value::Object(list).to_string();
    let version = match offline {
        Offline::Kept => hashed_name("list.json", list.as_bytes()),
        Offline::Off => "off".to_owned(),
    };
    let place = staging.join(WORKER);
    let worker = files::read(&place)?;
    let worker = replaced(&worker, FILES_LINE, &format!("const FILES = {list}"))?;
    let version = format!("const VERSION = '{version}'");
    files::write(&place, replaced(&worker, VERSION_LINE, &version)?)
}

fn replaced(worker: &str, line: &str, by: &str) -> Result<String> {
    if worker.matches(line).count() == 1 {
        return Ok(worker.replace(line, by));
    }
    Err(Failure::new(format!("expected `{line}` once in {WORKER}")))
}

/// The addresses of the files below the root of the site, each with its hash.
fn list(staging: &Path) -> Result<Map<String, Value>> {
    let mut list = Map::new();
    for path in files::list_deep(staging)? {
        let relative = path.strip_prefix(staging).unwrap_or(&path).to_string_lossy();
        let Some(address) = kept_as(&relative) else { continue };
        let content = std::fs::read(&path).while_doing(|| format!("reading {relative}"))?;
        list.insert(address.to_owned(), Value::String(sha256(&content)));
    }
    Ok(list)
}

/// The address of a file that is needed without a network; some hosts know `index.html` by the
/// address of its folder alone.
fn kept_as(relative: &str) -> Option<&str> {
    let is_for_others = relative.starts_with("pictures/")
        || relative.starts_with('_')
        || [WORKER, "404.html", "robots.txt", "sitemap.xml", "feed.xml"].contains(&relative);
    if is_for_others {
        return None;
    }
    Some(relative.strip_suffix("index.html").unwrap_or(relative))
}

/// The hash as policies and integrity checks write it: `sha256-…`.
pub(super) fn sha256(content: &[u8]) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(content)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn staging(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-off-{name}-{}", std::process::id()));
        let worker = format!("{FILES_LINE}\n{VERSION_LINE}\n");
        for (path, text) in [
            (WORKER, worker.as_str()),
            ("index.html", "home"),
            ("learn/index.html", "list"),
            ("404.html", "lost"),
            ("_headers", "x"),
            ("pictures/a.png", "x"),
            ("app-1_bg.wasm", ""),
        ] {
            files::write(&folder.join(path), text).unwrap();
        }
        folder
    }

    #[test]
    fn everything_that_a_person_opens_is_kept_by_its_address_and_hash() {
        let staging = staging("list");
        let kept = list(&staging).unwrap();
        let addresses: Vec<&str> = kept.keys().map(String::as_str).collect();
        assert_eq!(addresses, ["", "app-1_bg.wasm", "learn/"]);
        let empty = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        assert_eq!(kept["app-1_bg.wasm"], empty);
        files::remove_folder(&staging).unwrap();
    }

    #[test]
    fn a_change_of_any_file_changes_the_version() {
        let version = |name: &str, text: &str| {
            let staging = staging(name);
            files::write(&staging.join("index.html"), text).unwrap();
            write_list(&staging, Offline::Kept).unwrap();
            let worker = files::read(&staging.join(WORKER)).unwrap();
            files::remove_folder(&staging).unwrap();
            worker.lines().last().unwrap().to_owned()
        };
        assert_eq!(version("a", "home"), version("b", "home"));
        assert_ne!(version("c", "home"), version("d", "house"));
    }

    #[test]
    fn switched_off_it_keeps_nothing() {
        let staging = staging("none");
        write_list(&staging, Offline::Off).unwrap();
        let worker = files::read(&staging.join(WORKER)).unwrap();
        assert_eq!(worker, "const FILES = {}\nconst VERSION = 'off'\n");
        files::remove_folder(&staging).unwrap();
    }

    #[test]
    fn a_worker_without_a_place_for_the_list_fails() {
        let staging = staging("bad");
        files::write(&staging.join(WORKER), "const FILES = []").unwrap();
        assert!(write_list(&staging, Offline::Kept).is_err());
        files::remove_folder(&staging).unwrap();
    }
}
