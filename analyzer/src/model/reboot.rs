//! Whether to reboot: what the log shows of the kernel, and of what cannot be exchanged while it runs.

use super::kind::{full_name, is_initrd, is_kernel};
use super::run::Run;
use crate::report::{
    Change, ChangeKind, Derivation, Direction, Fetch, FetchStatus, Lines, Outcome, Reboot,
    RebootReason, RebootVerdict,
};

/// What else of a system runs on in its old version until the next boot.
const LONG_LIVED: [&str; 4] = ["systemd", "dbus", "dbus-broker", "nvidia-x11"];

/// What a reboot depends on.
pub(super) struct Facts<'a> {
    pub(super) outcome: Outcome,
    pub(super) activated: Option<bool>,
    pub(super) changes: &'a [Change],
    pub(super) derivations: &'a [Derivation],
    pub(super) fetches: &'a [Fetch],
}

/// Weighs what speaks for a reboot.
pub(super) fn judge(run: &Run, facts: &Facts<'_>) -> Reboot {
    let is_for_next_boot = facts.outcome == Outcome::Succeeded
        && facts.activated == Some(false)
        && run.switch.has_bootloader();
    if is_for_next_boot {
        let what = "the new configuration is the default of the boot loader and does not run yet";
        return reboot(RebootVerdict::Needed, vec![reason(what, run.switch.bootloader_lines())]);
    }
    let is_unswitched = facts.activated == Some(false) && run.switch.inhibitors().is_empty();
    if is_unswitched || (facts.activated.is_none() && facts.changes.is_empty()) {
        return reboot(RebootVerdict::Unknown, Vec::new());
    }
    let needed: Vec<_> =
        run.switch.inhibitors().iter().cloned().chain(kernel_changes(facts.changes)).collect();
    let advised = if needed.is_empty() { new_kernels(facts) } else { Vec::new() };
    let advised: Vec<_> = advised.into_iter().chain(long_lived_changes(facts.changes)).collect();
    match (needed.is_empty(), advised.is_empty()) {
        (false, _) => reboot(RebootVerdict::Needed, [needed, advised].concat()),
        (true, false) => reboot(RebootVerdict::Advised, advised),
        (true, true) if facts.activated == Some(true) => reboot(RebootVerdict::NoSign, advised),
        (true, true) => reboot(RebootVerdict::Unknown, advised),
    }
}

fn reboot(verdict: RebootVerdict, reasons: Vec<RebootReason>) -> Reboot {
    Reboot { verdict, reasons }
}

fn reason(what: &str, lines: &Lines) -> RebootReason {
    RebootReason { what: what.to_owned(), lines: lines.clone() }
}

/// Kernels whose version differs between the two systems; `linux` stands for its initrd, too.
fn kernel_changes(changes: &[Change]) -> Vec<RebootReason> {
    let differs = |change: &&Change| {
        has_moved(change) && is_kernel(&change.name, change.new.first().map(String::as_str))
    };
    changes.iter().filter(differs).map(step).collect()
}

fn long_lived_changes(changes: &[Change]) -> Vec<RebootReason> {
    let differs =
        |change: &&Change| has_moved(change) && LONG_LIVED.contains(&change.name.as_str());
    changes.iter().filter(differs).map(step).collect()
}

fn has_moved(change: &Change) -> bool {
    matches!(change.kind, ChangeKind::Upgraded | ChangeKind::Downgraded | ChangeKind::Changed)
        && change.old != change.new
}

// linux 6.12.18 -> 6.12.19
fn step(change: &Change) -> RebootReason {
    let what = match (change.old.first(), change.new.first()) {
        (Some(old), Some(new)) => format!("{} {old} -> {new}", change.name),
        _ => format!("{} changed", change.name),
    };
    reason(&what, &change.lines)
}

/// Kernels and initial ram disks that were not in the store before this run. What runs came from
/// there, so they are not what runs; whether they differ in version, only a comparison tells.
fn new_kernels(facts: &Facts<'_>) -> Vec<RebootReason> {
    let mut reasons = Vec::new();
    for fetch in facts.fetches {
        let is_new = fetch.direction == Direction::From && fetch.status == FetchStatus::Copied;
        if is_new
            && fetch.output.is_none()
            && is_kernel_image(&fetch.name, fetch.version.as_deref())
        {
            let name = full_name(&fetch.name, fetch.version.as_deref());
            reasons.push(reason(
                &format!("{name} was fetched, so it is not the kernel that runs"),
                &fetch.lines,
            ));
        }
    }
    let built: Vec<_> = facts.derivations.iter().filter(|it| it.started).collect();
    for kernel in built.iter().filter(|it| is_kernel_image(&it.name, it.version.as_deref())) {
        let name = full_name(&kernel.name, kernel.version.as_deref());
        reasons.push(reason(
            &format!("{name} was built, so it is not the kernel that runs"),
            &kernel.lines,
        ));
    }
    if reasons.is_empty() {
        for initrd in built.iter().filter(|it| is_initrd(&it.name)) {
            let name = full_name(&initrd.name, initrd.version.as_deref());
            reasons.push(reason(
                &format!("{name} was built anew and is used from the next boot on"),
                &initrd.lines,
            ));
        }
    }
    reasons
}

/// A kernel itself, and not its modules, sources or configuration.
fn is_kernel_image(name: &str, version: Option<&str>) -> bool {
    let is_plain =
        |version: &str| version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_kernel(name, version)
        && version.is_some_and(|version| is_plain(version.split("-rc").next().unwrap_or(version)))
}
