//! What the switch did to services, and whether to reboot.

use super::english::{count, list};
use super::{Draft, joined};
use crate::report::{RebootVerdict, Run, Severity};

/// Units that failed although the switch was made.
pub(super) fn units_failed(run: &Run) -> Vec<Draft> {
    let Some(activation) = &run.activation else { return Vec::new() };
    let failed = &activation.units.failed;
    if failed.is_empty() {
        return Vec::new();
    }
    let units = count(failed.len(), "unit", "units");
    vec![Draft {
        id: "units-failed",
        severity: Severity::Error,
        text: format!("{units} failed: {}.", list(failed, 4)),
        article: Some("reboot-or-not#failed-units"),
        lines: activation.unit_lines.failed.clone(),
    }]
}

/// Whether to reboot, if anything speaks for it.
pub(super) fn reboot(run: &Run) -> Vec<Draft> {
    let (id, severity, head) = match run.reboot.verdict {
        RebootVerdict::Needed => ("reboot-needed", Severity::Warning, "A reboot is needed"),
        RebootVerdict::Advised => ("reboot-advised", Severity::Info, "A reboot is advised"),
        RebootVerdict::NoSign | RebootVerdict::Unknown => return Vec::new(),
    };
    let reasons: Vec<&str> = run.reboot.reasons.iter().map(|reason| reason.what.as_str()).collect();
    vec![Draft {
        id,
        severity,
        text: format!("{head}: {}.", list(&reasons, 3)),
        article: Some("reboot-or-not#what-needs-a-reboot"),
        lines: joined(run.reboot.reasons.iter().map(|reason| &reason.lines)),
    }]
}
