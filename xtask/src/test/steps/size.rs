//! Holds the release site to its budgets.

mod text_pages;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::build::{Profile, Site};
use crate::failure::{Failure, Result};
use crate::files;
use crate::html;
use crate::process;
use crate::tools;
use crate::workspace::Workspace;

/// What may load before the page is usable: HTML, styles, scripts, what every visit needs of the
/// page's program.
const PAGE_BUDGET: Budget = Budget { what: "page", max_bytes: 200_000 };

/// What may load for each part of the page besides.
const PARTS: [Budget; 6] = [
    Budget { what: "compare", max_bytes: 77_000 },
    Budget { what: "history", max_bytes: 48_000 },
    Budget { what: "log", max_bytes: 66_000 },
    Budget { what: "report", max_bytes: 150_000 },
    Budget { what: "share", max_bytes: 40_000 },
    Budget { what: "time", max_bytes: 66_000 },
];

/// What may load after the first paint, to read the log.
const WORKER_BUDGET: Budget = Budget { what: "worker", max_bytes: 200_000 };

/// The script that starts what loads on demand.
const TASKS_BUDGET: Budget = Budget { what: "tasks", max_bytes: 1200 };

/// What each program that unpacks a log may weigh; it loads for such a log alone.
const UNPACKER_MAX_BYTES: u64 = 50_000;

/// What may load for some visits alone, a program with its script or a file of data each; their
/// names begin so.
const ON_DEMAND: [Budget; 15] = [
    Budget { what: "unpack_bzip2", max_bytes: UNPACKER_MAX_BYTES },
    Budget { what: "unpack_inflate", max_bytes: UNPACKER_MAX_BYTES },
    Budget { what: "unpack_xz", max_bytes: UNPACKER_MAX_BYTES },
    Budget { what: "unpack_zstd", max_bytes: UNPACKER_MAX_BYTES },
    // It also finds the versions of a plan, and draws the figures of articles.
    Budget { what: "compare", max_bytes: 108_000 },
    Budget { what: "export", max_bytes: 90_000 },
    Budget { what: "make_link", max_bytes: 260_000 },
    Budget { what: "read_report", max_bytes: 65_000 },
    Budget { what: "read_lines", max_bytes: 31_000 },
    Budget { what: "search_lines", max_bytes: 125_000 },
    Budget { what: "open_link", max_bytes: 20_000 },
    Budget { what: "tables-", max_bytes: 60_000 },
    // With the list of the files that it keeps.
    Budget { what: "service_worker", max_bytes: 10_000 },
    Budget { what: "offline", max_bytes: 1500 },
    Budget { what: "search", max_bytes: 2000 },
];

/// The most that some files may weigh together.
struct Budget {
    what: &'static str,
    /// After brotli.
    max_bytes: u64,
}

/// One file as it is and as it travels.
#[derive(Debug, PartialEq, Eq)]
struct Size {
    raw_bytes: u64,
    brotli_bytes: u64,
}

/// Weighs the release site and prints a table.
///
/// # Errors
///
/// It cannot be built, is too heavy, or holds a program or style that nothing loads.
pub(super) fn run(workspace: &Workspace) -> Result<()> {
    let site = Site::anywhere(workspace, Profile::Release);
    site.build_if_stale(workspace, &tools::install(workspace, site.need())?)?;
    let dist = site.dist;
    let index = files::read(&dist.join("index.html"))?;
    let page = page_files(&index);
    let mut rest = programs(&dist, &page)?;
    println!("{:>10} {:>10}  (bytes)", "raw", "brotli");
    // All are printed, also if the first is too heavy.
    let mut results = vec![weigh(&dist, &page, &PAGE_BUDGET)];
    let parts: BTreeSet<String> = rest.extract_if(.., |name| name.starts_with("part-")).collect();
    for budget in &PARTS {
        let files = parts.iter().filter(|name| is_for(name, budget.what)).cloned().collect();
        results.push(weigh(&dist, &files, budget));
    }
    for budget in &ON_DEMAND {
        let files = rest.extract_if(.., |name| name.starts_with(budget.what)).collect();
        results.push(weigh(&dist, &files, budget));
    }
    let tasks = BTreeSet::from([loader(&index, "rebuildscope-tasks")?]);
    rest.retain(|name| !tasks.contains(name));
    results.push(weigh(&dist, &tasks, &TASKS_BUDGET));
    results.push(weigh(&dist, &rest, &WORKER_BUDGET));
    results.push(all_are_loaded(&dist, &index, &rest));
    results.push(text_pages::weigh(&dist));
    results.into_iter().collect()
}

/// The names of the files that the page loads by itself.
fn page_files(index: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::from(["index.html".to_owned()]);
    for tag in html::tags(index) {
        let rel = tag.attribute("rel").unwrap_or_default();
        let is_loaded = ["stylesheet", "modulepreload", "preload"].contains(&rel);
        let linked = tag.attribute("href").filter(|_| tag.name == "link" && is_loaded);
        let of_script = ["src", "data-js", "data-wasm"].map(|name| tag.attribute(name));
        let of_script = of_script.into_iter().flatten().filter(|_| tag.name == "script");
        names.extend(linked.into_iter().chain(of_script).map(file_name));
    }
    names
}

