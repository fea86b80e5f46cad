//! The names that an article may use: values, sections and findings.
//!
//! The build script reads this file too, to check the articles against it.

/// A value that a report can fill into a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValueName {
    /// Its name in a text.
    pub name: &'static str,
    /// What it may hold.
    pub kind: Kind,
    /// What it means, in one sentence.
    pub meaning: &'static str,
}

/// What a value may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number of things.
    Count,
    /// Words ready to be read, such as `12 min 22 s`.
    Text,
    /// One of these words; for conditions only.
    Word(&'static [&'static str]),
}

const fn count(name: &'static str, meaning: &'static str) -> ValueName {
    ValueName { name, kind: Kind::Count, meaning }
}

const fn text(name: &'static str, meaning: &'static str) -> ValueName {
    ValueName { name, kind: Kind::Text, meaning }
}

/// All values. What the log does not tell is left unknown.
pub const VALUES: &[ValueName] = &[
    ValueName {
        name: "outcome",
        kind: Kind::Word(&["succeeded", "failed", "interrupted", "dry_run", "unknown"]),
        meaning: "How the run ended.",
    },
    ValueName {
        name: "activated",
        kind: Kind::Word(&["yes", "no"]),
        meaning: "Whether the new configuration is the running one.",
    },
    ValueName {
        name: "reboot_verdict",
        kind: Kind::Word(&["needed", "advised", "no_sign", "unknown"]),
        meaning: "Whether the run asks for a reboot.",
    },
    ValueName {
        name: "time_axis",
        kind: Kind::Word(&["time", "order"]),
        meaning: "Whether the log has a clock, or only an order.",
    },
    count("lines", "Lines of the log."),
    text("total_time", "Wall time of the run."),
    count("built", "Derivations that were built here and finished."),
    count("built_configuration", "Those of them that are configuration files."),
    count("built_software", "Those of them that are software."),
    text("evaluation_time", "How long the evaluation took."),
    text("activation_time", "How long the activation took."),
    text("longest_build", "Name and version of what certainly took longest to build."),
    text("longest_build_time", "How long that took, or `at least` so long."),
    count("fetched", "Store paths that were copied from a cache."),
    text("download_size", "Size of the download, as Nix announced it."),
    text("unpacked_size", "Size of the download on the disk, as Nix announced it."),
    text("store", "Host of the cache that gave most of them."),
    count("versions_changed", "Packages whose version changed."),
    count("inputs_changed", "Flake inputs or channels that moved."),
    count("failed", "Causes of failure, without what failed because of them."),
    count("blocked", "Derivations that failed only because another one did."),
    text("root_name", "Name and version of the first cause of failure."),
    count("warnings", "Different warnings."),
    text("kernel_old", "Version of the kernel before, if it changed."),
    text("kernel_new", "Version of the kernel after, if it changed."),
    count("units_restarted", "Units that were restarted."),
    count("units_not_restarted", "Changed units that were left running."),
    count("units_failed", "Units that failed to start."),
    text("generation", "Number of the new generation."),
];

/// Sections of a report, by the ids that URLs use.
pub const SECTIONS: &[&str] =
    &["failures", "versions", "time", "builds", "downloads", "switch", "inputs", "warnings", "log"];

/// Findings that an article can explain, by id.
pub const CODES: &[&str] = &[
    "outcome",
    "root-failure",
    "local-build-dominates",
    "versions-changed",
    "inputs-updated",
    "reboot-needed",
    "reboot-advised",
    "units-failed",
    "nothing-changed",
    "no-clock",
    "truncated",
    "downloads-retried",
    "cache-ignored",
    "out-of-date",
    "silent-build",
];
