//! What the page asks for when it wants a document.
//!
//! A request is the name of a form, for some versions a [`Selection`] after it, and then the bytes
//! of the report, each in the form of postcard. The answer is the text of the document or the
//! sentence on why there is none, as `Result<String, String>`.

#[cfg(feature = "export")]
mod answer;

use serde::{Deserialize, Serialize};

#[cfg(feature = "export")]
pub use answer::answer;

/// What the name of the form begins with where a [`Selection`] follows.
const OF_SELECTION: &str = "versions-";

/// Some of the version changes of a run, as a person looks at them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// Index of the run in the report.
    pub run: u32,
    /// Sentences that stand above the table.
    pub intro: String,
    /// The changes in groups.
    pub sections: Vec<Section>,
}

/// Version changes below one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The heading; empty for none.
    pub title: String,
    /// Indices of the changes in the run.
    pub changes: Vec<u32>,
}

/// The start of a request for the whole report, in the form with this name, as
/// `share::export::Format` has them.
pub fn of_report(form: &str) -> Vec<u8> {
    postcard::to_allocvec(form).unwrap_or_default()
}

/// The start of a request for some versions, in the form `markdown`, `csv` or `json`.
pub fn of_versions(form: &str, selection: &Selection) -> Vec<u8> {
    let form = [OF_SELECTION, form].concat();
    postcard::to_allocvec(&(form, selection)).unwrap_or_default()
}
