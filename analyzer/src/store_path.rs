//! Store paths, and the names and versions in them.

use memchr::memmem;

/// Where store paths lie.
pub const STORE_DIR: &str = "/nix/store/";

/// Characters of the hash at the start of a store path's name.
const HASH_LEN: usize = 32;

/// Longest name after the hash, in characters.
pub(crate) const MAX_NAME_LEN: usize = 211;

/// A path such as `/nix/store/2jsrr6hv3y0n5s0y3l2mvf6lqq2n5l2q-hello-2.12.drv`, without anything below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StorePath<'a>(&'a str);

impl<'a> StorePath<'a> {
    /// Reads a text that is a store path and nothing else.
    pub fn parse(text: &'a str) -> Option<Self> {
        let len = path_len(text)?;
        (len == text.len()).then_some(Self(text))
    }

    /// Reads a store path at the start of `text`; gives it and what follows.
    ///
    /// A full stop at the end belongs to the sentence and not to the path.
    pub fn prefix(text: &'a str) -> Option<(Self, &'a str)> {
        let len = path_len(text)?;
        let path = text[..len].trim_end_matches('.');
        let path = if path.len() > STORE_DIR.len() + HASH_LEN + 1 { path } else { &text[..len] };
        Some((Self(path), &text[path.len()..]))
    }

    /// Reads a store path in quotes at the start of `text`; gives it and what follows the quote.
    ///
    /// An output after the path, as in `'….drv!out'` or `'….drv^out'`, is passed over.
    pub fn quoted(text: &'a str) -> Option<(Self, &'a str)> {
        let (inner, rest) = unquote(text)?;
        let len = path_len(inner)?;
        (len == inner.len() || inner[len..].starts_with(['!', '^']))
            .then_some((Self(&inner[..len]), rest))
    }

    /// The whole path.
    pub fn as_str(self) -> &'a str {
        self.0
    }

    /// The 32 characters after the store directory.
    pub fn hash(self) -> &'a str {
        &self.0[STORE_DIR.len()..STORE_DIR.len() + HASH_LEN]
    }

    /// What follows the hash, such as `hello-2.12.drv`.
    pub fn name(self) -> &'a str {
        &self.0[STORE_DIR.len() + HASH_LEN + 1..]
    }

    /// Whether it is a derivation.
    pub fn is_derivation(self) -> bool {
        self.0.ends_with(".drv")
    }

    /// Package name and version, with `.drv` taken off; see [`split_name_version`].
    pub fn name_version(self) -> (&'a str, Option<&'a str>) {
        split_name_version(without_drv(self.name()))
    }
}

/// Takes `.drv` off the end of a name or path.
pub fn without_drv(name: &str) -> &str {
    name.strip_suffix(".drv").unwrap_or(name)
}

/// Every store path in a text, in order; paths below one count as the one.
pub fn store_paths(text: &str) -> impl Iterator<Item = StorePath<'_>> {
    memmem::find_iter(text.as_bytes(), STORE_DIR)
        .filter_map(|at| StorePath::prefix(text.get(at..)?))
        .map(|(path, _)| path)
}

/// Reads a text in quotes at the start of `text`; gives its inside and what follows the quote.
///
/// The quotes of all Nix versions: `'x'`, `"x"`, `‘x’`, and `` `x' `` of the module system.
pub fn unquote(text: &str) -> Option<(&str, &str)> {
    let opening = text.chars().next()?;
    let closing = match opening {
        '\'' | '"' => opening,
        '‘' => '’',
        '`' => '\'',
        _ => return None,
    };
    text[opening.len_utf8()..].split_once(closing)
}

/// Splits a name into package name and version as `builtins.parseDrvName` does.
///
/// The version starts after the first dash that no ASCII letter follows.
pub fn split_name_version(name: &str) -> (&str, Option<&str>) {
    let bytes = name.as_bytes();
    let dash = memchr::memchr_iter(b'-', bytes)
        .find(|at| bytes.get(at + 1).is_some_and(|next| !next.is_ascii_alphabetic()));
    dash.map_or((name, None), |at| (&name[..at], Some(&name[at + 1..])))
}

/// Output names that cannot be a part of a version.
const CERTAIN_OUTPUTS: [&str; 10] =
    ["bin", "devdoc", "doc", "getent", "info", "lib", "lib32", "lib64", "man", "terminfo"];

