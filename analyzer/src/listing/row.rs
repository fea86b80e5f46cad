//! Reads one line of a listing that is no JSON.

use crate::store_path::StorePath;

use crate::inventory::Size;

/// A line of a listing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Row<'a> {
    /// A path of `nix-store -qR` or `nix path-info`.
    Path {
        /// The path.
        path: StorePath<'a>,
        /// Its sizes, in the order of the columns.
        sizes: [Option<Size>; 2],
    },
    /// A path in a tree.
    Branch {
        /// The path.
        path: StorePath<'a>,
        /// Characters before it.
        depth: usize,
        /// Whether what is below it stands elsewhere in the tree.
        is_repeated: bool,
    },
    /// The first line of a graph.
    Graph,
    /// A path in a graph, by its base name.
    Node(&'a str),
    /// Two paths in a graph, by their base names: the second refers to the first.
    Edge(&'a str, &'a str),
    /// The last line of a graph.
    End,
    /// A file that refers to the next path, as Nix 2.3 shows it in `nix why-depends`.
    File,
    /// The head of a log of one build.
    LogOf(StorePath<'a>),
    /// A phase of a build, in a log of it alone.
    Phase,
}

/// Reads a line without the blanks at its end.
pub(super) fn parse(text: &str) -> Option<Row<'_>> {
    match text.as_bytes().first()? {
        b'/' => path(text),
        b'"' => node(text),
        b'g' => log_of(text),
        b'R' => text.starts_with("Running phase: ").then_some(Row::Phase),
        b'd' => (text == "digraph G {").then_some(Row::Graph),
        b'}' => (text == "}").then_some(Row::End),
        // Of `├`, `└`, `│` and `╚`.
        b'+' | b'|' | b' ' | 0xE2 => branch(text),
        _ => None,
    }
}

// /nix/store/…-glibc-2.40-66
// /nix/store/…-glibc-2.40-66      <TAB>   2.0 MiB<TAB>   2.0 MiB
fn path(text: &str) -> Option<Row<'_>> {
    let (path, rest) = StorePath::prefix(text)?;
    let columns = rest.trim_start_matches(' ');
    let columns = match columns.strip_prefix('\t') {
        Some(columns) => columns,
        None if rest.is_empty() => return Some(Row::Path { path, sizes: [None; 2] }),
        None => return None,
    };
    let mut columns = columns.split('\t').map(|column| size(column.trim()));
    let first = Some(columns.next()??);
    let second = match columns.next() {
        Some(second) => Some(second?),
        None => None,
    };
    Some(Row::Path { path, sizes: [first, second] })
}

/// `7048272`, `5.3K`, `2.0 MiB`, of which the last two are rounded.
fn size(text: &str) -> Option<Size> {
    if let Ok(bytes) = text.parse() {
        return Some(Size { bytes, slack: 0 });
    }
    let bytes = crate::message::text::bytes(text)?;
    let unit = crate::message::text::bytes(&format!("1{}", text.trim_start_matches(is_decimal)))?;
    Some(Size { bytes, slack: unit / 20 + 1 })
}

fn is_decimal(c: char) -> bool {
    c.is_ascii_digit() || c == '.'
}

// ├───/nix/store/…-firmware
// |   +---/nix/store/…-perl-5.40.0 [...]
//     => /nix/store/…-system-path
//     ╚═══nix-support/propagated-build-inputs: …
fn branch(text: &str) -> Option<Row<'_>> {
    let inner = text.trim_start_matches(['│', ' ', '|']);
    let rest = ["├───", "└───", "+---", "=> "].iter().find_map(|mark| inner.strip_prefix(mark));
    let Some(rest) = rest else {
        return inner.starts_with("╚═══").then_some(Row::File);
    };
    let depth = text.chars().count() - rest.chars().count();
    let (path, rest) = StorePath::prefix(rest)?;
    let is_repeated = rest == " [...]";
    (is_repeated || rest.is_empty()).then_some(Row::Branch { path, depth, is_repeated })
}

// "…-firmware" -> "…-nixos-system-host-24.11" [color = "black"];
// "…-firmware" [label = "firmware", shape = box, style = filled, fillcolor = "#ff0000"];
fn node(text: &str) -> Option<Row<'_>> {
    let (first, rest) = text.strip_prefix('"')?.split_once('"')?;
    let first = base(first);
    if rest.starts_with(" [label = ") {
        return Some(Row::Node(first));
    }
    let (second, _) = rest.strip_prefix(" -> \"")?.split_once('"')?;
    Some(Row::Edge(first, base(second)))
}

// got build log for '/nix/store/…-nginx-1.27.4' from 'local'
fn log_of(text: &str) -> Option<Row<'_>> {
    let (path, _) = StorePath::quoted(text.strip_prefix("got build log for ")?)?;
    Some(Row::LogOf(path))
}

fn base(path: &str) -> &str {
    path.strip_prefix(crate::store_path::STORE_DIR).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "/nix/store/2jsrr6hv3y0n5s0y3l2mvf6lqq2n5l2q-hello-2.12";
    const BASE: &str = "2jsrr6hv3y0n5s0y3l2mvf6lqq2n5l2q-hello-2.12";

    fn read(text: &str) -> Option<Row<'static>> {
        parse(text.replace('$', PATH).leak())
    }

    #[test]
    fn paths_may_have_sizes() {
        let path = StorePath::parse(PATH).unwrap();
        let exact = |bytes| Some(Size { bytes, slack: 0 });
        for (text, sizes) in [
            ("$", [None, None]),
            ("$   \t    7048272", [exact(7_048_272), None]),
            ("$\t   5\t  6", [exact(5), exact(6)]),
            (
                "$ \t   5.0K\t   2.5 MiB",
                [
                    Some(Size { bytes: 5120, slack: 52 }),
                    Some(Size { bytes: 2_621_440, slack: 52_429 }),
                ],
            ),
        ] {
            assert_eq!(read(text), Some(Row::Path { path, sizes }), "{text}");
        }
    }

    #[test]
    fn trees_of_all_versions_are_read() {
        let path = StorePath::parse(PATH).unwrap();
        for (text, depth, is_repeated) in [
            ("├───$", 4, false),
            ("│   └───$ [...]", 8, true),
            ("+---$", 4, false),
            ("|   +---$ [...]", 8, true),
            ("    => $", 7, false),
        ] {
            assert_eq!(read(text), Some(Row::Branch { path, depth, is_repeated }), "{text}");
        }
        assert_eq!(read("    ╚═══nix-support/x: …aa"), Some(Row::File));
    }

    #[test]
    fn graphs_of_all_versions_are_read() {
        let edge = Some(Row::Edge(BASE, BASE));
        assert_eq!(read(r#""$" -> "$" [color = "red"];"#), edge);
        let text = format!(r#""{BASE}" -> "{BASE}" [color = "red"];"#);
        assert_eq!(read(&text), edge);
        assert_eq!(read(r#""$" [label = "x", shape = box];"#), Some(Row::Node(BASE)));
        assert_eq!((read("digraph G {"), read("}")), (Some(Row::Graph), Some(Row::End)));
    }

    #[test]
    fn logs_of_one_build_are_told() {
        let path = StorePath::parse(PATH).unwrap();
        assert_eq!(read("got build log for '$' from 'local'"), Some(Row::LogOf(path)));
        assert_eq!(read("Running phase: buildPhase"), Some(Row::Phase));
    }

    #[test]
    fn other_lines_are_none() {
        for text in
            ["", "$/bin/hello", "$ is valid", "$\tx", "+ set -e", "  $", "\"x\"", "} else {"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
