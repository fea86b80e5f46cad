//! What one line of a log says.

pub(crate) mod activation;
