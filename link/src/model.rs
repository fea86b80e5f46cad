//! Predicts the next bit: what followed in each of several contexts, mixed by weights that learn.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "slots hold 16, 8 and 8 bits, and hashes wrap"
)]

use alloc::vec;
use alloc::vec::Vec;

use crate::logistic::{LIMIT, Logistic, ONE};

/// Contexts of a bit at most.
pub(crate) const MAX_CONTEXTS: usize = 12;

/// Bits of the number of slots: 2 MB of them.
const SLOT_BITS: u32 = 19;

/// Sets of weights: one for each [`Kind`] of symbol.
const N_SETS: u32 = 8;

/// How sure a context is: by how often it was seen.
const N_TRUSTS: u32 = 6;

/// Weights of a set: for each context and trust, and one for what is always there.
const SET_LEN: u32 = MAX_CONTEXTS as u32 * N_TRUSTS + 1;

/// The weight of each context before anything is learned, in 65,536ths.
const FIRST_WEIGHT: i32 = 22_000;

/// How fast weights learn.
const LEARNING_SHIFT: u32 = 17;

/// What a context seen so often at most remembers: 1/(n + 1.6) of its probability is new.
const MAX_SEEN: u32 = 60;

/// What sort of symbol is coded; each has weights of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Plain,
    Number,
    Text,
    Name,
    Old,
    New,
    Own,
    Scan,
}

/// The state of the model.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    logistic: Logistic,
    /// Probability (16 bits), times seen (8 bits), check of the context (8 bits).
    slots: Vec<u32>,
    weights: Vec<i32>,
    /// Share of a new bit by times seen, in 65,536ths.
    shares: Vec<i32>,
    /// What the last prediction was made of.
    inputs: [Input; MAX_CONTEXTS],
    n_inputs: usize,
    known: Input,
    /// The probability of a one, 1 to 65,535, that was predicted.
    probability: i32,
}

/// What a context says of the next bit.
#[derive(Clone, Copy, Debug, Default)]
struct Input {
    /// The place of its slot, and the slot.
    place: u32,
    slot: u32,
    /// Its logit, and the place of the weight.
    logit: i32,
    weight: u32,
}

impl Model {
    pub(crate) fn new() -> Self {
        let shares = (0..=MAX_SEEN as i32).map(|seen| ONE * 10 / (seen * 10 + 16)).collect();
        Self {
            logistic: Logistic::new(),
            slots: vec![fresh(0); 1 << SLOT_BITS],
            weights: first_weights(),
            shares,
            inputs: [Input::default(); MAX_CONTEXTS],
            n_inputs: 0,
            known: Input::default(),
            probability: 0,
        }
    }

    /// The probability of a one, 1 to 65,535, in these contexts, and by a logit that is known
    /// beforehand.
    pub(crate) fn predict(&mut self, kind: Kind, contexts: &[u32], known: i32) -> i32 {
        let set = kind as u32 * SET_LEN;
        self.known = Input { logit: known, weight: set + SET_LEN - 1, ..Input::default() };
        self.n_inputs = contexts.len();
        let mut sum = self.weighted(self.known);
        let mut weight = set;
        for (at, context) in contexts.iter().enumerate() {
            let (place, slot) = self.find(*context);
            let logit = self.logistic.stretch((slot >> 16) as i32);
            let input = Input { place, slot, logit, weight: weight + trust(slot >> 8 & 0xff) };
            sum += self.weighted(input);
            if let Some(kept) = self.inputs.get_mut(at) {
                *kept = input;
            }
            weight += N_TRUSTS;
        }
        let logit = (sum >> 16).clamp(i64::from(-LIMIT), i64::from(LIMIT)) as i32;
        self.probability = self.logistic.squash(logit);
        self.probability
    }

    fn weighted(&self, input: Input) -> i64 {
        let weight = self.weights.get(input.weight as usize).copied().unwrap_or(0);
        i64::from(input.logit) * i64::from(weight)
    }

    /// Learns which bit it was that was predicted last.
    pub(crate) fn learn(&mut self, bit: bool) {
        let target = if bit { ONE - 1 } else { 0 };
        let error = target - self.probability;
        let inputs = self.inputs.iter().take(self.n_inputs);
        for input in inputs.chain([&self.known]) {
            if let Some(weight) = self.weights.get_mut(input.weight as usize) {
                // A logit has 13 bits, an error 17.
                *weight += (input.logit * error) >> LEARNING_SHIFT;
            }
        }
        for input in self.inputs.iter().take(self.n_inputs) {
            learn_slot(&mut self.slots, &self.shares, *input, target);
        }
    }

    /// Learns what a bit was in some contexts, without a prediction.
    pub(crate) fn note(&mut self, contexts: [u32; 3], bit: bool) {
        let target = if bit { ONE - 1 } else { 0 };
        let inputs = contexts.map(|context| {
            let (place, slot) = self.find(context);
            Input { place, slot, ..Input::default() }
        });
        for input in inputs {
            learn_slot(&mut self.slots, &self.shares, input, target);
        }
    }

    /// The logit of a probability of 16 bits.
    pub(crate) fn stretch(&self, probability: i32) -> i32 {
        self.logistic.stretch(probability)
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
}

fn learn_slot(slots: &mut [u32], shares: &[i32], input: Input, target: i32) {
    let (probability, seen) = ((input.slot >> 16) as i32, input.slot >> 8 & 0xff);
    let share = i64::from(shares.get(seen as usize).copied().unwrap_or(0));
    let step = (i64::from(target - probability) * share) >> 16;
    let probability = (probability + step as i32) as u32;
    let seen = (seen + 1).min(MAX_SEEN);
    if let Some(slot) = slots.get_mut(input.place as usize) {
        *slot = probability << 16 | seen << 8 | input.slot & 0xff;
    }
}

fn first_weights() -> Vec<i32> {
    let is_known = |place: u32| place % SET_LEN == SET_LEN - 1;
    (0..N_SETS * SET_LEN).map(|at| if is_known(at) { ONE } else { FIRST_WEIGHT }).collect()
}

fn fresh(check: u32) -> u32 {
    0x8000 << 16 | check
}

fn trust(seen: u32) -> u32 {
    match seen {
        0 => 0,
        1 => 1,
        2..=3 => 2,
        4..=7 => 3,
        8..=20 => 4,
        _ => 5,
    }
}
