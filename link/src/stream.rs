//! Writes or reads the parts of a report, by the same code, so that both agree.

#![expect(clippy::cast_possible_truncation, reason = "hashes wrap")]

#[cfg(feature = "write")]
use alloc::vec::Vec;

use bits::{Coder, Expected, Fault, Kind, Model, PredictedBits, hash};

use crate::field::Field;
use crate::memory::Memory;
use crate::name_table::NameTable;
use crate::value::Value;

/// Bytes of memory that a report may take.
const MAX_BYTES: usize = 32 << 20;

/// A report on its way to bytes, or back.
pub(crate) struct Stream<'t> {
    bits: PredictedBits,
    pub(crate) memory: Memory,
    pub(crate) names: &'t NameTable,
    bytes_left: usize,
}

impl<'t> Stream<'t> {
    pub(crate) fn new(coder: Coder, names: &'t NameTable, model: Model, memory: Memory) -> Self {
        let bits = PredictedBits::new(coder, model);
        Self { bits, memory, names, bytes_left: MAX_BYTES }
    }

    /// What was written; `None` if it was too large.
    #[cfg(feature = "write")]
    pub(crate) fn finish(self) -> Option<Vec<u8>> {
        self.bits.finish()
    }

    /// What was learned.
    pub(crate) fn into_state(self) -> (Model, Memory) {
        (self.bits.into_model(), self.memory)
    }

    pub(crate) fn is_reading(&self) -> bool {
        self.bits.is_reading()
    }

    pub(crate) fn fault(&self) -> Option<Fault> {
        self.bits.fault()
    }

    /// Says that what was read cannot be.
    pub(crate) fn fail(&mut self, fault: Fault) {
        self.bits.fail(fault);
    }

    /// Takes memory for what is read; a writer counts alike, so that all that it writes can be read.
    pub(crate) fn charge(&mut self, n_bytes: usize) {
        match self.bytes_left.checked_sub(n_bytes) {
            Some(left) => self.bytes_left = left,
            None => self.fail(Fault::TooLarge),
        }
    }

    /// Codes a bit in its contexts; `known` is the logit of what is known beforehand.
    pub(crate) fn bit(&mut self, kind: Kind, contexts: &[u32], known: i32, bit: bool) -> bool {
        self.bits.bit(kind, contexts, known, bit)
    }

    /// Codes a number of so many bits of which nothing is known.
    pub(crate) fn uniform(&mut self, n_bits: u32, value: u32) -> u32 {
        self.bits.uniform(n_bits, value)
    }

    /// Codes a symbol of `n_bits` bits, the highest first.
    pub(crate) fn symbol(
        &mut self,
        kind: Kind,
        contexts: &[u32],
        expected: &[Expected],
        n_bits: u32,
        value: u32,
    ) -> u32 {
        self.bits.symbol(kind, contexts, expected, n_bits, value)
    }

    /// The logit of a probability of 16 bits.
    pub(crate) fn stretch(&self, probability: i32) -> i32 {
        self.bits.stretch(probability)
    }

    /// Codes one of up to `1 << n_bits` values; `near` is what it may depend on.
    pub(crate) fn choice(&mut self, field: Field, near: [u32; 2], n_bits: u32, value: u32) -> u32 {
        let key = field as u32;
        let last = self.memory.last(field);
        let contexts = [
            hash(key, 1),
            hash(hash(key, 2), near[0]),
            hash(hash(key, 3), near[1]),
            hash(hash(key, 4), hash(near[0], near[1])),
            hash(hash(key, 5), last),
            hash(hash(key, 6), hash(last, near[0])),
        ];
        let value = self.symbol(Kind::Plain, &contexts, &[], n_bits, value);
        self.memory.remember(field, value);
        value
    }

    pub(crate) fn flag(&mut self, field: Field, near: [u32; 2], flag: bool) -> bool {
        self.choice(field, near, 1, u32::from(flag)) == 1
    }

