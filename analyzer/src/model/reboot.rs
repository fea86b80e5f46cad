//! Whether to reboot: what the log shows of the kernel, and of what cannot be exchanged while it runs.

use super::kind::{full_name, is_initrd, is_kernel};
use super::run::Run;
use crate::report::{
    Change, ChangeKind, Derivation, Direction, Fetch, FetchStatus, Lines, Outcome, Reboot,
    RebootReason, RebootVerdict,
};

/// What else of a system runs on in its old version until the next boot.
const LONG_LIVED: [&str; 4] = ["systemd", "dbus", "dbus-broker", "nvidia-x11"];

/// What of that is hardly ever there for anything else than the system, so that it counts without
/// a comparison, too.
const LONG_LIVED_NEW: [&str; 3] = ["systemd", "linux-firmware", "nvidia-x11"];

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
    let (kernels, mut advised) = new_kernels(facts);
    let compared = kernel_changes(facts.changes);
    let kernels = if compared.is_empty() { kernels } else { compared };
    let needed = [run.switch.inhibitors().to_vec(), kernels].concat();
    advised.extend(long_lived_changes(facts.changes));
    let verdict = match (needed.is_empty(), advised.is_empty()) {
        // Two systems were compared: whether this machine runs one of them is not said.
        _ if facts.activated.is_none() && run.switch.inhibitors().is_empty() => {
            RebootVerdict::Unknown
        }
        (false, _) => RebootVerdict::Needed,
        (true, false) => RebootVerdict::Advised,
        (true, true) if facts.activated == Some(true) => RebootVerdict::NoSign,
        (true, true) => RebootVerdict::Unknown,
    };
    reboot(verdict, [needed, advised].concat())
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

/// Something that was not in the store before this run.
struct Arrival<'a> {
    name: &'a str,
    version: Option<&'a str>,
    /// How it came.
    verb: &'static str,
    lines: &'a Lines,
}

impl Arrival<'_> {
    fn reason(&self, so: &str) -> RebootReason {
        let name = full_name(self.name, self.version);
        reason(&format!("{name} was {}{so}", self.verb), self.lines)
    }
}

/// Kernels that are not the running one, and what else is in full use only after a reboot. What
/// runs came from the store, so what was not there does not run; whether it differs in version,
/// only a comparison tells.
fn new_kernels(facts: &Facts<'_>) -> (Vec<RebootReason>, Vec<RebootReason>) {
    let arrivals = arrivals(facts);
    let kernels: Vec<RebootReason> = arrivals
        .iter()
        .filter(|it| is_kernel_image(it.name, it.version))
        .map(|it| it.reason(", so it is not the kernel that runs"))
        .collect();
    let initrds: Vec<RebootReason> = arrivals
        .iter()
        .filter(|it| is_initrd(it.name))
        .map(|it| it.reason(" anew and is used from the next boot on"))
        .collect();
    let is_known = |name: &str| facts.changes.iter().any(|change| change.name == name);
    let is_other = |it: &&Arrival<'_>| {
        LONG_LIVED_NEW.contains(&it.name) && is_whole(it.version) && !is_known(it.name)
    };
    let others = arrivals.iter().filter(is_other);
    let others: Vec<RebootReason> =
        others.map(|it| it.reason(" and is in full use only after a reboot")).collect();
    // A kernel comes with its initial ram disk; alone, it may be for something else.
    match (kernels.is_empty(), initrds.is_empty()) {
        (false, false) => (kernels, others),
        (false, true) => (Vec::new(), [kernels, others].concat()),
        (true, _) => (Vec::new(), [initrds, others].concat()),
    }
}

fn arrivals<'a>(facts: &Facts<'a>) -> Vec<Arrival<'a>> {
    let is_new = |it: &&Fetch| {
        it.direction == Direction::From && it.status == FetchStatus::Copied && it.output.is_none()
    };
    let fetched = facts.fetches.iter().filter(is_new).map(|it| Arrival {
        name: &it.name,
        version: it.version.as_deref(),
        verb: "fetched",
        lines: &it.lines,
    });
    let built = facts.derivations.iter().filter(|it| it.started).map(|it| Arrival {
        name: &it.name,
        version: it.version.as_deref(),
        verb: "built",
        lines: &it.lines,
    });
    fetched.chain(built).collect()
}

/// Whether it is the package itself, and no part of it: `256.10`, `570.124.04-6.12.19`,
/// `20250211-zstd`, but not `256.10-dev`.
fn is_whole(version: Option<&str>) -> bool {
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    version.is_some_and(|version| version.split('-').all(|part| is_number(part) || part == "zstd"))
}

/// A kernel itself, and not its modules, sources or configuration.
fn is_kernel_image(name: &str, version: Option<&str>) -> bool {
    let is_plain =
        |version: &str| version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_kernel(name, version)
        && version.is_some_and(|version| is_plain(version.split("-rc").next().unwrap_or(version)))
}
