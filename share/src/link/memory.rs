//! What was coded before, as far as what follows may depend on it.

use std::collections::BTreeMap;

use super::field::{Field, N_FIELDS};
use super::history::History;
use super::moment::Moment;

/// Versions of which each side of a change is remembered.
#[derive(Clone, Debug, Default)]
pub(super) struct Pair {
    pub(super) old: String,
    pub(super) new: String,
}

/// What was coded before.
#[derive(Clone, Debug)]
pub(super) struct Memory {
    /// The last choice of each field.
    choices: Vec<u32>,
    /// The last text of each field, near each value that it depends on.
    texts: BTreeMap<u32, String>,
    pub(super) history: History,
    pub(super) versions: Versions,
    /// The last time of day.
    pub(super) moment: Option<Moment>,
    /// The last date, in days since 1970.
    pub(super) day: i64,
}

/// Versions of the changes so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Versions {
    /// The last change of each family, by the beginning of its names.
    pub(super) of_family: BTreeMap<u32, Pair>,
    /// What became of each old version, most lately.
    pub(super) of_old: BTreeMap<String, String>,
    /// The last change of those that have the same version in the table: of one release.
    pub(super) of_known: BTreeMap<String, Pair>,
    /// Changes that something before tells of, such as that of the kernel.
    pub(super) of_name: BTreeMap<String, Pair>,
    /// The last change.
    pub(super) last: Pair,
    /// The last label of a system.
    pub(super) label: String,
}

impl Versions {
    /// Remembers a reason to reboot: `linux 6.12.18 -> 6.12.19`.
    pub(super) fn learn_reason(&mut self, reason: &str) {
        let mut words = reason.split(' ');
        if let (Some(name), Some(old), Some("->"), Some(new)) =
            (words.next(), words.next(), words.next(), words.next())
        {
            let pair = Pair { old: old.to_owned(), new: new.to_owned() };
            self.of_name.insert(name.to_owned(), pair);
        }
    }

    /// Remembers a change.
    pub(super) fn learn(&mut self, family: u32, known: &str, pair: Pair) {
        if !pair.old.is_empty() && !pair.new.is_empty() {
            self.of_old.insert(pair.old.clone(), pair.new.clone());
        }
        for (kept, side) in [(&mut self.last.old, &pair.old), (&mut self.last.new, &pair.new)] {
            if !side.is_empty() {
                kept.clone_from(side);
            }
        }
        if !known.is_empty() {
            self.of_known.insert(known.to_owned(), pair.clone());
        }
        self.of_family.insert(family, pair);
    }
}

impl Memory {
    pub(super) fn new() -> Self {
        Self {
            choices: vec![0; N_FIELDS],
            texts: BTreeMap::new(),
            history: History::default(),
            versions: Versions::default(),
            moment: None,
            day: 0,
        }
    }

    pub(super) fn last(&self, field: Field) -> u32 {
        self.choices[field as usize]
    }

    pub(super) fn remember(&mut self, field: Field, value: u32) {
        self.choices[field as usize] = value;
    }

    pub(super) fn last_text(&self, place: u32) -> &str {
        self.texts.get(&place).map_or("", String::as_str)
    }

    pub(super) fn remember_text(&mut self, place: u32, text: &str) {
        self.texts.insert(place, text.to_owned());
    }
}
