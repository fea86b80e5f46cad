//! Where the old versions of a log come from that compares nothing, and its form in the address.

/// Where the old versions come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Since {
    /// From the last kept report of the same host, if there is one.
    #[default]
    SameHost,
    /// From nowhere: only the new versions are shown.
    Nowhere,
    /// From the kept report of this number.
    Kept(u32),
}

impl Since {
    /// Formats it: `nothing` or `kept.3`; empty for the default.
    pub fn to_value(self) -> String {
        match self {
            Self::SameHost => String::new(),
            Self::Nowhere => "nothing".to_owned(),
            Self::Kept(id) => ["kept.", &id.to_string()].concat(),
        }
    }

    /// Reads what [`Self::to_value`] writes; the default for anything else.
    pub fn from_value(value: &str) -> Self {
        if value == "nothing" {
            return Self::Nowhere;
        }
        let id = value.strip_prefix("kept.").and_then(|id| id.parse().ok());
        id.map_or(Self::SameHost, Self::Kept)
    }
}
