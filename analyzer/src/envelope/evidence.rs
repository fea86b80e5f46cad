//! Knows a few lines of Nix and NixOS that are proof of what wraps them.

/// Beginnings of lines that programs other than Nix and NixOS hardly write.
const SURE: [&str; 32] = [
    "building '/nix/store/",
    "building the system configuration...",
    "building Nix...",
    "copying path '/nix/store/",
    "these derivations will be built:",
    "this derivation will be built:",
    "these paths will be fetched",
    "this path will be fetched",
    "don't know how to build these paths",
    "error: builder for '/nix/store/",
    "error: build of '/nix/store/",
    "error: Cannot build '/nix/store/",
    "error: hash mismatch in fixed-output derivation '/nix/store/",
    "activating the configuration...",
    "setting up /etc...",
    "updating GRUB 2 menu...",
    "stopping the following units: ",
    "starting the following units: ",
    "restarting the following units: ",
    "reloading the following units: ",
    "the following new units were started: ",
    "warning: the following units failed: ",
    "warning: Git tree '/",
    "evaluation warning: ",
    "trace: warning: ",
    "unpacking channels...",
    "Starting NixOS Upgrade...",
    "@nix {\"action\":",
    "$ nixos-rebuild ",
    "$ sudo nixos-rebuild ",
    "$ nix build",
    "$ nix-build",
];

/// Beginnings of lines that logs of Nix have, though not they alone.
const LIKELY: [&str; 23] = [
    "error: ",
    "error:",
    "warning: ",
    "trace: ",
    "fetching ",
    "querying ",
    "downloading ",
    "unpacking '",
    "evaluating ",
    "checking ",
    "/nix/store/",
    "  /nix/store/",
    "$ ",
    "• ",
    "┏",
    "┃",
    "┗",
    "Starting Home Manager activation",
    "switching ",
    "finding garbage collector roots...",
    "deleting garbage...",
    "[U",
    "<<< /",
];

/// Whether a line is one that Nix or NixOS writes, and hardly any other program.
pub(super) fn is_sure(text: &str) -> bool {
    match text.as_bytes() {
        [b'b' | b'c' | b'd' | b'e' | b'a' | b's' | b'r' | b'w' | b'u' | b'S' | b'@' | b'$', ..] => {
            SURE.iter().any(|start| text.starts_with(start))
        }
        [b't', ..] => SURE.iter().any(|start| text.starts_with(start)) || is_plan(text),
        _ => false,
    }
}

/// Whether a line is one that a log of Nix may have.
pub(super) fn is_likely(text: &str) -> bool {
    is_sure(text) || is_output(text) || LIKELY.iter().any(|start| text.starts_with(start))
}

// ollama> Running phase: buildPhase
fn is_output(text: &str) -> bool {
    text.split_once("> ").is_some_and(|(name, _)| {
        name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.bytes().all(is_of_name)
    })
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+-._?=".contains(&byte)
}

// these 12 derivations will be built:
// these 3 paths will be fetched (0.1 MiB download, 0.5 MiB unpacked):
fn is_plan(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("these ") else { return false };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.starts_with(" derivations will be built") || rest.starts_with(" paths will be fetched")
}
