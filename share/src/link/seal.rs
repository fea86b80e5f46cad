//! Links that need a password, as page and command line see them; the crate `link` has their form.

use analyzer::report::LinkLevel;
use serde::{Deserialize, Serialize};

use super::{OpenError, of_level, to_level};

/// Iterations of PBKDF2 in links that are made now.
pub const ITERATIONS: u32 = 600_000;

/// What a link that needs a password is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// How much the link carries; it is no secret.
    pub level: LinkLevel,
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
        let Self { level, iterations, salt, nonce, ciphertext } = self.clone();
        let level = to_level(level);
        link::Sealed { level, iterations, salt, nonce, ciphertext }.to_fragment()
    }

    /// Reads a link; `None` if it needs no password.
    ///
    /// # Errors
    ///
    /// It is no link, made by a newer version, or cut: nothing of an encrypted link can be read
    /// unless it is whole.
    pub fn from_fragment(link: &str) -> Result<Option<Self>, OpenError> {
        let sealed = link::Sealed::from_fragment(link)?;
        Ok(sealed.map(|sealed| {
            let link::Sealed { level, iterations, salt, nonce, ciphertext } = sealed;
            Self { level: of_level(level), iterations, salt, nonce, ciphertext }
        }))
    }
}
