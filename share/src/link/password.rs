//! Encrypts and decrypts links outside of a browser, which has functions of its own for it.

use aes_gcm::aead::Aead;
use aes_gcm::{Aes256Gcm, KeyInit};
use analyzer::report::LinkLevel;
use sha2::Sha256;

use super::OpenError;
use super::seal::{ITERATIONS, Sealed};

impl Sealed {
    /// Encrypts the bytes of [`encode_frame`](super::encode_frame); salt and nonce must be random
    /// and new. `None` if they are more than the cipher takes: 64 GB.
    pub fn seal(
        frame: &[u8],
        level: LinkLevel,
        password: &str,
        salt: [u8; 16],
        nonce: [u8; 12],
    ) -> Option<Self> {
        let iterations = ITERATIONS;
        let cipher = cipher(password, salt, iterations);
        let ciphertext = cipher.encrypt(&nonce.into(), frame).ok()?;
        Some(Self { level, iterations, salt, nonce, ciphertext })
    }

    /// The bytes that were encrypted, for [`decode_frame`](super::decode_frame).
    ///
    /// # Errors
    ///
    /// [`OpenError::WrongPassword`].
    pub fn open(&self, password: &str) -> Result<Vec<u8>, OpenError> {
        let cipher = cipher(password, self.salt, self.iterations);
        let frame = cipher.decrypt(&self.nonce.into(), self.ciphertext.as_slice());
        frame.map_err(|_| OpenError::WrongPassword)
    }
}

fn cipher(password: &str, salt: [u8; 16], iterations: u32) -> Aes256Gcm {
    let key = pbkdf2::pbkdf2_hmac_array::<Sha256, 32>(password.as_bytes(), &salt, iterations);
    Aes256Gcm::new(&key.into())
}
