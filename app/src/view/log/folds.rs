//! Which rows there are when the output of derivations is folded, and how the address says so.

use std::sync::Arc;

use crate::protocol::lines::{Group, Stretch};

/// What is in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A row of the text. The first is `0`.
    Text(u32),
    /// The head of a group, by its place among the groups.
    Head(usize),
}

/// The groups of a text, each open or folded; a row with its head stands before its lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Folds {
    pub(super) groups: Arc<Vec<Group>>,
    /// As the address has it.
    pub(super) value: String,
    is_open: Vec<bool>,
    /// The row of each head.
    heads: Vec<u32>,
    pub(super) n_rows: u32,
    /// Lines in groups that are folded.
    pub(super) n_hidden: u32,
}

/// What of the groups is open at first.
pub(super) const FAILED: &str = "failed";
pub(super) const ALL: &str = "all";
pub(super) const NONE: &str = "none";

/// So many groups can be the other way round than most, so that addresses stay short.
const MAX_TURNED: usize = 400;

impl Folds {
    /// `value` is what is folded, `failed` for all but the failed ones, `all` or `none`, then the
    /// first lines of groups that are the other way round: `failed.120.4000`.
    pub(super) fn new(groups: Arc<Vec<Group>>, n_lines: u32, value: &str) -> Self {
        let (start, turned) = parsed(value);
        let mut folds = Self { groups, value: value.to_owned(), ..Self::default() };
        for group in folds.groups.iter() {
            let Stretch { first, count } = group.lines;
            let is_open = start == NONE || (start != ALL && group.is_failed);
            let is_open = is_open != turned.contains(&first);
            let n_heads = u32::try_from(folds.heads.len()).unwrap_or(u32::MAX);
            folds.heads.push(first - 1 + n_heads - folds.n_hidden);
            folds.is_open.push(is_open);
            folds.n_hidden += if is_open { 0 } else { count };
        }
        let n_heads = u32::try_from(folds.heads.len()).unwrap_or(u32::MAX);
        folds.n_rows = (n_lines + n_heads).saturating_sub(folds.n_hidden);
        folds
    }

    /// What is in a row.
    pub(super) fn place(&self, row: u32) -> Place {
        let Some(index) = self.heads.partition_point(|head| *head <= row).checked_sub(1) else {
            return Place::Text(row);
        };
        let Stretch { first, count } = self.groups[index].lines;
        match row - self.heads[index] {
            0 => Place::Head(index),
            below if self.is_open[index] => Place::Text(first - 2 + below),
            below => Place::Text(first - 2 + below + count),
        }
    }

    /// The row of a row of the text, or of the head of the group in which it is folded.
    pub(super) fn row_of(&self, row: u32) -> u32 {
        let Some(index) = self.group_before(row) else { return row };
        let below = row + 1 - self.groups[index].lines.first;
        let count = self.groups[index].lines.count;
        self.heads[index]
            + match (self.is_open[index], below < count) {
                (true, _) => below + 1,
                (false, true) => 0,
                (false, false) => below + 1 - count,
            }
    }

    /// Whether a group is open.
    pub(super) fn is_open(&self, index: usize) -> bool {
        self.is_open[index]
    }

    /// The first line of the folded group that holds a row of the text.
    pub(super) fn closed_around(&self, row: u32) -> Option<u32> {
        let index = self.group_before(row)?;
        let Stretch { first, count } = self.groups[index].lines;
        (!self.is_open[index] && row + 1 < first + count).then_some(first)
    }

    /// The row of the head of the group with this first line.
    pub(super) fn head_of(&self, first: u32) -> Option<u32> {
        let found = self.groups.binary_search_by_key(&first, |group| group.lines.first).ok()?;
        self.heads.get(found).copied()
    }

    /// The rows of the text that are in these rows, in stretches.
    pub(super) fn text_in(&self, first: u32, end: u32) -> Vec<Stretch> {
        let mut stretches = Vec::<Stretch>::new();
        for row in first..end.min(self.n_rows) {
            let Place::Text(row) = self.place(row) else { continue };
            match stretches.last_mut() {
                Some(last) if last.first + last.count == row + 1 => last.count += 1,
                _ => stretches.push(Stretch { first: row + 1, count: 1 }),
            }
        }
        stretches
    }

