//! The page and its worker.

pub mod chart;
pub mod format;
#[cfg(test)]
mod testing;
pub mod version_mark;
