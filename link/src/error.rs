//! What can be wrong with a link.

use alloc::vec::Vec;
use core::fmt;

use crate::digits;

/// What is missing of a link that was cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Characters that the link should have.
    pub expected_len: u32,
    /// Characters that it has.
    pub len: u32,
}

/// What is said of a link that was cut, before, between and behind its two numbers.
const PARTS: [&str; 3] = [
    "This link was cut: ",
    " of its ",
    " characters are here. What they hold is shown; the rest is missing.",
];

impl Damage {
    /// The sentence on it, in UTF-8.
    pub(crate) fn sentence(self) -> Vec<u8> {
        let mut sentence = PARTS[0].as_bytes().to_vec();
        for (number, part) in [(self.len, PARTS[1]), (self.expected_len, PARTS[2])] {
            digits::put(&mut sentence, u64::from(number), 1);
            sentence.extend_from_slice(part.as_bytes());
        }
        sentence
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [before, between, behind] = PARTS;
        write!(f, "{before}{}{between}{}{behind}", self.len, self.expected_len)
    }
}

/// Why nothing could be read from a link.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OpenError {
    /// It holds no report.
    NotALink,
    /// It was made by a newer version, whose number this is.
    Newer(u32),
    /// It was cut, and nothing is left that could be shown.
    Cut,
    /// A character was changed, or it was made by another program.
    Changed,
    /// It is encrypted: ask for the password, and open what is inside.
    NeedsPassword,
    /// The password is another one, or what is encrypted was changed.
    WrongPassword,
    /// It holds more than any link of ours.
    TooLarge,
    /// The tables that it needs are not those that were loaded.
    OtherTables,
}

impl OpenError {
    /// The sentence on it.
    pub fn sentence(&self) -> &'static str {
        match self {
            Self::NotALink => "This is no link that holds a report: such a link has `#r1` in it.",
            Self::Newer(_) => "This link was made by a newer version. Reload the page to get it.",
            Self::Cut => "This link was cut, and too little of it is left. Copy it again, whole.",
            Self::Changed => {
                "This link was changed on its way: a character is not what it was. \
                 Copy it again."
            }
            Self::NeedsPassword => "This link needs a password.",
            Self::WrongPassword => "This password does not open the link.",
            Self::TooLarge => "This link claims to hold more than a report can.",
            Self::OtherTables => {
                "The tables that links are read with did not load. Reload the page."
            }
        }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence())
    }
}

impl core::error::Error for OpenError {}
