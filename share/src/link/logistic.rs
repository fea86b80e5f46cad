//! The logistic function and its inverse, in integers, so that every platform computes the same.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "every value is within the bounds that its comment states"
)]

/// Probabilities are of this many parts.
pub(super) const ONE: i32 = 1 << 16;

/// The largest logit, in 256ths: 11, where a probability is one part from certain.
pub(super) const LIMIT: i32 = 11 * 256;

/// e^(-1/256), with 62 bits after the point.
const STEP: u128 = 4_593_706_758_521_714_574;

/// Bits after the point of [`STEP`].
const STEP_BITS: u32 = 62;

/// Tables of both functions.
#[derive(Clone, Debug)]
pub(super) struct Logistic {
    /// Probability, 1 to 65,535, of each logit from `-LIMIT` to `LIMIT`.
    squash: Vec<u16>,
    /// Logit of each 4,096th of a probability.
    stretch: Vec<i16>,
}

impl Logistic {
    pub(super) fn new() -> Self {
        let squash = squash_table();
        let stretch = stretch_table(&squash);
        Self { squash, stretch }
    }

    /// The probability, 1 to 65,535, of a logit in 256ths; logits beyond the limit are cut.
    pub(super) fn squash(&self, logit: i32) -> i32 {
        i32::from(self.squash[(logit.clamp(-LIMIT, LIMIT) + LIMIT) as usize])
    }

    /// The logit, in 256ths, of a probability from 0 to 65,535.
    pub(super) fn stretch(&self, probability: i32) -> i32 {
        i32::from(self.stretch[(probability >> 4) as usize])
    }
}

/// 65,536 / (1 + e^(-x/256)), cut to 1 to 65,535.
fn squash_table() -> Vec<u16> {
    let one = 1_u128 << STEP_BITS;
    let (mut power, mut upper) = (one, Vec::new());
    for _ in 0..=LIMIT {
        let probability = ((ONE as u128) << STEP_BITS) / (one + power);
        upper.push(probability.min(ONE as u128 - 1) as u16);
        power = (power * STEP) >> STEP_BITS;
    }
    // The lower half mirrors the upper one.
    let lower = upper[1..].iter().rev().map(|probability| (ONE - i32::from(*probability)) as u16);
    lower.chain(upper.iter().copied()).collect()
}

/// The smallest logit whose probability is no less than the middle of each 4,096th.
fn stretch_table(squash: &[u16]) -> Vec<i16> {
    let mut logit = 0;
    let middles = (0..ONE / 16).map(|part| part * 16 + 8);
    middles
        .map(|middle| {
            while logit + 1 < squash.len() && i32::from(squash[logit]) < middle {
                logit += 1;
            }
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
