//! What the page asks for while a person shares a report, and what it is told.
//!
//! The page knows no kinds of private things and no patterns: what the program found, the page
//! shows and hands back as it is.

#[cfg(feature = "making")]
mod answer;

use analyzer::report::LinkLevel;
use serde::{Deserialize, Serialize};

#[cfg(feature = "making")]
pub use answer::answer;

/// What the page asks for. The bytes of the report follow, in the form of postcard, but for
/// [`Request::Draw`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// What is private in the report: [`Found`].
    Find {
        /// What was found in the text of the log, as the program gave it; empty for a report
        /// without a log.
        names: Vec<u8>,
    },
    /// Links without what is private: [`Made`].
    Make {
        /// What to mask.
        masked: Vec<Packed>,
    },
    /// The report without what is private, in the form of postcard, whole as a file may hold it.
    Mask {
        /// What to mask.
        masked: Vec<Packed>,
    },
    /// The QR code of a text: [`Option<String>`] with the text of an SVG file; none if the text
    /// is too long.
    Draw {
        /// The text.
        text: String,
    },
}

/// A private thing in the form that only the program knows.
pub type Packed = Vec<u8>;

/// What is private in a report, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The kinds of which there is something, the most delicate first.
    pub groups: Vec<Group>,
}

/// Private things of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// What they are, in the plural: `User names`.
    pub label: String,
    /// What that means, in a sentence.
    pub sentence: String,
    /// The things; there is at least one.
    pub items: Vec<Private>,
}

/// A private thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Private {
    /// The thing itself.
    pub text: String,
    /// What stands in its place when it is masked.
    pub replacement: String,
    /// How often it stands in the report.
    pub count: u32,
    /// The same for the program.
    pub packed: Packed,
}

/// A link that holds a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its fragment, without `#`.
    pub fragment: String,
    /// The bytes in it, which are encrypted where there is a password.
    pub frame: Vec<u8>,
    /// How much it carries: less than was asked for if that is more than links can hold.
    pub level: LinkLevel,
}

/// Links that hold a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// A link of each level, the smallest first.
    pub links: Vec<Link>,
    /// The sentences of the verdict as they will be read, each with the index of its run.
    pub sentences: Vec<(u32, String)>,
}
