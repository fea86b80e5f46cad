//! The names of packages that both sides know, sorted, with a version that each had once.

/// The table of names.
#[derive(Clone, Debug)]
pub(super) struct NameTable {
    text: String,
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
    pub(super) fn parse(lines: &str) -> Option<Self> {
        let (mut text, mut names) = (String::new(), Vec::new());
        let mut last = String::new();
        for line in lines.lines() {
            let (first, rest) = line.split_at_checked(1)?;
            let shared = usize::from(first.bytes().next()?.checked_sub(b'A')?);
            let (suffix, about) = rest.split_once(' ')?;
            last.truncate(shared);
            last.push_str(suffix);
            let rank = about.bytes().next()?.checked_sub(b'0')?;
            let start = u32::try_from(text.len()).ok()?;
            text.push_str(&last);
            let middle = u32::try_from(text.len()).ok()?;
            text.push_str(&about[1..]);
            names.push(Name { start, middle, end: u32::try_from(text.len()).ok()?, rank });
        }
        Some(Self { text, names })
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The name; empty beyond the end.
    pub(super) fn text(&self, place: usize) -> &str {
        let name = self.names.get(place);
        name.map_or("", |name| &self.text[name.start as usize..name.middle as usize])
    }

    /// A version that it had once; empty if none is known.
    pub(super) fn version(&self, place: usize) -> &str {
        let name = self.names.get(place);
        name.map_or("", |name| &self.text[name.middle as usize..name.end as usize])
    }

    pub(super) fn rank(&self, place: usize) -> u8 {
        self.names[place].rank
    }

    /// The first bytes of a name, as a number.
    pub(super) fn beginning(&self, place: usize, len: usize) -> u32 {
        let bytes = self.text(place).bytes().take(len);
        bytes.fold(0, |number, byte| number << 8 | u32::from(byte))
    }

    /// Where the name is; or else where it would be.
    pub(super) fn place(&self, key: &str) -> Result<usize, usize> {
        let places = 0..self.names.len();
        let (mut low, mut high) = (places.start, places.end);
        while low < high {
            let middle = low.midpoint(high);
            match self.text(middle).cmp(key) {
                std::cmp::Ordering::Equal => return Ok(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        Err(low)
    }
}
