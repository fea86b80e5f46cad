//! What is around a report in a link: version, level and checksum.

use analyzer::report::LinkLevel;

use super::OpenError;
use super::base64url;

/// What a fragment of this version begins with.
const PREFIX: &str = "r1";

/// Bytes of the checksum.
const CHECKSUM_LEN: usize = 4;

/// What a fragment holds.
pub(super) struct Frame {
    pub(super) level: LinkLevel,
    pub(super) body: Vec<u8>,
}

impl Frame {
    /// The fragment, without `#`.
    pub(super) fn write(self) -> String {
        let mut bytes = vec![self.level as u8];
        bytes.extend(&self.body);
        bytes.extend(checksum(&bytes).to_le_bytes());
        [PREFIX, &base64url::encode(&bytes)].concat()
    }

    /// Finds the frame in a bare fragment, one after `#`, or a whole address.
    pub(super) fn read(link: &str) -> Result<Self, OpenError> {
        let fragment = link.trim().rsplit('#').next().unwrap_or_default();
        let text = fragment.strip_prefix(PREFIX).ok_or(OpenError::NotALink)?;
        let bytes = base64url::decode(text).ok_or(OpenError::Changed)?;
        let at = bytes.len().checked_sub(CHECKSUM_LEN).ok_or(OpenError::Cut)?;
        let (content, stated) = bytes.split_at(at);
        if checksum(content).to_le_bytes() != stated {
            return Err(OpenError::Changed);
        }
        let (level, body) = content.split_first().ok_or(OpenError::Cut)?;
        let level = *LinkLevel::ALL.get(usize::from(*level)).ok_or(OpenError::Changed)?;
        Ok(Self { level, body: body.to_vec() })
    }
}

/// CRC-32 as in gzip.
fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}
