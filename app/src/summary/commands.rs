//! The commands that the report offers: what would tell what a log does not.

use analyzer::report::Tool;

/// Puts a clock on every line of the next log, of the tool that made this one.
pub fn with_clock(tool: Option<Tool>) -> String {
    let command = match tool {
        Some(Tool::DarwinRebuild) => "sudo darwin-rebuild switch",
        Some(Tool::HomeManager) => "home-manager switch",
        Some(Tool::Nh) => "nh os switch",
        Some(Tool::Colmena) => "colmena apply",
        Some(Tool::DeployRs) => "deploy",
        Some(Tool::Nix) => "nix build -L",
        Some(Tool::NixBuild) => "nix-build",
        _ => "sudo nixos-rebuild switch",
    };
    [command, " 2>&1 | ts '%FT%T%z' | tee upgrade.log"].concat()
}

/// Prints what differs between the booted and the running system.
pub const DIFF_CLOSURES: &str = "nix store diff-closures /run/booted-system /run/current-system";

/// Makes a log that also says how large each download is and when each build ends.
pub const INTERNAL_JSON: &str =
    "nixos-rebuild switch --log-format internal-json -v 2>&1 | tee upgrade.json";

/// Settles whether to reboot: two equal lists mean that the running kernel is the new one.
pub const BOOTED_OR_CURRENT: &str =
    "readlink /run/{booted,current}-system/{kernel,initrd,kernel-modules}";

/// Says which generations there are and which one runs.
pub const GENERATIONS: &str = "nixos-rebuild list-generations";

/// Says which units failed on the running system.
pub const FAILED_UNITS: &str = "systemctl --failed";

/// Says what the inputs of a flake are pinned to.
pub const FLAKE_INPUTS: &str = "nix flake metadata";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_log_is_made_by_the_tool_that_made_this_one() {
        let cases = [
            (None, "sudo nixos-rebuild switch 2>&1 | ts '%FT%T%z' | tee upgrade.log"),
            (Some(Tool::DeployRs), "deploy 2>&1 | ts '%FT%T%z' | tee upgrade.log"),
        ];
        for (tool, command) in cases {
            assert_eq!(with_clock(tool), command);
        }
    }
}
