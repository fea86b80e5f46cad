//! The prose of the site: what is read as English in articles, pages and the program.

use std::fs;
use std::path::{Path, PathBuf};

/// A line of prose.
pub(crate) struct Line {
    /// File and line.
    pub(crate) at: String,
    /// Its text, without code, addresses and living text.
    pub(crate) text: String,
}

/// All articles, with what is prose in their heads, and the other pages of this crate.
pub(crate) fn of_content() -> Vec<Line> {
    files("articles", "md")
        .into_iter()
        .chain(files("pages", "md"))
        .flat_map(|path| of_markdown(&path))
        .collect()
}

/// What the program of the page says: literals of its source that are more than one word.
pub(crate) fn of_program() -> Vec<Line> {
    let mut lines: Vec<Line> =
        files("../app/src", "html").into_iter().flat_map(|path| of_html(&path)).collect();
    lines.extend(of_html(Path::new("../index.html")));
    for path in files("../app/src", "rs") {
        let is_test = path.ends_with("tests.rs") || path.ends_with("testing.rs");
        if !is_test {
            lines.extend(of_rust(&path));
        }
    }
    lines
}

/// Files of a folder and of those below it, by name.
fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder}: {error}")) {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path.to_string_lossy(), extension));
        } else if path.extension().is_some_and(|its| its == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn of_markdown(path: &Path) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut in_head, mut in_code) = (false, false);
    for (index, line) in read(path).lines().enumerate() {
        match line {
            "+++" => in_head = !in_head,
            _ if line.starts_with("```") => in_code = !in_code,
            _ if in_code || line.starts_with(":::") => {}
            _ => {
                let line = if in_head { of_head(line) } else { line };
                let at = format!("{}:{}", path.display(), index + 1);
                lines.push(Line { at, text: plain(line) });
            }
        }
    }
    lines
}

/// The part of a line of a head that is prose.
fn of_head(line: &str) -> &str {
    const NAMES: [&str; 9] = [
        "slug",
        "updated",
        "sort_order",
        "codes",
        "checked_with",
        "section",
        "heading",
        "notes",
        "[",
    ];
    let is_list = line.starts_with("    \"");
    if is_list || NAMES.iter().any(|name| line.starts_with(name)) {
        return "";
    }
    // A term is prose like its definition; other fields are `name = "prose"`.
    line.strip_prefix("title = ").or(line.strip_prefix("description = ")).unwrap_or(line)
}

/// A line of Markdown without code, targets of links, ids and living text.
fn plain(line: &str) -> String {
    let line = without(line, "`", "`");
    let line = without(&line, "](", ")");
    let line = without(&line, "{#", "}");
    let line = without(&line, "https://", " ");
    let mut text = String::new();
    let mut rest = line.as_str();
    while let Some((before, after)) = rest.split_once("{{") {
        let (inside, behind) = after.split_once("}}").unwrap_or((after, ""));
        text += before;
        // `built: some files|no file` has words after the name; `#if built` has none.
        if !inside.starts_with(['#', '/']) {
            text += inside.split_once([':', '|']).map_or("", |(_, words)| words);
        }
        rest = behind;
    }
    text + rest
}

/// The text without what stands between two marks, which go too.
fn without(text: &str, start: &str, end: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(start) {
        kept += before;
        kept.push(' ');
        rest = after.split_once(end).map_or("", |(_, behind)| behind);
    }
    kept + rest
}

fn of_html(path: &Path) -> Vec<Line> {
    let text = without(&read(path), "<!--", "-->");
    let text = without(&text, "<code>", "</code>");
    let text = without(&text, "<", ">");
    let lines = text.lines().enumerate();
    let line = |(index, text): (usize, &str)| Line {
        at: format!("{}:{}", path.display(), index + 1),
        text: text.to_owned(),
    };
    lines.map(line).collect()
}

fn of_rust(path: &Path) -> Vec<Line> {
    let text = read(path);
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut lines = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        // Every second part of a line stands between quotes.
        for literal in line.split('"').skip(1).step_by(2).filter(|it| is_sentence(it)) {
            let at = format!("{}:{}", path.display(), index + 1);
            lines.push(Line { at, text: plain(literal) });
        }
    }
    lines
}

/// Whether a literal is for people: words with blanks, and no command or list of names.
fn is_sentence(literal: &str) -> bool {
    const COMMANDS: [&str; 6] = ["nix ", "nix-", "sudo ", "nixos-", "journalctl ", "systemctl "];
    literal.contains(' ') && !COMMANDS.iter().any(|start| literal.starts_with(start))
}
