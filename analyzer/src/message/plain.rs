//! What one line of a human-readable Nix log says: plans, builds, copies and what surrounds them.

pub(crate) mod flavour;
mod upkeep;

pub(crate) use upkeep::Upkeep;

use super::text::bytes;
use crate::report::NixFlavour;
use crate::store_path::{StorePath, unquote};

/// What a line of Nix says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Plain<'a> {
    /// The head of a list of derivations that will be built.
    PlannedBuilds {
        /// How many, where the wording has a number.
        count: Option<u64>,
    },
    /// The head of a list of paths that will be fetched.
    PlannedFetches {
        /// How many, where the wording has a number.
        count: Option<u64>,
        /// Bytes to download and bytes after unpacking.
        sizes: Option<(u64, u64)>,
    },
    /// The head of a list of paths that Nix knows no way to make.
    UnknownPaths,
    /// A build starts.
    Building(Building<'a>),
    /// A store path is copied.
    Copying(Copying<'a>),
    /// How many paths a copy between stores is going to take.
    CopyingPaths(u64),
    /// Something happens before the plan.
    Step(Step),
    /// A store path alone on a line, as commands print their result.
    StorePath(&'a str),
    /// Garbage collection has ended.
    Freed {
        /// Store paths deleted.
        paths: u64,
        /// Bytes freed.
        bytes: u64,
    },
    /// A substituter is not asked any more for a while.
    CacheDisabled,
    /// A profile now points to another generation.
    SwitchedGeneration(u64),
    /// A profile was filled with packages.
    UserEnvironment,
    /// The version of Nix, which says whose it is.
    Version(NixFlavour),
    /// A line of a command that tends the store or a profile.
    Upkeep(Upkeep),
    /// A line of Nix that changes nothing in the report.
    Other,
}

/// The start of a build.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Building<'a> {
    /// Path of the derivation; of an output in the wording of Nix 1.
    pub(crate) drv: &'a str,
    /// Remote builder.
    pub(crate) host: Option<&'a str>,
}

/// A copy of a store path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Copying<'a> {
    /// The store path.
    pub(crate) path: &'a str,
    /// Where it comes from; `None` is this store, or unknown.
    pub(crate) from: Option<&'a str>,
    /// Where it goes; `None` is this store.
    pub(crate) to: Option<&'a str>,
}

/// What Nix and `nixos-rebuild` do before they build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Flake inputs are fetched.
    Inputs,
    /// `nixos-rebuild` builds the Nix of the new system first.
    BuildingNix,
    /// `nixos-rebuild` begins with the system.
    BuildingSystem,
    /// Expressions are evaluated.
    Evaluating,
}

/// Reads a line without the blanks at its end.
pub(crate) fn parse(text: &str) -> Option<Plain<'_>> {
    match text.as_bytes().first()? {
        b't' => plan(text),
        b'b' => building(text),
        b'c' => copying(text)
            .or_else(|| checking(text))
            .or_else(|| user_environment(text))
            .or_else(|| upkeep(text)),
        b's' => switched(text),
        b'r' => checking(text).or_else(|| upkeep(text)).or_else(|| other(text)),
        b'u' => unpacking(text).or_else(|| other(text)),
        b'd' if text.starts_with("don't know how to build these paths") => {
            Some(Plain::UnknownPaths)
        }
        b'd' => cache_disabled(text).or_else(|| other(text)),
        b'e' | b'f' => step(text).or_else(|| old_fetching(text)),
        b'n' => flavour::of_version(text).map(Plain::Version).or_else(|| other(text)),
        b'/' => store_path(text),
        b'0'..=b'9' => freed(text).or_else(|| upkeep(text)),
        _ => other(text),
    }
}

/// A path in a list under the head of a plan: `  /nix/store/…-hello-2.12.drv`. Someone may have
/// replaced the path by another word; a list that lost its start may have lost one blank, too.
pub(crate) fn listed(text: &str) -> Option<&str> {
    let path = text.strip_prefix("  ")?;
    let is_word = !path.is_empty() && !path.contains(char::is_whitespace);
    is_word.then_some(path)
}

/// A path of a plan whose head is lost: indented, and the path of a derivation.
pub(crate) fn orphan(text: &str) -> Option<&str> {
    let path = text.strip_prefix(' ').map(|rest| rest.strip_prefix(' ').unwrap_or(rest))?;
    StorePath::parse(path).filter(|path| path.is_derivation()).map(StorePath::as_str)
}

// these 54 derivations will be built:
// this path will be fetched (1.10 MiB download, 7.53 MiB unpacked):
fn plan(text: &str) -> Option<Plain<'_>> {
    let (is_one, rest) = match text.strip_prefix("these ") {
        Some(rest) => (false, rest),
        None => (true, text.strip_prefix("this ")?),
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let count = if is_one { Some(1) } else { rest[..digits].parse().ok() };
    let rest = rest[digits..].trim_start();
    if let Some("s will be built:" | " will be built:") = rest.strip_prefix("derivation") {
        return Some(Plain::PlannedBuilds { count });
    }
    let rest = rest.strip_prefix("path")?;
    let sizes = rest.strip_prefix('s').unwrap_or(rest).strip_prefix(" will be fetched")?;
    Some(Plain::PlannedFetches { count, sizes: plan_sizes(sizes) })
}

