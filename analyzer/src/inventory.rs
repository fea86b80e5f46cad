//! What is known of one system: its packages and store paths.

use std::collections::HashSet;

use crate::sorting;
use crate::store_path::{STORE_DIR, StorePath, split_name_version, without_drv};

/// Packages beyond this are left out. The largest systems have some ten thousand store paths.
pub const MAX_ITEMS: usize = 1 << 20;

/// The line of what came without one, as in a report from a link.
pub(crate) const NO_LINE: u32 = 0;

/// Characters of the hash of a store path.
const HASH_LEN: usize = 32;

/// The packages of one system, as far as they are known.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Inventory {
    /// Hash, name and version of all items, without separators between items.
    text: String,
    items: Vec<Item>,
    is_complete: bool,
    overflowed: bool,
    total: Option<Size>,
}

/// What an item is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identity<'a> {
    /// Name and version alone.
    Unknown,
    /// Hash of the store path.
    Path(&'a str),
    /// Hash of the derivation that makes it.
    Derivation(&'a str),
}

/// A size, and how exact it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Size {
    /// Bytes.
    pub bytes: u64,
    /// The true size lies at most this many bytes above or below: `2.0 MiB` is rounded.
    pub slack: u64,
}

/// A package of an [`Inventory`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held<'a> {
    /// What it is known by.
    pub identity: Identity<'a>,
    /// Package name.
    pub name: &'a str,
    /// Version with the output, if there is one.
    pub version: Option<&'a str>,
    /// Size of the store path alone.
    pub size: Option<Size>,
    /// Whether it is in `environment.systemPackages`, where that is known.
    pub selected: Option<bool>,
    /// Line of the input that names it, from `1` on; `0` if none is known.
    pub line: u32,
}

#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
struct Item {
    start: u32,
    name_start: u32,
    name_end: u32,
    end: u32,
    line: u32,
    size: Option<Size>,
    selected: Option<bool>,
    is_derivation: bool,
}

impl Inventory {
    /// Says that it names everything that the system holds: what is not in it is not there.
    pub fn set_complete(&mut self) {
        self.is_complete = true;
    }

    /// Whether what is not in it is not in the system.
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// Whether more than [`MAX_ITEMS`] packages came.
    pub fn has_overflowed(&self) -> bool {
        self.overflowed
    }

