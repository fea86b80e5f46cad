//! What is around a report in a link: version, level, length and checksum.
//!
//! ```text
//! head (1) | length of the body (LEB128) | checksum (4, little-endian) | body
//! ```

use analyzer::report::LinkLevel;

use super::base64url;
use super::bytes::{Bytes, put_number};
use super::{Damage, OpenError};

/// What a fragment begins with; digits of the version follow.
const MARK: char = 'r';

/// The version of links that this is.
const VERSION: u32 = 1;

/// Bit of the head that says that the rest is encrypted.
pub(super) const SEALED: u8 = 4;

/// Bits of the head that are the level.
const LEVEL: u8 = 3;

/// Characters of a fragment at most: browsers take about half of it.
const MAX_CHARS: usize = 4 << 20;

/// What an open link holds.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) level: LinkLevel,
    pub(super) body: Vec<u8>,
    /// Bytes that the body should have.
    pub(super) body_len: usize,
    /// Bytes before the body.
    pub(super) head_len: usize,
}

impl Frame {
    /// The bytes of a frame around the body.
    pub(super) fn write(level: LinkLevel, body: &[u8]) -> Vec<u8> {
        let mut bytes = vec![level as u8];
        put_number(&mut bytes, body.len());
        let checksum = checksum(&[&bytes, body]);
        bytes.extend(checksum.to_le_bytes());
        bytes.extend(body);
        bytes
    }

    /// Reads the bytes of a frame; its body may be too short.
    pub(super) fn read(frame: &[u8]) -> Result<Self, OpenError> {
        let mut bytes = Bytes::new(frame);
        let head = bytes.byte().ok_or(OpenError::Cut)?;
        if head & SEALED != 0 {
            return Err(OpenError::NeedsPassword);
        }
        let level = *LinkLevel::ALL.get(usize::from(head)).ok_or(OpenError::Changed)?;
        let body_len = bytes.number()?;
        let start = frame.len() - bytes.rest().len();
        let stated = bytes.array::<4>().ok_or(OpenError::Cut)?;
        let body = bytes.rest();
        let head_len = frame.len() - body.len();
        let is_whole = body.len() >= body_len;
        if is_whole && checksum(&[&frame[..start], body]).to_le_bytes() != stated {
            return Err(OpenError::Changed);
        }
        Ok(Self { level, body: body.to_vec(), body_len, head_len })
    }

    /// What is missing, in characters of the fragment.
    pub(super) fn damage(&self) -> Damage {
        let chars = |n_bytes: usize| {
            let chars = 2 + (n_bytes.saturating_mul(4)).div_ceil(3);
            u32::try_from(chars).unwrap_or(u32::MAX)
        };
        Damage {
            expected_len: chars(self.head_len + self.body_len),
            len: chars(self.head_len + self.body.len()),
        }
    }

    pub(super) fn is_whole(&self) -> bool {
        self.body.len() == self.body_len
    }
}

/// The level that the first byte of a frame tells.
pub fn level(head: u8) -> Option<LinkLevel> {
    LinkLevel::ALL.get(usize::from(head & LEVEL)).copied()
}

/// The fragment that holds the bytes, without `#`.
pub fn to_fragment(bytes: &[u8]) -> String {
    [&format!("{MARK}{VERSION}"), base64url::encode(bytes).as_str()].concat()
}

/// The bytes in a bare fragment, one after `#`, or a whole address. White space does not matter,
/// nor what stands behind and is no letter of a link, such as a bracket.
pub(super) fn from_fragment(link: &str) -> Result<Vec<u8>, OpenError> {
    if link.len() > MAX_CHARS {
        return Err(OpenError::TooLarge);
    }
    let text: String = link.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let fragment = text.rsplit_once('#').map_or(text.as_str(), |(_, fragment)| fragment);
    let fragment = fragment.trim_end_matches(|c: char| !base64url::is_letter(c));
    let rest = fragment.strip_prefix(MARK).ok_or(OpenError::NotALink)?;
    // The first letter after the version is `A` or `B`, so no digit of it can be taken for another.
    let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (version, letters) = rest.split_at(n_digits);
    let version: u32 = version.parse().map_err(|_| OpenError::NotALink)?;
    match version {
        0 => Err(OpenError::NotALink),
        VERSION => base64url::decode(letters).ok_or(OpenError::Changed),
        newer => Err(OpenError::Newer(newer)),
    }
}

/// CRC-32 as in gzip, of all parts in order.
fn checksum(parts: &[&[u8]]) -> u32 {
    let mut crc = u32::MAX;
    for byte in parts.iter().copied().flatten() {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}
