//! Takes store hashes and most of a revision out of texts.

/// What stands before the hash of a store path.
const STORE: &str = "/nix/store/";

/// What stands where the hash stood.
const ELISION: &str = "…";

/// Bytes of the hash of a store path.
const HASH_LEN: usize = 32;

/// Digits of a revision in full: SHA-1 or SHA-256.
const FULL_LENGTHS: [usize; 2] = [40, 64];

/// Digits of a revision that are kept.
const SHORT_LEN: usize = 8;

/// The text with `/nix/store/…-name` for each store path.
pub(super) fn without_hashes(text: &str) -> String {
    let mut parts = text.split(STORE);
    let mut short = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        short += STORE;
        let rest = after_hash(part);
        short += if rest.is_some() { ELISION } else { "" };
        short += rest.unwrap_or(part);
    }
    short
}

/// `-name…` of `HASH-name…`.
fn after_hash(text: &str) -> Option<&str> {
    let (hash, rest) = text.split_at_checked(HASH_LEN)?;
    let is_hash = hash.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    (is_hash && rest.starts_with('-')).then_some(rest)
}

/// `hello-2.12` of `/nix/store/HASH-hello-2.12.drv`; other texts as they are.
pub(super) fn name_of_path(path: &str) -> &str {
    let name = path.strip_prefix(STORE).and_then(after_hash);
    name.map_or(path, |name| name[1..].strip_suffix(".drv").unwrap_or(&name[1..]))
}

/// The first digits of a revision; what is no longer than those stays.
pub(super) fn short_revision(revision: &str) -> String {
    revision.chars().take(SHORT_LEN).collect()
}

/// A flake reference with its revision cut, and without the hash of its contents.
pub(super) fn short_url(url: &str) -> String {
    // github:NixOS/nixpkgs/5e2a59a5b1a82f89f2c7e598302a9cacebb72a67?narHash=sha256-K5Osef2qe…%3D
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let kept = query.split('&').filter(|part| !part.is_empty() && !part.starts_with("narHash="));
    let mut short = with_short_revisions(address);
    for (index, part) in kept.enumerate() {
        short.push(if index == 0 { '?' } else { '&' });
        short += &with_short_revisions(part);
    }
    short
}

fn with_short_revisions(text: &str) -> String {
    let is_apart = |c: char| !c.is_ascii_alphanumeric();
    let mut short = String::with_capacity(text.len());
    for word in text.split_inclusive(is_apart) {
        let digits = word.trim_end_matches(is_apart);
        let is_revision =
            FULL_LENGTHS.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
        short += if is_revision { &digits[..SHORT_LEN] } else { digits };
        short += &word[digits.len()..];
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "0c5b8vw40d1ns0d5d9xvxpvyjcxvvzjr";

    #[test]
    fn paths_lose_their_hash_and_keep_their_name() {
        let text = format!("a '/nix/store/{HASH}-hello-2.12.drv' b /nix/store/x-y");
        let short = "a '/nix/store/…-hello-2.12.drv' b /nix/store/x-y";
        assert_eq!(without_hashes(&text), short);
        assert_eq!(without_hashes(short), short);
        assert_eq!(name_of_path(&format!("/nix/store/{HASH}-hello-2.12.drv")), "hello-2.12");
        assert_eq!(name_of_path("hello-2.12"), "hello-2.12");
    }

    #[test]
    fn references_lose_most_of_the_revision() {
        let rev = "5e2a59a5b1a82f89f2c7e598302a9cacebb72a67";
        for (url, short) in [
            (format!("github:a/b/{rev}?narHash=sha256-K5O%3D"), "github:a/b/5e2a59a5"),
            (
                format!("git+ssh://h/r?dir=x&ref=main&rev={rev}"),
                "git+ssh://h/r?dir=x&ref=main&rev=5e2a59a5",
            ),
            ("path:/home/alice/x".to_owned(), "path:/home/alice/x"),
        ] {
            assert_eq!(short_url(&url), short);
            assert_eq!(short_url(short), short);
        }
    }
}
