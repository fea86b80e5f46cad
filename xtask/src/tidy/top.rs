//! What may stand at the top of the project, so that it stays a list that one takes in at a glance.

use super::problem::Problem;
use super::sources::Source;

/// Files and folders at the top, sorted.
const ALLOWED: [&str; 28] = [
    ".cargo",
    ".ci",
    ".github",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "Trunk.toml",
    "analyzer",
    "app",
    // What the format of links spends its time on: apart, as it is built for speed.
    "bits",
    "cli",
    "clippy.toml",
    "content",
    // How to host the site, and the format of links for those who read them with other programs.
    "docs",
    "e2e",
    "index.html",
    // Needed by the command line and by the page, which loads it in a program of its own.
    "link",
    "public",
    "rust-toolchain.toml",
    "rustfmt.toml",
    // Needed by the command line and by the page, which loads it in parts of its own.
    "share",
    // Needed by the command line and by the page, which loads it in parts of its own.
    "unpack",
    "xtask",
];

/// Finds files that are in no folder of the list.
pub(super) fn check(sources: &[Source]) -> Vec<Problem> {
    let is_new = |top: &str| !ALLOWED.contains(&top);
    let top = |source: &Source| source.path.split('/').next().unwrap_or_default().to_owned();
    let mut new: Vec<String> = sources.iter().map(top).filter(|top| is_new(top)).collect();
    new.dedup();
    new.iter().map(|top| Problem::of_file(top, "is not in the list of `tidy/top.rs`")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_name_at_the_top_is_found_once() {
        let source = |path: &str| Source { path: path.to_owned(), text: String::new() };
        let sources = [source("notes/a.md"), source("notes/b.md"), source("xtask/Cargo.toml")];
        let expected = "notes: is not in the list of `tidy/top.rs`";
        let found: Vec<String> = check(&sources).iter().map(ToString::to_string).collect();
        assert_eq!(found, [expected]);
    }
}
