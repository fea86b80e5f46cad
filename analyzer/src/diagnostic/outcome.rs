//! How the run ended.

use super::english::{count, duration, list, size};
use super::{Draft, joined};
use crate::report::{
    Activation, DerivationStatus, Direction, FailureClass, Fetch, FetchStatus, Grade, Lines,
    Outcome, Plan, Run, Severity, Span, Stage,
};

/// What is found where a whole run changed nothing.
pub(super) const NOTHING_CHANGED: &str = "nothing-changed";

/// The first sentence of the verdict.
pub(super) fn outcome(run: &Run) -> Vec<Draft> {
    let (severity, text) = match run.outcome {
        Outcome::Succeeded => (Severity::Good, succeeded(run)),
        Outcome::Failed => (Severity::Error, failed(run)),
        Outcome::Interrupted => (Severity::Warning, interrupted(run)),
        Outcome::DryRun => (Severity::Info, dry_run(run)),
        Outcome::Unknown => (Severity::Info, unknown(run)),
    };
    vec![Draft { id: "outcome", severity, text, article: article(run), lines: run.lines.clone() }]
}

fn article(run: &Run) -> Option<&'static str> {
    match run.outcome {
        Outcome::Failed if run.activated != Some(true) => Some("failed-builds#first"),
        _ if run.activated == Some(true) => Some("reboot-or-not#what-a-switch-does"),
        _ => None,
    }
}

fn succeeded(run: &Run) -> String {
    let (took, work) = (took(&run.time), work(run));
    let for_next_boot = run.activation.as_ref().is_some_and(|it| it.bootloader.is_some());
    match run.activated {
        Some(true) => format!("Switched to the new configuration{took}{work}."),
        Some(false) if for_next_boot => {
            format!("The new configuration{took} was built for the next boot{work}.")
        }
        Some(false) => format!("Built the new configuration{took}, without switching to it{work}."),
        None => done(run, &took, &work),
    }
}

/// What went well besides a switch.
fn done(run: &Run, took: &str, work: &str) -> String {
    let generation = run.system.as_ref().and_then(|system| system.generation);
    if let (Some(generation), "") = (generation, work) {
        return format!("The profile was switched to generation {generation}.");
    }
    let garbage = run.garbage.as_ref().and_then(|it| it.paths_deleted.zip(it.freed_bytes));
    if let Some((paths, freed)) = garbage {
        let paths = count_u64(paths, "store path was", "store paths were");
        return format!("{paths} deleted{took}, and {} freed.", size(freed));
    }
    let is_system = run.system.as_ref().is_some_and(|system| system.label.is_some());
    let switch = if is_system { " The log shows no switch to a new configuration." } else { "" };
    format!("It succeeded{took}{work}.{switch}")
}

fn count_u64(n: u64, one: &str, many: &str) -> String {
    count(usize::try_from(n).unwrap_or(usize::MAX), one, many)
}

