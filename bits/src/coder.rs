//! A binary arithmetic coder: bits with their probabilities to bytes, and back.

#![expect(clippy::cast_possible_truncation, reason = "the bounds are 32 bits by definition")]

use alloc::vec::Vec;

/// Bytes that the decoder may read beyond the end: the encoder leaves zeros there away.
const LOOK_AHEAD: usize = 4;

/// Writes bits, or reads them.
#[derive(Clone, Debug)]
pub struct Coder(Side);

#[derive(Clone, Debug)]
enum Side {
    #[cfg(feature = "write")]
    Writer(Writer),
    Reader(Reader),
}

/// The interval that is left; both bounds belong to it.
#[derive(Clone, Debug)]
struct Interval {
    low: u32,
    high: u32,
}

impl Interval {
    const ALL: Self = Self { low: 0, high: u32::MAX };

    /// The last place of the part for a one, which has `probability` 65,536ths.
    fn split(&self, probability: i32) -> u32 {
        let range = u64::from(self.high - self.low);
        self.low + ((range * u64::from(probability.unsigned_abs())) >> 16) as u32
    }

    fn keep(&mut self, split: u32, bit: bool) {
        if bit {
            self.high = split;
        } else {
            self.low = split + 1;
        }
    }

    /// Takes off the first byte, if it is the same for the whole interval.
    fn shift(&mut self) -> Option<u8> {
        let byte = (self.high >> 24) as u8;
        if self.low >> 24 != self.high >> 24 {
            return None;
        }
        self.low <<= 8;
        self.high = self.high << 8 | 0xff;
        Some(byte)
    }
}

#[derive(Clone, Debug)]
struct Writer {
    interval: Interval,
    bytes: Vec<u8>,
}

#[derive(Clone, Debug)]
struct Reader {
    interval: Interval,
    bytes: Vec<u8>,
    /// The four bytes that the interval is compared with.
    window: u32,
    /// Bytes taken so far, those beyond the end among them.
    taken: usize,
    /// How many may be taken.
    end: usize,
}

/// Whether the bytes are all that were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// They are: zeros follow.
    Whole,
    /// Nothing that depends on missing bytes may be read.
    Cut,
}

impl Coder {
    /// Has written nothing yet.
    #[cfg(feature = "write")]
    #[must_use]
    pub fn writer() -> Self {
        Self(Side::Writer(Writer { interval: Interval::ALL, bytes: Vec::new() }))
    }

    /// Reads the bytes of a writer, which may have been cut.
    #[must_use]
    pub fn reader(bytes: &[u8], ending: Ending) -> Self {
        let beyond = if ending == Ending::Whole { LOOK_AHEAD } else { 0 };
        let mut reader = Reader {
            interval: Interval::ALL,
            bytes: bytes.to_vec(),
            window: 0,
            taken: 0,
            end: bytes.len() + beyond,
        };
        (0..4).for_each(|_| reader.take());
        Self(Side::Reader(reader))
    }

    /// Whether it reads; where links are only read, the compiler knows.
    pub(crate) fn is_reading(&self) -> bool {
        matches!(self.0, Side::Reader(_))
    }

    /// Whether more was read than was written.
    pub(crate) fn is_exhausted(&self) -> bool {
        match &self.0 {
            #[cfg(feature = "write")]
            Side::Writer(_) => false,
            Side::Reader(reader) => reader.taken > reader.end,
        }
    }

    /// Writes the bit, or reads one in its place; a one has `probability` 65,536ths.
    pub(crate) fn code(&mut self, bit: bool, probability: i32) -> bool {
        match &mut self.0 {
            #[cfg(feature = "write")]
            Side::Writer(writer) => writer.put(bit, probability),
            Side::Reader(reader) => reader.get(bit, probability),
        }
    }

    /// What was written.
    #[cfg(feature = "write")]
    pub(crate) fn finish(self) -> Vec<u8> {
        match self.0 {
            Side::Writer(writer) => writer.finish(),
            Side::Reader(_) => Vec::new(),
        }
    }
}

impl Writer {
    fn put(&mut self, bit: bool, probability: i32) -> bool {
        let split = self.interval.split(probability);
        self.interval.keep(split, bit);
        while let Some(byte) = self.interval.shift() {
            self.bytes.push(byte);
        }
        bit
    }

    /// Adds the fewest bytes that are inside the interval when zeros follow.
    fn finish(mut self) -> Vec<u8> {
        let Interval { low, high } = self.interval;
        let n_bytes = (0..4).find(|n| {
            let place = shortest(low, *n);
            place.is_some_and(|place| place <= high)
        });
        let n_bytes = n_bytes.unwrap_or(4);
        let place = shortest(low, n_bytes).unwrap_or(low);
        self.bytes.extend(&place.to_be_bytes()[..n_bytes as usize]);
        self.bytes
    }
}

/// The first place from `low` on of which all but the first `n_bytes` bytes are zero.
fn shortest(low: u32, n_bytes: u32) -> Option<u32> {
    let unit = 1_u64 << (32 - 8 * n_bytes);
    u32::try_from(u64::from(low).div_ceil(unit) * unit).ok()
}

impl Reader {
    fn take(&mut self) {
        let byte = self.bytes.get(self.taken).copied().unwrap_or(0);
        self.window = self.window << 8 | u32::from(byte);
        self.taken += 1;
    }

    /// The next bit, whatever would be written in its place.
    fn get(&mut self, _: bool, probability: i32) -> bool {
        let split = self.interval.split(probability);
        let bit = self.window <= split;
        self.interval.keep(split, bit);
        while self.interval.shift().is_some() {
            self.take();
        }
        bit
    }
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use super::*;

    #[test]
    fn bits_come_back_for_any_probabilities() {
        let bits: Vec<(bool, i32)> =
            (0..2_000_usize).map(|n| (n % 7 < 3, [1, 20, 30_000, 65_000, 65_535][n % 5])).collect();
        for len in [0, 1, 2, 3, 10, 100, bits.len()] {
            let mut coder = Coder::writer();
            for (bit, probability) in &bits[..len] {
                coder.code(*bit, *probability);
            }
            let mut reader = Coder::reader(&coder.finish(), Ending::Whole);
            for (bit, probability) in &bits[..len] {
                assert_eq!(reader.code(false, *probability), *bit);
            }
            assert!(!reader.is_exhausted());
        }
    }
}
