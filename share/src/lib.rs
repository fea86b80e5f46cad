//! Hands a report on.

#[cfg(feature = "link")]
pub mod link;
