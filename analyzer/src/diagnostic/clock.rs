//! Whether the log has a clock.

use super::Draft;
use crate::report::{Grade, Lines, Run, Severity, Tool};

/// Longer commands are not worth repeating, in bytes.
const MAX_COMMAND_LEN: usize = 100;

/// Says how a next log would have times, where this one had something to time.
pub(super) fn no_clock(run: &Run) -> Vec<Draft> {
    let worth_timing = run.derivations.iter().any(|derivation| derivation.started)
        || run.fetches.iter().any(|fetch| fetch.lines.first().is_some());
    let timed = matches!(run.time.grade, Grade::Stamped | Grade::Stated);
    if timed || !worth_timing {
        return Vec::new();
    }
    let line = run.lines.first().unwrap_or(1);
    let command = command_again(run);
    vec![Draft {
        id: "no-clock",
        severity: Severity::Info,
        text: format!(
            "This log has no clock, so how long things took is not in it; next time, \
             `{command} 2>&1 | ts '%FT%T%z'` puts a time on every line."
        ),
        article: Some("good-logs#no-clock"),
        lines: Lines::one(line),
    }]
}

/// The command to run again: the same, where the log shows it and it can be put before a pipe.
pub fn command_again(run: &Run) -> &str {
    let shown = run.command.as_deref().filter(|it| it.len() <= MAX_COMMAND_LEN);
    if let Some(command) = shown.filter(|it| !it.contains(['|', '>', '`', '&', ';'])) {
        return command;
    }
    match run.tool {
        Some(Tool::DarwinRebuild) => "darwin-rebuild switch",
        Some(Tool::HomeManager) => "home-manager switch",
        Some(Tool::Nh) => "nh os switch",
        Some(Tool::Colmena) => "colmena apply",
        Some(Tool::DeployRs) => "deploy",
        Some(Tool::Nix) => "nix build -L",
        Some(Tool::NixBuild) => "nix-build",
        _ => "nixos-rebuild switch",
    }
}
