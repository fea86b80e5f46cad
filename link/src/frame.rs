//! What is around a report in a link: version, level, length and checksum.
//!
//! ```text
//! head (1) | length of the body (LEB128) | checksum (4, little-endian) | body
//! ```

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::base64url;
use crate::bytes::{Bytes, put_number};
use crate::error::{Damage, OpenError};
use crate::level::Level;

/// What a fragment begins with; digits of the version follow.
const MARK: u8 = b'r';

/// The version of links that this is.
const VERSION: u32 = 1;

/// Bit of the head that says that the rest is encrypted.
pub(crate) const SEALED: u8 = 4;

/// Bits of the head that are the level.
const LEVEL: u8 = 3;

/// Characters of a fragment at most: browsers take about half of it.
const MAX_CHARS: usize = 4 << 20;

/// Bits of a length.
const LEN_BITS: u32 = 28;

/// What an open link holds.
#[derive(Clone, Debug)]
pub(crate) struct Frame<'f> {
    pub(crate) level: Level,
    pub(crate) body: &'f [u8],
    /// Bytes that the body should have.
    body_len: usize,
    /// Bytes before the body.
    head_len: usize,
}

/// The bytes of a frame around the body.
pub(crate) fn write(level: Level, body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![level as u8];
    put_number(&mut bytes, body.len() as u64);
    let checksum = checksum(&bytes, body);
    bytes.extend_from_slice(&checksum.to_le_bytes());
    bytes.extend_from_slice(body);
    bytes
}

impl<'f> Frame<'f> {
    /// Reads the bytes of a frame; its body may be too short.
    pub(crate) fn read(frame: &'f [u8]) -> Result<Self, OpenError> {
        let mut bytes = Bytes::new(frame);
        let head = bytes.byte().ok_or(OpenError::Cut)?;
        if head & SEALED != 0 {
            return Err(OpenError::NeedsPassword);
        }
        let level = *Level::ALL.get(usize::from(head)).ok_or(OpenError::Changed)?;
        let body_len = len(&mut bytes)?;
        let (start, _) =
            frame.split_at_checked(frame.len() - bytes.rest().len()).unwrap_or_default();
        let stated = bytes.array::<4>().ok_or(OpenError::Cut)?;
        let body = bytes.rest();
        let frame = Self { level, body, body_len, head_len: frame.len() - body.len() };
        if body.len() >= body_len && checksum(start, body).to_le_bytes() != stated {
            return Err(OpenError::Changed);
        }
        Ok(frame)
    }

    /// What is missing, in characters of the fragment.
    pub(crate) fn damage(&self) -> Damage {
        // Lengths have at most 28 bits, and fragments fewer characters.
        let chars = |n_bytes: usize| 2 + (n_bytes * 4).div_ceil(3) as u32;
        Damage {
            expected_len: chars(self.head_len + self.body_len),
            len: chars(self.head_len + self.body.len()),
        }
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.body.len() == self.body_len
    }
}

/// Takes a length off the front.
pub(crate) fn len(bytes: &mut Bytes<'_>) -> Result<usize, OpenError> {
    // Either it ends too early, or it goes on for too long.
    let error = if bytes.rest().len() < 4 { OpenError::Cut } else { OpenError::Changed };
    bytes.leb128(LEN_BITS).map(|len| len as usize).ok_or(error)
}

/// The level that the first byte of a frame tells.
pub fn level(head: u8) -> Option<Level> {
    Level::ALL.get(usize::from(head & LEVEL)).copied()
}

/// The fragment that holds the bytes, without `#`.
pub fn to_fragment(bytes: &[u8]) -> String {
    let mut fragment = String::new();
    fragment.push(char::from(MARK));
    fragment.push(char::from(b'0' + VERSION as u8));
    fragment.push_str(&base64url::encode(bytes));
    fragment
}

/// The bytes in a bare fragment, one after `#`, or a whole address. White space does not matter,
/// nor what stands behind and is no letter of a link, such as a bracket.
pub(crate) fn from_fragment(link: &[u8]) -> Result<Vec<u8>, OpenError> {
    if link.len() > MAX_CHARS {
        return Err(OpenError::TooLarge);
    }
    let is_space = |byte: u8| matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ');
    let text: Vec<u8> = link.iter().copied().filter(|byte| !is_space(*byte)).collect();
    let fragment = text.rsplit(|byte| *byte == b'#').next().unwrap_or_default();
    let end = fragment.iter().rposition(|byte| base64url::is_letter(*byte)).map_or(0, |at| at + 1);
    let fragment = fragment.get(..end).unwrap_or_default();
    let Some((&MARK, rest)) = fragment.split_first() else { return Err(OpenError::NotALink) };
    // The first letter after the version is `A` or `B`, so no digit of it can be taken for another.
    let n_digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (version, letters) = rest.split_at_checked(n_digits).unwrap_or_default();
    match crate::digits::read(version).and_then(|version| u32::try_from(version).ok()) {
        None | Some(0) => Err(OpenError::NotALink),
        Some(VERSION) => base64url::decode(letters).ok_or(OpenError::Changed),
        Some(newer) => Err(OpenError::Newer(newer)),
    }
}

/// CRC-32 as in gzip, of both parts.
fn checksum(start: &[u8], body: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in start.iter().chain(body) {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}
