//! What stands on each side of a comparison, and its form in the address bar.

use super::SharedLink;

/// Stands between the links of both sides: no link has it.
const BETWEEN: char = '~';

/// Writes the links of both sides, `r1…~r1…`; empty if there are none.
pub(super) fn to_fragment(sides: &[Side; 2]) -> String {
    let [old, new] = sides.each_ref().map(|side| match side {
        Side::Link(link) => link.as_str(),
        _ => "",
    });
    if old.is_empty() && new.is_empty() {
        return String::new();
    }
    [old, new].join(&BETWEEN.to_string())
}

/// Puts the links of a fragment on their sides; what else it says is passed over.
pub(super) fn take_fragment(sides: &mut [Side; 2], fragment: &str) {
    let (old, new) = fragment.split_once(BETWEEN).unwrap_or((fragment, ""));
    for (side, link) in sides.iter_mut().zip([old, new]) {
        if let Some(link) = SharedLink::in_fragment(link) {
            *side = Side::Link(link);
        }
    }
}

/// What stands on a side of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Nothing yet.
    #[default]
    Empty,
    /// One of the files that were handed in, in the order in which they came. Starts at `0`.
    File(u32),
    /// A sample, by its id.
    Sample(String),
    /// A report that is kept on this device, by its number.
    Kept(u32),
    /// A shared report. It stands in the fragment, as in all links to reports.
    Link(SharedLink),
}

/// Which side of a comparison is the older one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SideOrder {
    /// What the dates in both say, and where they say nothing the first.
    #[default]
    ByDates,
    /// The one that the person put there.
    Chosen,
}

impl Side {
    /// Formats it: `file.0` or `sample.fetch-heavy`; empty for nothing.
    pub fn to_value(&self) -> String {
        match self {
            Self::Empty | Self::Link(_) => String::new(),
            Self::File(index) => ["file.", &index.to_string()].concat(),
            Self::Sample(id) => ["sample.", id].concat(),
            Self::Kept(id) => ["kept.", &id.to_string()].concat(),
        }
    }

    /// The part of an address that shows the text of it: `file=0`; `None` where there is none.
    pub fn text_query(&self) -> Option<String> {
        match self {
            Self::Empty | Self::Kept(_) | Self::Link(_) => None,
            Self::File(_) | Self::Sample(_) => Some(self.to_value().replacen('.', "=", 1)),
        }
    }

    /// Reads what [`Self::to_value`] writes; nothing for anything else.
    pub fn from_value(value: &str) -> Self {
        match value.split_once('.') {
            Some(("file", index)) => index.parse().map_or(Self::Empty, Self::File),
            Some(("kept", id)) => id.parse().map_or(Self::Empty, Self::Kept),
            Some(("sample", id)) if !id.is_empty() => Self::Sample(id.to_owned()),
            _ => Self::Empty,
        }
    }
}

impl SideOrder {
    pub(super) fn value(self) -> &'static str {
        match self {
            Self::ByDates => "",
            Self::Chosen => "chosen",
        }
    }

    pub(super) fn from_value(value: &str) -> Self {
        if value == "chosen" { Self::Chosen } else { Self::ByDates }
    }
}
