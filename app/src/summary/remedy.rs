//! What a failure is called, what it means, and what to do about it.

use analyzer::report::{Failure, FailureClass};

/// Something to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it is good for.
    pub text: &'static str,
    /// What to run or to write, ready to be copied.
    pub command: Option<String>,
}

/// The name of a class: `Disk full`.
pub fn class_name(class: FailureClass) -> &'static str {
    words(class).0
}

/// What a class of failures means, in a sentence or two.
pub fn class_meaning(class: FailureClass) -> &'static str {
    words(class).1
}

/// The class as the second sentence of the verdict: `The disk was full.`
pub fn class_sentence(class: FailureClass) -> Option<&'static str> {
    Some(match class {
        FailureClass::BuilderExit => "A package did not build.",
        FailureClass::HashMismatch => "A hash did not match.",
        FailureClass::Killed => "A build was killed.",
        FailureClass::OutOfMemory => "The memory was not enough.",
        FailureClass::DiskFull => "The disk was full.",
        FailureClass::Timeout => "A build took too long.",
        FailureClass::Collision => "Two packages collide.",
        FailureClass::Unfree => "A package is unfree.",
        FailureClass::Insecure => "A package is marked insecure.",
        FailureClass::Broken => "A package is marked broken.",
        FailureClass::Assertion => "An assertion failed.",
        FailureClass::Evaluation => "The configuration has an error.",
        FailureClass::InfiniteRecursion => "The configuration refers to itself.",
        FailureClass::MissingAttribute => "A name is missing.",
        FailureClass::Network => "The network failed.",
        FailureClass::Lock => "Something is locked.",
        FailureClass::Activation => "The activation failed.",
        FailureClass::UnitFailed => "A unit failed.",
        FailureClass::Dependency | FailureClass::Other => return None,
    })
}

/// Name and meaning of a class.
fn words(class: FailureClass) -> (&'static str, &'static str) {
    match class {
        FailureClass::BuilderExit => (
            "Build failed",
            "The program that builds it stopped with an error. Its last lines say why.",
        ),
        FailureClass::HashMismatch => (
            "Hash mismatch",
            "The downloaded file is not the one that was promised. Either upstream replaced it, or \
             the version was raised without the hash. Check why before you accept the new one.",
        ),
        FailureClass::Killed => (
            "Killed",
            "Something outside ended the builder: often the kernel for lack of memory, sometimes a \
             person or a limit.",
        ),
        FailureClass::OutOfMemory => (
            "Out of memory",
            "The machine had no memory left for this build. The package itself may be in order.",
        ),
        FailureClass::DiskFull => (
            "Disk full",
            "The disk that holds the store filled up. There may be nothing wrong with this \
             package: any build would have failed at this moment.",
        ),
        FailureClass::Timeout => {
            ("Timeout", "The build took longer than it may, or printed nothing for too long.")
        }
        FailureClass::Collision => {
            ("Collision", "Two packages in one environment want to provide the same file.")
        }
        FailureClass::Unfree => (
            "Unfree package",
            "Its licence is not free, and your configuration does not allow such packages.",
        ),
        FailureClass::Insecure => (
            "Insecure package",
            "It has known security holes, and your configuration does not allow it nevertheless.",
        ),
        FailureClass::Broken => {
            ("Broken package", "Its maintainers marked it as not building on this system.")
        }
        FailureClass::Assertion => (
            "Failed assertion",
            "A module checked your configuration and found settings that do not go together.",
        ),
        FailureClass::Evaluation => (
            "Evaluation error",
            "Nix could not work out what to build. Nothing was built or changed.",
        ),
        FailureClass::InfiniteRecursion => {
            ("Infinite recursion", "A value of your configuration needs itself to be worked out.")
        }
        FailureClass::MissingAttribute => (
            "Missing attribute",
            "Your configuration names something that does not exist: a typing error, or a package \
             or option that was renamed or removed.",
        ),
        FailureClass::Network => (
            "Network",
            "A server could not be reached, or did not answer as it should. Nothing is wrong with \
             your configuration.",
        ),
        FailureClass::Lock => (
            "Locked",
            "Another process works on the same thing, or a lock file could not be written.",
        ),
        FailureClass::Activation => (
            "Activation failed",
            "The new system was built, and a script that puts it in place stopped with an error.",
        ),
        FailureClass::UnitFailed => {
            ("Unit failed", "The switch itself worked. This unit did not start afterwards.")
        }
        FailureClass::Dependency => {
            ("Dependency failed", "It was not built because something that it needs failed.")
        }
        FailureClass::Other => ("Error", "The log names an error that has no class of its own."),
    }
}

