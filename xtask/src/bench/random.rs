//! Numbers for what is generated: the same ones each time.

/// Numbers that look random: a multiplicative congruential generator with a shift.
pub(super) struct Random(u64);

impl Default for Random {
    fn default() -> Self {
        Self(0x9E37_79B9_7F4A_7C15)
    }
}

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) ^ (self.0 >> 17 & 0xFFFF)
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// An index of something of this length.
    pub(super) fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).unwrap_or_default()
    }

    /// Thirty-two characters as in a store path.
    pub(super) fn hash(&mut self) -> String {
        let digits = b"0123456789abcdfghijklmnpqrsvwxyz";
        (0..32).map(|_| char::from(digits[self.index(digits.len())])).collect()
    }
}
