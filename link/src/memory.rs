//! What was coded before, as far as what follows may depend on it.

use alloc::vec;
use alloc::vec::Vec;

use crate::field::{Field, N_FIELDS};
use crate::history::History;
use crate::map::{Map, Pair};

/// What was coded before.
#[derive(Clone, Debug)]
pub(crate) struct Memory {
    /// The last choice of each field.
    choices: Vec<u32>,
    /// The last text of each field, near each value that it depends on.
    texts: Map,
    pub(crate) history: History,
    pub(crate) versions: Versions,
    /// The last time of day, in seconds since 1970.
    pub(crate) moment: i64,
    /// The last date, in days since 1970.
    pub(crate) day: i64,
}

/// Versions of the changes so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Versions {
    /// The last change of each family, by the beginning of its names.
    of_family: Map,
    /// What became of each old version, most lately.
    of_old: Map,
    /// The last change of those that have the same version in the table: of one release.
    of_known: Map,
    /// Changes that something before tells of, such as that of the kernel.
    of_name: Map,
    /// The last change.
    pub(crate) last: Pair,
    /// The last label of a system.
    pub(crate) label: Vec<u8>,
}

impl Versions {
    /// Remembers a reason to reboot: `linux 6.12.18 -> 6.12.19`.
    pub(crate) fn learn_reason(&mut self, reason: &[u8]) {
        let mut words = reason.split(|byte| *byte == b' ');
        if let (Some(name), Some(old), Some(b"->"), Some(new)) =
            (words.next(), words.next(), words.next(), words.next())
        {
            *self.of_name.entry(name) = Pair { old: old.to_vec(), new: new.to_vec() };
        }
    }

    /// What a change of this name, of that family, may be like.
    pub(crate) fn like(&self, name: &[u8], family: u32) -> Pair {
        let of_name = self.of_name.get(name);
        of_name.or_else(|| self.of_family.get(&family.to_le_bytes())).cloned().unwrap_or_default()
    }

    /// What became of those that have the same version in the table.
    pub(crate) fn of_known(&self, known: &[u8]) -> Pair {
        self.of_known.get(known).cloned().unwrap_or_default()
    }

    /// What became of an old version.
    pub(crate) fn of_old(&self, old: &[u8]) -> Vec<u8> {
        self.of_old.get(old).map(|pair| pair.new.clone()).unwrap_or_default()
    }

    /// Remembers a change.
    pub(crate) fn learn(&mut self, family: u32, known: &[u8], pair: Pair) {
        if !pair.old.is_empty() && !pair.new.is_empty() {
            self.of_old.entry(&pair.old).new.clone_from(&pair.new);
        }
        for (kept, side) in [(&mut self.last.old, &pair.old), (&mut self.last.new, &pair.new)] {
            if !side.is_empty() {
                kept.clone_from(side);
            }
        }
        if !known.is_empty() {
            *self.of_known.entry(known) = pair.clone();
        }
        *self.of_family.entry(&family.to_le_bytes()) = pair;
    }
}

impl Memory {
    pub(crate) fn new() -> Self {
        Self {
            choices: vec![0; N_FIELDS],
            texts: Map::default(),
            history: History::default(),
            versions: Versions::default(),
            moment: 0,
            day: 0,
        }
    }

    pub(crate) fn last(&self, field: Field) -> u32 {
        self.choices.get(field as usize).copied().unwrap_or(0)
    }

    pub(crate) fn remember(&mut self, field: Field, value: u32) {
        if let Some(last) = self.choices.get_mut(field as usize) {
            *last = value;
        }
    }

    pub(crate) fn last_text(&self, place: u32) -> Vec<u8> {
        self.texts.get(&place.to_le_bytes()).map(|pair| pair.new.clone()).unwrap_or_default()
    }

    pub(crate) fn remember_text(&mut self, place: u32, text: &[u8]) {
        self.texts.entry(&place.to_le_bytes()).new = text.to_vec();
    }
}
