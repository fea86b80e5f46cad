//! What comin and nixos-anywhere say, which deploy by themselves or for the first time.

/// A step of a deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Service<'a> {
    /// A headline of nixos-anywhere.
    Install(InstallStep),
    /// comin says what the new system is.
    CominSystem(&'a str),
    /// comin starts to switch to a system.
    CominSwitches(&'a str),
    /// comin has switched.
    CominSwitched,
    /// comin failed.
    CominFailed(&'a str),
    /// Something without consequence that comin says.
    Comin,
}

/// How far nixos-anywhere is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InstallStep {
    /// It prepares the machine, or starts it again.
    Other,
    /// It puts the boot loader and the system in place.
    Installs,
    /// The system is installed.
    Installed,
    /// It is done.
    Done,
}

/// Reads a line without the blanks at its end.
pub(crate) fn parse(text: &str) -> Option<Service<'_>> {
    if text == "installation finished!" {
        return Some(Service::Install(InstallStep::Installed));
    }
    if let Some(headline) = text.strip_prefix("### ").and_then(|text| text.strip_suffix(" ###")) {
        return install(headline).map(Service::Install);
    }
    comin(text)
}

// ### Uploading the system closure ###
fn install(headline: &str) -> Option<InstallStep> {
    const OTHERS: [&str; 10] = [
        "Uploading install SSH keys",
        "Gathering machine facts",
        "Building the system closure",
        "Switching system into kexec",
        "Formatting hard drive with disko",
        "Uploading the system closure",
        "Copying extra files",
        "Generating hardware",
        "Rebooting",
        "Waiting for the machine to become",
    ];
    match headline {
        "Installing NixOS" => Some(InstallStep::Installs),
        "Done!" => Some(InstallStep::Done),
        _ if OTHERS.iter().any(|start| headline.starts_with(start)) => Some(InstallStep::Other),
        _ => None,
    }
}

// time="2025-03-13T04:40:12Z" level=info msg="nix: switch successfully terminated"
fn comin(text: &str) -> Option<Service<'_>> {
    const PARTS: [&str; 5] = ["nix: ", "manager: ", "deployer: ", "builder: ", "fetcher: "];
    let (head, message) = text.split_once(" msg=\"")?;
    if !head.starts_with("time=") && !head.starts_with("level=") {
        return None;
    }
    let message = message.strip_suffix('"').unwrap_or(message);
    let what = PARTS.iter().find_map(|part| message.strip_prefix(part))?;
    if head.ends_with("level=error") {
        return Some(Service::CominFailed(what));
    }
    if let Some(path) = what.strip_prefix("the output path is ") {
        return Some(Service::CominSystem(path));
    }
    let switches =
        what.strip_prefix("running '").filter(|it| it.contains("/switch-to-configuration"));
    if let Some((path, _)) = switches.and_then(|it| it.split_once("/bin/")) {
        return Some(Service::CominSwitches(path));
    }
    Some(match what {
        "switch successfully terminated" | "deployment ended" => Service::CominSwitched,
        _ => Service::Comin,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_of_an_installation_are_told_from_others() {
        let cases = [
            ("### Gathering machine facts ###", Some(InstallStep::Other)),
            ("### Installing NixOS ###", Some(InstallStep::Installs)),
            ("installation finished!", Some(InstallStep::Installed)),
            ("### Done! ###", Some(InstallStep::Done)),
            ("### Results ###", None),
        ];
        for (line, expected) in cases {
            assert_eq!(parse(line), expected.map(Service::Install), "{line}");
        }
    }

    #[test]
    fn comin_says_what_it_does() {
        fn line(level: &str, message: &str) -> String {
            format!("time=\"2025-03-13\" level={level} msg=\"{message}\"")
        }
        let path = "/nix/store/x-nixos-system-h-24.11";
        let cases = [
            ("info", "nix: deployment ended".to_owned(), Some(Service::CominSwitched)),
            (
                "info",
                format!("nix: running '{path}/bin/switch-to-configuration switch'"),
                Some(Service::CominSwitches(path)),
            ),
            ("info", format!("nix: the output path is {path}"), Some(Service::CominSystem(path))),
            ("error", "manager: it failed".to_owned(), Some(Service::CominFailed("it failed"))),
            ("error", "container exited".to_owned(), None),
        ];
        for (level, message, expected) in cases {
            let line = line(level, &message);
            assert_eq!(parse(&line), expected, "{line}");
        }
    }
}
