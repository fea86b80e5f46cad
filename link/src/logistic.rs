//! The logistic function and its inverse, in integers, so that every platform computes the same.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "every value is within the bounds that its comment states"
)]

use alloc::vec::Vec;

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
    /// Probability, 1 to 65,535, of each logit from `-LIMIT` to `LIMIT`.
    squash: Vec<u16>,
    /// Logit of each 4,096th of a probability.
    stretch: Vec<i16>,
}

impl Logistic {
    pub(crate) fn new() -> Self {
        let squash = squash_table();
        let stretch = stretch_table(&squash);
        Self { squash, stretch }
    }

    /// The probability, 1 to 65,535, of a logit in 256ths; logits beyond the limit are cut.
    pub(crate) fn squash(&self, logit: i32) -> i32 {
        let place = (logit.clamp(-LIMIT, LIMIT) + LIMIT) as usize;
        self.squash.get(place).copied().map_or(0, i32::from)
    }

    /// The logit, in 256ths, of a probability from 0 to 65,535.
    pub(crate) fn stretch(&self, probability: i32) -> i32 {
        self.stretch.get((probability >> 4) as usize).copied().map_or(0, i32::from)
    }
}

/// 65,536 / (1 + e^(-x/256)), cut to 1 to 65,535.
fn squash_table() -> Vec<u16> {
    let one = 1 << STEP_BITS;
    // The upper half is mirrored by the lower one.
    let (mut power, mut upper) = (one, Vec::new());
    for _ in 0..=LIMIT {
        upper.push(share(one + power));
        power = ((u128::from(power) * u128::from(STEP)) >> STEP_BITS) as u64;
    }
    let lower =
        upper.iter().skip(1).rev().map(|probability| (ONE - i32::from(*probability)) as u16);
    let mut table: Vec<u16> = lower.collect();
    table.append(&mut upper);
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
fn stretch_table(squash: &[u16]) -> Vec<i16> {
    let mut logit = 0;
    let middles = (0..ONE / 16).map(|part| part * 16 + 8);
    middles
        .map(|middle| {
            while squash.get(logit).is_some_and(|it| i32::from(*it) < middle) {
                logit += 1;
            }
            // Those above the last one have its logit.
            logit = logit.min(squash.len() - 1);
            logit as i16 - LIMIT as i16
        })
        .collect()
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
