//! One rebuild, build or switch.

use super::{Counts, Derivation, DerivationKind, Fetch, Lines, Span, StageTime, Timeline};
use crate::timestamp::day_number;

/// One rebuild, build or switch found in the log.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Run {
    /// The command, if the log shows it.
    pub command: Option<String>,
    /// The tool whose lines these are.
    pub tool: Option<Tool>,
    /// The machine it was for, where the log tells.
    pub host: Option<String>,
    /// Which Nix, where the wording tells.
    pub nix_flavour: Option<NixFlavour>,
    /// How it ended, by evidence.
    pub outcome: Outcome,
    /// Whether the new configuration is the running one; `None` where nothing tells.
    pub activated: Option<bool>,
    /// All lines of the run.
    pub lines: Lines,
    /// Wall time of the run.
    pub time: Span,
    /// Stages that the log shows, in order of their start.
    pub stages: Vec<StageTime>,
    /// How the builds lie beside each other.
    pub timeline: Timeline,
    /// What Nix announced; the sum over all plans of the run.
    pub plan: Option<Plan>,
    /// Every derivation that the log names.
    pub derivations: Vec<Derivation>,
    /// Every store path that was copied, or was planned to be.
    pub fetches: Vec<Fetch>,
    /// What differs between the old system and the new one.
    pub changes: Vec<Change>,
    /// Size of the old and the new system.
    pub closure: Option<Closure>,
    /// Flake inputs and channels that moved.
    pub inputs: Vec<Input>,
    /// What failed, causes and consequences.
    pub failures: Vec<Failure>,
    /// Warnings, each kind once.
    pub warnings: Vec<Warning>,
    /// What the switch did.
    pub activation: Option<Activation>,
    /// The system that the run made.
    pub system: Option<System>,
    /// Whether to reboot.
    pub reboot: Reboot,
    /// What garbage collection freed.
    pub garbage: Option<Garbage>,
    /// How much there was of what a link leaves out; `None` where nothing is left out.
    pub counts: Option<Counts>,
}

impl Run {
    /// A run of which nothing is known, not even how long it took, for this reason.
    pub fn unknown(because: &str) -> Self {
        Self {
            command: None,
            tool: None,
            host: None,
            nix_flavour: None,
            outcome: Outcome::Unknown,
            activated: None,
            lines: Lines::default(),
            time: Span::unknown(because),
            stages: Vec::new(),
            timeline: Timeline::of_order(),
            plan: None,
            derivations: Vec::new(),
            fetches: Vec::new(),
            changes: Vec::new(),
            closure: None,
            inputs: Vec::new(),
            failures: Vec::new(),
            warnings: Vec::new(),
            activation: None,
            system: None,
            reboot: Reboot { verdict: RebootVerdict::Unknown, reasons: Vec::new() },
            garbage: None,
            counts: None,
        }
    }
}

/// The tool that ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Tool {
    /// `nixos-rebuild`, the shell script or its successor.
    NixosRebuild,
    /// `darwin-rebuild`.
    DarwinRebuild,
    /// `home-manager`.
    HomeManager,
    /// `nix`.
    Nix,
    /// `nix-build`.
    NixBuild,
    /// `nix-store`.
    NixStore,
    /// `nh`.
    Nh,
    /// `colmena`.
    Colmena,
    /// `deploy-rs`.
    DeployRs,
    /// `switch-to-configuration` alone.
    SwitchToConfiguration,
    /// `nvd`.
    Nvd,
    /// `dix`.
    Dix,
    /// `nix-fast-build`.
    NixFastBuild,
    /// `nixos-anywhere`.
    NixosAnywhere,
    /// `comin`.
    Comin,
}

