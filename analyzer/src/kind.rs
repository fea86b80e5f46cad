//! What sort of thing a derivation makes, by its name.

use crate::report::DerivationKind;

/// Names of derivations that NixOS, nix-darwin and home-manager make from a configuration.
const CONFIGURATION_NAMES: [&str; 44] = [
    "X11-fonts",
    "activate",
    "activation-script",
    "append-initrd-secrets",
    "boot.json",
    "closure-info",
    "command-not-found",
    "darwin-version.json",
    "desktops",
    "ensure-all-wrappers-paths-exist",
    "etc",
    "extra-hosts",
    "extra-hwdb-file",
    "extra-udev-rules",
    "firmware",
    "graphics-drivers",
    "home-manager-files",
    "home-manager-generation",
    "home-manager-path",
    "hosts",
    "issue",
    "local-cmds",
    "login.defs",
    "lsb_release",
    "man-cache",
    "man-paths",
    "nameservers",
    "nixos-help",
    "nixos-version",
    "opengl-drivers",
    "set-environment",
    "shutdown-ramfs-contents",
    "string-hosts",
    "system-generators",
    "system-path",
    "system-shutdown",
    "system-units",
    "udev-path",
    "udev-rules",
    "user-environment",
    "user-generators",
    "user-units",
    "xserver-wrapper",
    "xsession",
];

/// Beginnings of such names.
const CONFIGURATION_STARTS: [&str; 15] = [
    "X-Restart-Triggers-",
    "X-Reload-Triggers-",
    "activatable-",
    "etc-",
    "fc-",
    "hm-",
    "hm_",
    "initrd-",
    "nixos-configuration-",
    "nixos-manual-",
    "stage-1-",
    "stage-2-",
    "unit-",
    "users-groups",
    "xdg-mime-dirs",
];

/// Ends of such names: files, and completions made of the manual pages of a package.
const CONFIGURATION_ENDS: [&str; 30] = [
    ".bin",
    ".conf",
    ".d",
    ".defs",
    ".desktop",
    ".ini",
    ".json",
    ".keep",
    ".mount",
    ".pam",
    ".path",
    ".plist",
    ".rules",
    ".service",
    ".service-disabled",
    ".sh",
    ".socket",
    ".socket-disabled",
    ".target",
    ".theme",
    ".timer",
    ".toml",
    ".vim",
    ".xml",
    ".yaml",
    ".yml",
    "_fish-completions",
    "-fish-completions",
    "rc",
    "-profile",
];

/// Ends of names of archives and of trees that are downloaded.
const SOURCE_ENDS: [&str; 26] = [
    ".AppImage",
    ".bz2",
    ".crate",
    ".deb",
    ".exe",
    ".gem",
    ".gz",
    ".jar",
    ".rpm",
    ".run",
    ".tar",
    ".tgz",
    ".whl",
    ".xz",
    ".zip",
    ".zst",
    "-cargo-deps",
    "-go-modules",
    "-npm-deps",
    "-pnpm-deps",
    "-source",
    "-src",
    "-vendor",
    "-vendor-staging",
    "-yarn-cache",
    "-yarn-offline-cache",
];

/// Ends of names of patches.
const PATCH_ENDS: [&str; 2] = [".patch", ".diff"];

/// Kernels besides `linux` itself; other packages begin with `linux-`, too.
const KERNEL_FLAVOURS: [&str; 12] = [
    "asahi", "hardened", "latest", "libre", "lqx", "lts", "rpi", "rt", "testing", "xanmod", "zen",
    "cachyos",
];

/// Says what a derivation makes; `name` is without version.
pub(crate) fn of(name: &str, version: Option<&str>) -> DerivationKind {
    let full = full_name(name, version);
    if is_source(&full) {
        return DerivationKind::Source;
    }
    if has_end(&full, &PATCH_ENDS) || full.contains('?') && full.contains(".patch?") {
        return DerivationKind::Patch;
    }
    if name.starts_with("nixos-system") || name.starts_with("darwin-system") {
        return DerivationKind::System;
    }
    if is_kernel(name, version) || is_initrd(name) {
        return DerivationKind::KernelOrInitrd;
    }
    if is_configuration(name, version, &full) {
        return DerivationKind::Configuration;
    }
    if version.is_some() { DerivationKind::Software } else { DerivationKind::Other }
}

