//! Lines of a flake lock file that changes, and of channels.

use crate::report::{InputKind, InputRevision};
use crate::store_path::unquote;

/// What a line about inputs says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LockLine<'a> {
    /// A lock file is made or changed; the changes follow.
    Header,
    /// An input changed; its references follow.
    Change {
        /// What happened to it.
        kind: InputKind,
        /// Its name; nested names are joined by `/`.
        name: &'a str,
    },
    /// What the input was, or, for a new one, what it is.
    First(Reference<'a>),
    /// What the input has become.
    Then(Reference<'a>),
    /// Channels are unpacked; how many, where the line tells.
    Channels(Option<u64>),
}

/// What an input points to, as a line prints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reference<'a> {
    /// Another input.
    Follows(&'a str),
    /// A flake reference, and its date as `YYYY-MM-DD`.
    Flake {
        /// The reference, with its revision and parameters.
        text: &'a str,
        /// Whether the line holds all of it.
        whole: bool,
        /// The date of the revision.
        date: Option<&'a str>,
    },
}

/// Reads a line without the blanks at its end.
pub(crate) fn parse(text: &str) -> Option<LockLine<'_>> {
    match text.as_bytes().first()? {
        b' ' => reference_line(text),
        b'w' => header(text),
        b'u' => channels(text),
        // The first byte of a bullet.
        0xE2 => change(text),
        _ => None,
    }
}

// warning: updating lock file '/home/a/flake.lock':
// warning: creating lock file "/home/a/flake.lock":
// warning: not writing modified lock file of flake 'git+file:///home/a':
fn header(text: &str) -> Option<LockLine<'_>> {
    const STARTS: [&str; 3] =
        ["updating lock file ", "creating lock file ", "not writing modified lock file of flake "];
    let rest = text.strip_prefix("warning: ")?;
    STARTS.iter().any(|start| rest.starts_with(start)).then_some(LockLine::Header)
}

// unpacking channels...
// unpacking 1 channels...
fn channels(text: &str) -> Option<LockLine<'_>> {
    let rest = text.strip_prefix("unpacking ")?.strip_suffix("channels...")?;
    let count = rest.trim_end();
    if count.is_empty() {
        return Some(LockLine::Channels(None));
    }
    count.parse().ok().map(|count| LockLine::Channels(Some(count)))
}

// • Updated input 'nixpkgs':
// • Added input 'home-manager/nixpkgs':
// • Removed input 'home-manager'
fn change(text: &str) -> Option<LockLine<'_>> {
    let (verb, rest) = text.strip_prefix("• ")?.split_once(" input ")?;
    let kind = match verb {
        "Updated" => InputKind::Updated,
        "Added" => InputKind::Added,
        "Removed" => InputKind::Removed,
        _ => return None,
    };
    let (name, _) = unquote(rest)?;
    Some(LockLine::Change { kind, name })
}

//     'github:NixOS/nixpkgs/7ffd9ae656aec493492b44d0ddfb28e79a1ea25d' (2024-11-02)
//   → 'github:NixOS/nixpkgs/a73246e2eef4c6ed172979932bc80e1404ba2d56' (2024-12-09)
//     follows 'nixpkgs'
fn reference_line(text: &str) -> Option<LockLine<'_>> {
    if let Some(rest) = text.strip_prefix("  → ") {
        return reference(rest).map(LockLine::Then);
    }
    reference(text.strip_prefix("    ")?).map(LockLine::First)
}

fn reference(text: &str) -> Option<Reference<'_>> {
    if let Some(rest) = text.strip_prefix("follows ") {
        return unquote(rest).map(|(name, _)| Reference::Follows(name));
    }
    // Lists of programs have addresses in double quotes.
    let Some((text, rest)) = unquote(text).filter(|_| !text.starts_with('"')) else {
        let text = text.strip_prefix('\'')?;
        return is_flake(text).then_some(Reference::Flake { text, whole: false, date: None });
    };
    let date = rest.strip_prefix(" (").and_then(|rest| rest.strip_suffix(')'));
    let date = date.filter(|date| date.len() == 10 && date.as_bytes()[4] == b'-');
    let is_reference = is_flake(text) && (rest.is_empty() || date.is_some());
    is_reference.then_some(Reference::Flake { text, whole: true, date })
}

/// Whether a text begins with the scheme of a flake reference.
fn is_flake(text: &str) -> bool {
    const SCHEMES: [&str; 13] = [
        "github",
        "gitlab",
        "sourcehut",
        "path",
        "git",
        "tarball",
        "file",
        "http",
        "https",
        "hg",
        "flake",
        "ssh",
        "indirect",
    ];
    let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
    SCHEMES.contains(&scheme.split('+').next().unwrap_or(scheme))
}

impl Reference<'_> {
    /// The public form: the reference without its revision and without parameters that only
    /// Nix needs, and revision and date by themselves.
    pub(crate) fn revision(self) -> InputRevision {
        let Self::Flake { text, whole, date } = self else {
            let Self::Follows(name) = self else { return InputRevision::default() };
            return InputRevision { follows: Some(name.to_owned()), ..InputRevision::default() };
        };
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let (path, rev) = split_revision(path);
        let rev = rev.or_else(|| parameter(query, "rev").filter(|rev| is_revision(rev)));
        InputRevision {
            url: whole.then(|| with_parameters(path, query)),
            rev: rev.map(str::to_owned),
            date: date.map(str::to_owned),
            follows: None,
        }
    }
}