/// All other programs of the site.
fn programs(dist: &Path, page: &BTreeSet<String>) -> Result<BTreeSet<String>> {
    let mut programs = BTreeSet::new();
    for path in files::list_deep(dist)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_program = [".js", ".css", ".wasm", ".bin"].iter().any(|end| name.ends_with(end));
        if is_program && !page.contains(&name) {
            programs.insert(name);
        }
    }
    Ok(programs)
}

/// `part-compare-report-0123.wasm` is for these two.
fn is_for(file: &str, part: &str) -> bool {
    file.split('-').skip(1).any(|named| named == part)
}

/// Fails for a file of the worker to which its loader does not lead.
fn all_are_loaded(dist: &Path, index: &str, worker: &BTreeSet<String>) -> Result<()> {
    let loader = loader(index, "rebuildscope-worker")?;
    let text = files::read(&dist.join(&loader))?;
    let is_lost = |name: &&String| **name != loader && !text.contains(name.as_str());
    match worker.iter().find(is_lost) {
        Some(name) => Err(Failure::new(format!("{name} is loaded by neither page nor worker"))),
        None => Ok(()),
    }
}

/// The script that the page starts as a worker and knows by this name.
fn loader(index: &str, name: &str) -> Result<String> {
    let tags = html::tags(index);
    let meta = tags.iter().find(|tag| tag.has("name", name));
    let loader = meta.and_then(|tag| tag.attribute("content")).filter(|name| !name.is_empty());
    loader
        .map(file_name)
        .ok_or_else(|| Failure::new(format!("index.html does not name the loader {name}")))
}

/// `/sub/page-0123.js` is `page-0123.js`.
fn file_name(url: &str) -> String {
    url.rsplit('/').next().unwrap_or(url).to_owned()
}

fn weigh(dist: &Path, names: &BTreeSet<String>, budget: &Budget) -> Result<()> {
    let sizes = sizes_of(dist, names)?;
    for (name, Size { raw_bytes, brotli_bytes }) in names.iter().zip(&sizes) {
        println!("{raw_bytes:>10} {brotli_bytes:>10}  {name}");
    }
    let raw_bytes: u64 = sizes.iter().map(|size| size.raw_bytes).sum();
    let brotli_bytes: u64 = sizes.iter().map(|size| size.brotli_bytes).sum();
    let Budget { what, max_bytes } = budget;
    println!("{raw_bytes:>10} {brotli_bytes:>10}  = {what}, of at most {max_bytes}\n");
    if brotli_bytes <= *max_bytes {
        return Ok(());
    }
    Err(Failure::new(format!("the {what} weighs {brotli_bytes} bytes, more than {max_bytes}")))
}

fn sizes_of(dist: &Path, names: &BTreeSet<String>) -> Result<Vec<Size>> {
    let mut node = Command::new("node");
    node.args(["--input-type=module", "--eval", include_str!("brotli.mjs"), "--"]);
    node.args(names).current_dir(dist);
    let text = process::output_of(&mut node)?;
    let sizes: Vec<Size> = text.lines().filter_map(parse_size).collect();
    if sizes.len() == names.len() {
        return Ok(sizes);
    }
    Err(Failure::new(format!("expected {} sizes, but found {}", names.len(), sizes.len())))
}

/// `57000 9800`
fn parse_size(line: &str) -> Option<Size> {
    let (raw, brotli) = line.split_once(' ')?;
    Some(Size { raw_bytes: raw.parse().ok()?, brotli_bytes: brotli.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = r#"<meta name="rebuildscope-worker" content="worker_loader-1.js">
        <link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/sub/style-1.css">
        <link rel="preload" href="/sub/page-1_bg.wasm" as="fetch">
        <script type="module" src="/sub/boot.js" data-js="/sub/page-1.js" data-wasm="/sub/page-1_bg.wasm"></script>
        <a href="/sub/about/">"#;

    #[test]
    fn the_page_is_what_its_html_loads() {
        let names: Vec<String> = page_files(INDEX).into_iter().collect();
        assert_eq!(names, ["boot.js", "index.html", "page-1.js", "page-1_bg.wasm", "style-1.css"]);
    }

    #[test]
    fn the_worker_is_named_by_the_page() {
        let name = "rebuildscope-worker";
        assert_eq!(loader(INDEX, name), Ok("worker_loader-1.js".to_owned()));
        assert!(loader("<meta name=rebuildscope-worker content=''>", name).is_err());
    }

    #[test]
    fn a_file_can_be_for_several_parts() {
        let file = "part-compare-report-0123456789abcdef.wasm";
        assert!(is_for(file, "compare") && is_for(file, "report"));
        assert!(!is_for(file, "share") && !is_for("report-0123.wasm", "report"));
    }

    #[test]
    fn a_size_is_two_numbers() {
        let expected = Size { raw_bytes: 57_000, brotli_bytes: 9800 };
        assert_eq!(parse_size("57000 9800"), Some(expected));
        assert_eq!(parse_size("57000"), None);
    }
}
