//! Links as bytes, by code of their own: what the tests change must not be changed back.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The bytes of a link that was made here.
pub(crate) fn bytes(fragment: &str) -> Vec<u8> {
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

/// The link of these bytes.
pub(crate) fn fragment(bytes: &[u8]) -> String {
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| usize::from(byte >> (7 - at % 8) & 1));
    let n_letters = (bytes.len() * 8).div_ceil(6);
    let letters = (0..n_letters).map(|letter| {
        let place = (0..6).fold(0, |sum, at| sum << 1 | bit(letter * 6 + at));
        char::from(ALPHABET[place])
    });
    "r1".chars().chain(letters).collect()
}

/// The link that holds a body, with the right length and checksum.
pub(crate) fn around(level: u8, body: &[u8]) -> String {
    let mut bytes = vec![level];
    let mut len = body.len();
    while len >= 128 {
        bytes.push(u8::try_from(len % 128 + 128).expect("a byte"));
        len /= 128;
    }
    bytes.push(u8::try_from(len).expect("a byte"));
    let checksum = crc32(&[&bytes, body].concat());
    bytes.extend(checksum.to_le_bytes());
    bytes.extend(body);
    fragment(&bytes)
}

/// The body of a link that was made here, and its level.
pub(crate) fn body(fragment: &str) -> (u8, Vec<u8>) {
    let bytes = bytes(fragment);
    let len_end = 2 + bytes[1..].iter().position(|byte| *byte < 128).expect("a length");
    (bytes[0], bytes[len_end + 4..].to_vec())
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut table = [0_u32; 256];
    for (at, entry) in (0_u32..).zip(&mut table) {
        *entry =
            (0..8).fold(at, |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 });
    }
    !bytes
        .iter()
        .fold(u32::MAX, |crc, byte| table[((crc ^ u32::from(*byte)) & 255) as usize] ^ crc >> 8)
}
