//! Lines of the programs around Nix: `nixos-rebuild`, nh, nom, colmena, deploy-rs, systemd, a shell.

use super::colmena::{self, Colmena, LogLine};
use super::deploy::{self, Deploy};
use super::fast_build::FastBuild;
use super::nom::{self, NomLine};
use super::prompt;
use super::service::{self, Service};
use super::text::number;
use crate::store_path::{StorePath, store_paths};

/// What a line of a tool says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ToolLine<'a> {
    /// A command behind a prompt.
    Command(&'a str),
    /// `nixos-rebuild` is done; with the path of the new system if it is on the same line.
    Done(Option<&'a str>),
    /// A command that `nixos-rebuild` ran did not succeed.
    CommandFailed {
        /// The command line.
        command: &'a str,
        /// Its exit status.
        status: i32,
    },
    /// A script wrote its exit status.
    ExitStatus(i32),
    /// The switch is made known to the system log before it begins.
    SwitchLogged,
    /// A line that nix-output-monitor draws.
    Nom(NomLine<'a>),
    /// A headline of nh.
    Nh(NhStep<'a>),
    /// What colmena says of a node, or of all.
    Colmena(Colmena<'a>),
    /// A line of colmena's log.
    ColmenaLog(LogLine<'a>),
    /// A line of deploy-rs.
    Deploy(Deploy<'a>),
    /// A line of nix-fast-build.
    FastBuild(FastBuild<'a>),
    /// A line of comin or nixos-anywhere.
    Service(Service<'a>),
    /// `ssh` could not reach a host, or was not let in.
    Ssh(&'a str),
    /// systemd starts the automatic upgrade.
    UpgradeStarts,
    /// The system log is told that the switch or the automatic upgrade went well.
    LoggedWell,
    /// systemd says that the automatic upgrade failed.
    UpgradeFailed,
    /// `nixos-rebuild` writes what it runs.
    Debug,
    /// `script` notes when it began or ended to record.
    Typescript,
    /// Git left both sides of a merge: the logs of two runs.
    Conflict(Conflict),
}

/// A marker that Git writes into a file that it cannot merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Conflict {
    /// One side begins.
    Begins,
    /// The other side begins, if one has begun; else it may be a rule under a headline.
    OtherSide,
    /// Both sides are over.
    Ends,
}

/// What nh is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NhStep<'a> {
    /// Build the configuration.
    Building,
    /// Compare it with the running one.
    Comparing,
    /// Switch to it.
    Activating,
    /// Make it the default of the boot loader.
    Bootloader,
    /// Something on the way.
    Other,
    /// Whoever ran it did not want the new configuration.
    Rejected,
    /// It gave up, and why.
    Failed(&'a str),
}

/// Reads a line without the blanks at its end.
pub(crate) fn parse(text: &str) -> Option<ToolLine<'_>> {
    known(text).or_else(|| command(text))
}

/// Reads a line that is none of a shell.
fn known(text: &str) -> Option<ToolLine<'_>> {
    match text.as_bytes().first()? {
        b'D' => done(text),
        b'C' => command_failed(text),
        b'[' => deploy(text).or_else(|| colmena::log_line(text).map(ToolLine::ColmenaLog)),
        b'>' => nh(text).map(ToolLine::Nh).or_else(|| conflict(text).map(ToolLine::Conflict)),
        b'E' => exit_status(text),
        b's' | b'f' => system_log(text).or_else(|| ssh(text)),
        b'H' | b'r' | b'k' => ssh(text),
        b'S' | b'F' | b'n' => upgrade(text).or_else(|| nom::parse(text).map(ToolLine::Nom)),
        b'd' => text.starts_with("debug: nixos_rebuild.").then_some(ToolLine::Debug),
        b'p' => deploy(text),
        b' ' => spinner(text).or_else(|| nh_error(text)),
        // Their lines begin with a picture.
        0x80.. => deploy(text).or_else(|| nom::parse(text).map(ToolLine::Nom)),
        b'#' | b't' | b'l' | b'i' => service::parse(text).map(ToolLine::Service),
        b'<' | b'=' => conflict(text).map(ToolLine::Conflict),
        _ => None,
    }
}

// Done. The new configuration is /nix/store/…-nixos-system-host-25.11
fn done(text: &str) -> Option<ToolLine<'_>> {
    const WHAT: [&str; 3] = [
        "new configuration is",
        "virtual machine can be started by running",
        "disk image can be found in",
    ];
    let rest = text.strip_prefix("Done.")?.trim_start().strip_prefix("The ")?;
    let path = WHAT.iter().find_map(|what| rest.strip_prefix(what))?.trim();
    Some(ToolLine::Done(StorePath::parse(path).map(StorePath::as_str)))
}

// Command 'nix-build … --attr system' returned non-zero exit status 100.
fn command_failed(text: &str) -> Option<ToolLine<'_>> {
    let rest = text.strip_prefix("Command ")?;
    let (command, rest) = rest.rsplit_once(" returned non-zero exit status ")?;
    let command = command.strip_prefix('\'').and_then(|c| c.strip_suffix('\'')).unwrap_or(command);
    let (status, _) = number(rest)?;
    Some(ToolLine::CommandFailed { command, status: i32::try_from(status).ok()? })
}

// $ nixos-rebuild switch --upgrade
fn command(text: &str) -> Option<ToolLine<'_>> {
    let command = prompt::command(text).filter(|command| is_rebuild(command))?;
    Some(ToolLine::Command(command))
}

/// Whether a command line runs one of the programs whose logs are read here.
pub(crate) fn is_rebuild(command: &str) -> bool {
    const PROGRAMS: [&str; 15] = [
        "nixos-rebuild",
        "darwin-rebuild",
        "home-manager",
        "nix",
        "nix-build",
        "nix-store",
        "nh",
        "nvd",
        "nom",
        "nom-build",
        "nix-fast-build",
        "nixos-anywhere",
        "colmena",
        "deploy",
        "nix-channel",
    ];
    let mut words = command.split_whitespace().filter(|word| !word.contains('='));
    let program = words.find(|word| !matches!(*word, "sudo" | "doas" | "time" | "run0"));
    program.is_some_and(|word| PROGRAMS.contains(&word.rsplit('/').next().unwrap_or(word)))
}

/// The machine that a command switches from afar, without the user.
// nixos-rebuild switch --target-host root@web.example.org
pub(crate) fn target_host(command: &str) -> Option<&str> {
    let mut words = command.split_whitespace();
    let value = words.find_map(|word| word.strip_prefix("--target-host"))?;
    let target = value.strip_prefix('=').or_else(|| words.next())?;
    let target = target.strip_prefix("ssh://").unwrap_or(target);
    let host = target.rsplit_once('@').map_or(target, |(_, host)| host);
    (!host.is_empty() && !host.starts_with('-')).then_some(host)
}

/// Whether a command is one of Nix itself.
pub(crate) fn is_of_nix(command: &str) -> bool {
    command.starts_with("nix ") || command.starts_with("nix-")
}

/// How many builds a command lets run at once: `-j4`, `--max-jobs 4`.
pub(crate) fn max_jobs(command: &str) -> Option<usize> {
    let mut words = command.split_whitespace();
    while let Some(word) = words.next() {
        let value = match word {
            "-j" | "--max-jobs" | "max-jobs" => words.next(),
            _ => word.strip_prefix("-j").or_else(|| word.strip_prefix("--max-jobs=")),
        };
        if let Some(jobs) = value.and_then(|value| value.parse().ok()).filter(|jobs| *jobs > 0) {
            return Some(jobs);
        }
    }
    None
}

/// Whether a command only compares systems.
pub(crate) fn is_comparison(command: &str) -> bool {
    let mut words = command.split_whitespace();
    words.any(|word| matches!(word, "diff-closures" | "nvd" | "dix"))
}

// EXIT=0
fn exit_status(text: &str) -> Option<ToolLine<'_>> {
    text.strip_prefix("EXIT=")?.trim().parse().ok().map(ToolLine::ExitStatus)
}

// switching to system configuration /nix/store/…-nixos-system-host-23.11
fn system_log(text: &str) -> Option<ToolLine<'_>> {
    if text.starts_with("finished switching to system configuration ") {
        return Some(ToolLine::LoggedWell);
    }
    let starts = text.starts_with("switching to system configuration ");
    starts.then_some(ToolLine::SwitchLogged)
}

// Starting NixOS Upgrade...
// nixos-upgrade.service: Deactivated successfully.
fn upgrade(text: &str) -> Option<ToolLine<'_>> {
    if text == "Starting NixOS Upgrade..." {
        return Some(ToolLine::UpgradeStarts);
    }
    // Script started on 2025-03-13 04:40:12+00:00 [TERM="xterm" TTY="/dev/pts/1" COLUMNS="120"]
    if text.starts_with("Script started on ") || text.starts_with("Script done on ") {
        return Some(ToolLine::Typescript);
    }
    if text == "Finished NixOS Upgrade." {
        return Some(ToolLine::LoggedWell);
    }
    let what = text.strip_prefix("nixos-upgrade.service: ")?;
    if what.starts_with("Failed with result ") {
        return Some(ToolLine::UpgradeFailed);
    }
    Some(ToolLine::Debug)
}

