//! How many things there were, where a link leaves out the things themselves.

use super::Direction;

/// How much a run had of what was left out of it by [`Report::at_level`](super::Report::at_level).
/// A field is `None`, or empty, where nothing of its kind was left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Counts {
    /// All derivations of the run, those that are still listed among them.
    pub derivations: Option<DerivationCounts>,
    /// What was copied, for each store or, with no store named, for all together.
    pub stores: Vec<StoreCounts>,
    /// All changes of the run.
    pub changes: Option<ChangeCounts>,
    /// All flake inputs and channels that moved.
    pub inputs: Option<u32>,
    /// All failures of the run.
    pub failures: Option<FailureCounts>,
    /// All warnings of the run.
    pub warnings: Option<WarningCounts>,
    /// All units that the switch touched.
    pub units: Option<UnitCounts>,
}

/// Derivations by how far they came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DerivationCounts {
    /// Announced and not seen to start, or not known.
    pub planned: u32,
    /// Started, with an unknown end.
    pub building: u32,
    /// Built.
    pub built: u32,
    /// Failed by themselves.
    pub failed: u32,
    /// Not built because something that they need failed.
    pub blocked: u32,
    /// Files made from the configuration, among those that are building, built or failed.
    pub configuration: u32,
}

/// What was copied from or to a store.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StoreCounts {
    /// Address of the store; `None` where the log names none, or where all stores are counted
    /// together.
    pub store: Option<String>,
    /// The direction of the copies, seen from this machine's store.
    pub direction: Direction,
    /// Paths that were copied.
    pub copied: u32,
    /// Paths that were announced and not seen to be copied.
    pub planned: u32,
    /// Paths whose copy failed.
    pub failed: u32,
    /// Copied paths of which the log gives the size.
    pub sized: u32,
    /// Bytes of those together.
    pub bytes: u64,
    /// How often a copy was tried again.
    pub retries: u32,
}

/// Changes by what happened. Each is counted once, except that `major` and `downgraded` are among
/// `versions`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangeCounts {
    /// Software with another version.
    pub versions: u32,
    /// Software of which the first part of the version grew.
    pub major: u32,
    /// Software with an older version.
    pub downgraded: u32,
    /// Software that is new.
    pub added: u32,
    /// Software that is gone.
    pub removed: u32,
    /// Software with one version or copy more or less, or built again with the same version.
    pub same: u32,
    /// What is made from the configuration, whatever happened to it.
    pub configuration: u32,
    /// Those among all of these that only the plan tells of.
    pub planned: u32,
}

/// Failures by whether they are causes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FailureCounts {
    /// Causes.
    pub causes: u32,
    /// Consequences.
    pub consequences: u32,
}

/// Warnings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WarningCounts {
    /// Different ones.
    pub different: u32,
    /// All of them.
    pub total: u64,
}

/// Units by what happened to them, as in [`Units`](super::Units).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnitCounts {
    /// Stopped.
    pub stopped: u32,
    /// Started.
    pub started: u32,
    /// Restarted.
    pub restarted: u32,
    /// Reloaded.
    pub reloaded: u32,
    /// Changed, and left running.
    pub not_restarted: u32,
    /// New, and started.
    pub new: u32,
    /// Failed.
    pub failed: u32,
}
