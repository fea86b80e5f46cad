//! What printed nothing for long.

use super::Draft;
use super::english::{count, duration};
use crate::report::{Derivation, Run, Severity, Silence};

/// Says which builds were silent for more than five minutes.
pub(super) fn silent_builds(run: &Run) -> Vec<Draft> {
    let silent: Vec<(&Derivation, &Silence)> =
        run.derivations.iter().filter_map(|it| Some((it, it.silence.as_ref()?))).collect();
    let longest = silent.iter().max_by(|a, b| a.1.seconds.total_cmp(&b.1.seconds));
    let Some((derivation, silence)) = longest else { return Vec::new() };
    let others = match silent.len() {
        1 => String::new(),
        n => {
            format!("; {} too", count(n - 1, "other build was silent", "other builds were silent"))
        }
    };
    vec![Draft {
        id: "silent-build",
        severity: Severity::Info,
        text: format!(
            "{} printed nothing for {} while it was built{others}.",
            derivation.name,
            duration(silence.seconds)
        ),
        article: None,
        lines: silence.lines.clone(),
    }]
}
