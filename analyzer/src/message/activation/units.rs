//! Lists of systemd units, and the status of one.

use super::{ActivationLine, Mode};

/// Longest words before `the following units`, in bytes: `would NOT restart `.
const MAX_HEAD_LEN: usize = 20;

/// Units that something happened to, as one line names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UnitList<'a> {
    /// What happened to them.
    pub(crate) verb: UnitVerb,
    /// Whose units they are.
    pub(crate) scope: UnitScope,
    /// Whether it happened.
    pub(crate) mode: Mode,
    list: &'a str,
}

/// What happens to units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitVerb {
    /// They are stopped.
    Stopped,
    /// They are started.
    Started,
    /// They are restarted.
    Restarted,
    /// They are reloaded.
    Reloaded,
    /// They changed and are left running.
    NotRestarted,
    /// They are new and were started.
    New,
    /// They failed.
    Failed,
}

/// Whose units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitScope {
    /// The system's.
    System,
    /// A user's.
    User,
}

impl<'a> UnitList<'a> {
    /// The names, in the order of the line. What somebody shortened, such as `... (25+ units)`
    /// or `a@...`, is no name.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.list
            .split(", ")
            .map(|name| name.trim_matches([' ', ',']))
            .filter(|name| !name.is_empty() && !name.contains("...") && !name.contains('…'))
            .filter(|name| !name.contains(' '))
    }
}

/// Reads a list of units.
pub(super) fn parse(line: &str) -> Option<ActivationLine<'_>> {
    let list = match line.as_bytes()[0] {
        b's' | b'r' | b'N' | b'w' | b't' | b'e' => list(line)?,
        b'S' | b'R' | b'K' => user_list(line)?,
        _ => return None,
    };
    Some(ActivationLine::Units(list))
}

// stopping the following units: a.service, b.service
// NOT restarting the following changed units: a.service
// would restart the following units: a.service
// restarting the following user units: nixos-activation.service
// the following new units were started: a.service
// warning: the following units failed: a.service
fn list(line: &str) -> Option<UnitList<'_>> {
    const MARK: &str = "the following ";
    // Far from the start it is prose.
    let start = line.as_bytes().windows(MARK.len()).take(MAX_HEAD_LEN);
    let at = start.into_iter().position(|part| part == MARK.as_bytes())?;
    let (head, rest) = (&line[..at], &line[at + MARK.len()..]);
    let (what, rest) = rest.split_once(':')?;
    let (verb, mode) = verb(head.trim_end(), what)?;
    let scope = if what.contains("user ") { UnitScope::User } else { UnitScope::System };
    Some(UnitList { verb, scope, mode, list: rest.trim_start() })
}

/// What the words before and after `the following` say.
fn verb(head: &str, what: &str) -> Option<(UnitVerb, Mode)> {
    let end = match what.trim_start_matches("changed ").trim_start_matches("new ") {
        "units" | "user units" => "",
        other => other.strip_prefix("user ").unwrap_or(other).strip_prefix("units ")?,
    };
    let (mode, head) = match head.strip_prefix("would ") {
        Some(head) => (Mode::Dry, head),
        None => (Mode::Real, head),
    };
    let verb = match (head, end) {
        ("stopping" | "stop", "") => UnitVerb::Stopped,
        ("starting" | "start", "") => UnitVerb::Started,
        ("restarting" | "restart", "") => UnitVerb::Restarted,
        ("reloading" | "reload", "") => UnitVerb::Reloaded,
        ("NOT restarting" | "NOT restart" | "NOT stopping" | "NOT stop", "") => {
            UnitVerb::NotRestarted
        }
        ("", "were started") => UnitVerb::New,
        ("warning:" | "error:" | "", "failed") => UnitVerb::Failed,
        _ => return None,
    };
    Some((verb, mode))
}

// Starting units: sops-nix.service
fn user_list(line: &str) -> Option<UnitList<'_>> {
    let (head, rest) = line.split_once(' ')?;
    let verb = match head {
        "Stopping" => UnitVerb::Stopped,
        "Starting" => UnitVerb::Started,
        "Restarting" => UnitVerb::Restarted,
        "Reloading" => UnitVerb::Reloaded,
        "Keeping" => UnitVerb::NotRestarted,
        _ => return None,
    };
    let list = rest.strip_prefix("units: ")?;
    Some(UnitList { verb, scope: UnitScope::User, mode: Mode::Real, list })
}

