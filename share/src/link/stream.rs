//! Writes or reads the parts of a report, by the same code, so that both agree.

#![expect(clippy::cast_possible_truncation, reason = "hashes wrap")]

use super::coder::{Coder, Ending};
use super::field::Field;
use super::memory::Memory;
use super::model::{Kind, MAX_CONTEXTS, Model};
use super::tables::Tables;

/// Bits of a report at most; what is larger is not written, and not read.
const MAX_BITS: u32 = 24_000_000;

/// Bytes of memory that a report may take.
const MAX_BYTES: usize = 32 << 20;

/// What a reader found wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// There are no more bytes.
    Exhausted,
    /// There is no such value.
    Broken,
    /// It is larger than any report.
    TooLarge,
}

/// What is known of a value before it is coded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expected {
    /// The value; any beyond the symbol's bits says that nothing is expected.
    pub(super) value: u32,
    /// How sure it is: small numbers, each with statistics of its own.
    pub(super) trust: u32,
}

/// A report on its way to bytes, or back.
pub(super) struct Stream<'t> {
    coder: Coder,
    pub(super) model: Model,
    pub(super) memory: Memory,
    pub(super) tables: &'t Tables,
    bits_left: u32,
    bytes_left: usize,
    fault: Option<Fault>,
}

impl<'t> Stream<'t> {
    pub(super) fn writer(tables: &'t Tables) -> Self {
        Self::new(Coder::writer(), tables)
    }

    pub(super) fn reader(bytes: &[u8], ending: Ending, tables: &'t Tables) -> Self {
        Self::new(Coder::reader(bytes, ending), tables)
    }

    fn new(coder: Coder, tables: &'t Tables) -> Self {
        let (model, memory) = tables.start();
        let (bits_left, bytes_left) = (MAX_BITS, MAX_BYTES);
        Self { coder, model, memory, tables, bits_left, bytes_left, fault: None }
    }

    /// What was written; `None` if it was too large.
    pub(super) fn finish(self) -> Option<Vec<u8>> {
        self.fault.is_none().then(|| self.coder.finish())
    }

    /// What was learned.
    pub(super) fn into_state(self) -> (Model, Memory) {
        (self.model, self.memory)
    }

    pub(super) fn is_reading(&self) -> bool {
        self.coder.is_reading()
    }

    pub(super) fn fault(&self) -> Option<Fault> {
        self.fault
    }

    /// Says that what was read cannot be.
    pub(super) fn fail(&mut self, fault: Fault) {
        self.fault.get_or_insert(fault);
    }

    /// Takes memory for what is read; a writer counts alike, so that all that it writes can be read.
    pub(super) fn charge(&mut self, n_bytes: usize) {
        match self.bytes_left.checked_sub(n_bytes) {
            Some(left) => self.bytes_left = left,
            None => self.fail(Fault::TooLarge),
        }
    }

    /// Codes a bit in its contexts; `known` is the logit of what is known beforehand.
    pub(super) fn bit(&mut self, kind: Kind, contexts: &[u32], known: i32, bit: bool) -> bool {
        if !self.step() {
            return false;
        }
        let guess = self.model.predict(kind, contexts, known);
        let bit = self.coder.code(bit, guess.probability);
        self.model.learn(&guess, bit);
        bit
    }

    /// Codes a number of so many bits of which nothing is known.
    pub(super) fn uniform(&mut self, n_bits: u32, value: u32) -> u32 {
        (0..n_bits)
            .rev()
            .fold(0, |read, at| read << 1 | u32::from(self.plain_bit(value >> at & 1 == 1)))
    }

    /// Codes a bit of which nothing is known.
    fn plain_bit(&mut self, bit: bool) -> bool {
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
    pub(super) fn symbol(
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
            for (key, expected) in keys[contexts.len()..].iter_mut().zip(expected) {
                let is_on_way = expected.value >> n_bits == 0
                    && (expected.value | 1 << n_bits) >> (at + 1) == node;
                let next = if is_on_way { expected.value >> at & 1 } else { 2 };
                *key = hash(expected.trust.wrapping_add(0x5_0000 + kind as u32), next);
            }
            let bit = self.bit(kind, &keys[..n_keys], 0, value >> at & 1 == 1);
            node = node << 1 | u32::from(bit);
        }
        node - (1 << n_bits)
    }

