//! Finds what a file of Rust names in its own crate.

/// One path, without the item that it may end with being told apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Used {
    /// Index of the line; starts at `0`.
    pub(super) index: usize,
    /// From the root of the crate: `view::context::View`.
    pub(super) path: String,
}

/// All paths that begin with `crate::` or `super::`, outside comments and tests.
pub(super) fn used(text: &str, module: &str) -> Vec<Used> {
    let code = program(text);
    let mut found = Vec::new();
    for (at, prefix) in starts(&code, module) {
        let index = code[..at].matches('\n').count();
        let mut paths = Vec::new();
        expand(&code[at..], &prefix, &mut paths);
        found.extend(paths.into_iter().map(|path| Used { index, path }));
    }
    found
}

/// The text without comments and tests; its lines keep their places.
fn program(text: &str) -> String {
    let lines = text.lines().take_while(|line| *line != "#[cfg(test)]");
    lines.map(|line| line.split("//").next().unwrap_or_default().to_owned() + "\n").collect()
}

/// Where paths go on after `crate::` or a chain of `super::`, and what these stand for.
fn starts(code: &str, module: &str) -> Vec<(usize, String)> {
    let mut starts: Vec<(usize, String)> =
        code.match_indices("crate::").map(|(at, word)| (at + word.len(), String::new())).collect();
    let mut rest = 0;
    while let Some(offset) = code[rest..].find("super::") {
        let mut prefix = module;
        rest += offset;
        while let Some(after) = code[rest..].strip_prefix("super::") {
            prefix = prefix.rsplit_once("::").map_or("", |(above, _)| above);
            rest = code.len() - after.len();
        }
        starts.push((rest, prefix.to_owned()));
    }
    starts
}

/// Adds the paths that `code` begins with: `a::{b, c::D}` gives `a::b` and `a::c::D`.
fn expand(code: &str, prefix: &str, paths: &mut Vec<String>) {
    let code = code.trim_start();
    if let Some(group) = code.strip_prefix('{') {
        for part in parts(group) {
            expand(part, prefix, paths);
        }
        return;
    }
    let end = code.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(code.len());
    let (name, rest) = code.split_at(end);
    if name.is_empty() {
        return;
    }
    let path = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}::{name}") };
    match rest.strip_prefix("::") {
        Some(rest) => expand(rest, &path, paths),
        None => paths.push(path),
    }
}

/// The parts of a group up to its closing brace, split at the commas that are not in a group.
fn parts(group: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(&group[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, module: &str, expected: &[(usize, &str)]) {
        let found = used(text, module);
        let found: Vec<(usize, &str)> =
            found.iter().map(|used| (used.index, used.path.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn groups_are_taken_apart() {
        let text = "use crate::{\n    a::{b, c::D},\n    e,\n};\n";
        check(text, "x", &[(0, "a::b"), (0, "a::c::D"), (0, "e")]);
    }

    #[test]
    fn paths_inside_code_count() {
        check("\nfn f() { crate::a::g() }\n", "x", &[(1, "a::g")]);
    }

    #[test]
    fn each_super_is_one_module_up() {
        check("use super::b;\n", "a::x", &[(0, "a::b")]);
        check("use super::super::b;\n", "a::x", &[(0, "b")]);
        check("use super::{b, c};\n", "x", &[(0, "b"), (0, "c")]);
    }

    #[test]
    fn comments_and_tests_do_not_count() {
        check("//! See crate::a.\nfn f() {} // crate::b\n#[cfg(test)]\nuse crate::c;\n", "x", &[]);
    }
}
