//! How and when a build ended.

use super::build::Build;
use crate::model::kind::full_name;
use crate::moment::Moment;

/// How a build ended, as far as lines say so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::model) enum End {
    /// Nothing was said.
    #[default]
    Unsaid,
    /// It was built.
    Built,
    /// It failed by itself.
    Failed,
    /// Something that it needs failed.
    Blocked,
}

/// How and when a build ended.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::model) struct Ended {
    pub(super) end: End,
    /// When, where that is certain.
    pub(super) exact: Option<Moment>,
    /// When it had ended for certain.
    pub(super) at_latest: Option<Moment>,
}

impl Ended {
    /// It ended with this line.
    pub(super) fn exactly(end: End, moment: Moment) -> Self {
        Self { end, exact: Some(moment), at_latest: Some(moment) }
    }
}

/// What the downloaded parts of a package are called behind its name and version.
const PARTS: [&str; 10] = [
    "-go-modules",
    "-vendor",
    "-vendor-staging",
    "-cargo-deps",
    "-npm-deps",
    "-pnpm-deps",
    "-yarn-cache",
    ".tar.gz",
    ".tar.xz",
    ".tar.bz2",
];

/// Where to look for what a derivation is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Among derivations of the same name.
    SameName,
    /// Among those of any name.
    Any,
    /// Everything: it is made of all that is built before it.
    All,
}

/// Where to look for what `user` is made of.
pub(super) fn reach(user: &Build) -> Reach {
    let name = user.name.as_str();
    let is_kernel =
        name == "linux" || name.starts_with("linux-") || name.starts_with("initrd-linux");
    match name {
        _ if is_system(name) => Reach::All,
        "etc" => Reach::Any,
        _ if is_kernel => Reach::Any,
        _ => Reach::SameName,
    }
}

/// Whether `user` is certainly made of `needed`, by the names that NixOS and nixpkgs give.
pub(super) fn needs(user: &Build, needed: &Build) -> bool {
    if is_system(&user.name) {
        return true;
    }
    // Every build comes here; names and versions need not be joined to be compared.
    let versions = user.version.as_deref().zip(needed.version.as_deref());
    if let Some((user_version, version)) = versions.filter(|_| user.name == needed.name)
        && !user.name.contains("linux")
    {
        return version.strip_prefix(user_version).is_some_and(|part| PARTS.contains(&part));
    }
    let user_name = full_name(&user.name, user.version.as_deref());
    let needed_name = full_name(&needed.name, needed.version.as_deref());
    if let Some(part) = needed_name.strip_prefix(&user_name) {
        return PARTS.contains(&part);
    }
    // linux-6.12.19-modules is made of linux-6.12.19, and initrd-linux-6.12.19 of both.
    let kernel = user_name.strip_prefix("initrd-").unwrap_or(&user_name);
    let is_of_kernel = user_name.starts_with("initrd-linux-") || kernel.contains("-modules");
    if is_of_kernel && needed_name.starts_with("linux-") && user_name != needed_name {
        let base = kernel.split("-modules").next().unwrap_or(kernel);
        let is_shrunk =
            needed_name.ends_with("-modules-shrunk") && !user_name.starts_with("initrd-");
        return !is_shrunk && needed_name.split("-modules").next() == Some(base);
    }
    user_name == "etc" && matches!(needed_name.as_str(), "system-units" | "user-units")
}

/// Whether derivations of other names may be made of one of this name, as [`needs`] tells.
pub(super) fn may_be_input(name: &str) -> bool {
    name == "linux" || name.starts_with("linux-") || matches!(name, "system-units" | "user-units")
}

/// Whether everything that a run builds for a system goes into a derivation of this name.
fn is_system(name: &str) -> bool {
    name.starts_with("nixos-system-") || name.starts_with("darwin-system")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(user: &str, needed: &str, expected: bool) {
        assert_eq!(needs(&Build::new(user), &Build::new(needed)), expected, "{user} <- {needed}");
    }

    #[test]
    fn names_tell_what_a_derivation_is_made_of() {
        check("nixos-system-host-24.11.drv", "anything-1.drv", true);
        check("ollama-0.6.0.drv", "ollama-0.6.0-go-modules.drv", true);
        check("ollama-0.6.0.drv", "ollama-0.6.0.tar.gz.drv", true);
        check("ollama-0.6.0.drv", "ollama-0.5.13-go-modules.drv", false);
        check("linux-6.12.19-modules.drv", "linux-6.12.19.drv", true);
        check("linux-6.12.19-modules-shrunk.drv", "linux-6.12.19-modules.drv", true);
        check("linux-6.12.19-modules.drv", "linux-6.12.19-modules-shrunk.drv", false);
        check("initrd-linux-6.12.19.drv", "linux-6.12.19-modules-shrunk.drv", true);
        check("initrd-linux-6.12.19.drv", "linux-6.6.1-modules.drv", false);
        check("etc.drv", "system-units.drv", true);
        check("system-units.drv", "etc.drv", false);
    }
}