/// Whether it is a kernel or its modules: `linux-6.12.19`, `linux-zen-6.12.19-modules`.
pub(crate) fn is_kernel(name: &str, version: Option<&str>) -> bool {
    if name == "kernel-modules" || name == "linux-config" {
        return true;
    }
    let Some(rest) = name.strip_prefix("linux") else { return false };
    let is_flavour = rest.is_empty()
        || KERNEL_FLAVOURS.iter().any(|flavour| {
            rest.strip_prefix(['-', '_']).is_some_and(|rest| rest.starts_with(flavour))
        });
    is_flavour && version.is_some()
}

/// Whether it is an initial ram disk.
pub(crate) fn is_initrd(name: &str) -> bool {
    name == "initrd" || name.starts_with("initrd-linux")
}

/// The name with its version, as the log has it.
pub(crate) fn full_name(name: &str, version: Option<&str>) -> String {
    match version {
        Some(version) => [name, "-", version].concat(),
        None => name.to_owned(),
    }
}

fn is_source(full: &str) -> bool {
    full == "source" || full == "src" || has_end(full, &SOURCE_ENDS)
}

fn is_configuration(name: &str, version: Option<&str>, full: &str) -> bool {
    if has_start(full, &CONFIGURATION_STARTS) {
        return true;
    }
    // dbus-1 is the directory of that name, and no package.
    if full == "dbus-1" || full.ends_with("_fish-completions") {
        return true;
    }
    let is_file = has_end(full, &CONFIGURATION_ENDS);
    CONFIGURATION_NAMES.contains(&name)
        || (is_file && (version.is_none() || is_numbered_file(full)))
}

/// Whether a text begins with one of these. Few begin with the same byte, which is quickly told.
pub(crate) fn has_start(text: &str, starts: &[&str]) -> bool {
    let first = text.as_bytes().first();
    starts.iter().any(|start| start.as_bytes().first() == first && text.starts_with(start))
}

/// Whether a text ends with one of these; see [`has_start`].
fn has_end(text: &str, ends: &[&str]) -> bool {
    let last = text.as_bytes().last();
    ends.iter().any(|end| end.as_bytes().last() == last && text.ends_with(end))
}

// fc-10-nixos-rendering.conf, 50-coredump.conf
fn is_numbered_file(full: &str) -> bool {
    has_end(full, &[".conf", ".rules", ".ini", ".network", ".pam"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store_path::split_name_version;

    #[track_caller]
    fn check(expected: DerivationKind, names: &[&str]) {
        for full in names {
            let (name, version) = split_name_version(full);
            assert_eq!(of(name, version), expected, "{full}");
        }
    }

    #[test]
    fn kinds_follow_from_names() {
        check(
            DerivationKind::Configuration,
            &[
                "unit-nginx.service",
                "system-units",
                "etc",
                "etc-os-release",
                "X-Restart-Triggers-polkit",
                "users-groups.json",
                "dbus-1",
                "stage-1-init.sh",
                "fc-10-nixos-rendering.conf",
                "hm_gitconfig",
                "openssl-3.4.1_fish-completions",
                "home-manager-generation",
                "initrd-fstab",
                "bashrc",
            ],
        );
        check(
            DerivationKind::KernelOrInitrd,
            &[
                "linux-6.12.19",
                "linux-6.12.19-modules-shrunk",
                "linux-zen-6.12.19",
                "initrd-linux-6.12.19",
                "kernel-modules",
            ],
        );
        check(
            DerivationKind::Source,
            &["source", "linux-6.12.19.tar.xz", "ollama-0.6.0-go-modules"],
        );
        check(DerivationKind::Patch, &["fix-build.patch"]);
        check(DerivationKind::System, &["nixos-system-host-24.11.1", "darwin-system-24.11"]);
        check(
            DerivationKind::Software,
            &["ollama-0.6.0", "linux-firmware-20250211", "linux-pam-1.6.1", "firefox-136.0"],
        );
        check(DerivationKind::Other, &["steam-fhs", "rebuild"]);
    }
}
