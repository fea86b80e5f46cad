//! Lines of activation scripts that only show that they run.

use super::ActivationLine;

/// How such lines begin: NixOS, then nix-darwin, then home-manager.
const STARTS: [&str; 56] = [
    "setting up /etc...",
    "setting up tmpfiles",
    "setting up groups...",
    "setting up users...",
    "removing obsolete symlink ‘",
    "updating users/groups",
    "reviving user ‘",
    "reviving group ‘",
    "creating group ‘",
    "creating user ‘",
    "removing group ‘",
    "removing user ‘",
    "warning: not applying UID change",
    "warning: not applying GID change",
    "sops-install-secrets: ",
    "[agenix] ",
    "decrypting '/nix/store/",
    "restarting systemd...",
    "restarting sysinit-reactivation.target",
    "reloading user units for ",
    "stopping swap device: ",
    "would stop swap device: ",
    "would restart systemd",
    "Switching into this system is not recommended.",
    "switching into this system is not recommended",
    "You probably want to run 'nixos-rebuild boot'",
    "you probably want to run 'nixos-rebuild boot'",
    "If you really want to switch into this configuration directly",
    "if you really want to switch into this configuration directly",
    "you can set NIXOS_NO_CHECK=1",
    "WARNING: doing so might cause the switch to fail",
    "Warning: do not know how to make this configuration bootable",
    "Warning: the new NixOS configuration has an ‘init’ that is",
    "setting up /Applications/Nix Apps...",
    "setting up /Library/Fonts/Nix Fonts...",
    "setting up pam...",
    "setting up launchd services...",
    "setting up user launchd services...",
    "setting up Homebrew",
    "applying patches...",
    "user defaults...",
    "system defaults...",
    "configuring networking...",
    "configuring power...",
    "configuring fonts...",
    "reloading service ",
    "removing service ",
    "Activating home-manager configuration for ",
    "Cleaning up orphan links from ",
    "Creating home file links in ",
    "Creating profile generation ",
    "Creating new profile generation",
    "No change so reusing latest profile generation ",
    "Please move the above files and try again",
    "Suggested commands:",
    "Homebrew bundle...",
];

/// Reads such a line.
pub(super) fn parse(line: &str) -> Option<ActivationLine<'_>> {
    match line {
        "Starting Home Manager activation" => Some(ActivationLine::HomeManagerBegins),
        _ if is_home_manager_step(line) => Some(ActivationLine::Step),
        _ => STARTS.iter().any(|start| line.starts_with(start)).then_some(ActivationLine::Step),
    }
}

// Activating linkGeneration
fn is_home_manager_step(line: &str) -> bool {
    line.strip_prefix("Activating ").is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_known() {
        for line in [
            "setting up /etc...",
            "removing obsolete symlink ‘/etc/xdg/htop/htoprc’...",
            "reloading user units for alice...",
            "Activating linkGeneration",
            "Activating sops-nix",
            "sops-install-secrets: Imported /etc/ssh/x as age key with fingerprint age1",
        ] {
            assert_eq!(parse(line), Some(ActivationLine::Step), "{line}");
        }
        assert_eq!(parse("Activating the thing"), None);
        assert_eq!(parse("setting up a thing"), None);
    }
}
