//! Which versions changed.

use super::english::{count, list};
use super::{Draft, joined};
use crate::report::{Change, ChangeKind, ChangeSource, Run, Severity};

/// What people ask for by name, most asked first; a prefix up to a digit or dash counts.
const NOTABLE: [&str; 16] = [
    "linux",
    "nvidia-x11",
    "systemd",
    "glibc",
    "openssl",
    "openssh",
    "mesa",
    "nix",
    "ollama",
    "firefox",
    "chromium",
    "plasma-workspace",
    "gnome-shell",
    "hyprland",
    "gcc",
    "python3",
];

/// How many versions changed, with those that people ask for.
pub(super) fn versions_changed(run: &Run) -> Vec<Draft> {
    let changed: Vec<&Change> =
        run.changes.iter().filter(|change| is_version_change(change)).collect();
    if changed.is_empty() {
        return Vec::new();
    }
    let mut notable: Vec<&Change> = NOTABLE
        .iter()
        .flat_map(|name| changed.iter().copied().filter(move |change| change.name == *name))
        .collect();
    if notable.is_empty() && changed.len() <= 3 {
        notable.clone_from(&changed);
    }
    let named: Vec<String> = notable.iter().take(3).map(|change| step(change)).collect();
    let versions = count(changed.len(), "version changed", "versions changed");
    let among = match (named.len(), changed.len()) {
        (0, _) => String::new(),
        (shown, all) if shown == all => format!(": {}", list(&named, 3)),
        _ => format!(", among them {}", list(&named, 3)),
    };
    vec![Draft {
        id: "versions-changed",
        severity: Severity::Info,
        text: format!("{versions}{among}."),
        article: Some("derivations-and-generations#why-a-version-changes"),
        lines: joined(changed.iter().map(|change| &change.lines)),
    }]
}

/// Added, removed and rebuilt packages are no version changes, nor is a version of which
/// only the new side is known.
fn is_version_change(change: &Change) -> bool {
    use ChangeKind::{Added, Deduplicated, Duplicated, Rebuilt, Removed};
    change.source != ChangeSource::Plan
        && !matches!(change.kind, Added | Removed | Rebuilt | Deduplicated | Duplicated)
}

/// `ollama 0.5.13 -> 0.6.0`. Where there are as many versions of each, as of a kernel and its
/// modules, the first stands for all.
fn step(change: &Change) -> String {
    let (old, new) = match (change.old.as_slice(), change.new.as_slice()) {
        ([old, others @ ..], [new, more @ ..]) if others.len() == more.len() => {
            (old.clone(), new.clone())
        }
        (old, new) => (old.join(", "), new.join(", ")),
    };
    format!("{} {old} -> {new}", change.name)
}
