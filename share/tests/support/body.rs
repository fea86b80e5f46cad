//! The body of a link, taken out by code of its own.

use super::frame::ALPHABET;

/// The body of a link that was made here, and its level.
pub(crate) fn body(fragment: &str) -> (u8, Vec<u8>) {
    let bytes = bytes(fragment);
    let len_end = 2 + bytes[1..].iter().position(|byte| *byte < 128).expect("a length");
    (bytes[0], bytes[len_end + 4..].to_vec())
}

/// The bytes of a link that was made here.
fn bytes(fragment: &str) -> Vec<u8> {
    let letters = fragment.strip_prefix("r1").expect("a link of version 1").bytes();
    let digits: Vec<u8> = letters
        .map(|letter| {
            let place = ALPHABET.iter().position(|it| *it == letter);
            u8::try_from(place.expect("a letter of base64url")).expect("a digit below 64")
        })
        .collect();
    let bit = |at: usize| digits[at / 6] >> (5 - at % 6) & 1;
    let n_bytes = digits.len() * 6 / 8;
    (0..n_bytes).map(|byte| (0..8).fold(0, |sum, at| sum << 1 | bit(byte * 8 + at))).collect()
}
