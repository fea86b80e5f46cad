//! What can be wrong with a packed file.

use std::fmt;

/// Why a file could not be decoded to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnpackError {
    /// What is wrong.
    pub problem: Problem,
    /// The byte of the packed file at which it was noticed. Starts at `0`, and is `0` for a file
    /// that holds too much, of which no byte is wrong.
    pub byte: u64,
}

/// What is wrong with a packed file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// It ends in the middle.
    CutOff,
    /// It breaks the rules of its format, or a checksum does not fit.
    Damaged,
    /// Something follows that is not of this format.
    Trailing,
    /// It holds more than this many bytes, the limit that the caller set.
    TooLarge(u64),
    /// It asks for more than [`MAX_WINDOW_BYTES`](crate::MAX_WINDOW_BYTES) of memory.
    WindowTooLarge,
    /// It needs a dictionary, which is in no file.
    Dictionary,
    /// It is encrypted.
    Encrypted,
    /// It is packed by a method that is not understood.
    Method,
    /// The archive holds no file.
    Empty,
}

/// Follows the sentence of an error for people who see what was decoded until then.
pub const BEFORE: &str = "What came before that was read.";

impl fmt::Display for UnpackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let byte = self.byte;
        match self.problem {
            Problem::CutOff => write!(f, "The packed file is cut off after byte {byte}."),
            Problem::Damaged => write!(f, "The packed file is damaged at byte {byte}."),
            Problem::Trailing => {
                write!(f, "From byte {byte} on, the packed file holds something else.")
            }
            Problem::TooLarge(limit) => {
                write!(f, "The packed file holds more than {} MiB.", limit >> 20)
            }
            Problem::WindowTooLarge => f.write_str(
                "The packed file needs more memory than is allowed; pack it without \
                 --long or --ultra.",
            ),
            Problem::Dictionary => f.write_str("The packed file needs a dictionary."),
            Problem::Encrypted => f.write_str("The archive is encrypted."),
            Problem::Method => {
                f.write_str("The file is packed by a method that is not understood here.")
            }
            Problem::Empty => f.write_str("The archive holds no file."),
        }
    }
}

impl std::error::Error for UnpackError {}
