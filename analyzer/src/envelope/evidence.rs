//! Knows a few lines of Nix and NixOS that are proof of what wraps them.

/// Beginnings of lines that programs other than Nix and NixOS hardly write, by their first letter:
/// most lines of a log are compared with none or few of them.
fn sure(first: u8) -> &'static [&'static str] {
    match first {
        b'b' => {
            &["building '/nix/store/", "building the system configuration...", "building Nix..."]
        }
        b'c' => &["copying path '/nix/store/"],
        b't' => &[
            "these derivations will be built:",
            "this derivation will be built:",
            "these paths will be fetched",
            "this path will be fetched",
            "the following new units were started: ",
            "trace: warning: ",
        ],
        b'd' => &["don't know how to build these paths"],
        b'e' => &[
            "error: builder for '/nix/store/",
            "error: build of '/nix/store/",
            "error: Cannot build '/nix/store/",
            "error: hash mismatch in fixed-output derivation '/nix/store/",
            "evaluation warning: ",
        ],
        b'a' => &["activating the configuration..."],
        b's' => &[
            "setting up /etc...",
            "stopping the following units: ",
            "starting the following units: ",
        ],
        b'u' => &["updating GRUB 2 menu...", "unpacking channels..."],
        b'r' => &["restarting the following units: ", "reloading the following units: "],
        b'w' => &["warning: the following units failed: ", "warning: Git tree '/"],
        b'S' => &["Starting NixOS Upgrade..."],
        b'#' => &["##[group]Run "],
        b'@' => &["@nix {\"action\":"],
        b'$' => &["$ nixos-rebuild ", "$ sudo nixos-rebuild ", "$ nix build", "$ nix-build"],
        _ => &[],
    }
}

/// Beginnings of lines that logs of Nix have, though not they alone.
const LIKELY: [&str; 24] = [
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
    "Version ",
];

/// Whether a line is one that Nix or NixOS writes, and hardly any other program.
pub(super) fn is_sure(text: &str) -> bool {
    let Some(&first) = text.as_bytes().first() else { return false };
    sure(first).iter().any(|start| text.starts_with(start)) || (first == b't' && is_plan(text))
}

/// Whether a line is one that a log of Nix may have.
pub(super) fn is_likely(text: &str) -> bool {
    is_sure(text)
        || is_output(text)
        || is_row(text)
        || LIKELY.iter().any(|start| text.starts_with(start))
}

/// Whether such a line stands behind a mark that other lines of a log need not have.
// > building the system configuration...
// [web] building the system configuration...
pub(super) fn is_marked(text: &str) -> bool {
    let behind_host = || text.strip_prefix('[').and_then(|rest| rest.split_once("] "));
    text.strip_prefix("> ").or_else(|| behind_host().map(|(_, rest)| rest)).is_some_and(is_sure)
}

// ollama> Running phase: buildPhase
fn is_output(text: &str) -> bool {
    text.split_once("> ").is_some_and(|(name, _)| {
        name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.bytes().all(is_of_name)
    })
}

// firefox: 136.0 → 136.0.3
fn is_row(text: &str) -> bool {
    // In a lock update behind a host, nothing stands before the arrow: web:   → 'github:…'
    let is_sides = |sides: &str| !sides.starts_with(' ') && sides.contains(" → ");
    let row = text.split_once(": ");
    row.is_some_and(|(name, sides)| name.bytes().all(is_of_name) && is_sides(sides))
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
