//! Contexts as numbers.

/// Mixes two numbers into one.
#[must_use]
pub fn hash(left: u32, right: u32) -> u32 {
    let mixed = (left ^ right.wrapping_mul(0x9e37_79b1)).wrapping_mul(0x85eb_ca6b);
    mixed ^ mixed >> 15
}
