//! Splits a byte stream into lines, wherever the chunk boundaries fall.

/// Where a line sits in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line number. Starts at `1`, like the gutter in the log view.
    pub line: u32,
    /// Offset of the line's first byte from the start of the log. Starts at `0`.
    pub byte: u64,
}
