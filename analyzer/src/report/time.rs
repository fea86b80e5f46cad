//! How long things took, and how that is known.

use super::Lines;

/// A length of time with the reason why it is known.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Span {
    /// The best single value, in seconds.
    pub total_s: Option<f64>,
    /// Lower bound that the log supports, in seconds.
    pub low_s: Option<f64>,
    /// Upper bound that the log supports, in seconds.
    pub high_s: Option<f64>,
    /// How it is known.
    pub grade: Grade,
    /// Start, RFC 3339; without an offset where the log has none.
    pub from: Option<String>,
    /// End, RFC 3339; without an offset where the log has none.
    pub to: Option<String>,
    /// The reason in plain words, such as `ts stamps on the first and the last line`.
    pub because: String,
    /// The lines that it was read from; empty where nothing is known.
    pub lines: Lines,
}

impl Span {
    /// A time of which nothing is known, with the reason for that.
    pub fn unknown(because: &str) -> Self {
        Self {
            total_s: None,
            low_s: None,
            high_s: None,
            grade: Grade::Unknown,
            from: None,
            to: None,
            because: because.to_owned(),
            lines: Lines::default(),
        }
    }
}

/// How a time is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Grade {
    /// A clock on the lines themselves.
    Stamped,
    /// A program printed it.
    Stated,
    /// Follows from the structure of the log.
    Bounded,
    /// The log does not say.
    Unknown,
}

/// A part of a run, in the order in which it happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Stage {
    /// Channels or flake inputs are updated.
    UpdateInputs,
    /// The configuration is evaluated to derivations.
    Evaluate,
    /// Store paths are copied from substituters.
    Fetch,
    /// Derivations are built.
    Build,
    /// The new configuration is switched to.
    Activate,
}

/// How long a stage took. Fetching and building overlap.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StageTime {
    /// Which stage.
    pub stage: Stage,
    /// Seconds from the start of the run to the start of the stage, where a clock tells.
    pub from_s: Option<f64>,
    /// Its time; the lines are those of the stage.
    pub time: Span,
}

/// How the builds of a run lie beside each other.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Timeline {
    /// Whether positions are times or only log order.
    pub axis: Axis,
    /// The most builds seen at once.
    pub slots: Option<u32>,
    /// Derivation paths of the longest chain, first to last.
    pub chain: Vec<String>,
    /// Length of the longest chain in seconds.
    pub chain_s: Option<f64>,
    /// Whether the edges of the chain are inferred rather than read.
    pub chain_inferred: bool,
    /// The shortest time in which this run could have built, in seconds.
    pub lower_bound_s: Option<f64>,
    /// What the lower bound comes from.
    pub binds: Option<Binds>,
    /// Which derivations are made of which, directly or not, where the log itself says so: indices
    /// in the run's derivations, first that of what is made, then that of its input. Sorted, each
    /// once; at most 10,000, the first of them.
    #[cfg_attr(feature = "serde", serde(default))]
    pub edges: Vec<[u32; 2]>,
}

impl Timeline {
    /// A timeline of which only the order of lines is known.
    pub fn of_order() -> Self {
        Self {
            axis: Axis::Order,
            slots: None,
            chain: Vec::new(),
            chain_s: None,
            chain_inferred: false,
            lower_bound_s: None,
            binds: None,
            edges: Vec::new(),
        }
    }
}

/// What the positions on a timeline mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Axis {
    /// Seconds by a clock.
    Time,
    /// Order of lines; the log has no clock.
    Order,
}

/// What keeps a run from being shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Binds {
    /// The longest chain of builds that wait for each other.
    Chain,
    /// The number of builds that may run at once.
    Slots,
}
