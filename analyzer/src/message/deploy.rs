//! What deploy-rs says of its nodes and profiles.

/// What deploy-rs says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deploy<'a> {
    /// The head of the list of profiles that will be deployed.
    Lists,
    /// A profile is built, copied or activated.
    Step(DeployStep, &'a str),
    /// The path of a profile.
    Path(&'a str),
    /// The profile that was switched to is to stay.
    Confirmed,
    /// Nothing was to be switched, and it would have worked.
    DryActivated,
    /// It failed, and the message.
    Failed(&'a str),
    /// What was switched to is taken back.
    RolledBack,
    /// The hosts that were switched before are to be taken back.
    Revoking,
    /// Something without consequence.
    Other,
}

/// What is done with a profile of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DeployStep {
    Build,
    Copy,
    Activate,
}

/// Reads a line without the blanks at its end.
// 🚀 ℹ️ [deploy] [INFO] Activating profile `system` for node `desktopnew`
// path = "/nix/store/…-activatable-nixos-system-desktopnew-26.05"
pub(crate) fn parse(text: &str) -> Option<Deploy<'_>> {
    if let Some(path) = value(text, "path") {
        return path.starts_with("/nix/store/").then_some(Deploy::Path(path));
    }
    let (level, message) = message(text)?;
    Some(match message {
        _ if level == "ERROR" => Deploy::Failed(message),
        "The following profiles are going to be deployed:" => Deploy::Lists,
        "Deployment confirmed." | "Success activating, done!" => Deploy::Confirmed,
        "Completed dry-activate!" => Deploy::DryActivated,
        "Revoking previous deploys" => Deploy::Revoking,
        "Attempting to re-activate the last generation" => Deploy::RolledBack,
        _ => step(message).map_or(Deploy::Other, |(step, node)| Deploy::Step(step, node)),
    })
}

/// The level of a line of its programs, and what it says.
fn message(text: &str) -> Option<(&str, &str)> {
    const PARTS: [&str; 4] = ["[deploy] [", "[activate] [", "[wait] [", "[revoke] ["];
    let start = PARTS.iter().find_map(|part| Some(text.find(part)? + part.len()))?;
    text[start..].split_once("] ")
}

fn step(message: &str) -> Option<(DeployStep, &str)> {
    const STEPS: [(&str, DeployStep); 3] = [
        ("Building profile `", DeployStep::Build),
        ("Copying profile `", DeployStep::Copy),
        ("Activating profile `", DeployStep::Activate),
    ];
    let (start, step) = STEPS.iter().find(|(start, _)| message.starts_with(start))?;
    let (_, node) = message[start.len()..].rsplit_once(" node `")?;
    Some((*step, node.split('`').next()?))
}

/// The node of a failure that names one.
// Deployment to node web failed, rolled back to previous generation
pub(crate) fn failed_node(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once(" to node ")?;
    rest.split([' ', ':', ',']).next().map(|node| node.trim_matches('`'))
}

/// The node of an entry in the list of profiles.
// [desktopnew.system]
pub(crate) fn entry(text: &str) -> Option<&str> {
    let (node, _) = text.strip_prefix('[')?.strip_suffix(']')?.rsplit_once('.')?;
    Some(node.trim_matches('"')).filter(|node| !node.is_empty() && !node.contains(' '))
}

/// The value of a key in the list of profiles.
// hostname = "100.106.140.88"
pub(crate) fn value<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_lines_tell_node_and_step() {
        let cases = [
            (
                "🚀 ℹ️ [deploy] [INFO] Activating profile `system` for node `web`",
                Some(Deploy::Step(DeployStep::Activate, "web")),
            ),
            (
                "🚀 ℹ [deploy] [INFO] Copying profile `system` to node `web`",
                Some(Deploy::Step(DeployStep::Copy, "web")),
            ),
            ("🚀 ℹ️ [deploy] [INFO] Deployment confirmed.", Some(Deploy::Confirmed)),
            (
                "⭐ ❌ [activate] [ERROR] Error waiting for confirmation event: Timeout elapsed for confirmation",
                Some(Deploy::Failed(
                    "Error waiting for confirmation event: Timeout elapsed for confirmation",
                )),
            ),
            (
                "⭐ ℹ️ [activate] [INFO] Attempting to re-activate the last generation",
                Some(Deploy::RolledBack),
            ),
            ("👀 ℹ️ [wait] [INFO] Found canary file, done waiting!", Some(Deploy::Other)),
            ("path = \"/nix/store/x-y\"", Some(Deploy::Path("/nix/store/x-y"))),
            ("path = \"src/main.rs\"", None),
        ];
        for (line, expected) in cases {
            assert_eq!(parse(line), expected, "{line}");
        }
    }

    #[test]
    fn entries_and_failures_name_their_node() {
        assert_eq!(entry("[web.system]"), Some("web"));
        assert_eq!(entry("[\"a.example.org\".system]"), Some("a.example.org"));
        assert_eq!(entry("[INFO ] x"), None);
        let message = "Deployment to node web failed, rolled back to previous generation";
        assert_eq!(failed_node(message), Some("web"));
        assert_eq!(failed_node("Failed to check deployment"), None);
    }
}
