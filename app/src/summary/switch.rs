//! What the switch did to units, and whether to reboot.

use analyzer::report::{Activation, Lines, Outcome, RebootVerdict, Run, UnitCounts};

use crate::format;
use crate::sorting;

/// Units to which the same happened.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitGroup<'a> {
    /// What happened.
    pub action: UnitAction,
    /// Their names.
    pub names: Vec<&'a str>,
    /// Where the log lists them.
    pub lines: &'a Lines,
}

/// What happened to a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitAction {
    /// It did not start.
    Failed,
    /// It was stopped, and started again.
    Restarted,
    /// It read its configuration again.
    Reloaded,
    /// It changed, and was left running.
    NotRestarted,
    /// It is new, and was started.
    New,
    /// It was started.
    Started,
    /// It was stopped.
    Stopped,
}

impl UnitAction {
    /// The name of the group.
    pub fn label(self) -> &'static str {
        match self {
            Self::Failed => "Failed",
            Self::Restarted => "Restarted",
            Self::Reloaded => "Reloaded",
            Self::NotRestarted => "Not restarted",
            Self::New => "New and started",
            Self::Started => "Started",
            Self::Stopped => "Stopped",
        }
    }

    /// What the action means, where a sentence helps.
    pub fn meaning(self) -> Option<&'static str> {
        match self {
            Self::NotRestarted => Some(
                "Changed, but restarting these could end your session or needs a reboot. They change \
                 at the next start.",
            ),
            _ => None,
        }
    }
}

/// The units that the switch touched, by what happened to them; failed ones first, and named
/// even if there are none.
pub fn unit_groups(activation: &Activation) -> Vec<UnitGroup<'_>> {
    let (units, lines) = (&activation.units, &activation.unit_lines);
    let groups = [
        (UnitAction::Failed, &units.failed, &lines.failed),
        (UnitAction::Restarted, &units.restarted, &lines.restarted),
        (UnitAction::Reloaded, &units.reloaded, &lines.reloaded),
        (UnitAction::NotRestarted, &units.not_restarted, &lines.not_restarted),
        (UnitAction::New, &units.new, &lines.new),
        (UnitAction::Started, &units.started, &lines.started),
        (UnitAction::Stopped, &units.stopped, &lines.stopped),
    ];
    groups
        .into_iter()
        .filter(|(action, names, _)| !names.is_empty() || *action == UnitAction::Failed)
        .map(|(action, names, lines)| UnitGroup {
            action,
            names: names.iter().map(String::as_str).collect(),
            lines,
        })
        .collect()
}

/// In which order units can be shown: value in the address, and words.
pub const ORDERS: [(&str, &str); 2] = [("", "order in the log"), ("name", "name")];

/// The groups with the units that have `search` in their name, in order; those without any are left
/// out while something is searched for.
pub fn found<'a>(activation: &'a Activation, search: &str, sort: &str) -> Vec<UnitGroup<'a>> {
    let mut groups = unit_groups(activation);
    for group in &mut groups {
        group.names.retain(|name| sorting::contains(name, search));
        if sort == "name" {
            group.names = sorting::sorted(&group.names, Ord::cmp);
        }
    }
    groups.retain(|group| search.is_empty() || !group.names.is_empty());
    groups
}

/// Units in the columns of a table: name, and what happened; each with its lines.
pub fn rows(run: &Run) -> Vec<(Vec<String>, Lines)> {
    let Some(activation) = &run.activation else { return Vec::new() };
    let mut rows = Vec::new();
    for group in unit_groups(activation) {
        let words = |name: &&str| vec![(*name).to_owned(), group.action.label().to_owned()];
        rows.extend(group.names.iter().map(|name| (words(name), group.lines.clone())));
    }
    rows
}

/// How many units the switch touched, those left running included; `None` where nothing was
/// switched.
pub fn units_touched(run: &Run) -> Option<u64> {
    if let Some(all) = counted(run) {
        let all =
            [all.stopped, all.started, all.restarted, all.reloaded, all.not_restarted, all.new];
        return Some(all.into_iter().map(u64::from).sum());
    }
    let activation = run.activation.as_ref()?;
    let groups = unit_groups(activation);
    // A failed unit also stands among those that were started.
    let touched = groups.iter().filter(|group| group.action != UnitAction::Failed);
    Some(touched.map(|group| group.names.len() as u64).sum())
}

/// What a link counts of the units, where it does not name them.
pub fn counted(run: &Run) -> Option<UnitCounts> {
    run.counts.as_ref()?.units
}

/// What happened to units, in numbers: `12 units were touched, 1 failed.`
pub fn touched_sentence(run: &Run) -> String {
    let touched = units_touched(run).unwrap_or(0);
    let mut text = format::counted(touched, "unit was touched", "units were touched");
    let failed = counted(run).map_or(0, |all| all.failed);
    if failed > 0 {
        text += ", ";
        text += &format::count(failed.into());
        text += " failed";
    }
    text + "."
}

