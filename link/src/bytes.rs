//! Takes the parts of a frame off its front.

use alloc::vec::Vec;

/// Bytes that are left.
pub(crate) struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn rest(&self) -> &'b [u8] {
        self.0
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    /// A number in LEB128: seven bits a byte, the lowest first, the eighth where more follow.
    /// `None` if they end, or go beyond so many bits.
    pub(crate) fn leb128(&mut self, n_bits: u32) -> Option<u64> {
        let mut number = 0;
        for at in (0..n_bits).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << at;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// Bytes with their number before them.
    pub(crate) fn counted(&mut self) -> Option<&'b [u8]> {
        let len = usize::try_from(self.leb128(u32::BITS)?).ok()?;
        let (text, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(text)
    }
}

/// Adds a number in LEB128.
pub(crate) fn put_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push((number & 0x7f) as u8);
}
