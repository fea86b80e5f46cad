//! Finds where the text so far went on in the same way before.

use alloc::vec;
use alloc::vec::Vec;

/// Bytes that are remembered; what comes after them is not.
const MAX_LEN: usize = 1 << 18;

/// Bytes that must be the same.
const MIN_MATCH: usize = 4;

/// Bits of the number of places.
const PLACE_BITS: u32 = 14;

/// All text so far.
#[derive(Clone, Debug)]
pub(crate) struct History {
    bytes: Vec<u8>,
    /// The last place after each beginning, by its hash.
    places: Vec<u32>,
    /// The place of the byte that is expected; 0 if none is.
    at: usize,
    /// How many bytes were as expected.
    len: u32,
}

impl Default for History {
    fn default() -> Self {
        // Place 0 stands for none.
        Self { bytes: vec![0], places: vec![0; 1 << PLACE_BITS], at: 0, len: 0 }
    }
}

impl History {
    /// The byte that came last time, and how many before it were the same.
    pub(crate) fn expected(&self) -> Option<(u8, u32)> {
        let byte = self.bytes.get(self.at).filter(|_| self.at > 0)?;
        Some((*byte, self.len))
    }

    /// Adds the next byte of the text.
    pub(crate) fn push(&mut self, byte: u8) {
        if self.bytes.len() >= MAX_LEN {
            self.at = 0;
            return;
        }
        let is_as_expected = self.expected().is_some_and(|(expected, _)| expected == byte);
        self.bytes.push(byte);
        if is_as_expected {
            self.at += 1;
            self.len += 1;
        } else {
            self.at = 0;
            self.len = 0;
        }
        let Some(place) = self.place().and_then(|place| self.places.get_mut(place)) else { return };
        if self.at == 0 {
            self.at = *place as usize;
        }
        *place = self.bytes.len() as u32;
    }

    /// Where the place after the last bytes is kept.
    fn place(&self) -> Option<usize> {
        let last = self.bytes.last_chunk::<MIN_MATCH>()?;
        let hash = u32::from_le_bytes(*last).wrapping_mul(0x9e37_79b1);
        Some((hash >> (32 - PLACE_BITS)) as usize)
    }
}
