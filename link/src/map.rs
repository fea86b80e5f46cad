//! Finds what was remembered of a name, a version, or another key.

use alloc::vec::Vec;

/// A text of each side: of a change, or as the side may be called where it is remembered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pair {
    pub(crate) old: Vec<u8>,
    pub(crate) new: Vec<u8>,
}

/// Pairs by their keys.
#[derive(Clone, Debug, Default)]
pub(crate) struct Map {
    /// In the order in which they came.
    entries: Vec<(Vec<u8>, Pair)>,
    /// Their places, in the order of the keys.
    order: Vec<u32>,
}

impl Map {
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The pair that came as the `place`-th.
    pub(crate) fn at(&self, place: usize) -> Option<&(Vec<u8>, Pair)> {
        self.entries.get(place)
    }

    /// When the key came first.
    pub(crate) fn place(&self, key: &[u8]) -> Option<usize> {
        self.search(key).ok().map(|at| self.order[at] as usize)
    }

    pub(crate) fn get(&self, key: &[u8]) -> Option<&Pair> {
        self.place(key).map(|place| &self.entries[place].1)
    }

    /// The pair of a key, which is empty if there was none.
    pub(crate) fn entry(&mut self, key: &[u8]) -> &mut Pair {
        let place = match self.search(key) {
            Ok(at) => self.order[at] as usize,
            Err(at) => {
                let place = self.entries.len();
                self.order.insert(at, place as u32);
                self.entries.push((key.to_vec(), Pair::default()));
                place
            }
        };
        &mut self.entries[place].1
    }

    fn search(&self, key: &[u8]) -> Result<usize, usize> {
        self.order.binary_search_by(|place| self.entries[*place as usize].0.as_slice().cmp(key))
    }
}
