//! What took the time.

use super::Draft;
use super::english::duration;
use crate::report::{Derivation, Grade, Run, Severity, WhyBuiltGuess};

/// A build that took less of the run than this does not dominate it.
const DOMINATES: f64 = 0.4;

/// A shorter run needs no explanation, in seconds.
const WORTH_SAYING_S: f64 = 30.0;

/// Says which build took most of the time, if one did.
pub(super) fn local_build_dominates(run: &Run) -> Vec<Draft> {
    let Some(total_s) = run.time.total_s.filter(|total_s| *total_s >= WORTH_SAYING_S) else {
        return Vec::new();
    };
    let longest = run
        .derivations
        .iter()
        .filter_map(|derivation| Some((derivation, known_s(derivation)?)))
        .max_by(|left, right| left.1.total_cmp(&right.1));
    let Some((derivation, seconds)) = longest.filter(|(_, seconds)| seconds / total_s >= DOMINATES)
    else {
        return Vec::new();
    };
    let name = match &derivation.version {
        Some(version) => format!("{}-{version}", derivation.name),
        None => derivation.name.clone(),
    };
    vec![Draft {
        id: "local-build-dominates",
        severity: Severity::Info,
        text: format!(
            "{}{} of {} went into building {name} here{}{}.",
            at_least(derivation),
            duration(seconds),
            duration(total_s),
            reason(derivation),
            saving(derivation)
        ),
        article: Some("binary-caches#why-was-it-built"),
        lines: derivation.lines.clone(),
    }]
}

/// What the run would have been spared; the rest of its time other things went on as well.
fn saving(derivation: &Derivation) -> String {
    match derivation.drag_s.filter(|drag_s| *drag_s >= WORTH_SAYING_S) {
        Some(drag_s) => {
            format!("; without it the run would have been {} shorter", duration(drag_s))
        }
        None => String::new(),
    }
}

/// Seconds that a build certainly took.
fn known_s(derivation: &Derivation) -> Option<f64> {
    let time = derivation.time.as_ref()?;
    match time.grade {
        Grade::Stamped | Grade::Stated => time.total_s,
        Grade::Bounded => time.low_s,
        Grade::Unknown => None,
    }
}

fn at_least(derivation: &Derivation) -> &'static str {
    match derivation.time.as_ref().map(|time| time.grade) {
        Some(Grade::Bounded) => "At least ",
        _ => "",
    }
}

fn reason(derivation: &Derivation) -> &'static str {
    match derivation.why_built.as_ref().map(|why| why.guess) {
        Some(WhyBuiltGuess::UnfreeOrCuda) => {
            ", likely because unfree and CUDA packages are not in the public cache"
        }
        Some(WhyBuiltGuess::FetchFailed) => ", because it could not be fetched",
        Some(WhyBuiltGuess::LocalConfiguration) => ", because it is made from this configuration",
        _ => "",
    }
}
