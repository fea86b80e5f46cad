//! Sorting and searching of lists, compiled once for all of them.
//!
//! Each `sort_by` is about 3 KB of program, and lower case beyond ASCII needs tables of 10 KB: the
//! page has many lists, and it loads before anything can be read.

use std::cmp::Ordering;

/// Sorts indices of a list; what compares as equal stays in order.
#[inline(never)]
pub fn sort(indices: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    indices.sort_by(|a, b| compare(*a, *b));
}

/// The items of a list in order; what compares as equal stays in order.
pub fn sorted<T: Clone>(items: &[T], compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let mut indices: Vec<usize> = (0..items.len()).collect();
    sort(&mut indices, &|a, b| compare(&items[a], &items[b]));
    indices.into_iter().map(|index| items[index].clone()).collect()
}

/// Whether a name contains what is searched for, in letters of either case. Names of packages
/// are ASCII, so only its letters are folded.
pub fn contains(name: &str, search: &str) -> bool {
    let (name, search) = (name.as_bytes(), search.trim().as_bytes());
    search.is_empty() || name.windows(search.len()).any(|part| part.eq_ignore_ascii_case(search))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_items_keep_their_order() {
        let items = [(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')];
        let expected = [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')];
        assert_eq!(sorted(&items, |a, b| a.0.cmp(&b.0)), expected);
    }

    #[test]
    fn indices_are_sorted_by_what_they_stand_for() {
        let lengths = [30, 10, 20];
        let mut indices = [0, 2, 1];
        sort(&mut indices, &|a, b| lengths[a].cmp(&lengths[b]));
        assert_eq!(indices, [1, 2, 0]);
    }

    #[test]
    fn a_search_finds_parts_of_names_in_either_case() {
        assert!(contains("python3.12-PyQt6", " pyqt"));
        assert!(contains("anything", ""));
        assert!(contains("naïve", "ï"));
        assert!(!contains("gcc", "clang"));
        assert!(!contains("a", "ab"));
    }
}
