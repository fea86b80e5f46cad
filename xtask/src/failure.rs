//! What ends a command: one sentence for the person at the terminal.

use std::fmt;

/// The result of everything here that can fail.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

/// A sentence that says what went wrong and, where there is something, what to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Failure(String);

impl Failure {
    /// Wraps a finished sentence.
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Puts what was being done before the reason of an error.
pub(crate) trait While<T> {
    /// Turns an error into `<doing>: <error>`.
    fn while_doing(self, doing: impl FnOnce() -> String) -> Result<T>;
}

impl<T, E: fmt::Display> While<T> for std::result::Result<T, E> {
    fn while_doing(self, doing: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|error| Failure(format!("{}: {error}", doing())))
    }
}
