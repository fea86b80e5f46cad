//! How much of a report a link carries.

/// How much of a report a link carries; each level has all that the one before it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// What the verdict says.
    Verdict,
    /// Also what changed.
    Changes,
    /// Also what was built and what failed.
    Full,
}

impl Level {
    /// All levels, the smallest first.
    pub const ALL: [Self; 3] = [Self::Verdict, Self::Changes, Self::Full];
}
