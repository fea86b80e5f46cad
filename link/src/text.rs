//! Texts, letter by letter.

#![expect(clippy::cast_possible_truncation, reason = "lengths of matches and hashes wrap")]

use alloc::vec::Vec;

use bits::{Expected, Fault, Kind, Model, hash};

use crate::field::Field;
use crate::stream::Stream;
use crate::value::Value;

/// Bytes of a text at most.
const MAX_LEN: usize = 1 << 20;

/// Bytes of memory that a remembered text takes besides its own.
const ENTRY: usize = 64;

/// Ends a text.
const END: u8 = 0;

/// Stands before a byte that is itself [`END`] or this.
const ESCAPE: u8 = 1;

impl Stream<'_> {
    /// Codes a text, which may be the last one of its field.
    pub(crate) fn text(&mut self, field: Field, text: &mut Vec<u8>) {
        self.text_near(field, 0, text);
    }

    /// Codes a text that may depend on something: the last one of its field was near the same.
    pub(crate) fn text_near(&mut self, field: Field, near: u32, text: &mut Vec<u8>) {
        let place = hash(field as u32, near);
        let last = self.memory.last_text(place);
        if self.flag(Field::TextIsAsBefore, [field as u32, place], *text == last) {
            self.charge(last.len());
            if self.is_reading() {
                *text = last;
            }
            return;
        }
        self.letters(Letters::new(field), text);
        self.memory.remember_text(place, text);
    }

    pub(crate) fn optional_text(&mut self, field: Field, text: &mut Value) {
        let is_there = self.flag(Field::TextIsThere, [field as u32, 0], text.is_there());
        if is_there {
            self.text(field, text.text_mut());
        }
    }

    /// Codes a name between two names that are near it in the table.
    pub(crate) fn spell(&mut self, field: Field, near: Neighbours, name: &mut Vec<u8>) {
        self.letters(Letters { near: Some(near), ..Letters::new(field) }, name);
    }

    fn letters(&mut self, mut letters: Letters, text: &mut Vec<u8>) {
        if !self.is_reading() {
            self.charge_text(text.len());
            for byte in text.iter() {
                if *byte <= ESCAPE {
                    self.letter(&mut letters, ESCAPE);
                }
                self.letter(&mut letters, *byte);
            }
            self.letter(&mut letters, END);
            return;
        }
        let mut bytes = Vec::new();
        loop {
            let byte = match self.letter(&mut letters, 0) {
                END => break,
                ESCAPE => self.letter(&mut letters, 0),
                byte => byte,
            };
            if bytes.len() > MAX_LEN {
                break;
            }
            if self.fault().is_some() {
                break;
            }
            bytes.push(byte);
        }
        self.charge_text(bytes.len());
        self.put_read(text, bytes);
    }

    /// Keeps a text that was read, if it is one.
    pub(crate) fn put_read(&mut self, text: &mut Vec<u8>, read: Vec<u8>) {
        // Smaller than the check of a whole text, which is made for speed.
        if read.utf8_chunks().all(|chunk| chunk.invalid().is_empty()) {
            *text = read;
        } else {
            self.fail(Fault::Broken);
        }
    }

    /// Takes memory for a text, and for its copy among those that may come again.
    fn charge_text(&mut self, len: usize) {
        self.charge(2 * len + ENTRY);
        if len > MAX_LEN {
            self.fail(Fault::TooLarge);
        }
    }

    fn letter(&mut self, letters: &mut Letters, byte: u8) -> u8 {
        let matched = self.memory.history.expected();
        let expected = matched.map(|(byte, len)| {
            let trust = 100 + len.min(15) + u32::from(len >= 24) + u32::from(len >= 32);
            Expected { value: u32::from(byte), trust }
        });
        let contexts = letters.contexts(matched.map_or(0, |(byte, _)| u32::from(byte) + 1));
        let kind = if letters.near.is_some() { Kind::Name } else { Kind::Text };
        let byte = self.symbol(kind, &contexts, expected.as_slice(), 8, u32::from(byte));
        let byte = byte as u8;
        letters.push(byte);
        self.memory.history.push(byte);
        byte
    }
}

/// Learns which letters follow each other in a name, after `shared` bytes that an earlier name has.
pub(crate) fn learn_name(model: &mut Model, name: &[u8], shared: usize) {
    let mut letters = Letters::new(Field::ChangeName);
    for (at, byte) in name.iter().copied().chain([END]).enumerate() {
        if at >= shared {
            model.note([2, 3, 4].map(|n| letters.order(n)), byte);
        }
        letters.push(byte);
    }
}

/// What the next letter of a text depends on.
struct Letters {
    /// The last eight bytes, the newest lowest.
    last: u64,
    /// The letters of the word so far, and those of the word before.
    words: [u32; 2],
    /// The text so far.
    whole: u32,
    /// For a name: those around it.
    near: Option<Neighbours>,
}

/// The names before and after a name, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Neighbours {
    below: Neighbour,
    above: Neighbour,
}

impl Neighbours {
    pub(crate) fn new(below: &[u8], above: &[u8]) -> Self {
        let neighbour =
            |name: &[u8]| Neighbour { rest: name.iter().rev().copied().collect(), is_same: true };
        Self { below: neighbour(below), above: neighbour(above) }
    }
}

/// A name that begins like the one that is coded.
#[derive(Clone, Debug, Default)]
struct Neighbour {
    /// What is left of it, the next byte last.
    rest: Vec<u8>,
    /// Whether the name was the same so far.
    is_same: bool,
}

impl Neighbour {
    /// Its next byte and 1, or 0 where it is another name.
    fn next(&self) -> u32 {
        let next = self.rest.last().copied().unwrap_or(END);
        if self.is_same { u32::from(next) + 1 } else { 0 }
    }

    fn push(&mut self, byte: u8) {
        let next = self.rest.pop().unwrap_or(END);
        self.is_same &= next == byte;
    }
}

impl Letters {
    fn new(field: Field) -> Self {
        Self { last: 0, words: [0, field as u32], whole: field as u32 + 1, near: None }
    }

    /// The last `n` bytes.
    fn order(&self, n: u32) -> u32 {
        let last = self.last & ((1 << (8 * n)) - 1);
        hash(hash(0x100 + n, last as u32), (last >> 32) as u32)
    }

    fn contexts(&self, expected: u32) -> [u32; 8] {
        let order = |n| self.order(n);
        let [first, second] = match &self.near {
            Some(near) => {
                let key = hash(hash(0x120, near.below.next()), near.above.next());
                [key, hash(key, self.last as u32 & 0xff)]
            }
            None => [hash(0x110, expected), order(6)],
        };
        [
            first,
            second,
            order(1),
            order(2),
            order(3),
            order(4),
            hash(hash(0x111, self.words[0]), self.words[1]),
            hash(0x112, self.whole),
        ]
    }

    fn push(&mut self, byte: u8) {
        self.last = self.last << 8 | u64::from(byte);
        self.whole = hash(self.whole, u32::from(byte));
        if let Some(near) = &mut self.near {
            near.below.push(byte);
            near.above.push(byte);
        }
        if byte.is_ascii_alphanumeric() {
            self.words[0] = hash(self.words[0] + 1, u32::from(byte));
        } else if self.words[0] != 0 {
            self.words = [0, self.words[0]];
        }
    }
}
