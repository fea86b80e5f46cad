//! Puts slices beside each other, so that no two of one lane overlap.

use super::slice::Slice;

/// The slices in lanes: each stands in the first one that is free at its start.
pub(super) fn lanes(mut slices: Vec<Slice>) -> Vec<Vec<Slice>> {
    slices.sort_by_key(|slice| slice.from_us);
    let mut lanes: Vec<Vec<Slice>> = Vec::new();
    for slice in slices {
        let is_free =
            |lane: &Vec<Slice>| lane.last().is_none_or(|last| last.to_us <= slice.from_us);
        match lanes.iter().position(is_free) {
            Some(index) => lanes[index].push(slice),
            None => lanes.push(vec![slice]),
        }
    }
    lanes
}
