//! The commands that make a log which tells more.

use crate::component::command::command;
use crate::component::markup::{Markup, element};
use crate::component::sentence::with_code;

/// A way to a better log.
struct Way {
    title: &'static str,
    /// What it gives; code stands between backticks.
    gives: &'static str,
    command: &'static str,
}

const WAYS: [Way; 4] = [
    Way {
        title: "With a time on every line",
        gives: "Nix prints no clock. The program `ts` adds one; it is in `moreutils`.",
        command: "sudo nixos-rebuild switch 2>&1 | ts '%FT%T%z' | tee upgrade.log",
    },
    Way {
        title: "With sizes and phases",
        gives: "More detail than the terminal shows. The file is large and compresses well.",
        command: "sudo nixos-rebuild switch --log-format internal-json -v 2> upgrade.json",
    },
    Way {
        title: "What happened last night",
        gives: "Automatic upgrades are in the journal, with times.",
        command: "journalctl -u nixos-upgrade.service -o short-iso --since yesterday",
    },
    Way {
        title: "Only what changed",
        gives: "No log left? Two systems are enough for the table of versions.",
        command: "nix store diff-closures /run/booted-system /run/current-system",
    },
];

/// The commands, each with what it gives.
pub(super) fn better_logs() -> Markup {
    element("section", "landing__better")
        .child(element("h2", "").text("For a better log next time"))
        .child(element("ol", "").children(WAYS.iter().map(way)))
}

fn way(way: &Way) -> Markup {
    element("li", "")
        .child(element("h3", "").text(way.title))
        .child(element("p", "").child(with_code(way.gives)))
        .child(command(way.command, "command"))
}