// <<<<<<< HEAD
// =======
// >>>>>>> other
fn conflict(text: &str) -> Option<Conflict> {
    const MARKERS: [(&str, Conflict); 2] =
        [("<<<<<<< ", Conflict::Begins), (">>>>>>> ", Conflict::Ends)];
    if text == "=======" {
        return Some(Conflict::OtherSide);
    }
    MARKERS.iter().find(|(start, _)| text.starts_with(start)).map(|(_, conflict)| *conflict)
}

// > Activating configuration
fn nh(text: &str) -> Option<NhStep<'_>> {
    const STEPS: [(&str, NhStep<'static>); 7] = [
        ("Building ", NhStep::Building),
        ("Comparing changes", NhStep::Comparing),
        ("Activating ", NhStep::Activating),
        ("Adding configuration to bootloader", NhStep::Bootloader),
        ("Updating flake", NhStep::Other),
        ("Copying configuration", NhStep::Other),
        ("Copying result", NhStep::Other),
    ];
    let what = text.strip_prefix("> ")?;
    STEPS.iter().find(|(start, _)| what.starts_with(start)).map(|(_, step)| *step)
}

//    0: Activation (test) failed
//    0: User rejected the new config
fn nh_error(text: &str) -> Option<ToolLine<'_>> {
    let what = text.trim_start().strip_prefix("0: ")?;
    if what == "User rejected the new config" {
        return Some(ToolLine::Nh(NhStep::Rejected));
    }
    let is_failure = what.ends_with(" failed") || what.starts_with("Failed to ");
    is_failure.then_some(ToolLine::Nh(NhStep::Failed(what)))
}

