//! Hands a report on.

#[cfg(feature = "export")]
pub mod export;
pub mod exporting;
#[cfg(feature = "link")]
pub mod link;
#[cfg(feature = "mask")]
pub mod mask;
