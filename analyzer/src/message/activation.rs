//! Lines of `switch-to-configuration`, of activation scripts and of what they run.

mod bootloader;
mod step;
mod units;

pub(crate) use units::{UnitList, UnitScope, UnitVerb};

/// What a line of an activation says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ActivationLine<'a> {
    /// A list of units.
    Units(UnitList<'a>),
    /// The activation script starts, or would start.
    Begins(Mode),
    /// The boot loader of this name is installed or updated.
    Bootloader(&'static str),
    /// The boot loader could not be installed.
    BootloaderFailed,
    /// Critical components that cannot be changed in a running system.
    Inhibitors(Inhibitors),
    /// A check before the switch did not succeed; its name, unless the line is about all checks.
    CheckFailed(Option<&'a str>),
    /// The activation script did not succeed; name and exit status of the part that did not.
    ScriptFailed(Option<Snippet<'a>>),
    /// A unit could not be started, restarted or reloaded.
    UnitFailed(&'a str),
    /// Head of a unit's status.
    UnitStatus {
        /// Name of the unit.
        unit: &'a str,
        /// Whether its mark says that it failed.
        failed: bool,
    },
    /// A further line of a unit's status.
    UnitStatusDetail,
    /// A file stands where home-manager wants to put one.
    InTheWay(&'a str),
    /// home-manager starts its activation.
    HomeManagerBegins,
    /// Something without consequence for the report.
    Step,
}

impl ActivationLine<'_> {
    /// Whether it says that a part of the switch failed.
    pub(crate) fn is_failure(&self) -> bool {
        matches!(
            self,
            Self::ScriptFailed(_)
                | Self::CheckFailed(_)
                | Self::BootloaderFailed
                | Self::InTheWay(_)
        )
    }
}

/// Whether something is done or only announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// It is done.
    Real,
    /// It would be done: `dry-activate`.
    Dry,
}

/// What the check of switch inhibitors says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inhibitors {
    /// Nothing speaks against a switch.
    Clear,
    /// It begins; the result follows on other lines.
    Checking,
    /// It is not made.
    Skipped,
    /// Components differ; they follow, one a line, as `NAME : OLD -> NEW`.
    Changed,
}

/// A part of the activation script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Snippet<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// Its exit status.
    pub(crate) status: Option<i32>,
}

/// Blanks that nh and journals put in front, at most.
const MAX_INDENT: usize = 8;

/// Reads a line without the blanks at its end.
pub(crate) fn parse(text: &str) -> Option<ActivationLine<'_>> {
    let line = text.trim_start_matches(' ');
    let indent = text.len() - line.len();
    match line.as_bytes().first()? {
        b'/' => None,
        _ if indent >= 4 && units::is_status_detail(line) => Some(ActivationLine::UnitStatusDetail),
        _ if indent > MAX_INDENT => None,
        _ => units::parse(line).or_else(|| event(line)).or_else(|| step::parse(line)),
    }
}

fn event(line: &str) -> Option<ActivationLine<'_>> {
    match line.as_bytes()[0] {
        b'a' | b'w' => begins(line),
        b'u' | b'i' | b'I' | b'U' => bootloader::parse(line),
        b'C' | b'R' | b'S' => inhibitors(line).or_else(|| bootloader::parse(line)),
        b'N' | b'T' | b't' | b'c' => inhibitors(line),
        b'P' => check_failed(line),
        b'A' => snippet_failed(line),
        b'F' | b'f' => failed(line),
        b'E' => in_the_way(line),
        _ => units::status(line),
    }
}

// activating the configuration...
// would activate the configuration...
fn begins(line: &str) -> Option<ActivationLine<'_>> {
    match line {
        "activating the configuration..." => Some(ActivationLine::Begins(Mode::Real)),
        "would activate the configuration..." => Some(ActivationLine::Begins(Mode::Dry)),
        _ => None,
    }
}

// Checking switch inhibitors... done
// Not checking switch inhibitors (action = boot)
// There are changes to critical components of the system:
fn inhibitors(line: &str) -> Option<ActivationLine<'_>> {
    let mut found = None;
    for (start, what) in [
        ("hecking switch inhibitors...", Inhibitors::Checking),
        ("ot checking switch inhibitors", Inhibitors::Skipped),
        ("here are changes to critical components", Inhibitors::Changed),
        ("ound diff in switch inhibitors", Inhibitors::Changed),
    ] {
        // The first letter was small at first.
        if line.get(1..).is_some_and(|rest| rest.starts_with(start)) {
            found = Some(what);
        }
    }
    let is_clear = found == Some(Inhibitors::Checking) && line.ends_with(" done");
    found
        .map(|found| if is_clear { Inhibitors::Clear } else { found })
        .map(ActivationLine::Inhibitors)
}