    fn group_before(&self, row: u32) -> Option<usize> {
        self.groups.partition_point(|group| group.lines.first <= row + 1).checked_sub(1)
    }
}

/// The value with a group the other way round.
pub(super) fn turned(value: &str, first: u32) -> String {
    let (start, mut turned) = parsed(value);
    let n_before = turned.len();
    turned.retain(|it| *it != first);
    if turned.len() == n_before {
        turned.push(first);
    }
    let mut value = start.to_owned();
    let latest = &turned[turned.len().saturating_sub(MAX_TURNED)..];
    for first in latest {
        value.push('.');
        value += &first.to_string();
    }
    value
}

fn parsed(value: &str) -> (&str, Vec<u32>) {
    let mut parts = value.split('.');
    let start = parts.next().unwrap_or_default();
    (start, parts.filter_map(|part| part.parse().ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten lines: two groups of two and three.
    fn folds(value: &str) -> Folds {
        let group = |first, count, is_failed| Group {
            lines: Stretch { first, count },
            printer: 0,
            is_mixed: false,
            is_failed,
        };
        Folds::new(Arc::new(vec![group(2, 2, false), group(6, 3, true)]), 10, value)
    }

    /// Rows as numbers of lines, with `+` and `-` for heads of groups that are folded or open.
    fn drawn(folds: &Folds) -> String {
        let row = |row| match folds.place(row) {
            Place::Text(row) => (row + 1).to_string(),
            Place::Head(index) if folds.is_open(index) => "-".to_owned(),
            Place::Head(_) => "+".to_owned(),
        };
        (0..folds.n_rows).map(row).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn groups_are_folded_as_the_address_says() {
        for (value, expected) in [
            ("failed", "1 + 4 5 - 6 7 8 9 10"),
            ("all", "1 + 4 5 + 9 10"),
            ("none", "1 - 2 3 4 5 - 6 7 8 9 10"),
            ("failed.2", "1 - 2 3 4 5 - 6 7 8 9 10"),
            ("failed.2.6", "1 - 2 3 4 5 + 9 10"),
            ("all.6.77.x", "1 + 4 5 - 6 7 8 9 10"),
            ("anything else", "1 + 4 5 - 6 7 8 9 10"),
        ] {
            assert_eq!(drawn(&folds(value)), expected, "{value}");
        }
    }

    #[test]
    fn each_row_of_the_text_is_in_its_row_or_in_the_head_of_its_group() {
        for value in ["failed", "all", "none", "failed.2.6"] {
            let folds = folds(value);
            for row in 0..10 {
                let at = folds.place(folds.row_of(row));
                match folds.closed_around(row) {
                    None => assert_eq!(at, Place::Text(row), "{value}"),
                    Some(first) => {
                        assert_eq!(folds.head_of(first), Some(folds.row_of(row)), "{value}");
                        assert!(matches!(at, Place::Head(_)), "{value}");
                    }
                }
            }
        }
    }

    #[test]
    fn lines_in_rows_are_stretches() {
        let shown = |value: &str, first, end| -> Vec<(u32, u32)> {
            folds(value).text_in(first, end).iter().map(|it| (it.first, it.count)).collect()
        };
        assert_eq!(shown("all", 0, 99), [(1, 1), (4, 2), (9, 2)]);
        assert_eq!(shown("none", 0, 5), [(1, 4)]);
        assert_eq!(shown("none", 5, 9), [(5, 3)]);
    }

    #[test]
    fn group_is_turned_and_turned_back() {
        let once = turned("failed", 120);
        assert_eq!(once, "failed.120");
        assert_eq!(turned(&once, 7), "failed.120.7");
        assert_eq!(turned(&once, 120), "failed");
        let many = (0..1000).fold("all".to_owned(), |value, first| turned(&value, first));
        assert_eq!(many.split('.').count(), 1 + MAX_TURNED);
    }

    #[test]
    fn text_without_groups_has_its_own_rows() {
        let folds = Folds::new(Arc::default(), 10, "all");
        assert_eq!((folds.n_rows, folds.row_of(7), folds.place(7)), (10, 7, Place::Text(7)));
    }
}