    /// Codes a number: how many bits it has, and then these.
    pub(crate) fn number(&mut self, field: Field, near: [u32; 2], value: u64) -> u64 {
        let len = self.choice(field, near, 7, u64::BITS - value.leading_zeros());
        let mut read = u64::from(len > 0);
        let key = hash(hash(field as u32, 7), len);
        for at in (0..len.saturating_sub(1).min(63)).rev() {
            let bit = value >> at & 1 == 1;
            // Of large numbers only the first digits are alike.
            let is_like_others = len <= MODELLED_LEN || len - at <= 4;
            let bit = if is_like_others {
                let node = hash(key, read as u32);
                let contexts = [node, hash(node, near[0]), hash(node, hash(near[0], near[1]))];
                self.bit(Kind::Number, &contexts, 0, bit)
            } else {
                self.bits.plain_bit(bit)
            };
            read = read << 1 | u64::from(bit);
        }
        if len > u64::BITS {
            self.fail(Fault::Broken);
        }
        read
    }
}

impl Stream<'_> {
    /// Codes how many there are, and each of them; `cost` is the memory that one takes.
    pub(crate) fn list(
        &mut self,
        field: Field,
        near: [u32; 2],
        cost: usize,
        list: &mut Value,
        item: &mut dyn FnMut(&mut Self, &mut Value),
    ) {
        let list = list.items_mut();
        let len = self.number(field, near, list.len() as u64);
        if !self.is_reading() {
            for it in list {
                self.charge(cost);
                item(self, it);
            }
            return;
        }
        list.clear();
        for _ in 0..len {
            self.charge(cost);
            let mut it = Value::None;
            item(self, &mut it);
            if self.fault().is_some() {
                break;
            }
            list.push(it);
        }
    }

    /// Codes whether a value is there; what is read is to be put there next.
    pub(crate) fn is_there(&mut self, field: Field, near: [u32; 2], value: &Value) -> bool {
        let near = near.map(|near| hash(field as u32, near));
        self.flag(Field::IsThere, near, value.is_there())
    }

    /// Codes which of `len` values it is.
    pub(crate) fn one_of(
        &mut self,
        field: Field,
        near: [u32; 2],
        len: u32,
        value: &mut Value,
    ) -> u32 {
        let n_bits = u32::BITS - (len - 1).leading_zeros();
        let place = self.choice(field, near, n_bits, value.number() as u32);
        if place >= len {
            self.fail(Fault::Broken);
        }
        *value = Value::Number(u64::from(place));
        place
    }

    pub(crate) fn switch(&mut self, field: Field, near: [u32; 2], value: &mut Value) -> bool {
        let flag = self.flag(field, near, value.number() == 1);
        *value = Value::Number(u64::from(flag));
        flag
    }

    /// Codes a number of 32 bits.
    pub(crate) fn count(&mut self, field: Field, value: &mut Value) {
        self.size(field, value);
        if value.number() > u64::from(u32::MAX) {
            self.fail(Fault::Broken);
        }
    }

    pub(crate) fn size(&mut self, field: Field, value: &mut Value) {
        *value = Value::Number(self.number(field, [0, 0], value.number()));
    }

    /// Codes a number that may be below zero, and is there.
    pub(crate) fn signed_value(&mut self, field: Field, near: u32, value: &mut Value) {
        let read = self.signed(field, near, value.number().cast_signed());
        *value = Value::Number(read.cast_unsigned());
    }

    /// Codes a number that may be below zero.
    pub(crate) fn signed(&mut self, field: Field, near: u32, value: i64) -> i64 {
        let is_negative = self.flag(Field::IsNegative, [field as u32, near], value < 0);
        let len = self.number(field, [u32::from(is_negative), near], value.unsigned_abs());
        let len = len.cast_signed();
        if is_negative { len.wrapping_neg() } else { len }
    }
}

/// Numbers of up to so many bits are learned as a whole.
const MODELLED_LEN: u32 = 12;

/// Mixes the bytes of a text into one number.
pub(crate) fn hash_text(text: &[u8]) -> u32 {
    text.iter().fold(text.len() as u32, |key, byte| hash(key, u32::from(*byte)))
}