/// Takes the revision off `github:NixOS/nixpkgs/REV`, and finds it in a `…%2Brev-REV/…` of `FlakeHub`.
fn split_revision(path: &str) -> (&str, Option<&str>) {
    if let Some((base, rev)) = path.rsplit_once('/').filter(|(_, rev)| is_revision(rev)) {
        return (base, Some(rev));
    }
    let rev = path.split_once("rev-").and_then(|(_, rest)| rest.get(..40));
    (path, rev.filter(|rev| is_revision(rev)))
}

/// A full SHA-1 or SHA-256.
fn is_revision(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// Adds the parameters that say what was asked for.
fn with_parameters(path: &str, query: &str) -> String {
    let mut url = path.to_owned();
    for name in ["dir", "host", "ref"] {
        if let Some(value) = parameter(query, name) {
            let sign = if url.contains('?') { '&' } else { '?' };
            url.extend([&sign.to_string(), name, "=", value]);
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    const REV: &str = "a73246e2eef4c6ed172979932bc80e1404ba2d56";

    fn check(text: &str, expected: Option<LockLine>) {
        assert_eq!(parse(text), expected, "{text}");
    }

    #[test]
    fn headers_of_all_versions_are_known() {
        for text in [
            "warning: creating lock file '/root/fl/conf/flake.lock'",
            "warning: updating lock file '\"/home/brian/nixos/flake.lock\"':",
            "warning: updating lock file \"/root/fl/conf/flake.lock\":",
            "warning: not writing modified lock file of flake 'git+file:///root/fl/conf':",
        ] {
            check(text, Some(LockLine::Header));
        }
        check("warning: Git tree '/etc/nixos' is dirty", None);
    }

    #[test]
    fn changed_inputs_have_kind_and_name() {
        let change = |kind, name| Some(LockLine::Change { kind, name });
        check("• Updated input 'nixpkgs':", change(InputKind::Updated, "nixpkgs"));
        check("• Added input 'a/nixpkgs':", change(InputKind::Added, "a/nixpkgs"));
        check("• Removed input 'a'", change(InputKind::Removed, "a"));
        check("• a list item", None);
    }

    #[test]
    fn channels_are_counted_where_the_line_counts() {
        check("unpacking channels...", Some(LockLine::Channels(None)));
        check("unpacking 2 channels...", Some(LockLine::Channels(Some(2))));
        check("unpacking sources", None);
    }

    fn revision(text: &str) -> (Option<String>, Option<String>, Option<String>) {
        let revision = match parse(text) {
            Some(LockLine::First(reference) | LockLine::Then(reference)) => reference.revision(),
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(revision.follows, None);
        (revision.url, revision.rev, revision.date)
    }

    fn check_revision(reference: &str, url: &str, rev: Option<&str>) {
        let expected = (Some(url.into()), rev.map(str::to_owned), Some("2024-12-09".into()));
        assert_eq!(revision(&format!("    '{reference}' (2024-12-09)")), expected);
        assert_eq!(revision(&format!("  → '{reference}' (2024-12-09)")), expected);
    }

    #[test]
    fn references_lose_what_only_nix_needs() {
        for (reference, url, rev) in [
            (
                format!("github:NixOS/nixpkgs/{REV}?narHash=sha256-4%3D"),
                "github:NixOS/nixpkgs",
                true,
            ),
            (format!("github:NixOS/nixpkgs/{REV}"), "github:NixOS/nixpkgs", true),
            (format!("git+file:///a?ref=main&rev={REV}"), "git+file:///a?ref=main", true),
            (format!("git+https://h/a?rev={REV}&revCount=2&dir=x"), "git+https://h/a?dir=x", true),
            ("path:/a?lastModified=17&narHash=x".into(), "path:/a", false),
            ("https://h/nixexprs.tar.xz?narHash=x".into(), "https://h/nixexprs.tar.xz", false),
        ] {
            check_revision(&reference, url, rev.then_some(REV));
        }
        let pinned =
            format!("https://api.flakehub.com/f/pinned/a/b/0.1.2%2Brev-{REV}/c/source.tar.gz");
        check_revision(&pinned, &pinned, Some(REV));
    }

    #[test]
    fn a_cut_reference_gives_only_what_is_whole() {
        assert_eq!(revision("    'github:NixOS/nixpkgs/a73246e2eef4"), (None, None, None));
        assert_eq!(revision(&format!("    'github:a/b/{REV}")), (None, Some(REV.into()), None));
    }

    #[test]
    fn followed_inputs_are_named() {
        check("    follows 'nixpkgs'", Some(LockLine::First(Reference::Follows("nixpkgs"))));
        check("  → follows 'a/b'", Some(LockLine::Then(Reference::Follows("a/b"))));
        assert_eq!(Reference::Follows("a").revision().follows.as_deref(), Some("a"));
    }

    #[test]
    fn other_indented_lines_are_not_claimed() {
        check("    'a file' is missing", None);
        check("    'de: 'a,", None);
        check("    'https://h/a',", None);
        check("    \"https://h/a\"", None);
        check("  /nix/store/2jsrr6hv3y0n5s0y3l2mvf6lqq2n5l2q-a.drv", None);
    }
}
