//! Links as bytes, by code of their own: what the tests change must not be changed back.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The bytes of a link that was made here.
pub(crate) fn bytes(fragment: &str) -> Vec<u8> {
    let mut bits = String::new();
    for letter in fragment.strip_prefix("r1").expect("a link of version 1").bytes() {
        let place = ALPHABET.iter().position(|it| *it == letter).expect("a letter of base64url");
        bits += &format!("{place:06b}");
    }
    let whole = bits.as_bytes().chunks_exact(8);
    whole.map(|it| u8::from_str_radix(str::from_utf8(it).unwrap(), 2).unwrap()).collect()
}

/// The link of these bytes.
pub(crate) fn fragment(bytes: &[u8]) -> String {
    let mut bits: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
    while !bits.len().is_multiple_of(6) {
        bits.push('0');
    }
    let letters = bits.as_bytes().chunks(6).map(|it| {
        let place = usize::from_str_radix(str::from_utf8(it).unwrap(), 2).unwrap();
        char::from(ALPHABET[place])
    });
    ["r1".to_owned(), letters.collect()].concat()
}

/// The link that holds a body, with the right length and checksum.
pub(crate) fn around(level: u8, body: &[u8]) -> String {
    let mut bytes = vec![level];
    let mut len = body.len();
    while len >= 128 {
        bytes.push(u8::try_from(len % 128).unwrap() + 128);
        len /= 128;
    }
    bytes.push(u8::try_from(len).unwrap());
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