    /// The packages, in the order in which they came.
    pub fn items(&self) -> impl ExactSizeIterator<Item = Held<'_>> {
        self.items.iter().map(|item| self.held(item))
    }

    /// Adds a store path; that of a derivation stands for what the derivation makes.
    pub fn push_path(&mut self, path: StorePath<'_>, size: Option<Size>, line: u32) {
        self.push_base(&path.as_str()[STORE_DIR.len()..], size, line);
    }

    /// Adds a store path by its base name, such as `…-hello-2.12`. Anything else is passed over.
    pub(crate) fn push_base(&mut self, base: &str, size: Option<Size>, line: u32) {
        let Some((hash, rest)) = base.split_at_checked(HASH_LEN) else { return };
        let Some(name) = rest.strip_prefix('-') else { return };
        let is_derivation = name.ends_with(".drv");
        let (name, version) = split_name_version(without_drv(name));
        let identity =
            if is_derivation { Identity::Derivation(hash) } else { Identity::Path(hash) };
        self.push(Held { identity, name, version, size, selected: None, line });
    }

    /// Size of all store paths together, if that of each is known.
    pub fn size(&self) -> Option<Size> {
        if self.items.iter().any(|item| item.size.is_none()) {
            return None;
        }
        let mut total = Size { bytes: 0, slack: 0 };
        for item in self.distinct() {
            total = total.plus(item.size?);
        }
        (!self.items.is_empty()).then_some(total)
    }

    /// Size of the whole system, where that is known.
    pub fn total(&self) -> Option<Size> {
        self.total
    }

    /// Notes the size of the whole system: the sum of its store paths, or what was said of it,
    /// whichever is more exact.
    pub(crate) fn set_total(&mut self, said: Option<Size>) {
        self.total = self.size().into_iter().chain(said).min_by_key(|size| size.slack);
    }

    /// Distinct store paths.
    pub fn count_paths(&self) -> u32 {
        let identities: HashSet<Identity> = self.items().map(|item| item.identity).collect();
        u32::try_from(identities.len()).unwrap_or(u32::MAX)
    }

    /// The packages, each once, by name, version and identity.
    pub fn distinct(&self) -> impl Iterator<Item = Held<'_>> {
        let held = |index: &usize| self.held(&self.items[*index]);
        let mut all: Vec<(u128, usize)> =
            self.items().map(|item| start_of(item.name)).zip(0..).collect();
        sorting::sort_by(&mut all, |left, right| {
            let order = || held(&left.1).order().cmp(&held(&right.1).order());
            left.0.cmp(&right.0).then_with(order)
        });
        all.dedup_by(|left, right| {
            left.0 == right.0 && held(&left.1).order() == held(&right.1).order()
        });
        all.into_iter().map(move |(_, index)| held(&index))
    }

    /// Takes back all sizes.
    pub(crate) fn forget_sizes(&mut self) {
        self.items.iter_mut().for_each(|item| item.size = None);
    }

    /// Adds a package.
    pub fn push(&mut self, held: Held<'_>) {
        let (hash, is_derivation) = match held.identity {
            Identity::Unknown => ("", false),
            Identity::Path(hash) => (hash, false),
            Identity::Derivation(hash) => (hash, true),
        };
        let version = held.version.unwrap_or_default();
        let len = self.text.len() + hash.len() + held.name.len() + version.len();
        if self.items.len() >= MAX_ITEMS || u32::try_from(len).is_err() {
            self.overflowed = true;
            return;
        }
        let start = self.end();
        self.text.push_str(hash);
        let name_start = self.end();
        self.text.push_str(held.name);
        let name_end = self.end();
        self.text.push_str(version);
        let Held { line, size, selected, .. } = held;
        let end = self.end();
        self.items.push(Item {
            start,
            name_start,
            name_end,
            end,
            line,
            size,
            selected,
            is_derivation,
        });
    }

    /// Marks the packages that `is_selected` names by the hash of their path as chosen by a
    /// person, and all others as needed by these.
    pub fn select(&mut self, is_selected: impl Fn(&str) -> bool) {
        for item in &mut self.items {
            let hash = &self.text[item.start as usize..item.name_start as usize];
            item.selected = Some(is_selected(hash));
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "`push` refuses what does not fit")]
    fn end(&self) -> u32 {
        self.text.len() as u32
    }

    fn held(&self, item: &Item) -> Held<'_> {
        let part = |from: u32, to: u32| &self.text[from as usize..to as usize];
        let hash = part(item.start, item.name_start);
        let version = part(item.name_end, item.end);
        Held {
            identity: match (hash.len(), item.is_derivation) {
                (HASH_LEN, true) => Identity::Derivation(hash),
                (HASH_LEN, false) => Identity::Path(hash),
                _ => Identity::Unknown,
            },
            name: part(item.name_start, item.name_end),
            version: (!version.is_empty()).then_some(version),
            size: item.size,
            selected: item.selected,
            line: item.line,
        }
    }
}

impl Size {
    /// How many bytes more `new` is, if that is certain: rounded sizes must differ by several times
    /// what was rounded off.
    pub(crate) fn step(self, new: Self) -> Option<i64> {
        const CERTAIN: u64 = 4;
        let delta = i64::try_from(i128::from(new.bytes) - i128::from(self.bytes)).ok()?;
        let slack = self.slack.saturating_add(new.slack);
        (slack == 0 || delta.unsigned_abs() / CERTAIN >= slack).then_some(delta)
    }

    /// Both together.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            bytes: self.bytes.saturating_add(other.bytes),
            slack: self.slack.saturating_add(other.slack),
        }
    }
}

/// The first bytes of a name as a number: most names are told apart by these at once.
fn start_of(name: &str) -> u128 {
    let mut start = [0; 16];
    let len = name.len().min(start.len());
    start[..len].copy_from_slice(&name.as_bytes()[..len]);
    u128::from_be_bytes(start)
}

impl<'a> Held<'a> {
    /// What it is sorted by.
    pub(crate) fn order(&self) -> (&'a str, Option<&'a str>, Identity<'a>) {
        (self.name, self.version, self.identity)
    }
}