// × home-manager-a.service - Home Manager environment for a
// ● wgnord.service - NordVPN WireGuard (wgnord) service
pub(super) fn status(line: &str) -> Option<ActivationLine<'_>> {
    let mark = line.chars().next().filter(|mark| "×●○↻✗*".contains(*mark))?;
    let unit = line[mark.len_utf8()..].strip_prefix(' ')?.split(' ').next()?;
    is_unit(unit)
        .then_some(ActivationLine::UnitStatus { unit, failed: mark == '×' || mark == '✗' })
}

/// Whether a line, without its indent, is one of those that `systemctl status` prints of a unit.
pub(super) fn is_status_detail(line: &str) -> bool {
    const KEYS: [&str; 22] = [
        "Active",
        "CGroup",
        "CPU",
        "Device",
        "Docs",
        "Drop-In",
        "Duration",
        "FD Store",
        "IO",
        "IP",
        "Invocation",
        "Loaded",
        "Main PID",
        "Mem peak",
        "Memory",
        "Process",
        "Status",
        "Tasks",
        "Transient",
        "TriggeredBy",
        "Triggers",
        "What",
    ];
    let Some((key, rest)) = line.split_once(':') else { return false };
    key.len() <= 11 && rest.starts_with(' ') && KEYS.contains(&key)
}

/// Whether a word is the name of a unit.
pub(super) fn is_unit(word: &str) -> bool {
    const TYPES: [&str; 11] = [
        "automount",
        "device",
        "mount",
        "path",
        "scope",
        "service",
        "slice",
        "socket",
        "swap",
        "target",
        "timer",
    ];
    word.rsplit_once('.').is_some_and(|(name, kind)| !name.is_empty() && TYPES.contains(&kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, verb: UnitVerb, scope: UnitScope, mode: Mode, names: &[&str]) {
        let Some(ActivationLine::Units(list)) = parse(line) else { panic!("{line}") };
        assert_eq!((list.verb, list.scope, list.mode), (verb, scope, mode), "{line}");
        assert_eq!(list.names().collect::<Vec<_>>(), names, "{line}");
    }

    #[test]
    fn lists_of_the_system_are_read() {
        for (head, verb) in [
            ("stopping the following units", UnitVerb::Stopped),
            ("NOT restarting the following changed units", UnitVerb::NotRestarted),
            ("reloading the following units", UnitVerb::Reloaded),
            ("restarting the following units", UnitVerb::Restarted),
            ("starting the following units", UnitVerb::Started),
            ("the following new units were started", UnitVerb::New),
            ("warning: the following units failed", UnitVerb::Failed),
        ] {
            let line = format!("{head}: a@b.service, run-a\\x2db.mount");
            check(
                &line,
                verb,
                UnitScope::System,
                Mode::Real,
                &["a@b.service", "run-a\\x2db.mount"],
            );
        }
    }

    #[test]
    fn lists_of_a_dry_run_are_read() {
        for (head, verb) in [
            ("would stop the following units", UnitVerb::Stopped),
            ("would NOT stop the following changed units", UnitVerb::NotRestarted),
            ("would reload the following units", UnitVerb::Reloaded),
        ] {
            check(
                &format!("{head}: a.service"),
                verb,
                UnitScope::System,
                Mode::Dry,
                &["a.service"],
            );
        }
    }

    #[test]
    fn lists_of_users_are_read() {
        for (line, verb) in [
            ("restarting the following user units: a.service", UnitVerb::Restarted),
            ("Starting units: a.service", UnitVerb::Started),
        ] {
            check(line, verb, UnitScope::User, Mode::Real, &["a.service"]);
        }
    }

    #[test]
    fn shortened_names_are_not_invented() {
        let line = "starting the following units: a.socket, ... (25+ units), b@..., c.service";
        check(line, UnitVerb::Started, UnitScope::System, Mode::Real, &["a.socket", "c.service"]);
    }

    #[test]
    fn the_status_of_a_unit_is_read() {
        for (line, unit, failed) in [
            ("× a.service - Home Manager environment", "a.service", true),
            ("● wgnord.service - NordVPN", "wgnord.service", false),
        ] {
            assert_eq!(status(line), Some(ActivationLine::UnitStatus { unit, failed }));
        }
        assert_eq!(status("● a list item"), None);
        assert!(is_status_detail("Loaded: loaded (/etc/systemd/system/a.service; enabled)"));
        assert!(!is_status_detail("Reason: 1 dependency failed."));
    }
}