    /// Codes one of up to `1 << n_bits` values; `near` is what it may depend on.
    pub(super) fn choice(&mut self, field: Field, near: [u32; 2], n_bits: u32, value: u32) -> u32 {
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

    pub(super) fn flag(&mut self, field: Field, near: [u32; 2], flag: bool) -> bool {
        self.choice(field, near, 1, u32::from(flag)) == 1
    }

    /// Codes a number: how many bits it has, and then these.
    pub(super) fn number(&mut self, field: Field, near: [u32; 2], value: u64) -> u64 {
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
                self.plain_bit(bit)
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
    /// Codes how many there are, and each of them.
    pub(super) fn list<T: Clone>(
        &mut self,
        field: Field,
        list: &mut Vec<T>,
        blank: &T,
        item: impl FnMut(&mut Self, &mut T),
    ) {
        self.list_near(field, [0, 0], list, blank, item);
    }

    pub(super) fn list_near<T: Clone>(
        &mut self,
        field: Field,
        near: [u32; 2],
        list: &mut Vec<T>,
        blank: &T,
        mut item: impl FnMut(&mut Self, &mut T),
    ) {
        let len = self.number(field, near, list.len() as u64);
        if !self.is_reading() {
            for it in list {
                self.charge(size_of::<T>());
                item(self, it);
            }
            return;
        }
        list.clear();
        for _ in 0..len {
            self.charge(size_of::<T>());
            let mut it = blank.clone();
            item(self, &mut it);
            if self.fault().is_some() {
                break;
            }
            list.push(it);
        }
    }

    /// Codes whether it is there, and then what it is.
    pub(super) fn optional<T>(
        &mut self,
        field: Field,
        value: &mut Option<T>,
        blank: impl FnOnce() -> T,
        item: impl FnOnce(&mut Self, &mut T),
    ) {
        self.optional_near(field, [0, 0], value, blank, item);
    }

    pub(super) fn optional_near<T>(
        &mut self,
        field: Field,
        near: [u32; 2],
        value: &mut Option<T>,
        blank: impl FnOnce() -> T,
        item: impl FnOnce(&mut Self, &mut T),
    ) {
        let near = near.map(|near| hash(field as u32, near));
        let is_some = self.flag(Field::IsThere, near, value.is_some());
        if self.is_reading() {
            *value = is_some.then(blank);
        }
        if let Some(value) = value {
            item(self, value);
        }
    }

    /// Codes which of the values it is.
    pub(super) fn one_of<T: Copy + PartialEq>(
        &mut self,
        field: Field,
        near: [u32; 2],
        values: &[T],
        value: &mut T,
    ) -> u32 {
        let place = values.iter().position(|it| it == value).unwrap_or(0);
        let n_bits = usize::BITS - (values.len() - 1).leading_zeros();
        let place = self.choice(field, near, n_bits, place as u32);
        match values.get(place as usize) {
            Some(read) => *value = *read,
            None => self.fail(Fault::Broken),
        }
        place
    }

    pub(super) fn switch(&mut self, field: Field, near: [u32; 2], value: &mut bool) {
        *value = self.flag(field, near, *value);
    }

    pub(super) fn count(&mut self, field: Field, value: &mut u32) {
        match u32::try_from(self.number(field, [0, 0], u64::from(*value))) {
            Ok(read) => *value = read,
            Err(_) => self.fail(Fault::Broken),
        }
    }

    pub(super) fn size(&mut self, field: Field, value: &mut u64) {
        *value = self.number(field, [0, 0], *value);
    }

    pub(super) fn optional_size(&mut self, field: Field, value: &mut Option<u64>) {
        self.optional(field, value, || 0, |stream, value| stream.size(field, value));
    }

    /// Codes a number that may be below zero.
    pub(super) fn signed(&mut self, field: Field, near: u32, value: &mut i64) {
        let is_negative = self.flag(Field::IsNegative, [field as u32, near], *value < 0);
        let len = self.number(field, [u32::from(is_negative), near], value.unsigned_abs());
        let len = len.cast_signed();
        *value = if is_negative { len.wrapping_neg() } else { len };
    }
}

/// Numbers of up to so many bits are learned as a whole.
const MODELLED_LEN: u32 = 12;

/// Mixes two numbers into one.
pub(super) fn hash(left: u32, right: u32) -> u32 {
    let mixed = (left ^ right.wrapping_mul(0x9e37_79b1)).wrapping_mul(0x85eb_ca6b);
    mixed ^ mixed >> 15
}

/// Mixes the bytes of a text into one number.
pub(super) fn hash_text(text: &str) -> u32 {
    text.bytes().fold(text.len() as u32, |key, byte| hash(key, u32::from(byte)))
}
