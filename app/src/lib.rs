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
#[cfg(feature = "page")]
pub mod component;
#[cfg(feature = "page")]
pub mod format;
#[cfg(feature = "page")]
pub mod intake;
#[cfg(feature = "page")]
pub mod kept;
#[cfg(feature = "page")]
pub mod link;
#[cfg(feature = "page")]
pub mod sample;
#[cfg(feature = "page")]
pub mod session;
#[cfg(feature = "page")]
pub mod sorting;
#[cfg(feature = "page")]
pub mod summary;
#[cfg(all(test, feature = "page"))]
mod testing;
#[cfg(feature = "page")]
pub mod values;
#[cfg(feature = "page")]
pub mod version_mark;
#[cfg(feature = "page")]
pub mod view;
#[cfg(feature = "page")]
pub mod view_state;
#[cfg(feature = "worker")]
pub mod worker;
