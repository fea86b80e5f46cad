//! Figures of articles: drawn from the sample when the site is built, and from the reader's own
//! report beside it.

// With their paths, since the build script reads this file too, from another folder.
#[path = "figure/bars.rs"]
mod bars;
#[path = "figure/boxes.rs"]
mod boxes;
#[path = "figure/plan.rs"]
mod plan;
#[path = "figure/svg.rs"]
mod svg;

/// What figures show of a run. Numbers that are unknown are left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Name of the system without its hash, such as `nixos-system-desk-26.05`.
    pub system: Option<String>,
    /// A package whose version changed.
    pub package: Option<Package>,
    /// Number of the new generation.
    pub generation: Option<u64>,
    /// Builds that made configuration files.
    pub configuration: u64,
    /// Builds of software.
    pub software: u64,
    /// Other builds, such as downloads of sources.
    pub other: u64,
    /// Paths that were copied from a cache.
    pub fetched: u64,
    /// Stages in the order of their start, where a clock tells.
    pub stages: Vec<Bar>,
    /// The longest builds, where a clock tells.
    pub builds: Vec<Bar>,
}

/// A package in two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// The version before.
    pub old: String,
    /// The version after.
    pub new: String,
}

/// Something that took time.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What it is.
    pub name: String,
    /// How long it took, in words.
    pub time: String,
    /// Seconds from the start of the run to its start.
    pub from_s: f64,
    /// Seconds that it took at least.
    pub low_s: f64,
    /// Seconds that it took at most.
    pub high_s: f64,
}

/// All figures, by the names that articles use.
pub const FIGURES: [&str; 5] = ["generations", "plan", "stages", "store", "timeline"];

/// The figure as SVG with a text in its place for those who do not see it; `None` for a name that
/// is none, and where the run does not tell enough.
pub fn draw(name: &str, facts: &Facts) -> Option<String> {
    match name {
        "generations" => Some(boxes::generations(facts)),
        "plan" => plan::draw(facts),
        "stages" => bars::draw("Stages of the run", &facts.stages),
        "store" => boxes::store(facts),
        "timeline" => bars::draw("The longest builds", &facts.builds),
        _ => None,
    }
}
