//! Links that need a password: the frame around what is encrypted.
//!
//! ```text
//! head (1) | iterations (LEB128) | salt (16) | nonce (12) | length (LEB128) | ciphertext
//! ```
//!
//! The key is PBKDF2 with HMAC-SHA-256 of the password in UTF-8, 32 bytes long; the ciphertext is
//! AES-256-GCM with its tag of 16 bytes at the end and no additional data. What is encrypted are
//! the bytes of an open link's frame.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::bytes::{Bytes, put_number};
use crate::error::OpenError;
use crate::frame::{self, SEALED};
use crate::level::Level;

/// Iterations of PBKDF2 at most: more would keep the browser busy for minutes.
const MAX_ITERATIONS: usize = 10_000_000;

/// What a link that needs a password is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// How much the link carries; it is no secret.
    pub level: Level,
    /// Iterations of PBKDF2.
    pub iterations: u32,
    /// Salt of PBKDF2: random bytes.
    pub salt: [u8; 16],
    /// Nonce of AES-GCM: random bytes.
    pub nonce: [u8; 12],
    /// The ciphertext, and behind it the tag.
    pub ciphertext: Vec<u8>,
}

impl Sealed {
    /// The fragment of the link, without `#`.
    pub fn to_fragment(&self) -> String {
        let mut bytes = vec![SEALED | self.level as u8];
        put_number(&mut bytes, u64::from(self.iterations));
        bytes.extend_from_slice(&self.salt);
        bytes.extend_from_slice(&self.nonce);
        put_number(&mut bytes, self.ciphertext.len() as u64);
        bytes.extend_from_slice(&self.ciphertext);
        frame::to_fragment(&bytes)
    }

    /// Reads a link; `None` if it needs no password.
    ///
    /// # Errors
    ///
    /// It is no link, made by a newer version, or cut: nothing of an encrypted link can be read
    /// unless it is whole.
    pub fn from_fragment(link: &str) -> Result<Option<Self>, OpenError> {
        Self::read(&frame::from_fragment(link.as_bytes())?)
    }

    /// Reads the bytes of a fragment; `None` if they need no password.
    pub(crate) fn read(frame: &[u8]) -> Result<Option<Self>, OpenError> {
        let mut bytes = Bytes::new(frame);
        let head = bytes.byte().ok_or(OpenError::Cut)?;
        if head & SEALED == 0 {
            return Ok(None);
        }
        let level = frame::level(head).filter(|_| head < 2 * SEALED).ok_or(OpenError::Changed)?;
        let iterations = frame::len(&mut bytes)?;
        if !(1..=MAX_ITERATIONS).contains(&iterations) {
            return Err(OpenError::Changed);
        }
        let iterations = iterations as u32;
        let salt = bytes.array().ok_or(OpenError::Cut)?;
        let nonce = bytes.array().ok_or(OpenError::Cut)?;
        let len = frame::len(&mut bytes)?;
        let ciphertext = bytes.rest().to_vec();
        if ciphertext.len() < len {
            return Err(OpenError::Cut);
        }
        if ciphertext.len() > len {
            return Err(OpenError::Changed);
        }
        Ok(Some(Self { level, iterations, salt, nonce, ciphertext }))
    }
}
