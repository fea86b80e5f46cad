//! Turns the bytes of a NixOS rebuild log into a [`Report`].
//!
//! ```
//! let mut analyzer = analyzer::Analyzer::default();
//! analyzer.feed(b"building the system configuration...\nthese 2 derivations ");
//! analyzer.feed(b"will be built:\n");
//! let report = analyzer.finish();
//! assert_eq!(report.source.lines, 2);
//! ```
//!
//! Any bytes give a report, and the same bytes give the same report however they are
//! cut into chunks. There is no I/O in here, no clock, no thread and no browser.

mod analyzer;
pub mod ansi;
mod build_times;
mod change;
pub mod compare;
mod diagnostic;
pub mod encoding;
pub mod envelope;
mod family;
mod hosts;
pub mod inventory;
mod kind;
pub mod line;
mod listing;
mod message;
mod model;
mod moment;
mod progress;
mod reader;
#[cfg(test)]
#[path = "../tests/support/real_logs.rs"]
mod real_logs;
mod recognise;
pub mod report;
mod shortcut;
mod sorting;
pub mod store_path;
mod streams;
pub mod timestamp;
pub mod version;

pub use analyzer::{Analyzer, Progress, Reading};
pub use diagnostic::command_again;
pub use model::users_in_plan;
pub use report::Report;