/// What to do about a failure, in order.
pub fn steps(failure: &Failure) -> Vec<Step> {
    match failure.class {
        FailureClass::BuilderExit => builder_exit(failure),
        FailureClass::HashMismatch => hash_mismatch(failure),
        FailureClass::Killed | FailureClass::OutOfMemory => memory(),
        FailureClass::DiskFull => disk_full(),
        FailureClass::Timeout => vec![run(
            "Run it again without the limits.",
            "sudo nixos-rebuild switch --option timeout 0 --option max-silent-time 0",
        )],
        FailureClass::Collision => vec![tell(
            "Remove one of the two, or write lib.hiPrio in front of the one that should win.",
        )],
        FailureClass::Unfree => {
            allow(failure, "Allow this one package in your configuration.", |name| {
                ["nixpkgs.config.allowUnfreePredicate = pkg: builtins.elem (lib.getName pkg) [ \"", name, "\" ];"]
                .concat()
            })
        }
        FailureClass::Insecure => insecure(failure),
        FailureClass::Broken => vec![tell(
            "Look for another package, or for an older revision of nixpkgs in which it builds.",
        )],
        FailureClass::Assertion => vec![tell(
            "The text of the assertion says which settings do not go together. Change one of them.",
        )],
        FailureClass::Evaluation if is_missing_file(failure) => vec![run(
            "If the file is new, tell Git of it: a flake sees only what Git knows.",
            "git add --intent-to-add --all",
        )],
        FailureClass::Evaluation
        | FailureClass::InfiniteRecursion
        | FailureClass::MissingAttribute => vec![run(
            "See the whole way to the error; the first position in a file of yours is where to look.",
            "nixos-rebuild build --show-trace",
        )],
        FailureClass::Network => vec![
            run("See whether the cache answers.", "nix store info --store https://cache.nixos.org"),
            tell("Run the same rebuild again. What was copied stays, and is not fetched again."),
        ],
        FailureClass::Lock => vec![run(
            "See what else is running, and wait until it is done.",
            "pgrep -af 'nix|rebuild'",
        )],
        FailureClass::Activation => {
            vec![run("Read what the scripts said.", "journalctl -b -t nixos --no-pager | tail -40")]
        }
        FailureClass::UnitFailed => unit_failed(failure),
        FailureClass::Dependency | FailureClass::Other => Vec::new(),
    }
}

/// Whether the configuration names a file that its copy in the store lacks.
fn is_missing_file(failure: &Failure) -> bool {
    let message = failure.message.as_str();
    let is_missing =
        message.ends_with("does not exist") || message.ends_with("No such file or directory");
    message.contains("is not tracked by Git") || (is_missing && message.contains("-source/"))
}

fn builder_exit(failure: &Failure) -> Vec<Step> {
    let mut steps = Vec::new();
    if let Some(drv) = failure.drv.as_deref().and_then(shell_word) {
        steps.push(Step {
            text: "Read everything that the build printed.",
            command: Some("nix log ".to_owned() + &drv),
        });
    }
    steps.push(tell(
        "If it is a package of nixpkgs, look whether the failure is known there, and whether a newer \
         revision builds.",
    ));
    steps
}

fn hash_mismatch(failure: &Failure) -> Vec<Step> {
    let got = failure.details.got.clone();
    vec![Step {
        text: "If the new file is the right one, write this hash where the old one stands.",
        command: got,
    }]
}

fn memory() -> Vec<Step> {
    vec![
        run(
            "See whether the kernel says so.",
            "journalctl -k -b --no-pager | grep -i 'out of memory'",
        ),
        run("Build less at once.", "sudo nixos-rebuild switch --max-jobs 1 --cores 2"),
    ]
}

fn disk_full() -> Vec<Step> {
    vec![
        run("See how full it is.", "df -h /nix/store /tmp"),
        run(
            "Make room. This deletes systems older than 14 days; you can no longer roll back to those.",
            "sudo nix-collect-garbage --delete-older-than 14d",
        ),
        tell("Run the same rebuild again. It continues where it stopped."),
    ]
}