/// What was done for it: `: 28 built here and 31 fetched`.
fn work(run: &Run) -> String {
    let started = |is_here: bool| {
        run.derivations.iter().filter(|it| it.started && it.host.is_none() == is_here).count()
    };
    let moved = |direction| {
        let moved = run.fetches.iter().filter(|it| it.direction == direction);
        moved.filter(|it| it.status == FetchStatus::Copied).count()
    };
    let parts = [
        (started(true), "built here"),
        (started(false), "built on other machines"),
        (moved(Direction::From), "fetched"),
        (moved(Direction::To), "copied to another store"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if parts.is_empty() { String::new() } else { format!(": {}", list(&parts, parts.len())) }
}

fn is_fetched(fetch: &Fetch) -> bool {
    fetch.direction == Direction::From && fetch.status == FetchStatus::Copied
}

fn took(time: &Span) -> String {
    match (time.grade, time.total_s, time.low_s) {
        // What a tool printed may be the time of a part only.
        (Grade::Stated, Some(total_s), _) if time.high_s.is_none() => {
            format!(" in at least {}", duration(total_s))
        }
        (Grade::Stamped | Grade::Stated, Some(total_s), _) => format!(" in {}", duration(total_s)),
        (Grade::Bounded, _, Some(low_s)) if low_s >= 1.0 => {
            format!(" in at least {}", duration(low_s))
        }
        _ => String::new(),
    }
}

fn failed(run: &Run) -> String {
    if run.activated == Some(true) {
        let n_failed = run.activation.as_ref().map_or(0, |it| it.units.failed.len());
        let but = match n_failed {
            0 => "not without errors".to_owned(),
            _ => format!("{} failed", count(n_failed, "unit", "units")),
        };
        return format!("Switched to the new configuration{}, but {but}.", after(run));
    }
    let unchanged = if run.activated == Some(false) {
        " Nothing was switched: what ran before still runs."
    } else {
        ""
    };
    let evaluation =
        run.failures.iter().any(|failure| failure.root && is_evaluation(failure.class));
    let what = if evaluation { "The configuration could not be evaluated" } else { "It failed" };
    format!("{what}{}{}.{unchanged}", after(run), begun(run))
}

/// How far it came: `: 229 of 565 planned builds had begun`.
fn begun(run: &Run) -> String {
    let begun = run.derivations.iter().filter(|it| it.started && it.planned).count();
    match run.plan.as_ref().and_then(|plan| plan.builds) {
        Some(planned) if planned > begun as u64 && planned > 1 => {
            format!(": {begun} of {planned} planned builds had begun")
        }
        _ => String::new(),
    }
}

fn after(run: &Run) -> String {
    match run.time {
        Span {
            grade: Grade::Stamped | Grade::Stated,
            total_s: Some(total_s),
            high_s: Some(_),
            ..
        } => {
            format!(" after {}", duration(total_s))
        }
        _ => String::new(),
    }
}

fn is_evaluation(class: FailureClass) -> bool {
    use FailureClass::{
        Assertion, Broken, Evaluation, InfiniteRecursion, Insecure, MissingAttribute, Unfree,
    };
    matches!(
        class,
        Assertion | Broken | Evaluation | InfiniteRecursion | Insecure | MissingAttribute | Unfree
    )
}

fn interrupted(run: &Run) -> String {
    format!("It was interrupted{}{}.", after(run), begun(run))
}

fn dry_run(run: &Run) -> String {
    let plan = run.plan.clone().unwrap_or_default();
    format!("This only says what would be done: {}{}.", planned(&plan), units_to_change(run))
}

/// What `dry-activate` says of units.
fn units_to_change(run: &Run) -> String {
    let Some(activation) = &run.activation else { return String::new() };
    let units = &activation.units;
    let lists = [&units.stopped, &units.restarted, &units.reloaded, &units.started];
    match lists.iter().map(|list| list.len()).sum() {
        0 => String::new(),
        n => format!(", {} to stop, start, restart or reload", count(n, "unit", "units")),
    }
}

fn planned(plan: &Plan) -> String {
    let number = |number: Option<u64>| number.map_or("nothing".to_owned(), |n| n.to_string());
    format!("{} to build, {} to fetch", number(plan.builds), number(plan.fetches))
}

fn unknown(run: &Run) -> String {
    let shows_a_build = !run.derivations.is_empty() || !run.fetches.is_empty();
    if !shows_a_build && (!run.changes.is_empty() || run.closure.is_some()) {
        let differs = if run.changes.is_empty() { ": no version differs" } else { "" };
        return format!("This compares two systems{differs}.");
    }
    if !shows_a_build && !run.inputs.is_empty() {
        return "This is an update of inputs.".to_owned();
    }
    let is_begun =
        run.derivations.iter().any(|it| it.started) || run.fetches.iter().any(is_fetched);
    match &run.plan {
        Some(plan) if !is_begun => {
            format!("The log holds a plan, and nothing of what came of it: {}.", planned(plan))
        }
        _ => "The log does not say how it ended.".to_owned(),
    }
}

/// Says so when a whole run changed nothing; only a log that shows the evaluation shows all of it.
pub(super) fn nothing_changed(run: &Run) -> Vec<Draft> {
    let idle = run.outcome == Outcome::Succeeded
        && run.activated == Some(true)
        && run.derivations.is_empty()
        && run.fetches.is_empty()
        && run.changes.is_empty()
        && run.stages.iter().any(|it| it.stage == Stage::Evaluate)
        && run.activation.as_ref().is_some_and(touched_no_unit);
    if !idle {
        return Vec::new();
    }
    vec![Draft {
        id: NOTHING_CHANGED,
        severity: Severity::Info,
        text: "Nothing was built, fetched or restarted: this configuration was there already."
            .to_owned(),
        article: Some("nix-store#same-hash"),
        lines: run.lines.clone(),
    }]
}

/// Two units come with every switch of a recent NixOS, whatever changed.
fn touched_no_unit(activation: &Activation) -> bool {
    const ALWAYS: [&str; 2] = ["sysinit-reactivation.target", "systemd-tmpfiles-resetup.service"];
    let units = &activation.units;
    [&units.stopped, &units.started, &units.restarted, &units.reloaded, &units.new, &units.failed]
        .into_iter()
        .flatten()
        .all(|unit| ALWAYS.contains(&unit.as_str()))
}

/// Says that a part of the log is missing.
pub(super) fn truncated(run: &Run) -> Draft {
    let building: Vec<&Lines> = run
        .derivations
        .iter()
        .filter(|derivation| derivation.status == DerivationStatus::Building)
        .map(|derivation| &derivation.lines)
        .collect();
    let lines = if building.is_empty() { run.lines.clone() } else { joined(building) };
    Draft {
        id: "truncated",
        severity: Severity::Warning,
        text: "A part of the log is missing, so counts can be too low.".to_owned(),
        article: None,
        lines,
    }
}
