//! Turns a report into documents.

pub mod csv;
pub mod document;
mod english;
mod format;
mod html;
mod markdown;
#[cfg(feature = "export_program")]
pub mod module;
mod nvd;
mod plain;
mod present;
mod trace;
pub mod versions;
mod words;

pub use format::{Format, export};
pub use html::html;
pub use nvd::nvd;
pub use plain::{is_plain, plain};
pub use present::present;
pub use trace::{NoTimes, trace};
pub use versions::Section;

use analyzer::Report;

/// The whole report as Markdown, for a forum or a pull request.
pub fn markdown(report: &Report) -> String {
    markdown::render(&present(report))
}