// ssh: connect to host web.example.org port 22: Connection refused
// Host key verification failed.
// root@192.0.2.1: Permission denied (publickey).
fn ssh(text: &str) -> Option<ToolLine<'_>> {
    const STARTS: [&str; 4] = [
        "ssh: connect to host ",
        "ssh: Could not resolve hostname ",
        "Host key verification failed.",
        "kex_exchange_identification: ",
    ];
    let is_refused = text.starts_with("root@") && text.contains(": Permission denied (");
    (is_refused || STARTS.iter().any(|start| text.starts_with(start)))
        .then_some(ToolLine::Ssh(text))
}

//  lp4a ✅ 3s Built "/nix/store/…-nixos-system-lp4a-23.05pre-git"
fn spinner(text: &str) -> Option<ToolLine<'_>> {
    colmena::spinner(text).map(|(_, line)| ToolLine::Colmena(line))
}

// 🚀 ℹ️ [deploy] [INFO] Activating profile `system` for node `desktopnew`
fn deploy(text: &str) -> Option<ToolLine<'_>> {
    deploy::parse(text).map(ToolLine::Deploy)
}

/// The path of the new system in the text of a command or a message: `switch-to-configuration`
/// lies in it, and `nix-env --set` and `nix-copy-closure` name it.
pub(crate) fn system_in(text: &str) -> Option<StorePath<'_>> {
    store_paths(text).find(|path| path.name().starts_with("nixos-system-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<ToolLine<'_>>) {
        assert_eq!(parse(text), expected, "{text}");
    }

    #[test]
    fn closing_lines_of_nixos_rebuild_are_read() {
        let path = "/nix/store/nbph3l6d71bav1xhb2nhpc42bx6iqv0w-nixos-system-nixos-25.11";
        check(&format!("Done. The new configuration is {path}"), Some(ToolLine::Done(Some(path))));
        check("Done. The new configuration is ", Some(ToolLine::Done(None)));
        check("Done installing.", None);
        let command = format!("systemd-run --pipe {path}/bin/switch-to-configuration switch");
        check(
            &format!("Command '{command}' returned non-zero exit status 4."),
            Some(ToolLine::CommandFailed { command: &command, status: 4 }),
        );
        assert_eq!(system_in(&command).map(StorePath::as_str), Some(path));
    }

    #[test]
    fn only_prompts_of_known_programs_are_commands() {
        check("$ nixos-rebuild switch", Some(ToolLine::Command("nixos-rebuild switch")));
        check("$ sudo nh os switch .", Some(ToolLine::Command("sudo nh os switch .")));
        check("[a@h:~]$ nix build", Some(ToolLine::Command("nix build")));
        check("$ make", None);
    }

    #[test]
    fn commands_tell_how_many_builds_may_run() {
        for (command, jobs) in [
            ("nixos-rebuild switch -j2", Some(2)),
            ("nix build -L --max-jobs 4 .#x", Some(4)),
            ("nix-build --option max-jobs 1", Some(1)),
            ("nix build -j auto --json", None),
            ("nixos-rebuild switch", None),
        ] {
            assert_eq!(max_jobs(command), jobs, "{command}");
        }
    }

    #[test]
    fn markers_of_git_are_told_from_comparisons() {
        check("<<<<<<< HEAD", Some(ToolLine::Conflict(Conflict::Begins)));
        check("=======", Some(ToolLine::Conflict(Conflict::OtherSide)));
        check("<<< /run/current-system", None);
        check("=== tests ===", None);
    }

    #[test]
    fn a_command_tells_the_machine_that_it_switches() {
        for (command, expected) in [
            ("nixos-rebuild switch --target-host root@web --use-remote-sudo", Some("web")),
            ("nixos-rebuild switch --target-host=192.0.2.1", Some("192.0.2.1")),
            ("nh os switch . --target-host ssh://web", Some("web")),
            ("nixos-rebuild switch --target-host --sudo", None),
            ("nixos-rebuild switch --build-host builder", None),
        ] {
            assert_eq!(target_host(command), expected, "{command}");
        }
    }

    #[test]
    fn nh_reports_what_it_does() {
        check("> Activating configuration", Some(ToolLine::Nh(NhStep::Activating)));
        check(
            "   0: Activation (test) failed",
            Some(ToolLine::Nh(NhStep::Failed("Activation (test) failed"))),
        );
        check("   0: User rejected the new config", Some(ToolLine::Nh(NhStep::Rejected)));
        check("> something else", None);
    }
}
