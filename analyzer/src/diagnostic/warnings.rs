//! Warnings that a person can do something about.

use super::english::list;
use super::sentence::shortened;
use super::{Draft, joined};
use crate::report::{Run, Severity, Warning, WarningClass};

/// Caches that Nix was told of and did not ask: what they have was built here.
pub(super) fn caches_ignored(run: &Run) -> Vec<Draft> {
    let ignored: Vec<&Warning> =
        run.warnings.iter().filter(|warning| is_ignored(warning)).collect();
    if ignored.is_empty() {
        return Vec::new();
    }
    let mut names: Vec<&str> =
        ignored.iter().filter_map(|warning| quoted(&warning.message)).collect();
    names.dedup();
    vec![Draft {
        id: "cache-ignored",
        severity: Severity::Warning,
        text: format!(
            "Nix did not use a cache that it was told of ({}), because it does not trust who told \
             it; what only that cache has is built here.",
            list(&names, 2)
        ),
        article: Some("warnings#substituters"),
        lines: joined(ignored.iter().map(|warning| &warning.lines)),
    }]
}

// ignoring untrusted substituter 'https://hyprland.cachix.org', you are not a trusted user.
// ignoring untrusted flake configuration setting 'extra-substituters'
// ignoring the client-specified setting 'substituters', because it is a restricted setting …
fn is_ignored(warning: &Warning) -> bool {
    let message = warning.message.as_str();
    message.starts_with("ignoring ")
        && message.contains("substituter")
        && (message.contains("untrusted") || message.contains("client-specified"))
}

// --use-remote-sudo deprecated, use --sudo instead
// 'install' is a deprecated alias for 'add'
fn is_about_a_command(message: &str) -> bool {
    message.starts_with("--") || message.contains("is a deprecated alias for ")
}

fn quoted(text: &str) -> Option<&str> {
    text.split('\'').nth(1)
}

/// Options that work now and will not work for ever.
pub(super) fn out_of_date(run: &Run) -> Vec<Draft> {
    use WarningClass::{Deprecated, RenamedOption};
    let old: Vec<&Warning> = run
        .warnings
        .iter()
        .filter(|warning| matches!(warning.class, Deprecated | RenamedOption))
        .filter(|warning| !is_about_a_command(&warning.message))
        .collect();
    if old.is_empty() {
        return Vec::new();
    }
    let text = match old.as_slice() {
        [warning] => {
            let first = warning.message.lines().next().unwrap_or_default();
            let first = shortened(first.trim_end_matches('.'));
            format!("The configuration has a name that is out of date: {first}.")
        }
        warnings => format!(
            "The configuration has {} names that are out of date: they work now, and not in some \
             later release.",
            warnings.len()
        ),
    };
    vec![Draft {
        id: "out-of-date",
        severity: Severity::Info,
        text,
        article: None,
        lines: joined(old.iter().map(|warning| &warning.lines)),
    }]
}
