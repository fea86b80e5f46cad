//! What the switch did to services, and whether to reboot.

use super::english::list;
use super::{Draft, joined, sentence};
use crate::report::{RebootVerdict, Run, Severity};

/// Reasons for a reboot that are said; the first ones weigh most.
const MAX_REASONS: usize = 2;

/// Units that failed although the switch was made.
pub(super) fn units_failed(run: &Run) -> Vec<Draft> {
    let Some(activation) = &run.activation else { return Vec::new() };
    let failed = &activation.units.failed;
    if failed.is_empty() {
        return Vec::new();
    }
    let text = match failed.as_slice() {
        [unit] => format!("{unit} failed{}.", why(run, unit)),
        units => format!("{} units failed: {}.", units.len(), list(units, 4)),
    };
    vec![Draft {
        id: "units-failed",
        severity: Severity::Error,
        text,
        article: Some("services-on-switch#failed"),
        lines: activation.unit_lines.failed.clone(),
    }]
}

/// What the status of a unit says of its failure.
fn why(run: &Run, unit: &str) -> String {
    let Some(failure) = run.failures.iter().find(|it| it.unit.as_deref() == Some(unit)) else {
        return String::new();
    };
    let status = failure.exit_code.map(|code| format!(" with exit status {code}"));
    let quote = sentence::quote(failure).map(|quote| format!(": {quote}"));
    let is_tried_again = failure.excerpt.iter().any(|line| line.contains("(auto-restart)"));
    let again = if is_tried_again { "; systemd tries it again" } else { "" };
    status.unwrap_or_default() + &quote.unwrap_or_default() + again
}

/// Whether to reboot, if anything speaks for it.
pub(super) fn reboot(run: &Run) -> Vec<Draft> {
    let (id, severity, head) = match run.reboot.verdict {
        RebootVerdict::Needed => ("reboot-needed", Severity::Warning, "A reboot is needed"),
        RebootVerdict::Advised => ("reboot-advised", Severity::Info, "A reboot is advised"),
        RebootVerdict::Unknown if !run.reboot.reasons.is_empty() => (
            "reboot-after-switch",
            Severity::Info,
            "A switch from one to the other is complete only after a reboot",
        ),
        RebootVerdict::NoSign | RebootVerdict::Unknown => return Vec::new(),
    };
    let mut reasons: Vec<&str> =
        run.reboot.reasons.iter().map(|reason| reason.what.as_str()).collect();
    let more = reasons.split_off(reasons.len().min(MAX_REASONS)).len();
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    vec![Draft {
        id,
        severity,
        text: format!("{head}: {}{more}.", reasons.join("; ")),
        article: Some("reboot-or-not#what-needs-a-reboot"),
        lines: joined(run.reboot.reasons.iter().map(|reason| &reason.lines)),
    }]
}
