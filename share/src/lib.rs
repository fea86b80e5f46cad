//! Hands a report on.

#[cfg(feature = "export")]
pub mod export;
#[cfg(feature = "link")]
pub mod link;
#[cfg(feature = "mask")]
pub mod mask;
