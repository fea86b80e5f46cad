//! Predicts the next bit: what followed in each of several contexts, mixed by weights that learn.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "slots hold 16, 8 and 8 bits, and hashes wrap"
)]

use alloc::vec;
use alloc::vec::Vec;

use crate::hash::hash;
use crate::logistic::{LIMIT, Logistic, ONE};

/// Contexts of a bit at most.
pub const MAX_CONTEXTS: usize = 12;

/// Bits of the number of slots: 2 MB of them.
const SLOT_BITS: u32 = 19;

/// How sure a context is: by how often it was seen.
const N_TRUSTS: usize = 6;

/// Weights of a [`Kind`]: for each context and trust, and one for what is always there.
const SET_LEN: usize = MAX_CONTEXTS * N_TRUSTS + 1;

/// Where the weights of the next kind begin: a power of two, so that no place is beyond the end.
const SET_SPACE: usize = 128;

/// Sets of weights: one for each [`Kind`].
const N_SETS: usize = 8;

/// The weight of each context before anything is learned, in 65,536ths.
const FIRST_WEIGHT: i32 = 22_000;

/// How fast weights learn.
const LEARNING_SHIFT: u32 = 17;

/// What a context seen so often at most remembers: 1/(n + 1.6) of its probability is new.
const MAX_SEEN: u32 = 60;

/// Numbers of a byte, which is what a slot has for times seen.
const N_SEEN: usize = 256;

/// What sort of symbol is coded; each has weights of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Choices, of which there are many sorts.
    Plain,
    /// Bits of a number.
    Number,
    /// Letters of a text.
    Text,
    /// Letters of a name.
    Name,
    /// Letters of a version that was left.
    Old,
    /// Letters of a version that came.
    New,
    /// Letters of a version by itself.
    Own,
    /// Whether a name of the table comes next.
    Scan,
}

/// The state of the model.
#[derive(Clone, Debug)]
pub struct Model {
    logistic: Logistic,
    slots: Slots,
    weights: [[i32; SET_SPACE]; N_SETS],
    /// What the last prediction was made of.
    inputs: [Input; MAX_CONTEXTS],
    n_inputs: usize,
    known: i32,
    kind: Kind,
    /// The probability of a one, 1 to 65,535, that was predicted.
    probability: i32,
}

/// What was seen in each context.
#[derive(Clone, Debug)]
struct Slots {
    /// Probability (16 bits), times seen (8 bits), check of the context (8 bits).
    slots: Vec<u32>,
    /// Share of a new bit by times seen, in 65,536ths.
    shares: [u32; N_SEEN],
}

/// What a context says of the next bit.
#[derive(Clone, Copy, Debug, Default)]
struct Input {
    /// The place of its slot, and the slot.
    place: u32,
    slot: u32,
    /// Its logit, and the place of the weight.
    logit: i32,
    weight: usize,
}

impl Default for Model {
    fn default() -> Self {
        Self::new()
    }
}

impl Model {
    /// Has learned nothing yet.
    #[must_use]
    pub fn new() -> Self {
        let mut weights = [FIRST_WEIGHT; SET_SPACE];
        weights[SET_LEN - 1] = ONE;
        Self {
            logistic: Logistic::new(),
            slots: Slots::new(),
            weights: [weights; N_SETS],
            inputs: [Input::default(); MAX_CONTEXTS],
            n_inputs: 0,
            known: 0,
            kind: Kind::Plain,
            probability: 0,
        }
    }

    /// The probability of a one, 1 to 65,535, in these contexts, and by a logit that is known
    /// beforehand.
    pub(crate) fn predict(&mut self, kind: Kind, contexts: &[u32], known: i32) -> i32 {
        let weights = &self.weights[kind as usize % N_SETS];
        let mut sum = i64::from(known) * i64::from(weights[SET_LEN - 1]);
        let mut first = 0;
        for (input, context) in self.inputs.iter_mut().zip(contexts) {
            let (place, slot) = self.slots.find(*context);
            let logit = self.logistic.stretch((slot >> 16) as i32);
            let weight = first + usize::from(TRUSTS[(slot >> 8) as usize % N_SEEN]);
            *input = Input { place, slot, logit, weight };
            sum += i64::from(logit) * i64::from(weights[weight % SET_SPACE]);
            first += N_TRUSTS;
        }
        self.n_inputs = contexts.len();
        self.known = known;
        self.kind = kind;
        let logit = (sum >> 16).clamp(i64::from(-LIMIT), i64::from(LIMIT)) as i32;
        self.probability = self.logistic.squash(logit);
        self.probability
    }

