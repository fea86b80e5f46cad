//! Encryption by the browser: AES-256-GCM with a key that PBKDF2 makes of a password, as the
//! links that need a password have it.

use js_sys::{Array, JsString, Object, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesDerivedKeyParams, AesGcmParams, Crypto, CryptoKey, Pbkdf2Params, SubtleCrypto};

/// What the key and the cipher need besides the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameters {
    /// Iterations of PBKDF2.
    pub iterations: u32,
    /// Salt of PBKDF2.
    pub salt: [u8; 16],
    /// Nonce of AES-GCM.
    pub nonce: [u8; 12],
}

impl Parameters {
    /// New random ones; `None` if the browser gives no random bytes.
    pub fn random(iterations: u32) -> Option<Self> {
        let (mut salt, mut nonce) = ([0; 16], [0; 12]);
        for bytes in [&mut salt[..], &mut nonce[..]] {
            crypto()?.get_random_values_with_u8_array(bytes).ok()?;
        }
        Some(Self { iterations, salt, nonce })
    }
}

/// Whether the browser encrypts here: on a page that came by plain HTTP it does not.
pub fn is_there() -> bool {
    subtle().is_some()
}

/// The ciphertext of bytes with the tag behind it; `None` if the browser refuses.
pub async fn encrypt(password: &str, with: &Parameters, bytes: &[u8]) -> Option<Vec<u8>> {
    let key = key(password, with, "encrypt").await.ok()?;
    let cipher = cipher(with);
    bytes_of(subtle()?.encrypt_with_object_and_u8_array(&cipher, &key, bytes)).await
}

/// The bytes of such a ciphertext; `None` if the password is another one, or the ciphertext was
/// changed.
pub async fn decrypt(password: &str, with: &Parameters, ciphertext: &[u8]) -> Option<Vec<u8>> {
    let key = key(password, with, "decrypt").await.ok()?;
    let cipher = cipher(with);
    bytes_of(subtle()?.decrypt_with_object_and_u8_array(&cipher, &key, ciphertext)).await
}

async fn bytes_of(promise: Result<js_sys::Promise, JsValue>) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(promise.ok()?).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

async fn key(password: &str, with: &Parameters, usage: &str) -> Result<CryptoKey, JsValue> {
    let subtle = subtle().ok_or(JsValue::NULL)?;
    let password = Uint8Array::from(password.as_bytes());
    let usages = |name: &str| Array::of1(&JsString::from(name));
    let password =
        subtle.import_key_with_str("raw", &password, "PBKDF2", false, &usages("deriveKey"))?;
    let password: CryptoKey = JsFuture::from(password).await?.unchecked_into();
    let salt = Uint8Array::from(&with.salt[..]);
    let method = Pbkdf2Params::new_with_str("PBKDF2", "SHA-256", with.iterations, &salt);
    let form = AesDerivedKeyParams::new("AES-GCM", 256);
    let key = subtle.derive_key_with_object_and_object(
        &method,
        &password,
        &form,
        false,
        &usages(usage),
    )?;
    Ok(JsFuture::from(key).await?.unchecked_into())
}

fn cipher(with: &Parameters) -> Object {
    AesGcmParams::new("AES-GCM", &Uint8Array::from(&with.nonce[..])).into()
}

fn subtle() -> Option<SubtleCrypto> {
    let subtle = crypto()?.subtle();
    // The type does not say that it may be missing.
    (!subtle.is_undefined()).then_some(subtle)
}

fn crypto() -> Option<Crypto> {
    web_sys::window()?.crypto().ok()
}
