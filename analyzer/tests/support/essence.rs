//! What a report says apart from times and the numbers of lines.

use analyzer::report::{Derivation, Failure, Lines, Report, Run};

/// Whether what shows an error is compared: it is searched for near by, in lines.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Excerpts {
    Shown,
    Hidden,
}

/// Says what happened, one fact a line. Logs that differ in their times alone have the same.
pub(crate) fn essence(report: &Report, excerpts: Excerpts) -> String {
    report.runs.iter().flat_map(|run| facts(run, excerpts)).collect::<Vec<_>>().join("\n")
}

fn facts(run: &Run, excerpts: Excerpts) -> Vec<String> {
    let mut facts = vec![
        format!("run: {:?}, {:?}, {:?}", run.tool, run.outcome, run.activated),
        format!("command: {:?}", run.command),
        format!("reboot: {:?}", run.reboot.verdict),
    ];
    facts.extend(run.reboot.reasons.iter().map(|it| format!("because: {}", it.what)));
    facts.extend(run.derivations.iter().map(derivation));
    facts.extend(run.failures.iter().map(|it| failure(it, excerpts)));
    let mut run = run.clone();
    for it in &mut run.fetches {
        it.lines = Lines::default();
        facts.push(format!("{it:?}"));
    }
    for it in &mut run.changes {
        it.lines = Lines::default();
        facts.push(format!("{it:?}"));
    }
    for it in &mut run.inputs {
        it.lines = Lines::default();
        facts.push(format!("{it:?}"));
    }
    for it in &run.warnings {
        facts.push(format!("warning: {} {:?} {}", it.count, it.class, it.message));
    }
    facts.extend(circumstances(&run));
    facts
}

fn derivation(it: &Derivation) -> String {
    let phases: Vec<_> = it.phases.iter().map(|it| it.name.as_str()).collect();
    format!(
        "derivation: {:?} {} {:?} {:?} {} {} {:?} {:?} {phases:?}",
        it.drv, it.name, it.version, it.kind, it.planned, it.started, it.status, it.host
    )
}

fn failure(it: &Failure, excerpts: Excerpts) -> String {
    let excerpt = if excerpts == Excerpts::Shown { &it.excerpt[..] } else { &[] };
    format!(
        "failure: {} {:?} {:?} {:?} {:?} {:?} {:?} {} {:#?} {:?}",
        it.root,
        it.class,
        it.drv,
        it.name,
        it.exit_code,
        it.caused_by,
        it.unit,
        it.message,
        excerpt,
        it.details
    )
}

fn circumstances(run: &Run) -> Vec<String> {
    let plan = run.plan.as_ref().map(|it| (it.builds, it.fetches, it.download_bytes));
    let closure = run.closure.as_ref().map(|it| (it.old_bytes, it.new_bytes, it.delta_bytes));
    let activation = run.activation.as_ref().map(|it| (&it.units, &it.bootloader));
    let system = run.system.as_ref().map(|it| (&it.path, &it.label, it.generation));
    let garbage = run.garbage.as_ref().map(|it| (it.freed_bytes, it.paths_deleted));
    vec![
        format!("plan: {plan:?}"),
        format!("closure: {closure:?}"),
        format!("activation: {activation:?}"),
        format!("system: {system:?}"),
        format!("garbage: {garbage:?}"),
    ]
}
