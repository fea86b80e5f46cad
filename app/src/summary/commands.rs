//! The commands that the report offers: what would tell what a log does not.

use analyzer::command_again;
use analyzer::report::Run;

/// Puts a clock on every line of the next log.
pub fn with_clock(run: &Run) -> String {
    [command_again(run), " 2>&1 | ts '%FT%T%z' | tee upgrade.log"].concat()
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
    use analyzer::report::Tool;

    use super::*;
    use crate::testing;

    #[test]
    fn the_next_log_is_made_as_this_one_was() {
        let mut run = Run { command: None, tool: Some(Tool::DeployRs), ..testing::run() };
        assert_eq!(with_clock(&run), "deploy 2>&1 | ts '%FT%T%z' | tee upgrade.log");
        run.command = Some("sudo nixos-rebuild boot".to_owned());
        let again = "sudo nixos-rebuild boot 2>&1 | ts '%FT%T%z' | tee upgrade.log";
        assert_eq!(with_clock(&run), again);
    }
}
