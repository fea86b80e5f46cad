//! What is wrong with a file, and where.

/// A fault of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Line in the file. Starts at `1`.
    pub(crate) line: usize,
    /// What was expected and what was found.
    pub(crate) message: String,
}

impl Problem {
    /// A fault at a line.
    pub(crate) fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }
}

/// The line of a byte offset. Starts at `1`.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or(text);
    1 + before.bytes().filter(|byte| *byte == b'\n').count()
}