impl Tool {
    /// Its name as a person types it.
    pub fn name(self) -> &'static str {
        match self {
            Self::NixosRebuild => "nixos-rebuild",
            Self::DarwinRebuild => "darwin-rebuild",
            Self::HomeManager => "home-manager",
            Self::Nix => "nix",
            Self::NixBuild => "nix-build",
            Self::NixStore => "nix-store",
            Self::Nh => "nh",
            Self::Colmena => "colmena",
            Self::DeployRs => "deploy-rs",
            Self::SwitchToConfiguration => "switch-to-configuration",
            Self::Nvd => "nvd",
            Self::Dix => "dix",
            Self::NixFastBuild => "nix-fast-build",
            Self::NixosAnywhere => "nixos-anywhere",
            Self::Comin => "comin",
        }
    }
}

/// Which implementation of Nix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum NixFlavour {
    /// Nix itself.
    Nix,
    /// Lix.
    Lix,
    /// Determinate Nix.
    Determinate,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Outcome {
    /// It did what it was asked to.
    Succeeded,
    /// It did not, or units failed after it.
    Failed,
    /// Somebody stopped it.
    Interrupted,
    /// It was asked only to say what it would do.
    DryRun,
    /// The log does not tell.
    Unknown,
}

/// What Nix announced before it began. A forecast, not a fact.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Plan {
    /// Derivations to be built.
    pub builds: Option<u64>,
    /// Store paths to be fetched.
    pub fetches: Option<u64>,
    /// Bytes to download.
    pub download_bytes: Option<u64>,
    /// Bytes after unpacking.
    pub unpacked_bytes: Option<u64>,
    /// Lines of the plans.
    pub lines: Lines,
}

/// A package that differs between two systems.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change {
    /// Package name.
    pub name: String,
    /// What sort of thing it is: configuration is no software.
    pub subject: DerivationKind,
    /// What happened to it.
    pub kind: ChangeKind,
    /// How much the version moved.
    pub level: Option<Level>,
    /// Distinct old versions, outputs folded.
    pub old: Vec<String>,
    /// Distinct new versions, outputs folded.
    pub new: Vec<String>,
    /// Paths on the old side, where the source says.
    pub old_count: Option<u32>,
    /// Paths on the new side, where the source says.
    pub new_count: Option<u32>,
    /// Change of size, where the source says.
    pub size_delta_bytes: Option<i64>,
    /// Whether the package is in `environment.systemPackages`, where the source says.
    pub selected: Option<bool>,
    /// Family that it is folded into, such as `python` or `linux`.
    pub family: Option<String>,
    /// Its name before, if it was renamed.
    pub renamed_from: Option<String>,
    /// What `builtins.compareVersions` says of new against old.
    pub nix_order: Option<NixOrder>,
    /// Where it was read from.
    pub source: ChangeSource,
    /// The lines that it was read from.
    pub lines: Lines,
}

/// What happened to a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ChangeKind {
    /// To a newer version.
    Upgraded,
    /// To an older version.
    Downgraded,
    /// To a version that is neither newer nor older.
    Changed,
    /// New.
    Added,
    /// Gone.
    Removed,
    /// The same version, built again.
    Rebuilt,
    /// One of several versions or copies is gone.
    Deduplicated,
    /// One more version or copy came beside the old one.
    Duplicated,
}

/// How much a version moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Level {
    /// The first part.
    Major,
    /// The second part.
    Minor,
    /// The third part or below.
    Patch,
    /// To, from or between pre-releases.
    Prerelease,
    /// Versions that are dates.
    Date,
    /// The same version, another revision or commit.
    Revision,
    /// Another way of counting.
    Scheme,
}

/// What `builtins.compareVersions NEW OLD` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum NixOrder {
    /// The new version is the greater.
    Greater,
    /// The new version is the lesser.
    Less,
    /// They are equal.
    Equal,
}

/// Where a change was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ChangeSource {
    /// The output of nvd.
    Nvd,
    /// The output of dix.
    Dix,
    /// `nix store diff-closures` or `nixos-rebuild --diff`.
    DiffClosures,
    /// Two inputs compared here.
    Compared,
    /// `nix profile history`, or earlier reports of the same host.
    History,
    /// The plan alone: only the new version is known.
    Plan,
}

