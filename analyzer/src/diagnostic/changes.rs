//! Which versions changed.

use super::english::{count, list};
use super::{Draft, joined};
use crate::report::{
    Change, ChangeKind, ChangeSource, Input, InputKind, InputRevision, RebootReason, Run, Severity,
};
use crate::sorting;

/// Packages that people ask for, most asked first.
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

/// A sentence with more versions than these is not read.
const MAX_NAMED: usize = 3;

/// How many versions changed, with those that people ask for.
pub(super) fn versions_changed(run: &Run) -> Vec<Draft> {
    let changed: Vec<&Change> =
        run.changes.iter().filter(|change| is_version_change(change)).collect();
    if changed.is_empty() {
        return Vec::new();
    }
    let notable = notable(run, &changed);
    let named: Vec<String> = notable.iter().take(MAX_NAMED).map(|change| step(change)).collect();
    let versions = count(changed.len(), "version changed", "versions changed");
    let among = match (named.len(), changed.len()) {
        (0, _) => String::new(),
        (shown, all) if shown == all => format!(": {}", list(&named, MAX_NAMED)),
        _ => format!(", among them {}", list(&named, MAX_NAMED)),
    };
    vec![Draft {
        id: "versions-changed",
        severity: Severity::Info,
        text: format!("{versions}{among}."),
        article: Some("channels-and-flakes#why-a-version-changes"),
        lines: joined(changed.iter().map(|change| &change.lines)),
    }]
}

/// Which inputs were updated, and the dates of nixpkgs: they say how new everything else is.
pub(super) fn inputs_updated(run: &Run) -> Vec<Draft> {
    let moved = |input: &&Input| input.kind == InputKind::Updated && input.old != input.new;
    let updated: Vec<&Input> = run.inputs.iter().filter(moved).collect();
    if updated.is_empty() {
        return Vec::new();
    }
    let dates = |input: &Input| {
        let date = |side: &Option<InputRevision>| side.as_ref()?.date.clone();
        Some((date(&input.old)?, date(&input.new)?))
    };
    let nixpkgs = updated.iter().find(|input| input.name == "nixpkgs");
    let among = nixpkgs.copied().and_then(dates).map_or_else(String::new, |(old, new)| {
        let among = if updated.len() == 1 { ": nixpkgs" } else { ", nixpkgs" };
        format!("{among} from {old} to {new}")
    });
    vec![Draft {
        id: "inputs-updated",
        severity: Severity::Info,
        text: format!("{} updated{among}.", count(updated.len(), "input was", "inputs were")),
        article: Some("channels-and-flakes#two-ways"),
        lines: joined(updated.iter().map(|input| &input.lines)),
    }]
}

/// What to name: first what the person chose to install, then what others need. What speaks for
/// a reboot has a sentence of its own.
fn notable<'a>(run: &Run, changed: &[&'a Change]) -> Vec<&'a Change> {
    let names_it = |reason: &RebootReason, change: &Change| {
        reason.what.strip_prefix(&change.name).is_some_and(|rest| rest.starts_with(' '))
    };
    let is_new =
        |change: &&Change| !run.reboot.reasons.iter().any(|reason| names_it(reason, change));
    let mut notable: Vec<&Change> = NOTABLE
        .iter()
        .flat_map(|name| changed.iter().copied().filter(move |change| change.name == *name))
        .filter(is_new)
        .collect();
    sorting::sort_by(&mut notable, |left, right| {
        (left.selected != Some(true)).cmp(&(right.selected != Some(true)))
    });
    if notable.is_empty() && changed.len() <= MAX_NAMED {
        notable.extend(changed.iter().copied().filter(is_new));
    }
    notable
}

/// Added, removed and rebuilt packages are no version changes, nor is a version of which
/// only the new side is known.
fn is_version_change(change: &Change) -> bool {
    use ChangeKind::{Added, Deduplicated, Duplicated, Rebuilt, Removed};
    change.source != ChangeSource::Plan
        && !matches!(change.kind, Added | Removed | Rebuilt | Deduplicated | Duplicated)
}

/// `ollama 0.5.13 -> 0.6.0`.
fn step(change: &Change) -> String {
    format!("{} {} -> {}", change.name, plain(&change.old), plain(&change.new))
}

/// The versions without those that only name a part: of `6.12.18` and `6.12.18-modules` the first.
fn plain(versions: &[String]) -> String {
    let is_part = |version: &str| {
        versions.iter().any(|whole| {
            version.strip_prefix(whole.as_str()).is_some_and(|part| part.starts_with('-'))
        })
    };
    let whole: Vec<&str> =
        versions.iter().map(String::as_str).filter(|version| !is_part(version)).collect();
    whole.join(", ")
}
