//! Hands a report on.

#[cfg(feature = "link")]
pub mod answer;
#[cfg(feature = "export")]
pub mod export;
pub mod exporting;
#[cfg(feature = "link")]
pub mod link;
pub mod making;
#[cfg(feature = "mask")]
pub mod mask;
#[cfg(feature = "make_link")]
pub mod module;
#[cfg(feature = "making")]
pub mod qr;
