//! Collects bytes that belong together and may come in several chunks.

use crate::input::Input;

/// Bytes of a header or block that is not complete yet.
#[derive(Debug, Default)]
pub(crate) struct Gather(Vec<u8>);

impl Gather {
    /// The first `len` bytes, once they are all there; takes no more than it needs.
    ///
    /// The bytes are kept: asking for more gives the same ones and those behind them.
    pub(crate) fn first(&mut self, len: usize, input: &mut Input<'_>) -> Option<&[u8]> {
        let missing = len.saturating_sub(self.0.len());
        self.0.extend_from_slice(input.take(missing));
        self.0.get(..len)
    }

    /// What is there so far.
    #[cfg(any(feature = "inflate", feature = "zstd"))]
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Forgets the bytes, and starts anew.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether nothing was collected.
    #[cfg(any(feature = "inflate", feature = "zstd"))]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
