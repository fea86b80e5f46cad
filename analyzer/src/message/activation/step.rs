//! Lines of activation scripts that only show that they run.

use super::ActivationLine;

/// How such lines of NixOS, nix-darwin and home-manager begin, by their first letter: most lines
/// of a log are compared with none or few of them.
fn starts(first: u8) -> &'static [&'static str] {
    match first {
        b's' => &[
            "setting up /etc...",
            "setting up tmpfiles",
            "setting up groups...",
            "setting up users...",
            "setting up /Applications/Nix Apps...",
            "setting up /Library/Fonts/Nix Fonts...",
            "setting up pam...",
            "setting up launchd services...",
            "setting up user launchd services...",
            "setting up Homebrew",
            "sops-install-secrets: ",
            "stopping swap device: ",
            "switching into this system is not recommended",
            "system defaults...",
        ],
        b'r' => &[
            "removing obsolete symlink ‘",
            "reviving user ‘",
            "reviving group ‘",
            "removing group ‘",
            "removing user ‘",
            "removing service ",
            "restarting systemd...",
            "restarting sysinit-reactivation.target",
            "reloading user units for ",
            "reloading service ",
        ],
        b'u' => &["updating users/groups", "user defaults..."],
        b'c' => &[
            "creating group ‘",
            "creating user ‘",
            "configuring networking...",
            "configuring power...",
            "configuring fonts...",
        ],
        b'w' => &[
            "warning: not applying UID change",
            "warning: not applying GID change",
            "would stop swap device: ",
            "would restart systemd",
        ],
        b'W' => &[
            "WARNING: doing so might cause the switch to fail",
            "Warning: do not know how to make this configuration bootable",
            "Warning: the new NixOS configuration has an ‘init’ that is",
        ],
        b'y' | b'Y' => &[
            "You probably want to run 'nixos-rebuild boot'",
            "you probably want to run 'nixos-rebuild boot'",
            "you can set NIXOS_NO_CHECK=1",
        ],
        b'i' | b'I' => &[
            "If you really want to switch into this configuration directly",
            "if you really want to switch into this configuration directly",
        ],
        b'C' => &[
            "Cleaning up orphan links from ",
            "Creating home file links in ",
            "Creating profile generation ",
            "Creating new profile generation",
        ],
        b'S' => &["Switching into this system is not recommended.", "Suggested commands:"],
        b'a' => &["applying patches..."],
        b'd' => &["decrypting '/nix/store/"],
        b'[' => &["[agenix] "],
        b'A' => &["Activating home-manager configuration for "],
        b'N' => &["No change so reusing latest profile generation "],
        b'P' => &["Please move the above files and try again"],
        b'H' => &["Homebrew bundle..."],
        _ => &[],
    }
}

/// Reads such a line.
pub(super) fn parse(line: &str) -> Option<ActivationLine<'_>> {
    match line {
        "Starting Home Manager activation" => Some(ActivationLine::HomeManagerBegins),
        _ if is_home_manager_step(line) => Some(ActivationLine::Step),
        _ => {
            let starts = starts(*line.as_bytes().first()?);
            starts.iter().any(|start| line.starts_with(start)).then_some(ActivationLine::Step)
        }
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
