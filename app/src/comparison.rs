//! What the program that compares gives to the page.

use std::sync::Arc;

use analyzer::Report;
use analyzer::report::Lines;
use serde::{Deserialize, Serialize};

use crate::summary::time::Known;

/// Two inputs beside each other. All lines are those of both, as if the old one stood before the
/// new one in one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// What changed from one to the other, as `rebuildscope diff` has it.
    pub report: Report,
    /// What each side is, in a few words: the old one and the new one.
    pub sides: [String; 2],
    /// How many lines the old one has.
    pub old_lines: u32,
    /// Whether what is taken for the old one is newer, by what both say of themselves.
    pub is_reversed: bool,
    /// What to know first.
    pub sentences: Vec<Sentence>,
    /// Why the two may not be comparable, or what is missing.
    pub hints: Vec<String>,
    /// What cannot be told from such inputs.
    pub notes: Vec<String>,
    /// Tables of both sides, the most important first.
    pub parts: Vec<Part>,
    /// The bytes that all this came in: the report stands first in them, so that programs beside
    /// the page take them for it.
    #[serde(skip)]
    pub bytes: Arc<[u8]>,
}

/// A sentence with the lines that prove it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// The sentence.
    pub text: String,
    /// Its lines.
    pub lines: Lines,
}

/// A table with the old side and the new one beside each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its heading.
    pub title: String,
    /// What to know before its rows; may be empty.
    pub lede: String,
    /// Whose words the names of its rows are.
    pub names: Names,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// Whose words something is named in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Names {
    /// In those of this program.
    Ours,
    /// In those of a log.
    Quoted,
}

/// How much of a report a side has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Extent {
    /// All of it.
    Whole,
    /// A part, as by a link of a lower level or one that was cut.
    Part,
}

/// A row of a [`Part`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What it is of.
    pub name: String,
    /// The old side and the new one.
    pub sides: [Cell; 2],
    /// How far the new one is from the old one; empty where that has no meaning or is not known.
    pub difference: String,
}

/// What one side says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The value; empty where there is none.
    pub text: String,
    /// How it is known, where that needs a word.
    pub known: Option<Known>,
    /// Its lines.
    pub lines: Lines,
}
