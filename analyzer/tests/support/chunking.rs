//! The sizes of chunks that logs are read with.

/// Logs of more bytes are not read in very small chunks: that would take too long.
const LARGE_LOG: usize = 200_000;

/// Every chunk size that a log of this length is read with.
pub(crate) fn chunk_lengths(log: &[u8]) -> impl Iterator<Item = usize> {
    let smallest = if log.len() > LARGE_LOG { 16 } else { 1 };
    (smallest..=64).chain([100, 1000, 4096])
}
