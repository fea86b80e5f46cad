//! A listing of store paths, as opposed to the log of a run.

use super::Lines;

/// A listing of store paths.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Listing {
    /// What it lists.
    pub kind: ListingKind,
    /// Distinct store paths.
    pub paths: u32,
    /// Bytes of all of them together, where the listing tells.
    pub bytes: Option<u64>,
    /// The lines that it was read from.
    pub lines: Lines,
}

/// What a listing lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ListingKind {
    /// Store paths, as `nix-store -qR` and `nix path-info` print them.
    Paths,
    /// Derivations with what they need: `nix derivation show -r`.
    Derivations,
    /// Store paths and which of them refer to which: `nix-store -q --graph`.
    Graph,
    /// The same as a tree: `nix-store -q --tree`.
    Tree,
    /// How one path comes to need another: `nix why-depends`.
    WhyDepends,
    /// What one build printed: `nix log`.
    BuildLog,
}