/// Size of two systems.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Closure {
    /// Bytes of the old system.
    pub old_bytes: Option<u64>,
    /// Bytes of the new system.
    pub new_bytes: Option<u64>,
    /// Difference in bytes.
    pub delta_bytes: Option<i64>,
    /// Store paths that only the new system has.
    pub paths_added: Option<u64>,
    /// Store paths that only the old system has.
    pub paths_removed: Option<u64>,
    /// The lines that it was read from.
    pub lines: Lines,
}

/// A flake input or channel that moved.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Input {
    /// Name as in `flake.lock`; nested names are joined by `/`.
    pub name: String,
    /// What happened to it.
    pub kind: InputKind,
    /// What it was.
    pub old: Option<InputRevision>,
    /// What it is.
    pub new: Option<InputRevision>,
    /// The lines that it was read from.
    pub lines: Lines,
}

impl Input {
    /// Days from the date of the old revision to that of the new one, negative if the input went
    /// back; `None` where not both dates are known.
    pub fn days(&self) -> Option<i64> {
        let day = |side: &Option<InputRevision>| day_number(side.as_ref()?.date.as_deref()?);
        Some(day(&self.new)? - day(&self.old)?)
    }
}

/// What happened to an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum InputKind {
    /// It points to another revision.
    Updated,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
}

/// What an input points to.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InputRevision {
    /// Flake reference or URL.
    pub url: Option<String>,
    /// Revision in full, as printed.
    pub rev: Option<String>,
    /// Date, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// For an input that follows another: its name.
    pub follows: Option<String>,
}

/// Something that failed.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Failure {
    /// Whether it is a cause rather than a consequence.
    pub root: bool,
    /// What sort of failure it is.
    pub class: FailureClass,
    /// Path of the derivation, if one failed.
    pub drv: Option<String>,
    /// Name of the derivation, without version.
    pub name: Option<String>,
    /// Version of the derivation.
    pub version: Option<String>,
    /// Exit status of the builder or command.
    pub exit_code: Option<i32>,
    /// For a consequence: path or name of the derivation that is its cause.
    pub caused_by: Option<String>,
    /// The systemd unit that failed.
    pub unit: Option<String>,
    /// What to do, as `article#heading`.
    pub remedy: Option<String>,
    /// The message, as the log has it, without decoration.
    pub message: String,
    /// The lines that show the error, as text.
    pub excerpt: Vec<String>,
    /// The number of each line of the excerpt.
    pub excerpt_lines: Vec<u32>,
    /// The line that says what went wrong, where one does.
    pub error_line: Option<u32>,
    /// What the derivation printed, as far as its lines are certainly its own. Of a log in which
    /// many builds take turns, only its last ranges.
    pub output: Lines,
    /// Values that help to mend it.
    pub details: FailureDetails,
    /// Where it stands.
    pub lines: Lines,
}

/// Values of a failure that help to mend it.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FailureDetails {
    /// Hash that the derivation states.
    pub specified: Option<String>,
    /// Hash that was found.
    pub got: Option<String>,
    /// Signal that ended the builder, such as `9 (Killed)`.
    pub signal: Option<String>,
    /// Position in an expression, as `file:line:column`.
    pub position: Option<String>,
    /// How many dependencies failed.
    pub dependencies: Option<u32>,
}

/// What sort of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum FailureClass {
    /// The builder exited with an error.
    BuilderExit,
    /// A download has another hash than stated.
    HashMismatch,
    /// The builder was ended by a signal.
    Killed,
    /// The memory was not enough.
    OutOfMemory,
    /// The disk was not large enough.
    DiskFull,
    /// It took longer than allowed, or was silent for too long.
    Timeout,
    /// Two packages want the same file.
    Collision,
    /// The licence is not allowed by the configuration.
    Unfree,
    /// The package is marked as insecure.
    Insecure,
    /// The package is marked as broken.
    Broken,
    /// An assertion of the configuration failed.
    Assertion,
    /// The evaluation failed.
    Evaluation,
    /// A value is defined by itself.
    InfiniteRecursion,
    /// An attribute is missing.
    MissingAttribute,
    /// A server could not be reached.
    Network,
    /// Another process holds a lock, or a lock file could not be written.
    Lock,
    /// The activation script failed.
    Activation,
    /// A systemd unit failed.
    UnitFailed,
    /// A dependency failed: a consequence.
    Dependency,
    /// Something else.
    Other,
}

