//! The names of packages that both sides know, sorted, with a version that each had once.

use alloc::vec::Vec;
use core::cmp::Ordering;

/// The table of names.
#[derive(Clone, Debug)]
pub(crate) struct NameTable {
    text: Vec<u8>,
    /// Where each name ends in the text; its version follows.
    names: Vec<Name>,
}

#[derive(Clone, Copy, Debug)]
struct Name {
    start: u32,
    middle: u32,
    end: u32,
    /// How many depend on it: 0 for the most.
    rank: u8,
}

impl NameTable {
    /// Reads lines of a letter for the bytes that are as in the name before (`A` for none), the
    /// rest of the name, a space, the digit of the rank, and the version.
    pub(crate) fn parse(lines: &[u8]) -> Option<Self> {
        let (mut text, mut names) = (Vec::new(), Vec::new());
        let mut last = Vec::new();
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            let (first, rest) = line.split_first()?;
            let space = rest.iter().position(|byte| *byte == b' ')?;
            let (suffix, about) = rest.split_at_checked(space)?;
            // The space, and the line's end.
            let (rank, version) = about.get(1..about.len() - 1)?.split_first()?;
            last.truncate(usize::from(first.checked_sub(b'A')?));
            last.extend_from_slice(suffix);
            let start = text.len() as u32;
            text.extend_from_slice(&last);
            let middle = text.len() as u32;
            text.extend_from_slice(version);
            names.push(Name {
                start,
                middle,
                end: text.len() as u32,
                rank: rank.checked_sub(b'0')?,
            });
        }
        Some(Self { text, names })
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// The name; empty beyond the end.
    pub(crate) fn text(&self, place: usize) -> &[u8] {
        self.names.get(place).map_or(&[], |name| self.part(name.start, name.middle))
    }

    /// A version that it had once; empty if none is known.
    pub(crate) fn version(&self, place: usize) -> &[u8] {
        self.names.get(place).map_or(&[], |name| self.part(name.middle, name.end))
    }

    fn part(&self, start: u32, end: u32) -> &[u8] {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    pub(crate) fn rank(&self, place: usize) -> u8 {
        self.names.get(place).map_or(0, |name| name.rank)
    }

    /// The first bytes of a name, as a number.
    pub(crate) fn beginning(&self, place: usize, len: usize) -> u32 {
        let bytes = self.text(place).iter().take(len);
        bytes.fold(0, |number, byte| number << 8 | u32::from(*byte))
    }

    /// Where the name is; or else where it would be.
    pub(crate) fn place(&self, key: &[u8]) -> Result<usize, usize> {
        let (mut low, mut high) = (0, self.names.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.text(middle).cmp(key) {
                Ordering::Equal => return Ok(middle),
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
            }
        }
        Err(low)
    }
}
