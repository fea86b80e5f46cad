//! Versions that stand in two places are the same in both.

use super::problem::Problem;
use super::sources::Source;
use crate::tools::versions;

/// Compares the pins of the tools with those of the libraries and of the toolchain.
pub(super) fn check(sources: &[Source]) -> Vec<Problem> {
    let text = |path: &str| {
        let found = sources.iter().find(|source| source.path == path);
        found.map_or("", |source| source.text.as_str())
    };
    let mut problems = Vec::new();
    let library = locked_version(text("Cargo.lock"), "wasm-bindgen");
    if library != Some(versions::WASM_BINDGEN) {
        let message = format!(
            "wasm-bindgen is {}, but its tool is {}",
            library.unwrap_or("missing"),
            versions::WASM_BINDGEN
        );
        problems.push(Problem::of_file("Cargo.lock", message));
    }
    let channel = value_of(text("rust-toolchain.toml"), "channel").unwrap_or_default();
    let oldest = value_of(text("Cargo.toml"), "rust-version").unwrap_or_default();
    if oldest.is_empty() || !format!("{channel}.").starts_with(&format!("{oldest}.")) {
        let message = format!("the toolchain is {channel}, but rust-version is {oldest}");
        problems.push(Problem::of_file("rust-toolchain.toml", message));
    }
    problems
}

/// The version that follows a package's name in `Cargo.lock`.
fn locked_version<'a>(lock: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = lock.split_once(&format!("name = \"{name}\"\n"))?;
    value_of(rest, "version")
}

/// The value of the first line `key = "value"`.
fn value_of<'a>(toml: &'a str, key: &str) -> Option<&'a str> {
    let value = toml.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))?;
    Some(value.trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_pins(library: &str, channel: &str, n_problems: usize) {
        let source = |path: &str, text: String| Source { path: path.to_owned(), text };
        let lock = format!("name = \"wasm-bindgen\"\nversion = \"{library}\"\n");
        let sources = [
            source("Cargo.lock", lock),
            source("rust-toolchain.toml", format!("channel = \"{channel}\"\n")),
            source("Cargo.toml", "rust-version = \"1.95\"\n".to_owned()),
        ];
        assert_eq!(check(&sources).len(), n_problems);
    }

    #[test]
    fn library_and_tool_move_together() {
        check_pins(versions::WASM_BINDGEN, "1.95.0", 0);
        check_pins("0.2.1", "1.95.0", 1);
    }

    #[test]
    fn the_toolchain_is_the_oldest_that_works() {
        check_pins(versions::WASM_BINDGEN, "1.96.0", 1);
        check_pins(versions::WASM_BINDGEN, "1.9.0", 1);
    }
}