/// A warning, counted.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Warning {
    /// Its text, without decoration.
    pub message: String,
    /// How often it stands in the log.
    pub count: u32,
    /// What sort of warning it is.
    pub class: WarningClass,
    /// Where it stands.
    pub lines: Lines,
}

/// What sort of warning it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum WarningClass {
    /// An option has another name now.
    RenamedOption,
    /// Something is deprecated or obsolete.
    Deprecated,
    /// The Git tree has uncommitted changes.
    DirtyTree,
    /// A download had to be tried again.
    Download,
    /// A substituter or its signature was not accepted.
    Substituter,
    /// A setting is unknown or not allowed.
    Setting,
    /// Two packages hold the same file.
    Collision,
    /// The configuration says something else.
    Configuration,
    /// Something else.
    Other,
}

/// What a switch did.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Activation {
    /// Units by what happened to them.
    pub units: Units,
    /// Where each list of units stands.
    pub unit_lines: UnitLines,
    /// Boot loader that was installed or updated, such as `systemd-boot`.
    pub bootloader: Option<String>,
    /// Where the boot loader is named.
    pub bootloader_lines: Lines,
    /// Its lines.
    pub lines: Lines,
}

/// Names of systemd units, such as `nginx.service`, by what happened to them, in log order.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Units {
    /// Stopped.
    pub stopped: Vec<String>,
    /// Started.
    pub started: Vec<String>,
    /// Restarted.
    pub restarted: Vec<String>,
    /// Reloaded.
    pub reloaded: Vec<String>,
    /// Changed, and left running.
    pub not_restarted: Vec<String>,
    /// New, and started.
    pub new: Vec<String>,
    /// Failed.
    pub failed: Vec<String>,
}

/// Where each list of [`Units`] stands.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnitLines {
    /// Of the stopped ones.
    pub stopped: Lines,
    /// Of the started ones.
    pub started: Lines,
    /// Of the restarted ones.
    pub restarted: Lines,
    /// Of the reloaded ones.
    pub reloaded: Lines,
    /// Of those left running.
    pub not_restarted: Lines,
    /// Of the new ones.
    pub new: Lines,
    /// Of the failed ones.
    pub failed: Lines,
}

/// The system that a run made.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct System {
    /// Store path; only where the log says that it exists.
    pub path: Option<String>,
    /// Version label, such as `24.11.20250313.abcdef0`.
    pub label: Option<String>,
    /// Number of the generation.
    pub generation: Option<u64>,
    /// The lines that it was read from.
    pub lines: Lines,
}

/// Whether to reboot.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reboot {
    /// The answer.
    pub verdict: RebootVerdict,
    /// What speaks for it.
    pub reasons: Vec<RebootReason>,
}

/// Whether to reboot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum RebootVerdict {
    /// Yes.
    Needed,
    /// It is wise to.
    Advised,
    /// Nothing in the log asks for it.
    NoSign,
    /// The log does not tell.
    Unknown,
}

/// Something that speaks for a reboot.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RebootReason {
    /// In plain words, such as `linux 6.12.18 -> 6.12.19`.
    pub what: String,
    /// The lines that it was read from.
    pub lines: Lines,
}

/// What garbage collection freed.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Garbage {
    /// Bytes freed.
    pub freed_bytes: Option<u64>,
    /// Store paths deleted.
    pub paths_deleted: Option<u64>,
    /// The lines that it was read from.
    pub lines: Lines,
}