//  (5.50 MiB download, 27.61 MiB unpacked):
fn plan_sizes(text: &str) -> Option<(u64, u64)> {
    let inner = text.trim_start().strip_prefix('(')?.split_once(')')?.0;
    let (download, unpacked) = inner.split_once(", ")?;
    Some((bytes(download.strip_suffix(" download")?)?, bytes(unpacked.strip_suffix(" unpacked")?)?))
}

// building '/nix/store/…-hello-2.12.drv' on 'ssh://builder'...
fn building(text: &str) -> Option<Plain<'_>> {
    let rest = text.strip_prefix("building ")?;
    match rest {
        "the system configuration..." => return Some(Plain::Step(Step::BuildingSystem)),
        "Nix..." | "nix..." => return Some(Plain::Step(Step::BuildingNix)),
        _ => {}
    }
    match rest.strip_prefix("path(s) ") {
        // building path(s) ‘/nix/store/…-hello-2.10’
        Some(rest) => unquote(rest).map(|(drv, _)| Plain::Building(Building { drv, host: None })),
        None => build_of(rest),
    }
}

// fetching path ‘/nix/store/…-glibc-2.25’...
fn old_fetching(text: &str) -> Option<Plain<'_>> {
    let (path, _) = unquote(text.strip_prefix("fetching path ")?)?;
    Some(Plain::Copying(Copying { path, from: None, to: None }))
}

// checking outputs of '/nix/store/…-hello-2.12.drv'...
fn checking(text: &str) -> Option<Plain<'_>> {
    let verb = text.strip_prefix("checking").or_else(|| text.strip_prefix("repairing"))?;
    build_of(verb.strip_prefix(" outputs of ")?)
}

fn build_of(text: &str) -> Option<Plain<'_>> {
    let (drv, rest) = unquote(text)?;
    if !drv.ends_with(".drv") {
        return None;
    }
    let host = rest.strip_prefix(" on ").and_then(unquote).map(|(host, _)| host);
    Some(Plain::Building(Building { drv, host }))
}

// copying path '/nix/store/…-hello-2.12' from 'https://cache.nixos.org'...
fn copying(text: &str) -> Option<Plain<'_>> {
    let rest = text.strip_prefix("copying ")?;
    if let Some(rest) = rest.strip_prefix("path ") {
        let (path, rest) = unquote(rest)?;
        let (from, rest) = place(rest, " from ");
        let (to, _) = place(rest, " to ");
        return Some(Plain::Copying(Copying { path, from, to }));
    }
    if let Some(count) = rest.strip_suffix(" paths...") {
        return count.parse().ok().map(Plain::CopyingPaths);
    }
    rest.ends_with(" to the store...").then_some(Plain::Step(Step::Evaluating))
}

fn place<'a>(text: &'a str, preposition: &str) -> (Option<&'a str>, &'a str) {
    match text.strip_prefix(preposition).and_then(unquote) {
        Some((uri, rest)) => (Some(uri), rest),
        None => (None, text),
    }
}

// unpacking 'github:nix-community/home-manager/bd65bc3c' into the Git cache...
fn unpacking(text: &str) -> Option<Plain<'_>> {
    let rest = text.strip_prefix("unpacking ")?;
    rest.ends_with(" into the Git cache...").then_some(Plain::Step(Step::Inputs))
}

// disabling binary cache 'https://cache.nixos.org' for 60 seconds
fn cache_disabled(text: &str) -> Option<Plain<'_>> {
    text.starts_with("disabling binary cache '").then_some(Plain::CacheDisabled)
}

/// What is printed with `-v` and `--debug` while expressions are evaluated and inputs fetched.
fn step(text: &str) -> Option<Plain<'_>> {
    const EVALUATING: [&str; 2] = ["evaluating file '", "evaluating derivation '"];
    const INPUTS: [&str; 5] = [
        "fetching Git repository '",
        "fetching git input '",
        "fetching github input '",
        "fetching gitlab input '",
        "fetching tarball input '",
    ];
    if EVALUATING.iter().any(|start| text.starts_with(start)) {
        return Some(Plain::Step(Step::Evaluating));
    }
    if INPUTS.iter().any(|start| text.starts_with(start)) {
        return Some(Plain::Step(Step::Inputs));
    }
    other(text)
}

fn store_path(text: &str) -> Option<Plain<'_>> {
    StorePath::parse(text).map(|path| Plain::StorePath(path.as_str()))
}

// switching from generation 2 to 1
// switching profile from version 2 to 1
fn switched(text: &str) -> Option<Plain<'_>> {
    let rest = text.strip_prefix("switching from generation ");
    let rest = rest.or_else(|| text.strip_prefix("switching profile from version "))?;
    let (_, number) = rest.split_once(" to ")?;
    number.parse().ok().map(Plain::SwitchedGeneration)
}

// created 1 symlinks in user environment
fn user_environment(text: &str) -> Option<Plain<'_>> {
    let count = text.strip_prefix("created ")?.strip_suffix(" symlinks in user environment")?;
    count.bytes().all(|byte| byte.is_ascii_digit()).then_some(Plain::UserEnvironment)
}

