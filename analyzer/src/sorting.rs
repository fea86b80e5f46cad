//! Sorts lists of all types by the same code.
//!
//! The sort of the standard library is made for each type anew, for speed: those of this crate
//! were a tenth of what the browser loads. Lists here are short.

use std::cmp::Ordering;

/// Sorts; what is equal stays in order.
pub(crate) fn sort<T: Ord>(list: &mut [T]) {
    sort_by(list, Ord::cmp);
}

/// Sorts by a comparison; what is equal stays in order.
pub(crate) fn sort_by<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if list.len() < 2 {
        return;
    }
    let order = order(list.len(), &|left, right| compare(&list[left], &list[right]));
    arrange(order, &mut |left, right| list.swap(left, right));
}

/// Which of so many things comes first, second and so on.
fn order(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    order.sort_by(|left, right| compare(*left, *right));
    order
}

/// Moves each thing to its place by swaps; `order` tells what belongs to each.
fn arrange(mut order: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut place = start;
        loop {
            let from = std::mem::replace(&mut order[place], place);
            if from == start {
                break;
            }
            swap(place, from);
            place = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_as_by_the_standard_library() {
        let mut state = 7_u64;
        for len in 0..200 {
            let mut list: Vec<(u64, usize)> = (0..len)
                .map(|index| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    (state >> 60, index)
                })
                .collect();
            let mut expected = list.clone();
            expected.sort_by_key(|(key, _)| *key);
            sort_by(&mut list, |left, right| left.0.cmp(&right.0));
            assert_eq!(list, expected);
        }
    }
}
