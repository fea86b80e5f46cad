//! The page and its worker.

pub mod protocol;

#[cfg(feature = "page")]
pub mod browser;
#[cfg(feature = "page")]
pub mod chart;
#[cfg(feature = "page")]
pub mod client;
#[cfg(feature = "compare")]
pub mod comparing;
#[cfg(any(feature = "page", feature = "compare"))]
pub mod comparison;
#[cfg(feature = "page")]
pub mod component;
#[cfg(feature = "compare")]
pub mod drawing;
#[cfg(feature = "page")]
pub mod figures;
#[cfg(any(feature = "page", feature = "compare"))]
pub mod format;
#[cfg(feature = "page")]
pub mod intake;
#[cfg(feature = "page")]
pub mod keeping;
#[cfg(feature = "page")]
pub mod kept;
#[cfg(any(feature = "lines", feature = "search"))]
pub mod lines;
#[cfg(feature = "page")]
pub mod link;
#[cfg(feature = "page")]
pub mod log_reader;
#[cfg(feature = "page")]
pub mod opening;
#[cfg(feature = "page")]
pub mod pair;
#[cfg(feature = "page")]
pub mod planned;
#[cfg(feature = "compare")]
pub mod planning;
#[cfg(feature = "page")]
pub mod sample;
#[cfg(feature = "read_report")]
pub mod saved;
#[cfg(feature = "page")]
pub mod session;
#[cfg(feature = "page")]
pub mod sharing;
#[cfg(any(feature = "page", feature = "compare"))]
pub mod sorting;
#[cfg(any(feature = "page", feature = "compare"))]
pub mod summary;
#[cfg(feature = "page")]
pub mod tab;
#[cfg(all(test, any(feature = "page", feature = "compare")))]
mod testing;
#[cfg(feature = "page")]
pub mod values;
#[cfg(any(feature = "page", feature = "compare"))]
pub mod version_mark;
#[cfg(feature = "page")]
pub mod view;
#[cfg(any(feature = "page", feature = "compare"))]
pub mod view_state;
#[cfg(feature = "worker")]
pub mod worker;
