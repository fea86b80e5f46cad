//! Whether downloads went well.

use super::Draft;
use super::english::count;
use crate::report::{Run, Severity, WarningClass};

/// Downloads that had to be tried again.
pub(super) fn retried(run: &Run) -> Vec<Draft> {
    let warnings = run.warnings.iter().filter(|warning| warning.class == WarningClass::Download);
    let times: usize = warnings.clone().map(|warning| warning.count as usize).sum();
    if times == 0 {
        return Vec::new();
    }
    vec![Draft {
        id: "downloads-retried",
        severity: Severity::Info,
        text: format!(
            "Downloads met {}.",
            count(times, "problem on the way", "problems on the way")
        ),
        article: Some("binary-caches#no-answer"),
        lines: super::joined(warnings.map(|warning| &warning.lines)),
    }]
}