// Pre-switch check 'switchInhibitors' failed
// Pre-switch checks failed
fn check_failed(line: &str) -> Option<ActivationLine<'_>> {
    let rest = line.strip_prefix("Pre-switch check")?.strip_suffix(" failed")?;
    if rest == "s" {
        return Some(ActivationLine::CheckFailed(None));
    }
    let name = rest.strip_prefix(" '")?.strip_suffix('\'')?;
    Some(ActivationLine::CheckFailed(Some(name)))
}

// Activation script snippet 'agenixInstall' failed (1)
fn snippet_failed(line: &str) -> Option<ActivationLine<'_>> {
    let (name, rest) = line.strip_prefix("Activation script snippet '")?.split_once("' failed")?;
    let status = rest.strip_prefix(" (").and_then(|rest| rest.strip_suffix(')')?.parse().ok());
    Some(ActivationLine::ScriptFailed(Some(Snippet { name, status })))
}

// Failed to run activate script
// Failed to install bootloader
// Failed to start nginx.service
// Failed to restart nginx.service: Unit nginx.service not found.
fn failed(line: &str) -> Option<ActivationLine<'_>> {
    let rest = line.strip_prefix("Failed to ").or_else(|| line.strip_prefix("failed to "))?;
    let (verb, object) = rest.split_once(' ')?;
    match (verb, object) {
        ("run", "activate script") => Some(ActivationLine::ScriptFailed(None)),
        ("install", "bootloader") | ("create", "initrd secrets!") => {
            Some(ActivationLine::BootloaderFailed)
        }
        ("start" | "restart" | "reload" | "stop", _) => {
            let unit = object.split([' ', ':']).next()?;
            units::is_unit(unit).then_some(ActivationLine::UnitFailed(unit))
        }
        _ => None,
    }
}

// Existing file '/home/a/.bashrc' is in the way of '/nix/store/…-home-manager-files/.bashrc'
// Existing file '/home/a/.bashrc' would be clobbered
fn in_the_way(line: &str) -> Option<ActivationLine<'_>> {
    let (file, rest) = line.strip_prefix("Existing file '")?.split_once('\'')?;
    (rest.starts_with(" is in the way of") || rest.starts_with(" would be clobbered"))
        .then_some(ActivationLine::InTheWay(file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ActivationLine as Line;

    fn check(text: &str, expected: Option<Line>) {
        assert_eq!(parse(text), expected, "{text}");
    }

    #[test]
    fn the_activation_begins() {
        check("activating the configuration...", Some(Line::Begins(Mode::Real)));
        check("      activating the configuration...", Some(Line::Begins(Mode::Real)));
        check("would activate the configuration...", Some(Line::Begins(Mode::Dry)));
        check("Starting Home Manager activation", Some(Line::HomeManagerBegins));
    }

    #[test]
    fn inhibitors_are_told() {
        for (text, expected) in [
            ("Checking switch inhibitors... done", Inhibitors::Clear),
            ("Checking switch inhibitors...", Inhibitors::Checking),
            ("Not checking switch inhibitors (action = boot)", Inhibitors::Skipped),
            ("There are changes to critical components of the system:", Inhibitors::Changed),
        ] {
            check(text, Some(Line::Inhibitors(expected)));
        }
        check(
            "Pre-switch check 'switchInhibitors' failed",
            Some(Line::CheckFailed(Some("switchInhibitors"))),
        );
        check("Pre-switch checks failed", Some(Line::CheckFailed(None)));
    }

    #[test]
    fn failures_are_told() {
        check("Failed to run activate script", Some(Line::ScriptFailed(None)));
        let snippet = Snippet { name: "agenixInstall", status: Some(1) };
        check(
            "Activation script snippet 'agenixInstall' failed (1)",
            Some(Line::ScriptFailed(Some(snippet))),
        );
        check("Failed to install bootloader", Some(Line::BootloaderFailed));
        check("Failed to start nginx.service", Some(Line::UnitFailed("nginx.service")));
        check(
            "Failed to restart a.service: Unit a.service not found.",
            Some(Line::UnitFailed("a.service")),
        );
        check("Failed to start Home Manager environment for archerr.", None);
        let file = "/home/archerr/.config/hypr/hyprland.conf";
        check(
            &format!("Existing file '{file}' is in the way of '/nix/store/x'"),
            Some(Line::InTheWay(file)),
        );
    }

    #[test]
    fn other_lines_are_not_claimed() {
        for text in [
            "",
            "  /nix/store/2jsrr6hv3y0n5s0y3l2mvf6lqq2n5l2q-activate.drv",
            "building '/nix/store/2jsrr6hv3y0n5s0y3l2mvf6lqq2n5l2q-activate.drv'...",
            "building the system configuration...",
            "warning: Git tree '/etc/nixos' is dirty",
            "the following paths will be fetched",
            "                                        setting up /etc...",
        ] {
            check(text, None);
        }
    }
}
