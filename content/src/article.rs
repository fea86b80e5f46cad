//! The form of an article after the build.

/// One concept, explained.
#[derive(Debug)]
pub struct Article {
    /// Name in URLs: `learn/<slug>/`.
    pub slug: &'static str,
    /// Heading of the article.
    pub title: &'static str,
    /// The day on which it last said something new, as `2026-11-22`.
    #[cfg(feature = "html")]
    pub updated: &'static str,
    /// One sentence that says what the article answers.
    #[cfg(feature = "html")]
    pub description: &'static str,
    /// Place in the list of articles, ascending.
    #[cfg(feature = "html")]
    pub sort_order: u32,
    /// What stands beside the sections of the report that the article explains.
    pub notes: &'static [Note],
    /// Findings that the article explains, each with the place where it does.
    pub codes: &'static [(&'static str, Place)],
    /// Terms that the article defines, by name.
    #[cfg(feature = "html")]
    pub terms: &'static [Term],
    /// Headings, in order.
    pub headings: &'static [Heading],
    /// The version that the text was checked with, such as `Nix 2.34`.
    #[cfg(feature = "html")]
    pub checked_with: &'static str,
}

/// The heart of an article for the margin of a section.
#[derive(Debug)]
pub struct Note {
    /// Slug of the article that says more.
    pub article: &'static str,
    /// The section that it stands beside: one of [`SECTIONS`](crate::SECTIONS).
    pub section: &'static str,
    /// Heading of the article that "read more" leads to, if not its start.
    pub heading: Option<&'static str>,
    /// Title of the note.
    pub title: &'static str,
    /// For a reader who is new to Nix.
    pub new: &'static [Paragraph],
    /// For a reader who knows Nix.
    pub knows: &'static [Paragraph],
}

/// A paragraph with places for the reader's own numbers.
pub type Paragraph = &'static [Piece];

/// A part of a paragraph. Names are those of [`VALUES`](crate::VALUES).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Plain text.
    Text(&'static str),
    /// A command, a path or a name.
    Code(&'static str),
    /// Text with weight.
    Strong(&'static str),
    /// A value in words.
    Value {
        /// Which one.
        name: &'static str,
        /// What stands there while the value is unknown. It holds no digit.
        default: &'static str,
    },
    /// A count with the words that agree with it. `#` stands for the number.
    Plural {
        /// Which one.
        name: &'static str,
        /// What stands there while the value is unknown. It holds no digit.
        default: &'static str,
        /// For none. Empty where the text is inside a condition on the same value.
        zero: &'static str,
        /// For one.
        one: &'static str,
        /// For more.
        many: &'static str,
    },
    /// Pieces that appear only if a condition applies, as [`applies`](crate::applies) reads it.
    When {
        /// `built`, or `outcome=failed`; with `!` in front for the opposite.
        condition: &'static str,
        /// What appears then.
        pieces: &'static [Piece],
    },
}

/// Where something is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Slug of the article.
    pub slug: &'static str,
    /// Id of the heading, if not the start of the article.
    pub heading: Option<&'static str>,
}

/// A heading of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Level: 2 for a section, 3 for a part of one.
    #[cfg(feature = "html")]
    pub level: u8,
    /// Its id in the HTML.
    pub id: &'static str,
    /// Its text.
    #[cfg(feature = "html")]
    pub text: &'static str,
}

/// A term with its definition.
#[cfg(feature = "html")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The term, as it stands within a sentence.
    pub name: &'static str,
    /// Its id in the glossary, such as `store-path`.
    pub id: &'static str,
    /// One or two sentences.
    pub definition: &'static str,
}
