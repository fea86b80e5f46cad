//! Bits and symbols in their contexts, written or read by the same code, so that both agree.

#[cfg(feature = "write")]
use alloc::vec::Vec;

use crate::coder::Coder;
use crate::hash::hash;
use crate::model::{Kind, MAX_CONTEXTS, Model};

/// Bits at most; what is larger is not written, and not read.
const MAX_BITS: u32 = 24_000_000;

/// What a reader found wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There are no more bytes.
    Exhausted,
    /// There is no such value.
    Broken,
    /// It is larger than anything that is written.
    TooLarge,
}

/// What is known of a value before it is coded.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    /// The value; any beyond the symbol's bits says that nothing is expected.
    pub value: u32,
    /// How sure it is: small numbers, each with statistics of its own.
    pub trust: u32,
}

/// Bits on their way to bytes, or back.
#[derive(Clone, Debug)]
pub struct PredictedBits {
    coder: Coder,
    model: Model,
    bits_left: u32,
    fault: Option<Fault>,
}

impl PredictedBits {
    /// Begins with what the model has learned so far.
    #[must_use]
    pub fn new(coder: Coder, model: Model) -> Self {
        Self { coder, model, bits_left: MAX_BITS, fault: None }
    }

    /// What was written; `None` if it was too large.
    #[cfg(feature = "write")]
    #[must_use]
    pub fn finish(self) -> Option<Vec<u8>> {
        self.fault.is_none().then(|| self.coder.finish())
    }

    /// What was learned.
    #[must_use]
    pub fn into_model(self) -> Model {
        self.model
    }

    /// Whether it reads; where nothing is ever written, the compiler knows.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        self.coder.is_reading()
    }

    /// What was wrong first.
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        self.fault
    }

    /// Says that what was read cannot be. Every bit after it is a zero that costs nothing.
    pub fn fail(&mut self, fault: Fault) {
        self.fault.get_or_insert(fault);
    }

    /// The logit, in 256ths, of a probability of 16 bits.
    #[must_use]
    pub fn stretch(&self, probability: i32) -> i32 {
        self.model.stretch(probability)
    }

    /// Codes a bit in its contexts; `known` is the logit of what is known beforehand.
    pub fn bit(&mut self, kind: Kind, contexts: &[u32], known: i32, bit: bool) -> bool {
        if !self.step() {
            return false;
        }
        let probability = self.model.predict(kind, contexts, known);
        let bit = self.coder.code(bit, probability);
        self.model.learn(bit);
        bit
    }

    /// Codes a number of so many bits of which nothing is known.
    pub fn uniform(&mut self, n_bits: u32, value: u32) -> u32 {
        (0..n_bits)
            .rev()
            .fold(0, |read, at| read << 1 | u32::from(self.plain_bit(value >> at & 1 == 1)))
    }

    /// Codes a bit of which nothing is known.
    pub fn plain_bit(&mut self, bit: bool) -> bool {
        self.step() && self.coder.code(bit, 1 << 15)
    }

    /// Whether another bit can be coded.
    fn step(&mut self) -> bool {
        if self.coder.is_exhausted() {
            self.fail(Fault::Exhausted);
        }
        match self.bits_left.checked_sub(1) {
            Some(left) => self.bits_left = left,
            None => self.fail(Fault::TooLarge),
        }
        self.fault.is_none()
    }

    /// Codes a symbol of `n_bits` bits, the highest first.
    ///
    /// A function of its own wherever it is called: a browser makes those fast that are called
    /// often, and this one takes nearly all the time.
    #[inline(never)]
    pub fn symbol(
        &mut self,
        kind: Kind,
        contexts: &[u32],
        expected: &[Expected],
        n_bits: u32,
        value: u32,
    ) -> u32 {
        let mut keys = [0; MAX_CONTEXTS];
        let n_keys = contexts.len() + expected.len();
        let mut node = 1_u32;
        for at in (0..n_bits).rev() {
            for (key, context) in keys.iter_mut().zip(contexts) {
                *key = hash(*context, node);
            }
            for (key, expected) in keys.iter_mut().skip(contexts.len()).zip(expected) {
                let is_on_way = expected.value >> n_bits == 0
                    && (expected.value | 1 << n_bits) >> (at + 1) == node;
                let next = if is_on_way { expected.value >> at & 1 } else { 2 };
                *key = hash(expected.trust.wrapping_add(0x5_0000 + kind as u32), next);
            }
            let keys = keys.get(..n_keys).unwrap_or(&keys);
            let bit = self.bit(kind, keys, 0, value >> at & 1 == 1);
            node = node << 1 | u32::from(bit);
        }
        node - (1 << n_bits)
    }
}
