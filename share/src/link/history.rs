//! Finds where the text so far went on in the same way before.

/// Bytes that are remembered; what comes after them is not.
const MAX_LEN: usize = 1 << 18;

/// Bytes that must be the same.
const MIN_MATCH: usize = 4;

/// Bits of the number of places.
const PLACE_BITS: u32 = 14;

/// All text so far.
#[derive(Clone, Debug)]
pub(super) struct History {
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
    pub(super) fn expected(&self) -> Option<(u8, u32)> {
        (self.at > 0).then(|| (self.bytes[self.at], self.len))
    }

    /// Adds the next byte of the text.
    pub(super) fn push(&mut self, byte: u8) {
        if self.bytes.len() >= MAX_LEN {
            self.at = 0;
            return;
        }
        let is_as_expected = self.at > 0 && self.bytes[self.at] == byte;
        self.bytes.push(byte);
        if is_as_expected {
            self.at += 1;
            self.len += 1;
        } else {
            self.at = 0;
            self.len = 0;
        }
        let Some(place) = self.place() else { return };
        if self.at == 0 {
            self.at = self.places[place] as usize;
        }
        self.places[place] = u32::try_from(self.bytes.len()).unwrap_or(0);
    }

    /// Where the place after the last bytes is kept.
    fn place(&self) -> Option<usize> {
        let last = self.bytes.last_chunk::<MIN_MATCH>()?;
        let hash = u32::from_le_bytes(*last).wrapping_mul(0x9e37_79b1);
        Some((hash >> (32 - PLACE_BITS)) as usize)
    }
}
