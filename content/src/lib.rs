//! Articles as checked data.
//!
//! An article is one file `articles/<slug>.md`.
//! The build script checks all of them and turns them into constants, so a broken
//! article is a failed build, and no Markdown is read in the browser.
//! `README.md` describes the form of an article.
//!
//! ```
//! let note = content::for_section("builds").unwrap();
//! let mut values = |name: &str| match name {
//!     "built" => Some(content::Value::Count(54)),
//!     _ => None,
//! };
//! let paragraphs = content::fill(note.new, &values);
//! assert!(!paragraphs.is_empty());
//! assert!(content::article(note.article).is_some());
//! ```

mod article;
pub mod figure;
mod fill;
#[cfg(feature = "html")]
pub mod html;
mod mention;
mod value;

#[cfg(feature = "html")]
pub use article::Term;
pub use article::{Article, Heading, Note, Paragraph, Piece, Place};
pub use fill::{Run, Style, Value, applies, fill, fill_value};
pub use mention::Mentions;
pub use value::{CODES, Kind, SECTIONS, VALUES, ValueName};

mod generated {
    //! What the build script wrote.

    #[cfg(feature = "html")]
    use crate::Term;
    use crate::{Article, Heading, Note, Piece, Place};

    include!(concat!(env!("OUT_DIR"), "/articles.rs"));
}

/// The names of the months, as dates are written.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// All articles, in the order in which a beginner reads them.
pub const ARTICLES: &[Article] = generated::ARTICLES;

/// The terms that are linked to the glossary where a text mentions them, the longest first: name
/// and id. Those that often mean something else are not among them.
pub const LINKED_TERMS: &[(&str, &str)] = generated::LINKED_TERMS;

/// The article of this slug.
pub fn article(slug: &str) -> Option<&'static Article> {
    ARTICLES.iter().find(|article| article.slug == slug)
}

/// The margin note that stands beside a section of the report.
pub fn for_section(section: &str) -> Option<&'static Note> {
    ARTICLES.iter().flat_map(|article| article.notes).find(|note| note.section == section)
}

/// Where a finding is explained.
pub fn for_code(id: &str) -> Option<Place> {
    let codes = ARTICLES.iter().flat_map(|article| article.codes);
    codes.copied().find(|(code, _)| *code == id).map(|(_, place)| place)
}

/// Headings that moved, as they were and as they are: links to reports hold the former.
const MOVED: [(&str, &str); 3] = [
    ("derivations-and-generations#when-it-fails", "failed-builds#first"),
    ("derivations-and-generations#no-clock", "good-logs#no-clock"),
    (
        "derivations-and-generations#why-a-version-changes",
        "channels-and-flakes#why-a-version-changes",
    ),
];

/// The place that `slug` or `slug#heading` names or named, if both exist.
pub fn place(reference: &str) -> Option<Place> {
    let moved = MOVED.iter().find(|(before, _)| *before == reference);
    let reference = moved.map_or(reference, |(_, now)| now);
    let (slug, heading) = reference.split_once('#').unwrap_or((reference, ""));
    let article = article(slug)?;
    if heading.is_empty() {
        return Some(Place { slug: article.slug, heading: None });
    }
    let heading = article.headings.iter().find(|known| known.id == heading)?;
    Some(Place { slug: article.slug, heading: Some(heading.id) })
}

/// The definition of a term, such as `closure`.
#[cfg(feature = "html")]
pub fn term(name: &str) -> Option<&'static Term> {
    ARTICLES.iter().flat_map(|article| article.terms).find(|term| term.name == name)
}
