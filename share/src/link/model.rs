//! Predicts the next bit: what followed in each of several contexts, mixed by weights that learn.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "slots hold 16, 8 and 8 bits, and hashes wrap"
)]

use super::logistic::{LIMIT, Logistic, ONE};

/// Contexts of a bit at most.
pub(super) const MAX_CONTEXTS: usize = 12;

/// Bits of the number of slots: 2 MB of them.
const SLOT_BITS: u32 = 19;

/// Sets of weights: one for each [`Kind`] of symbol.
const N_SETS: usize = 8;

/// How sure a context is: by how often it was seen.
const N_TRUSTS: usize = 6;

/// Weights of a set: for each context and trust, and one for what is always there.
const SET_LEN: usize = MAX_CONTEXTS * N_TRUSTS + 1;

/// The weight of each context before anything is learned, in 65,536ths.
const FIRST_WEIGHT: i32 = 22_000;

/// How fast weights learn.
const LEARNING_SHIFT: u32 = 17;

/// What a context seen so often at most remembers: 1/(n + 1.6) of its probability is new.
const MAX_SEEN: u32 = 60;

/// What sort of symbol is coded; each has weights of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
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
pub(super) struct Model {
    logistic: Logistic,
    /// Probability (16 bits), times seen (8 bits), check of the context (8 bits).
    slots: Vec<u32>,
    weights: Vec<i32>,
    /// Share of a new bit by times seen, in 65,536ths.
    shares: Vec<i32>,
}

/// A prediction, and what it was made of.
#[derive(Clone, Debug, Default)]
pub(super) struct Guess {
    /// The probability of a one, 1 to 65,535.
    pub(super) probability: i32,
    n_inputs: usize,
    slots: [(u32, u32); MAX_CONTEXTS],
    /// Logit and place of the weight.
    inputs: [(i32, u32); MAX_CONTEXTS + 1],
}

impl Model {
    pub(super) fn new() -> Self {
        let shares = (0..=MAX_SEEN as i32).map(|seen| ONE * 10 / (seen * 10 + 16)).collect();
        Self {
            logistic: Logistic::new(),
            slots: vec![fresh(0); 1 << SLOT_BITS],
            weights: first_weights(),
            shares,
        }
    }

    /// Predicts a bit from its contexts, and from a logit that is known beforehand.
    pub(super) fn predict(&self, kind: Kind, contexts: &[u32], known: i32) -> Guess {
        let mut guess = Guess { n_inputs: contexts.len() + 1, ..Guess::default() };
        let set = kind as usize * SET_LEN;
        let mut sum = 0_i64;
        for (at, context) in contexts.iter().enumerate() {
            let (place, slot) = self.find(*context);
            let logit = self.logistic.stretch((slot >> 16) as i32);
            let weight = set + at * N_TRUSTS + trust(slot >> 8 & 0xff);
            sum += i64::from(logit) * i64::from(self.weights[weight]);
            guess.slots[at] = (place, slot);
            guess.inputs[at] = (logit, weight as u32);
        }
        let weight = set + SET_LEN - 1;
        sum += i64::from(known) * i64::from(self.weights[weight]);
        guess.inputs[contexts.len()] = (known, weight as u32);
        let logit = (sum >> 16).clamp(i64::from(-LIMIT), i64::from(LIMIT)) as i32;
        guess.probability = self.logistic.squash(logit);
        guess
    }

    /// Learns which bit it was.
    pub(super) fn learn(&mut self, guess: &Guess, bit: bool) {
        let target = if bit { ONE - 1 } else { 0 };
        let error = target - guess.probability;
        for (logit, weight) in &guess.inputs[..guess.n_inputs] {
            let step = (i64::from(*logit) * i64::from(error)) >> LEARNING_SHIFT;
            self.weights[*weight as usize] += step as i32;
        }
        self.learn_slots(guess, bit);
    }

    fn learn_slots(&mut self, guess: &Guess, bit: bool) {
        let target = if bit { ONE - 1 } else { 0 };
        for (place, slot) in &guess.slots[..guess.n_inputs - 1] {
            let (probability, seen) = ((slot >> 16) as i32, slot >> 8 & 0xff);
            let share = i64::from(self.shares[seen as usize]);
            let step = (i64::from(target - probability) * share) >> 16;
            let probability = (probability + step as i32) as u32;
            let seen = (seen + 1).min(MAX_SEEN);
            self.slots[*place as usize] = probability << 16 | seen << 8 | slot & 0xff;
        }
    }

    /// Learns what a bit was in some contexts, without a prediction.
    pub(super) fn note(&mut self, contexts: &[u32], bit: bool) {
        let mut guess = Guess { n_inputs: 1, ..Guess::default() };
        for context in contexts {
            guess.slots[guess.n_inputs - 1] = self.find(*context);
            guess.n_inputs += 1;
        }
        self.learn_slots(&guess, bit);
    }

    /// The logit of a probability of 16 bits.
    pub(super) fn stretch(&self, probability: i32) -> i32 {
        self.logistic.stretch(probability)
    }

    /// The place of a context, and its slot, which is fresh if another context has the place.
    fn find(&self, context: u32) -> (u32, u32) {
        let hash = context.wrapping_mul(0x9e37_79b1);
        let hash = (hash ^ hash >> 15).wrapping_mul(0x85eb_ca77);
        let place = hash >> (32 - SLOT_BITS);
        let check = hash & 0xff;
        let slot = self.slots[place as usize];
        (place, if slot & 0xff == check { slot } else { fresh(check) })
    }
}

fn first_weights() -> Vec<i32> {
    let mut weights = vec![FIRST_WEIGHT; N_SETS * SET_LEN];
    for known in weights.iter_mut().skip(SET_LEN - 1).step_by(SET_LEN) {
        *known = ONE;
    }
    weights
}

fn fresh(check: u32) -> u32 {
    0x8000 << 16 | check
}

fn trust(seen: u32) -> usize {
    match seen {
        0 => 0,
        1 => 1,
        2..=3 => 2,
        4..=7 => 3,
        8..=20 => 4,
        _ => 5,
    }
}
