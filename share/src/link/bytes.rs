//! Takes the parts of a frame off its front.

#![expect(clippy::cast_possible_truncation, reason = "seven bits fit into a byte")]

use super::OpenError;

/// Bytes of a number at most.
const MAX_NUMBER_LEN: u32 = 4;

/// Bytes that are left.
pub(super) struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn rest(&self) -> &'b [u8] {
        self.0
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    /// A number in LEB128: seven bits a byte, the lowest first, the eighth where more follow.
    pub(super) fn number(&mut self) -> Result<usize, OpenError> {
        let mut number = 0;
        for at in 0..MAX_NUMBER_LEN {
            let byte = self.byte().ok_or(OpenError::Cut)?;
            number |= usize::from(byte & 0x7f) << (7 * at);
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(OpenError::Changed)
    }
}

/// Adds a number in LEB128.
pub(super) fn put_number(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push((number & 0x7f) as u8);
}