fn insecure(failure: &Failure) -> Vec<Step> {
    let mut steps = vec![tell("Better: look for a newer version or another package.")];
    let named = match (&failure.name, &failure.version) {
        (Some(name), Some(version)) => Some([name.as_str(), version].join("-")),
        _ => None,
    };
    if let Some(named) = named.filter(|named| is_plain(named)) {
        steps.push(Step {
            text: "If you know the risk, allow this one version.",
            command: Some(
                ["nixpkgs.config.permittedInsecurePackages = [ \"", &named, "\" ];"].concat(),
            ),
        });
    }
    steps
}

fn unit_failed(failure: &Failure) -> Vec<Step> {
    let Some(unit) = failure.unit.as_deref().and_then(shell_word) else {
        return vec![run("See which units failed.", super::commands::FAILED_UNITS)];
    };
    vec![
        Step {
            text: "Read what the unit said.",
            command: Some(["journalctl -u ", &unit, " -b --no-pager | tail -40"].concat()),
        },
        Step {
            text: "Start it again.",
            command: Some("sudo systemctl restart ".to_owned() + &unit),
        },
    ]
}

fn allow(failure: &Failure, text: &'static str, setting: impl Fn(&str) -> String) -> Vec<Step> {
    let name = failure.name.as_deref().filter(|name| is_plain(name));
    vec![Step { text, command: name.map(setting) }]
}

fn run(text: &'static str, command: &str) -> Step {
    Step { text, command: Some(command.to_owned()) }
}

fn tell(text: &'static str) -> Step {
    Step { text, command: None }
}

/// Text of a log as one word of a command. `None` if it could be more than a word: a log comes
/// from anywhere, and what is offered here is pasted into a shell.
fn shell_word(text: &str) -> Option<String> {
    if is_plain(text) {
        return Some(text.to_owned());
    }
    let is_quotable = |c: char| !c.is_control() && c != '\'';
    text.chars().all(is_quotable).then(|| ["'", text, "'"].concat())
}

fn is_plain(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "+-._=/@:".contains(c);
    !text.is_empty() && !text.starts_with('-') && text.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn commands(failure: &Failure) -> Vec<String> {
        steps(failure).into_iter().filter_map(|step| step.command).collect()
    }

    #[test]
    fn a_failed_build_offers_its_log() {
        let mut failure = testing::failure(FailureClass::BuilderExit);
        assert_eq!(commands(&failure), [] as [&str; 0]);
        failure.drv = Some("/nix/store/00-hello-2.12.drv".into());
        assert_eq!(commands(&failure), ["nix log /nix/store/00-hello-2.12.drv"]);
    }

    #[test]
    fn a_file_that_a_flake_misses_is_told_to_git() {
        let mut failure = testing::failure(FailureClass::Evaluation);
        failure.message = "path '/nix/store/00-source/vpn.nix' does not exist".into();
        assert_eq!(commands(&failure), ["git add --intent-to-add --all"]);
        failure.message = "path '/etc/nixos/vpn.nix' does not exist".into();
        assert_eq!(commands(&failure), ["nixos-rebuild build --show-trace"]);
    }

    #[test]
    fn a_unit_is_quoted_where_the_shell_needs_it() {
        let mut failure = testing::failure(FailureClass::UnitFailed);
        failure.unit = Some(r"dev-disk-by\x2duuid.swap".into());
        assert_eq!(
            commands(&failure)[0],
            r"journalctl -u 'dev-disk-by\x2duuid.swap' -b --no-pager | tail -40"
        );
    }

    #[test]
    fn text_of_a_log_never_becomes_a_second_command() {
        for hostile in ["a'; reboot; '", "a\nreboot", ""] {
            let mut failure = testing::failure(FailureClass::UnitFailed);
            failure.unit = Some(hostile.into());
            let offered = commands(&failure);
            assert!(offered.iter().all(|command| !command.contains("reboot")), "{offered:?}");
        }
        let mut failure = testing::failure(FailureClass::Unfree);
        failure.name = Some("x\" ]; evil = [ \"".into());
        assert_eq!(commands(&failure), [] as [&str; 0]);
    }

    #[test]
    fn the_found_hash_can_be_copied() {
        let mut failure = testing::failure(FailureClass::HashMismatch);
        failure.details.got = Some("sha256-abc=".into());
        assert_eq!(commands(&failure), ["sha256-abc="]);
    }
}