    /// Learns which bit it was that was predicted last.
    pub(crate) fn learn(&mut self, bit: bool) {
        let target = if bit { ONE - 1 } else { 0 };
        let error = target - self.probability;
        let weights = &mut self.weights[self.kind as usize % N_SETS];
        // A logit has 13 bits, an error 17.
        weights[SET_LEN - 1] += (self.known * error) >> LEARNING_SHIFT;
        for input in self.inputs.iter().take(self.n_inputs) {
            weights[input.weight % SET_SPACE] += (input.logit * error) >> LEARNING_SHIFT;
            self.slots.learn(input.place, input.slot, target);
        }
    }

    /// Learns what a byte was in some contexts, without a prediction.
    ///
    /// A function of its own for the reason that `PredictedBits::symbol` is one.
    #[inline(never)]
    pub fn note(&mut self, contexts: [u32; 3], byte: u8) {
        let mut node = 1;
        for at in (0..8).rev() {
            let bit = byte >> at & 1;
            self.note_bit(contexts.map(|context| hash(context, node)), bit == 1);
            node = node << 1 | u32::from(bit);
        }
    }

    fn note_bit(&mut self, contexts: [u32; 3], bit: bool) {
        let target = if bit { ONE - 1 } else { 0 };
        for (place, slot) in contexts.map(|context| self.slots.find(context)) {
            self.slots.learn(place, slot, target);
        }
    }

    /// The logit of a probability of 16 bits.
    pub(crate) fn stretch(&self, probability: i32) -> i32 {
        self.logistic.stretch(probability)
    }
}

impl Slots {
    fn new() -> Self {
        let share = |seen: usize| (ONE as usize * 10 / (seen * 10 + 16)) as u32;
        Self { slots: vec![fresh(0); 1 << SLOT_BITS], shares: core::array::from_fn(share) }
    }

    /// The place of a context, and its slot, which is fresh if another context has the place.
    fn find(&self, context: u32) -> (u32, u32) {
        let hash = context.wrapping_mul(0x9e37_79b1);
        let hash = (hash ^ hash >> 15).wrapping_mul(0x85eb_ca77);
        let place = hash >> (32 - SLOT_BITS);
        let check = hash & 0xff;
        let slot = self.slots.get(place as usize).copied().unwrap_or(0);
        (place, if slot & 0xff == check { slot } else { fresh(check) })
    }

    /// Puts a slot back after a bit, of which the probability of a one was the target.
    fn learn(&mut self, place: u32, slot: u32, target: i32) {
        let (probability, seen) = ((slot >> 16) as i32, slot >> 8 & 0xff);
        let share = i64::from(self.shares[seen as usize]);
        let step = (i64::from(target - probability) * share) >> 16;
        let probability = (probability + step as i32) as u32;
        let seen = (seen + 1).min(MAX_SEEN);
        if let Some(kept) = self.slots.get_mut(place as usize) {
            *kept = probability << 16 | seen << 8 | slot & 0xff;
        }
    }
}

fn fresh(check: u32) -> u32 {
    0x8000 << 16 | check
}

/// How sure a slot is, by times seen.
static TRUSTS: [u8; N_SEEN] = {
    let mut trusts = [5; N_SEEN];
    let mut seen = 0;
    while seen <= 20 {
        trusts[seen] = match seen {
            0 => 0,
            1 => 1,
            2..=3 => 2,
            4..=7 => 3,
            _ => 4,
        };
        seen += 1;
    }
    trusts
};