/// The answer to whether to reboot, as a heading.
pub fn reboot_title(run: &Run) -> &'static str {
    match run.reboot.verdict {
        RebootVerdict::Needed => "A reboot is needed",
        RebootVerdict::Advised => "A reboot is advised",
        RebootVerdict::NoSign => "No sign that a reboot is needed",
        RebootVerdict::Unknown if is_of_comparison(run) => "A switch would need a reboot",
        RebootVerdict::Unknown if !was_reached(run) => "No reboot needed for this run",
        RebootVerdict::Unknown => "The log does not tell whether to reboot",
    }
}

/// What settles the question, whatever the log says.
pub const SETTLED_BY: &str = "This settles it: where the lines of the booted and the current system differ, a reboot is due.";

/// The sentence below that heading.
pub fn reboot_sentence(run: &Run) -> &'static str {
    match run.reboot.verdict {
        RebootVerdict::Needed => {
            "What runs is still what was booted. Only a reboot starts what is new here:"
        }
        RebootVerdict::Advised => "Not everything that runs has taken the change over:",
        RebootVerdict::NoSign => {
            "Nothing in the log touches what only a reboot can change, but a log cannot see what was \
             booted."
        }
        RebootVerdict::Unknown if is_of_comparison(run) => {
            "The two systems differ in what only a reboot can change:"
        }
        RebootVerdict::Unknown if !was_reached(run) => {
            "Nothing was activated: no unit was stopped or started, and no boot entry was written."
        }
        RebootVerdict::Unknown => "The log does not name what only a reboot can change.",
    }
}

/// Whether two systems were compared that differ in what only a reboot can change.
pub fn is_of_comparison(run: &Run) -> bool {
    run.reboot.verdict == RebootVerdict::Unknown && !run.reboot.reasons.is_empty()
}

/// Whether the run came as far as changing the running system or the boot menu.
pub fn was_reached(run: &Run) -> bool {
    run.activation.is_some() || run.activated == Some(true)
}

/// Why there is nothing to say of a switch.
pub fn not_reached_reason(run: &Run) -> &'static str {
    match run.outcome {
        Outcome::Failed => "The run failed before it came to switching.",
        Outcome::Interrupted => "The run was stopped before it came to switching.",
        Outcome::DryRun => "A dry run switches nothing.",
        Outcome::Succeeded => "This run built without switching.",
        Outcome::Unknown => "The log has no line of a switch.",
    }
}

#[cfg(test)]
mod tests {
    use analyzer::report::{UnitLines, Units};

    use super::*;
    use crate::testing;

    fn sample() -> Activation {
        let names = |list: &[&str]| list.iter().map(ToString::to_string).collect();
        Activation {
            units: Units {
                restarted: names(&["nginx.service", "sshd.service"]),
                not_restarted: names(&["dbus.service"]),
                ..Units::default()
            },
            unit_lines: UnitLines { restarted: Lines::one(7), ..UnitLines::default() },
            ..Activation::default()
        }
    }

    #[test]
    fn units_that_failed_are_named_even_if_there_are_none() {
        let activation = sample();
        let groups: Vec<_> =
            unit_groups(&activation).iter().map(|g| (g.action, g.names.len())).collect();
        assert_eq!(
            groups,
            [(UnitAction::Failed, 0), (UnitAction::Restarted, 2), (UnitAction::NotRestarted, 1)]
        );
        let run = Run { activation: Some(activation.clone()), ..testing::run() };
        assert_eq!(units_touched(&run), Some(3));
        assert_eq!(units_touched(&testing::run()), None);
    }

    #[test]
    fn units_are_searched_and_sorted_within_what_happened_to_them() {
        let mut activation = sample();
        activation.units.restarted.reverse();
        let found = |search: &str, sort: &str| -> Vec<String> {
            found(&activation, search, sort).iter().map(|group| group.names.join(" ")).collect()
        };
        assert_eq!(found("", ""), ["", "sshd.service nginx.service", "dbus.service"]);
        assert_eq!(found("", "name")[1], "nginx.service sshd.service");
        assert_eq!(found("DBUS", ""), ["dbus.service"]);
        assert!(found("no such unit", "").is_empty());
        let run = Run { activation: Some(activation.clone()), ..testing::run() };
        let rows = rows(&run);
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[2].0, ["dbus.service", "Not restarted"]);
    }

    #[test]
    fn a_run_that_did_not_switch_needs_no_reboot() {
        let mut run = testing::run();
        run.outcome = Outcome::Failed;
        assert_eq!(reboot_title(&run), "No reboot needed for this run");
        assert_eq!(not_reached_reason(&run), "The run failed before it came to switching.");
        run.activated = Some(true);
        assert_eq!(reboot_title(&run), "The log does not tell whether to reboot");
    }
}
