//! What is left of a chunk, and where in the packed file it lies.

/// The part of a chunk that was not taken yet.
#[derive(Debug)]
pub(crate) struct Input<'a> {
    pub(crate) rest: &'a [u8],
    /// Where `rest` begins, from the start of the file in bytes.
    pub(crate) offset: u64,
}

impl<'a> Input<'a> {
    /// Takes as many bytes as there are, but at most `len`.
    pub(crate) fn take(&mut self, len: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(len.min(self.rest.len()));
        self.rest = rest;
        self.offset += taken.len() as u64;
        taken
    }

    /// Takes at most `len` bytes for nothing, and says how many.
    pub(crate) fn skip(&mut self, len: u64) -> u64 {
        self.take(usize::try_from(len).unwrap_or(usize::MAX)).len() as u64
    }
}