/// Output names that could also be a part of a version, as in the pre-release `1.0-dev`.
const POSSIBLE_OUTPUTS: [&str; 7] = ["data", "debug", "dev", "dist", "out", "py", "static"];

/// Takes a known output name off the end of a version; gives both.
///
/// `others` are further versions of the same package. A word that could be a part of the version
/// is an output only if `others` hold the version without it or with another output.
pub fn fold_output<'a>(version: &'a str, others: &[&str]) -> (&'a str, Option<&'a str>) {
    let Some((base, word)) = version.rsplit_once('-') else { return (version, None) };
    let is_output = CERTAIN_OUTPUTS.contains(&word)
        || (POSSIBLE_OUTPUTS.contains(&word)
            && others.iter().any(|other| *other != version && is_or_has_output(other, base)));
    if is_output { (base, Some(word)) } else { (version, None) }
}

/// Whether `version` is `base` or `base` with an output name.
fn is_or_has_output(version: &str, base: &str) -> bool {
    let Some(rest) = version.strip_prefix(base) else { return false };
    let word = rest.strip_prefix('-').unwrap_or_default();
    rest.is_empty() || CERTAIN_OUTPUTS.contains(&word) || POSSIBLE_OUTPUTS.contains(&word)
}

/// The length of the store path at the start of `text`.
fn path_len(text: &str) -> Option<usize> {
    let base = text.strip_prefix(STORE_DIR)?.as_bytes();
    let (hash, rest) = base.split_at_checked(HASH_LEN)?;
    let name = rest.strip_prefix(b"-")?;
    let name_len = name.iter().position(|byte| class(*byte) & IN_NAME == 0).unwrap_or(name.len());
    let is_path = hash.iter().fold(IN_HASH, |all, byte| all & class(*byte)) == IN_HASH
        && (1..=MAX_NAME_LEN).contains(&name_len)
        && !is_dotted(&name[..name_len]);
    is_path.then_some(STORE_DIR.len() + HASH_LEN + 1 + name_len)
}

/// Mark of the bytes that stand in hashes.
const IN_HASH: u8 = 1;

/// Mark of the bytes that stand in names.
const IN_NAME: u8 = 2;

/// The marks of each byte: to look them up takes a third of the time of asking for each range.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        let in_hash = if is_hash_byte(byte) { IN_HASH } else { 0 };
        let in_name = if is_name_byte(byte) { IN_NAME } else { 0 };
        classes[byte as usize] = in_hash | in_name;
        byte += 1;
    }
    classes
};

fn class(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

/// The digits of Nix's base 32: no `e`, `o`, `t` and `u`.
const fn is_hash_byte(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'd' | b'f'..=b'n' | b'p'..=b's' | b'v'..=b'z')
}

/// Whether a byte may stand in the name of a store path.
pub(crate) const fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'_' | b'?' | b'=' | b'-')
}

