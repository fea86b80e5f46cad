//! What was built and what was copied.

use super::{Lines, Span};

/// A derivation that the log names as planned, started, finished or failed.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Derivation {
    /// Full path of the `.drv`; `None` where the log only gives a name.
    pub drv: Option<String>,
    /// Name without version.
    pub name: String,
    /// Version, if the name has one.
    pub version: Option<String>,
    /// What sort of thing it makes.
    pub kind: DerivationKind,
    /// Whether a plan lists it.
    pub planned: bool,
    /// Whether a line says that its build began.
    pub started: bool,
    /// How far it came.
    pub status: DerivationStatus,
    /// Remote builder, if one is named, such as `ssh://builder`.
    pub host: Option<String>,
    /// How long the build took.
    pub time: Option<Span>,
    /// Seconds from the start of the run to the start of the build.
    pub from_s: Option<f64>,
    /// Seconds by which the run would shrink at least if this build took none, as when it came from
    /// a cache: so long nothing else was going on.
    pub drag_s: Option<f64>,
    /// The longest time in which it printed nothing, if that is more than five minutes.
    pub silence: Option<Silence>,
    /// For a cascade: path of the derivation at its root.
    pub caused_by_input: Option<String>,
    /// Phases of the build that the log shows, in order.
    pub phases: Vec<Phase>,
    /// Lines of build output that are certainly its own.
    pub log_lines: u32,
    /// Why it was built rather than fetched, if there is a sign.
    pub why_built: Option<WhyBuilt>,
    /// Where it is planned, started and failed.
    pub lines: Lines,
}

/// What sort of thing a derivation makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum DerivationKind {
    /// A package.
    Software,
    /// A file made from the configuration: units, `etc`, environment.
    Configuration,
    /// A source tree or archive.
    Source,
    /// A patch.
    Patch,
    /// A kernel, its modules or an initial ram disk.
    KernelOrInitrd,
    /// The system itself.
    System,
    /// Something else.
    Other,
}

/// How far a derivation came. No message in a human log says that a build succeeded:
/// it is `built` where the end of the run, a dependant or a tool says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum DerivationStatus {
    /// Announced, not seen to start.
    Planned,
    /// Started; the log does not tell how it ended.
    Building,
    /// Built.
    Built,
    /// Failed by itself.
    Failed,
    /// Not built because something that it needs failed.
    Blocked,
    /// Nothing is known.
    Unknown,
}

/// A time in which a build printed nothing.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Silence {
    /// How long it was, in seconds.
    pub seconds: f64,
    /// The line before it and the line after it.
    pub lines: Lines,
}

/// A phase of a build, as stdenv names them.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Phase {
    /// Name, such as `buildPhase`.
    pub name: String,
    /// How long it took.
    pub time: Option<Span>,
    /// Where it begins.
    pub lines: Lines,
}

/// Why a derivation was built here.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WhyBuilt {
    /// The likely reason.
    pub guess: WhyBuiltGuess,
    /// How sure that is.
    pub confidence: Confidence,
    /// The sign that it was read from, in plain words.
    pub because: String,
}

/// A reason to build rather than fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum WhyBuiltGuess {
    /// Made from this machine's own configuration; no cache can have it.
    LocalConfiguration,
    /// Unfree, or built with CUDA; the public cache does not build it.
    UnfreeOrCuda,
    /// It was planned to be fetched, and the fetch failed.
    FetchFailed,
    /// Marked to be built locally, as wrappers and small scripts are.
    PreferLocalBuild,
    /// A package that an overlay or an override changed, or that wraps the package of its name.
    Override,
    /// Made from a source of its own, such as the repository of a flake input.
    OwnSource,
    /// Made for another kind of machine; the public cache has few such packages.
    OtherSystem,
    /// A download that something that is built here is made of.
    Source,
    /// nixpkgs is so new that the public cache may not have been filled yet.
    AheadOfCache,
    /// A cache did not answer, or Nix was not allowed to ask it.
    CacheNotAsked,
    /// It is made of something that is built here.
    Dependency,
    /// The cache does not have it, and the log does not say why.
    NotInCache,
}

/// How sure a guess is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Confidence {
    /// The log says it.
    Certain,
    /// The name or the surroundings say it.
    Likely,
    /// It fits, and little speaks for it.
    Possible,
}

/// A store path that was copied, or was planned to be.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fetch {
    /// Full store path; `None` where the log only gives a name.
    pub path: Option<String>,
    /// Name without version.
    pub name: String,
    /// Version, if the name has one.
    pub version: Option<String>,
    /// Output, such as `dev`, where the evidence says that the suffix is one.
    pub output: Option<String>,
    /// Into this store or out of it.
    pub direction: Direction,
    /// The other store, such as `https://cache.nixos.org`.
    pub store: Option<String>,
    /// Size of the download.
    pub bytes: Option<u64>,
    /// How often it was tried again.
    pub retries: u32,
    /// How far it came.
    pub status: FetchStatus,
    /// Where it is planned and copied.
    pub lines: Lines,
}

/// The direction of a copy, seen from this store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Direction {
    /// A download.
    From,
    /// An upload.
    To,
}

/// How far a copy came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum FetchStatus {
    /// Announced, not seen to start.
    Planned,
    /// Copied, or at least begun: a human log has no line for the end.
    Copied,
    /// Failed.
    Failed,
}