fn upkeep(text: &str) -> Option<Plain<'_>> {
    upkeep::parse(text).map(Plain::Upkeep)
}

// 60 store paths deleted, 0.97 MiB freed
fn freed(text: &str) -> Option<Plain<'_>> {
    let (paths, rest) = text.split_once(" store paths deleted, ")?;
    Some(Plain::Freed { paths: paths.parse().ok()?, bytes: bytes(rest.strip_suffix(" freed")?)? })
}

/// Lines of Nix that are known and that change nothing.
fn other(text: &str) -> Option<Plain<'_>> {
    const STARTS: [&str; 26] = [
        "waiting for locks or build slots...",
        "waiting for lock on '",
        "waiting for a machine to build '",
        "waiting for UID to build '",
        "waiting for a free build user ID for '",
        "waiting for the big Nix store lock...",
        "resolved derivation: '",
        "running post-build-hook '",
        "post-build-hook: ",
        "note: keeping build directory ",
        "note: currently hard linking saves ",
        "note: hard linking is currently saving ",
        "querying info about ",
        "downloading 'http",
        "uploading '",
        "hashing '/",
        "finding garbage collector roots...",
        "removing stale link from ",
        "deleting '/nix/store/",
        "deleting garbage...",
        "deleting unused links...",
        "Using saved setting for '",
        "*** Downloading ",
        "error (ignored): ",
        "removing old generations of profile ",
        "removing stale temporary roots file ",
    ];
    // Most lines are build output and begin with none of these letters.
    if !b"wrpnqduhfU".contains(text.as_bytes().first()?) {
        return None;
    }
    STARTS.iter().any(|start| text.starts_with(start)).then_some(Plain::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<Plain<'_>>) {
        assert_eq!(parse(text), expected, "{text}");
    }

    #[test]
    fn plans_of_all_versions_are_read() {
        let builds = |count| Some(Plain::PlannedBuilds { count });
        let fetches = |count, sizes| Some(Plain::PlannedFetches { count, sizes });
        check("these derivations will be built:", builds(None));
        check("this derivation will be built:", builds(Some(1)));
        check("these 358 derivations will be built:", builds(Some(358)));
        let mib = 1 << 20;
        check(
            "these paths will be fetched (1.50 MiB download, 3278.00 MiB unpacked):",
            fetches(None, Some((mib * 3 / 2, 3278 * mib))),
        );
        check(
            "this path will be fetched (0.5 KiB download, 2.0 GiB unpacked):",
            fetches(Some(1), Some((512, 2048 * mib))),
        );
        check("these 3 paths will be fetched:", fetches(Some(3), None));
        check("these things will be built:", None);
        check("this path", None);
    }

    #[test]
    fn builds_are_local_remote_repeated_or_checked() {
        let build = |drv, host| Some(Plain::Building(Building { drv, host }));
        check("building '/nix/store/x-a.drv'...", build("/nix/store/x-a.drv", None));
        check("building '/x-a.drv' on 'ssh://h'...", build("/x-a.drv", Some("ssh://h")));
        check("building '/x-a.drv' (round 1/2)...", build("/x-a.drv", None));
        check("checking outputs of '/x-a.drv'...", build("/x-a.drv", None));
        check("repairing outputs of '/x-a.drv'...", build("/x-a.drv", None));
        check("building path(s) ‘/x-a’", build("/x-a", None));
        check("building 'a thing'", None);
    }

    #[test]
    fn copies_have_a_direction() {
        let copy = |from, to| Some(Plain::Copying(Copying { path: "/p", from, to }));
        check("copying path '/p' from 'https://c'...", copy(Some("https://c"), None));
        check("copying path '/p' to 'ssh://h'...", copy(None, Some("ssh://h")));
        check("copying path '/p' from 'a' to 'b'...", copy(Some("a"), Some("b")));
        check("copying path '/p'...", copy(None, None));
        check("copying 24 paths...", Some(Plain::CopyingPaths(24)));
        check("copying files", None);
    }

    #[test]
    fn results_and_steps_are_read() {
        let path = "/nix/store/ng5qnhwyrk9zaidjv00arhx787r0412s-gruvbox-css";
        check(path, Some(Plain::StorePath(path)));
        check("/nix/store/short", None);
        check("unpacking 'github:a/b' into the Git cache...", Some(Plain::Step(Step::Inputs)));
        check("unpacking sources", None);
        check("building the system configuration...", Some(Plain::Step(Step::BuildingSystem)));
        check(
            "60 store paths deleted, 0.50 MiB freed",
            Some(Plain::Freed { paths: 60, bytes: 1 << 19 }),
        );
    }

    #[test]
    fn a_listed_path_may_be_masked() {
        assert_eq!(listed("  /nix/store/x-a.drv"), Some("/nix/store/x-a.drv"));
        assert_eq!(listed("  REDACTED.drv"), Some("REDACTED.drv"));
        assert_eq!(listed("  two words"), None);
        assert_eq!(listed("building"), None);
    }
}
