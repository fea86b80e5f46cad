//! Gives the files of the worker and of the tasks names by their content and tells the page those
//! of their loaders.
//!
//! Trunk leaves them unhashed, so a browser could run the worker of an older build.

use std::path::Path;

use super::glue::without_docs;
use super::hash::hashed_name;
use crate::failure::{Failure, Result, While};
use crate::files;
use crate::html::{self, Edits};

/// The files of the worker, of what it loads for some logs, and of the tasks; each may name those
/// before it.
pub(super) const FILES: [&str; 27] = [
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
    "compare_bg.wasm",
    "compare.js",
    "export_bg.wasm",
    "export.js",
    "tables-1.bin",
    "make_link_bg.wasm",
    "make_link.js",
    "read_report_bg.wasm",
    "read_report.js",
    "read_lines_bg.wasm",
    "read_lines.js",
    "search_lines_bg.wasm",
    "search_lines.js",
    "open_link_bg.wasm",
    "open_link.js",
    "task_loader.js",
];

/// Where the page looks for the names of the loaders that it starts, relative to the base.
const LOADERS: [(&str, &str); 2] =
    [("rebuildscope-worker", "worker_loader.js"), ("rebuildscope-tasks", "task_loader.js")];

/// Renames the files and returns the page with the loaders' names in it.
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
    LOADERS.iter().try_fold(index.to_owned(), |index, (meta, loader)| {
        let name = renamed.iter().find(|(file, _)| file == loader).map_or("", |(_, name)| name);
        set_meta(&index, meta, name)
    })
}

/// Renames one file after putting the new names of others into it.
fn rename(staging: &Path, file: &str, renamed: &[(&str, String)]) -> Result<String> {
    let place = staging.join(file);
    let mut content =
        std::fs::read(&place).while_doing(|| format!("reading {}", place.display()))?;
    if let Ok(text) = std::str::from_utf8(&content) {
        let replace = |text: String, (old, new): &(&str, String)| text.replace(old, new);
        content = renamed.iter().fold(without_docs(text), replace).into_bytes();
    }
    let name = hashed_name(file, &content);
    files::write(&staging.join(&name), content)?;
    std::fs::remove_file(&place).while_doing(|| format!("removing {}", place.display()))?;
    Ok(name)
}

fn set_meta(index: &str, name: &str, loader: &str) -> Result<String> {
    let tags = html::tags(index);
    let meta = tags.iter().find(|tag| tag.name == "meta" && tag.has("name", name));
    let meta = meta.ok_or_else(|| {
        Failure::new(format!("expected `<meta name=\"{name}\">` in index.html, but found none"))
    })?;
    let mut edits = Edits::of(index);
    edits.replace(meta.range.clone(), format!("<meta name=\"{name}\" content=\"{loader}\">"));
    Ok(edits.apply())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str =
        "<meta content='' name=rebuildscope-worker><meta content='' name=rebuildscope-tasks>";

    #[test]
    fn the_loaders_lead_to_the_renamed_files() {
        let folder = std::env::temp_dir().join(format!("xtask-worker-{}", std::process::id()));
        let wasm = [0, b'a', b's', b'm', 0xff];
        for file in FILES {
            let is_wasm = file.ends_with(".wasm");
            files::write(&folder.join(file), if is_wasm { &wasm[..] } else { b"glue" }).unwrap();
        }
        files::write(&folder.join("worker_loader.js"), "worker.js worker_bg.wasm").unwrap();
        files::write(&folder.join("task_loader.js"), "compare.js").unwrap();
        let page = name_by_content(&folder, PAGE).unwrap();
        let worker = [hashed_name("worker.js", b"glue"), hashed_name("worker_bg.wasm", &wasm)];
        let worker = worker.join(" ");
        let tasks = hashed_name("compare.js", b"glue");
        for (meta, file, text) in [
            ("rebuildscope-worker", "worker_loader.js", worker),
            ("rebuildscope-tasks", "task_loader.js", tasks),
        ] {
            let loader = hashed_name(file, text.as_bytes());
            assert!(page.contains(&format!("<meta name=\"{meta}\" content=\"{loader}\">")));
            assert_eq!(files::read(&folder.join(loader)).unwrap(), text);
        }
        assert_eq!(files::list(&folder).unwrap().len(), FILES.len());
        files::remove_folder(&folder).unwrap();
    }

    #[test]
    fn a_page_without_a_place_for_a_name_fails() {
        assert!(set_meta("<meta name=description>", "rebuildscope-tasks", "w.js").is_err());
    }
}
