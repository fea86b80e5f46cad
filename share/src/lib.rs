//! Hands a report on.

#[cfg(feature = "link")]
pub mod answer;
#[cfg(feature = "export")]
pub mod export;
pub mod exporting;
#[cfg(feature = "link")]
pub mod link;
#[cfg(feature = "mask")]
pub mod mask;
#[cfg(feature = "open_link")]
pub mod module;
