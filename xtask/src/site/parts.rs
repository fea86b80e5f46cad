//! Cuts the page's program into what every visit needs and parts that load when they are asked for.
//!
//! The functions that are marked `wasm_split` are the ways into the parts. What only one part
//! reaches goes into its file, what several reach into a file for these, and the rest stays.

mod link;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use wasm_split_cli_support::{Options, SplitWasm, transform};

use super::glue::without_docs;
use super::hash::hashed_name;
use crate::build::Profile;
use crate::failure::{Failure, Result, While};
use crate::files;
use crate::html::{self, Edits};
use crate::process;

/// The script of the page's program, the one that loads the parts, and the program.
const SCRIPT: &str = "app.js";
const LOADER: &str = "app_parts.js";
const PROGRAM: &str = "app_bg.wasm";

/// What `wasm-opt` may use: what rustc's target has, and SIMD, which `boot.js` asks for.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// Puts the parts in the place of the whole program that Trunk has put into the folder; `linked`
/// is that program as it comes from the linker, with its relocations.
///
/// # Errors
///
/// The program cannot be cut, or the page does not load it.
pub(super) fn cut(staging: &Path, linked: &Path, profile: Profile) -> Result<()> {
    let work = staging.join("parts");
    let parts = split(linked, &work)?;
    bind(&work)?;
    if profile == Profile::Release {
        for program in parts.iter().map(|part| &*part.file).chain([PROGRAM]) {
            optimize(&work.join(program))?;
        }
    }
    let place = staging.join("index.html");
    let index = files::read(&place)?;
    let whole = Whole::of(&index)?;
    let names = name_by_content(staging, &work, &parts)?;
    whole.remove(staging)?;
    files::write(&place, whole.replace(&index, &names))?;
    files::remove_folder(&work)
}

/// A file with code for one part of the page or for several.
#[derive(Debug, PartialEq, Eq)]
struct PartFile {
    /// As the tool names it.
    file: String,
    /// The parts that need it.
    parts: BTreeSet<String>,
}

impl PartFile {
    /// `part-compare-report.wasm` is for these two.
    fn name(&self) -> String {
        let parts: Vec<&str> = self.parts.iter().map(String::as_str).collect();
        ["part-", &parts.join("-"), ".wasm"].concat()
    }
}

fn split(linked: &Path, work: &Path) -> Result<Vec<PartFile>> {
    files::create_folder(work)?;
    let whole = fs::read(linked).while_doing(|| format!("reading {}", linked.display()))?;
    let main = work.join("main.wasm");
    let loader = format!("./{LOADER}");
    let script = format!("./{SCRIPT}");
    let mut options = Options::new(&whole);
    options.output_dir = work;
    options.main_out_path = &main;
    options.main_module = &script;
    options.link_name = &loader;
    let cut = transform(options)
        .map_err(|error| Failure::new(format!("cutting {}: {error:#}", linked.display())))?;
    let parts = part_files(&cut);
    if parts.is_empty() {
        return Err(Failure::new(format!("{} has no part to cut off", linked.display())));
    }
    Ok(parts)
}

fn part_files(cut: &SplitWasm) -> Vec<PartFile> {
    let of_part = |(part, stems): (&String, &Vec<String>)| {
        stems.iter().map(|stem| ([stem, ".wasm"].concat(), part.clone())).collect::<Vec<_>>()
    };
    let mut pairs: Vec<(String, String)> = cut.prefetch_map.iter().flat_map(of_part).collect();
    pairs.sort();
    let files = pairs.chunk_by(|(one, _), (other, _)| one == other);
    files
        .map(|pairs| PartFile {
            file: pairs[0].0.clone(),
            parts: pairs.iter().map(|(_, part)| part.clone()).collect(),
        })
        .collect()
}

/// Makes the script through which what every visit needs talks to the browser.
///
/// The parts share the exports of the linker, such as the table of functions.
fn bind(work: &Path) -> Result<()> {
    let mut bindgen = Command::new("wasm-bindgen");
    bindgen.args(["--target", "web", "--no-typescript", "--keep-lld-exports"]);
    bindgen.args(["--out-name", "app", "--out-dir"]);
    process::output_of(bindgen.arg(work).arg(work.join("main.wasm"))).map(drop)
}

fn optimize(program: &Path) -> Result<()> {
    let mut wasm_opt = Command::new("wasm-opt");
    wasm_opt.arg("-Oz").args(FEATURES).arg(program).arg("-o").arg(program);
    process::output_of(&mut wasm_opt).map(drop)
}

/// The names of the files that the page loads by itself.
#[derive(Debug)]
struct Names {
    script: String,
    loader: String,
    program: String,
}

