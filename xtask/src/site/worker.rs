//! Gives the files of the worker names by their content and tells the page its loader's.
//!
//! Trunk leaves them unhashed, so a browser could run the worker of an older build.

use std::path::Path;

use super::hash::hashed_name;
use crate::failure::{Failure, Result, While};
use crate::files;
use crate::html::{self, Edits};

/// The files of the worker and of what it loads for some logs; each may name those before it, and
/// the page starts the last.
pub(super) const FILES: [&str; 11] = [
    "unpack_bzip2_bg.wasm",
    "unpack_bzip2.js",
    "unpack_inflate_bg.wasm",
    "unpack_inflate.js",
    "unpack_xz_bg.wasm",
    "unpack_xz.js",
    "unpack_zstd_bg.wasm",
    "unpack_zstd.js",
    "worker_bg.wasm",
    "worker.js",
    "worker_loader.js",
];

/// Where the page looks for the loader's name, relative to the base.
const META: &str = "rebuildscope-worker";

/// Renames the files and returns the page with the loader's name in it.
///
/// # Errors
///
/// A file is missing, or the page has no place for the name.
pub(super) fn name_by_content(staging: &Path, index: &str) -> Result<String> {
    let mut renamed: Vec<(&str, String)> = Vec::new();
    for file in FILES {
        let name = rename(staging, file, &renamed)?;
        renamed.push((file, name));
    }
    let loader = renamed.pop().map_or_else(String::new, |(_, name)| name);
    set_meta(index, &loader)
}

/// Renames one file after putting the new names of others into it.
fn rename(staging: &Path, file: &str, renamed: &[(&str, String)]) -> Result<String> {
    let place = staging.join(file);
    let mut content =
        std::fs::read(&place).while_doing(|| format!("reading {}", place.display()))?;
    if let Ok(text) = std::str::from_utf8(&content) {
        let replace = |text: String, (old, new): &(&str, String)| text.replace(old, new);
        content = renamed.iter().fold(text.to_owned(), replace).into_bytes();
    }
    let name = hashed_name(file, &content);
    files::write(&staging.join(&name), content)?;
    std::fs::remove_file(&place).while_doing(|| format!("removing {}", place.display()))?;
    Ok(name)
}

fn set_meta(index: &str, loader: &str) -> Result<String> {
    let tags = html::tags(index);
    let meta = tags.iter().find(|tag| tag.name == "meta" && tag.has("name", META));
    let meta = meta.ok_or_else(|| {
        Failure::new(format!("expected `<meta name=\"{META}\">` in index.html, but found none"))
    })?;
    let mut edits = Edits::of(index);
    edits.replace(meta.range.clone(), format!("<meta name=\"{META}\" content=\"{loader}\">"));
    Ok(edits.apply())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_leads_to_the_renamed_files() {
        let folder = std::env::temp_dir().join(format!("xtask-worker-{}", std::process::id()));
        let wasm = [0, b'a', b's', b'm', 0xff];
        let (last, others) = FILES.split_last().unwrap();
        for file in others {
            let is_wasm = file.ends_with(".wasm");
            files::write(&folder.join(file), if is_wasm { &wasm[..] } else { b"glue" }).unwrap();
        }
        files::write(&folder.join(last), others.join(" ")).unwrap();
        let page = name_by_content(&folder, "<meta content='' name=rebuildscope-worker>").unwrap();
        let renamed = |file: &&str| {
            let content = if file.ends_with(".wasm") { &wasm[..] } else { b"glue" };
            hashed_name(file, content)
        };
        let text = others.iter().map(renamed).collect::<Vec<_>>().join(" ");
        let loader = hashed_name(last, text.as_bytes());
        assert_eq!(page, format!("<meta name=\"rebuildscope-worker\" content=\"{loader}\">"));
        assert_eq!(files::read(&folder.join(loader)).unwrap(), text);
        assert_eq!(files::list(&folder).unwrap().len(), FILES.len());
        files::remove_folder(&folder).unwrap();
    }

    #[test]
    fn a_page_without_a_place_for_the_name_fails() {
        assert!(set_meta("<meta name=description>", "w.js").is_err());
    }
}