/// Names that would be special file names: `.`, `..`, and those followed by a dash.
fn is_dotted(name: &[u8]) -> bool {
    let rest = name.strip_prefix(b".").map(|rest| rest.strip_prefix(b".").unwrap_or(rest));
    rest.is_some_and(|rest| matches!(rest.first(), None | Some(b'-')))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELLO: &str = "/nix/store/2jsrr6hv3y0n5s0y3l2mvf6lqq2n5l2q-hello-2.12.drv";

    #[test]
    fn a_store_path_has_its_parts() {
        let path = StorePath::parse(HELLO).unwrap();
        assert_eq!(path.as_str(), HELLO);
        assert_eq!(path.hash(), "2jsrr6hv3y0n5s0y3l2mvf6lqq2n5l2q");
        assert_eq!(path.name(), "hello-2.12.drv");
        assert_eq!(path.name_version(), ("hello", Some("2.12")));
        assert!(path.is_derivation());
    }

    #[test]
    fn what_is_no_store_path_is_refused() {
        for text in [
            "",
            "/nix/store/",
            "/nix/store/…-unit-nginx.service",
            "/nix/store/2jsrr6hv3y0n5s0y3l2mvf6lqq2n5l2q",
            "/nix/store/2jsrr6hv3y0n5s0y3l2mvf6lqq2n5l2q-",
            "/nix/store/2jsrr6hv3y0n5s0y3l2mvf6lqq2n5l2q-.-x",
            "/nix/store/2jsrr6hv3y0n5s0y3l2mvf6lqq2n5l2q-hello/bin/hello",
            "/nix/store/ejsrr6hv3y0n5s0y3l2mvf6lqq2n5l2q-hello",
            "/nix/store/2jsrr6hv3y0n5s0y3l2mvf6lqq2n5l2…-hello",
            "/tmp/2jsrr6hv3y0n5s0y3l2mvf6lqq2n5l2q-hello",
        ] {
            assert_eq!(StorePath::parse(text), None, "{text}");
        }
        let long = format!("{HELLO}{}", "x".repeat(MAX_NAME_LEN));
        assert_eq!(StorePath::parse(&long), None);
    }

    #[test]
    fn quotes_of_all_versions_are_taken_off() {
        for (text, rest) in [
            (format!("'{HELLO}'..."), "..."),
            (format!("\"{HELLO}\""), ""),
            (format!("‘{HELLO}’ x"), " x"),
            (format!("'{HELLO}!out' from"), " from"),
            (format!("'{HELLO}^out,dev'"), ""),
        ] {
            assert_eq!(StorePath::quoted(&text), Some((StorePath(HELLO), rest)), "{text}");
        }
        assert_eq!(StorePath::quoted(&format!("'{HELLO}")), None);
        assert_eq!(StorePath::quoted(&format!("'{HELLO}/bin'")), None);
    }

    #[test]
    fn store_paths_are_found_anywhere() {
        let text = format!("in '{HELLO}', {HELLO}/x, /nix/store/… and {HELLO}.");
        assert_eq!(store_paths(&text).map(StorePath::as_str).collect::<Vec<_>>(), [HELLO; 3]);
    }

    /// Answers of `builtins.parseDrvName`, of Nix 2.3.7, 2.8.0 and 2.34.8 alike.
    #[test]
    fn names_are_split_as_nix_splits_them() {
        for (name, version) in [
            ("firefox", "136.0"),
            ("nixos-system-host", "24.11.20250313.abcdef0"),
            ("unit-nginx.service", ""),
            ("python3.12-requests", "2.32.3"),
            ("perl5.40.0-File-Slurp", "9999.32"),
            ("nvidia-x11", "570.124.04-6.12.19"),
            ("linux", "6.12.19-modules"),
            ("my-tool", "0-unstable-2025-03-01"),
            ("openssl", "3.3.3-dev"),
            ("glibc", "2.40-66"),
            ("gcc", "13.3.0-lib"),
            ("dbus", "1"),
            ("source", ""),
            ("initrd-linux", "6.12.19"),
            ("noto-fonts-cjk-sans", "2.004"),
            ("X-Restart-Triggers-polkit", ""),
            ("webkitgtk", "2.46.6+abi=4.1"),
            ("bash", "5.2p37"),
            ("user-units", ""),
            ("7zip", "24.09"),
            ("foo-a1-b2", "3c"),
            ("libfoo-", ""),
        ] {
            let whole = if version.is_empty() { name.into() } else { format!("{name}-{version}") };
            let version = (!version.is_empty()).then_some(version);
            assert_eq!(split_name_version(&whole), (name, version));
        }
    }

    #[test]
    fn outputs_are_folded_with_evidence_only() {
        for (version, others, expected) in [
            ("1.14.4-man", &[][..], ("1.14.4", Some("man"))),
            ("1.0-dev", &[], ("1.0-dev", None)),
            ("1.0-dev", &["1.0-dev"], ("1.0-dev", None)),
            ("1.0-dev", &["1.0-dev", "1.0"], ("1.0", Some("dev"))),
            ("1.0-dev", &["1.0-lib"], ("1.0", Some("dev"))),
            ("1.0-dev", &["1.0-rc1", "1.0.1"], ("1.0-dev", None)),
            ("6.1.67-modules-shrunk", &["6.1.67"], ("6.1.67-modules-shrunk", None)),
            ("1.5.0-xz", &["1.5.0"], ("1.5.0-xz", None)),
            ("1.5.0", &[], ("1.5.0", None)),
        ] {
            assert_eq!(fold_output(version, others), expected, "{version} beside {others:?}");
        }
    }
}
