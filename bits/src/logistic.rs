//! The logistic function and its inverse, in integers, so that every platform computes the same.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "every value is within the bounds that its comment states"
)]

use alloc::boxed::Box;

/// Probabilities are of this many parts.
pub(crate) const ONE: i32 = 1 << 16;

/// The largest logit, in 256ths: 11, where a probability is one part from certain.
pub(crate) const LIMIT: i32 = 11 * 256;

/// e^(-1/256), with 62 bits after the point.
const STEP: u64 = 4_593_706_758_521_714_574;

/// Bits after the point of [`STEP`].
const STEP_BITS: u32 = 62;

/// Tables of both functions.
#[derive(Clone, Debug)]
pub(crate) struct Logistic {
    squash: Box<Squash>,
    stretch: Box<Stretch>,
}

/// Probability, 1 to 65,535, of each logit from `-LIMIT` to `LIMIT`; beyond that nothing.
///
/// As long as a power of two, so that no place is beyond the end.
type Squash = [u16; 1 << 13];

/// Logit of each 4,096th of a probability.
type Stretch = [i16; 1 << 12];

/// Logits of [`Squash`].
const N_LOGITS: usize = 2 * LIMIT as usize + 1;

impl Logistic {
    pub(crate) fn new() -> Self {
        let squash = squash_table();
        let stretch = stretch_table(&squash);
        Self { squash, stretch }
    }

    /// The probability, 1 to 65,535, of a logit in 256ths; logits beyond the limit are cut.
    pub(crate) fn squash(&self, logit: i32) -> i32 {
        let place = (logit.clamp(-LIMIT, LIMIT) + LIMIT) as usize;
        i32::from(self.squash[place % self.squash.len()])
    }

    /// The logit, in 256ths, of a probability from 0 to 65,535.
    pub(crate) fn stretch(&self, probability: i32) -> i32 {
        i32::from(self.stretch[(probability >> 4) as usize % self.stretch.len()])
    }
}

/// 65,536 / (1 + e^(-x/256)), cut to 1 to 65,535.
fn squash_table() -> Box<Squash> {
    let one = 1 << STEP_BITS;
    let mut power = one;
    let mut table = Box::new([0; 1 << 13]);
    for logit in 0..=LIMIT as usize {
        let probability = share(one + power);
        // The upper half is mirrored by the lower one.
        table[LIMIT as usize - logit] = (ONE - i32::from(probability)) as u16;
        table[LIMIT as usize + logit] = probability;
        power = ((u128::from(power) * u128::from(STEP)) >> STEP_BITS) as u64;
    }
    table
}

/// How many 65,536ths of the divisor, which is above it, `1 << STEP_BITS` is; at most all but one.
///
/// Digit by digit, as whole numbers of 128 bits are divided by much more code.
fn share(divisor: u64) -> u16 {
    let (mut rest, mut share) = (1_u64 << STEP_BITS, 0_u32);
    for _ in 0..16 {
        rest <<= 1;
        share <<= 1;
        if rest >= divisor {
            rest -= divisor;
            share |= 1;
        }
    }
    share.min(ONE as u32 - 1) as u16
}

/// The smallest logit whose probability is no less than the middle of each 4,096th.
fn stretch_table(squash: &Squash) -> Box<Stretch> {
    let mut table = Box::new([0; 1 << 12]);
    let mut logit = 0;
    for (middle, kept) in (8..).step_by(16).zip(table.iter_mut()) {
        // Those above the last one have its logit.
        while logit + 1 < N_LOGITS && i32::from(squash[logit]) < middle {
            logit += 1;
        }
        *kept = logit as i16 - LIMIT as i16;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_functions_are_inverse() {
        let logistic = Logistic::new();
        assert_eq!(logistic.squash(0), ONE / 2);
        assert_eq!((logistic.squash(LIMIT), logistic.squash(-LIMIT)), (65_534, 2));
        for logit in -1500..1500 {
            let back = logistic.stretch(logistic.squash(logit));
            // The steps of the table are wider towards both ends.
            let step = 2 + logit.abs() / 100;
            assert!((back - logit).abs() <= step, "{logit} came back as {back}");
        }
    }
}