/// Gives all files names by their content.
fn name_by_content(staging: &Path, work: &Path, parts: &[PartFile]) -> Result<Names> {
    let mut loader = link::with_fallback(&files::read(&work.join(LOADER))?)?;
    for part in parts {
        let name = place(staging, &work.join(&part.file), &part.name())?;
        loader = link::rename_part(&loader, &part.file, &name)?;
    }
    let program = place(staging, &work.join(PROGRAM), PROGRAM)?;
    let script = without_docs(&files::read(&work.join(SCRIPT))?).replace(PROGRAM, &program);
    // The two scripts name each other, so both have the name of what is in the two.
    let both = [script.as_str(), &loader].concat();
    let [script_name, loader_name] =
        [SCRIPT, LOADER].map(|name| hashed_name(name, both.as_bytes()));
    let script = link::rename_script(&script, LOADER, &loader_name)?;
    let loader = link::rename_script(&loader, SCRIPT, &script_name)?;
    files::write(&staging.join(&script_name), script)?;
    files::write(&staging.join(&loader_name), loader)?;
    Ok(Names { script: script_name, loader: loader_name, program })
}

/// Moves a file into the site under a name by its content, and returns that.
fn place(staging: &Path, file: &Path, name: &str) -> Result<String> {
    let content = fs::read(file).while_doing(|| format!("reading {}", file.display()))?;
    let name = hashed_name(name, &content);
    files::write(&staging.join(&name), content)?;
    Ok(name)
}

/// The whole program as the page from Trunk loads it: addresses of its script and of itself.
#[derive(Debug, PartialEq, Eq)]
struct Whole<'a> {
    script: &'a str,
    program: &'a str,
}

impl<'a> Whole<'a> {
    fn of(index: &'a str) -> Result<Self> {
        let tags = html::tags(index);
        let whole = tags.iter().find_map(|tag| {
            Some(Self { script: tag.attribute("data-js")?, program: tag.attribute("data-wasm")? })
        });
        whole.ok_or_else(|| Failure::new("index.html does not start the page's program"))
    }

    fn remove(&self, staging: &Path) -> Result<()> {
        [self.script, self.program].iter().try_for_each(|address| {
            let file = staging.join(split_address(address).1);
            fs::remove_file(&file).while_doing(|| format!("removing {}", file.display()))
        })
    }

    /// The page with the new names. The hashes that Trunk gave to the links are of the old files.
    fn replace(&self, index: &str, names: &Names) -> String {
        let (base, _) = split_address(self.script);
        let address = |name: &str| [base, name].concat();
        let (script, program) = (address(&names.script), address(&names.program));
        let preload = format!(
            "<link rel=\"modulepreload\" href=\"{script}\">\
             <link rel=\"modulepreload\" href=\"{}\">",
            address(&names.loader)
        );
        let fetch = format!(
            "<link rel=\"preload\" href=\"{program}\" crossorigin=\"anonymous\" as=\"fetch\" \
             type=\"application/wasm\">"
        );
        let mut edits = Edits::of(index);
        for tag in html::tags(index).iter().filter(|tag| tag.name == "link") {
            let new = match tag.attribute("href") {
                Some(href) if href == self.script => &preload,
                Some(href) if href == self.program => &fetch,
                _ => continue,
            };
            edits.replace(tag.range.clone(), new.clone());
        }
        edits.apply().replace(self.script, &script).replace(self.program, &program)
    }
}

/// `/sub/app-1.js` is `/sub/` and `app-1.js`.
fn split_address(address: &str) -> (&str, &str) {
    address.split_at(address.rfind('/').map_or(0, |at| at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = r#"<script type="module" src="/s/boot.js" data-js="/s/app-1.js" data-wasm="/s/app-1_bg.wasm"></script>
<link rel="modulepreload" href="/s/app-1.js" crossorigin="anonymous" integrity="sha384-x"><link rel="preload" href="/s/app-1_bg.wasm" integrity="sha384-y" as="fetch">"#;

    #[test]
    fn the_page_loads_the_parts_in_place_of_the_whole() {
        let whole = Whole::of(INDEX).unwrap();
        assert_eq!(whole, Whole { script: "/s/app-1.js", program: "/s/app-1_bg.wasm" });
        let [script, loader, program] =
            ["app-2.js", "app_parts-2.js", "app_bg-3.wasm"].map(str::to_owned);
        let page = whole.replace(INDEX, &Names { script, loader, program });
        assert!(!page.contains("app-1") && !page.contains("integrity"), "{page}");
        for expected in [
            "data-js=\"/s/app-2.js\" data-wasm=\"/s/app_bg-3.wasm\"",
            "<link rel=\"modulepreload\" href=\"/s/app-2.js\">",
            "<link rel=\"modulepreload\" href=\"/s/app_parts-2.js\">",
            "<link rel=\"preload\" href=\"/s/app_bg-3.wasm\" crossorigin",
        ] {
            assert!(page.contains(expected), "{expected} in {page}");
        }
    }

    #[test]
    fn a_page_without_a_program_fails() {
        assert!(Whole::of("<script src=\"/boot.js\"></script>").is_err());
    }

    #[test]
    fn a_file_is_named_after_the_parts_that_need_it() {
        let parts = ["report", "compare"].map(str::to_owned).into();
        let shared = PartFile { file: "chunk_7.wasm".into(), parts };
        assert_eq!(shared.name(), "part-compare-report.wasm");
    }
}
