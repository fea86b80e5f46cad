//! What one line of a log says.

pub(crate) mod activation;
pub(crate) mod diff;
pub(crate) mod lock;
pub(crate) mod stdenv;
