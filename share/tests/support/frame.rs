//! Links as bytes, by code of their own: what the tests change must not be changed back.

pub(crate) const ALPHABET: &[u8; 64] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

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
