//! Versions, letter by letter, beside those that they may be like.

#![expect(clippy::cast_possible_truncation, reason = "symbols have 5 bits, and hashes wrap")]

use alloc::vec::Vec;

use bits::{Expected, Fault, Kind, hash};

use crate::stream::Stream;

/// Letters of versions, by their number; the last two numbers are the end and any other byte,
/// which follows.
const LETTERS: &[u8; 30] = b"0123456789.-+_abcdefgilnprstuv";
const END: u32 = 30;
const OTHER: u32 = 31;
const LETTER_BITS: u32 = 5;

/// Bytes of a version at most.
const MAX_LEN: usize = 4096;

/// Versions that a version is compared with, at most.
const MAX_MODELS: usize = 4;

/// A version that the next one may be like.
struct Model<'v> {
    version: &'v [u8],
    /// Where the part begins that the next one has got to; beyond the end if it has fewer parts.
    part: usize,
    /// Whether the version was the same so far.
    is_same: bool,
    /// Whether its part was the same so far.
    is_part_same: bool,
}

impl<'v> Model<'v> {
    fn new(version: &'v [u8]) -> Self {
        Self { version, part: 0, is_same: true, is_part_same: true }
    }

    /// The letter at a place of the part; the end where there is none.
    fn letter(&self, at: usize) -> u32 {
        self.version.get(self.part + at).map_or(END, |byte| letter(*byte))
    }

    fn push(&mut self, at: usize, coded: u32) {
        let is_as_here = self.letter(at) == coded;
        self.is_same &= is_as_here;
        self.is_part_same &= is_as_here;
        if is_end_of_part(coded) {
            self.is_part_same = true;
            let rest = self.version.get(self.part..).unwrap_or_default();
            let end = rest.iter().position(|byte| is_end_of_part(letter(*byte)));
            self.part = end.map_or(self.version.len() + MAX_LEN, |end| self.part + end + 1);
        }
    }
}

/// A place in a version.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    part: usize,
    at: usize,
}

impl Place {
    fn next(self, letter: u32) -> Self {
        if is_end_of_part(letter) {
            Self { part: self.part + 1, at: 0 }
        } else {
            Self { at: self.at + 1, ..self }
        }
    }
}

/// What a version is coded beside.
pub(crate) struct Beside<'v> {
    pub(crate) kind: Kind,
    /// Versions that it may be like, the best first.
    pub(crate) models: [&'v [u8]; MAX_MODELS],
    /// What else it may depend on.
    pub(crate) keys: [u32; 2],
}

impl Stream<'_> {
    pub(crate) fn version(&mut self, beside: &Beside<'_>, version: &mut Vec<u8>) {
        let mut models = beside.models.map(Model::new);
        let mut state = State::new(beside);
        let mut bytes = version.iter();
        let mut read = Vec::new();
        loop {
            let (symbol, byte) = bytes.next().map_or((END, 0), |byte| (letter(*byte), *byte));
            let symbol = self.version_letter(&mut state, &mut models, symbol);
            if symbol == END || self.fault().is_some() {
                break;
            }
            let key = [hash(0x410, state.last[0])];
            let byte = match LETTERS.get(symbol as usize) {
                Some(byte) => *byte,
                None => self.symbol(Kind::Plain, &key, &[], 8, u32::from(byte)) as u8,
            };
            read.push(byte);
            if read.len() > MAX_LEN {
                self.fail(Fault::TooLarge);
            }
        }
        self.charge(read.len());
        if self.is_reading() {
            self.put_read(version, read);
        }
    }

    fn version_letter(
        &mut self,
        state: &mut State,
        models: &mut [Model<'_>; MAX_MODELS],
        symbol: u32,
    ) -> u32 {
        let contexts = state.contexts(models);
        let expected: [Expected; MAX_MODELS] =
            core::array::from_fn(|at| state.expected(at as u32, &models[at]));
        let symbol = self.symbol(state.kind, &contexts, &expected, LETTER_BITS, symbol);
        for model in models.iter_mut() {
            model.push(state.place.at, symbol);
        }
        state.push(symbol, models[0].is_same);
        symbol
    }
}

/// What was coded of a version.
struct State {
    kind: Kind,
    keys: [u32; 2],
    place: Place,
    /// The letters before, the newest first.
    last: [u32; 3],
    whole: u32,
    /// Parts since the one that is not as in the first model.
    parts_since: u32,
}

impl State {
    fn new(beside: &Beside<'_>) -> Self {
        let kind = beside.kind;
        Self {
            kind,
            keys: beside.keys,
            place: Place::default(),
            last: [END; 3],
            whole: 0,
            parts_since: 0,
        }
    }

    fn contexts(&self, models: &[Model<'_>; MAX_MODELS]) -> [u32; 7] {
        let salt = 0x400 + self.kind as u32 * 0x100;
        let part = (self.place.part.min(4) * 8 + self.place.at.min(7)) as u32;
        let [last, second, third] = self.last;
        let first = &models[0];
        let next = first.letter(self.place.at + 1);
        let like = u32::from(first.is_same) * 2 + u32::from(first.is_part_same);
        let beside = hash(hash(first.letter(self.place.at), next), like);
        [
            hash(hash(salt, part), last),
            hash(hash(salt + 1, part), hash(last, second)),
            hash(hash(salt + 2, last), hash(second, third)),
            hash(salt + 3, self.whole),
            hash(hash(salt + 4, self.whole), self.keys[0]),
            hash(hash(salt + 5, self.whole), self.keys[1]),
            hash(hash(salt + 6, beside), hash(self.parts_since, part)),
        ]
    }

    fn expected(&self, at: u32, model: &Model<'_>) -> Expected {
        let is_there = model.is_part_same && !model.version.is_empty();
        let value = if is_there { model.letter(self.place.at) } else { u32::MAX };
        let part = self.place.part.min(3) as u32;
        let trust =
            at << 8 | u32::from(model.is_same) << 4 | part << 1 | u32::from(self.place.at > 0);
        Expected { value, trust: hash(trust, self.parts_since) }
    }

    fn push(&mut self, letter: u32, is_same: bool) {
        if self.parts_since == 0 {
            self.parts_since = u32::from(!is_same);
        } else if is_end_of_part(letter) {
            self.parts_since = (self.parts_since + 1).min(4);
        }
        self.last = [letter, self.last[0], self.last[1]];
        self.whole = hash(self.whole, letter + 1);
        self.place = self.place.next(letter);
    }
}

/// The number of each byte's letter: versions are long enough for a search to be felt.
static NUMBERS: [u8; 256] = {
    let mut numbers = [OTHER as u8; 256];
    let mut number = 0;
    while number < LETTERS.len() {
        numbers[LETTERS[number] as usize] = number as u8;
        number += 1;
    }
    numbers
};

/// The number of a byte's letter.
fn letter(byte: u8) -> u32 {
    u32::from(NUMBERS[usize::from(byte)])
}

fn is_end_of_part(letter: u32) -> bool {
    (10..=13).contains(&letter)
}
