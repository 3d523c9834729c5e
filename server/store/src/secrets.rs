//! Encryption of stored secrets (a directory's password), and hashing of passwords and session ids.

use crate::StoreError;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// 32 bytes; encrypts the secrets of the store (XChaCha20-Poly1305, a random nonce each).
#[derive(Clone)]
pub struct SecretKey([u8; 32]);

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

/// Bytes of the nonce, which stands before the ciphertext. Long enough to be random for ever.
const NONCE: usize = 24;

impl SecretKey {
    /// A key from the outside.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A new key from the system's source of randomness.
    pub fn generate() -> Self {
        let mut bytes = [0; 32];
        fill(&mut bytes);
        Self(bytes)
    }

    /// The bytes, for a key file.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Encrypts a secret for one place: table, row and column. In another place it does not open.
    pub(crate) fn seal(&self, secret: &SecretString, place: &str) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        fill(&mut nonce);
        let payload = Payload { msg: secret.expose_secret().as_bytes(), aad: place.as_bytes() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload);
        let mut bytes = nonce.to_vec();
        bytes.extend(sealed.expect("a secret is shorter than the 256 GiB that the cipher can take"));
        bytes
    }

    /// Decrypts a secret of this place.
    pub(crate) fn open(&self, sealed: &[u8], place: &str) -> Result<SecretString, StoreError> {
        let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE>().ok_or(StoreError::Secret)?;
        let payload = Payload { msg: ciphertext, aad: place.as_bytes() };
        let secret = self.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| StoreError::Secret)?;
        String::from_utf8(secret).map(SecretString::from).map_err(|_| StoreError::Secret)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

fn fill(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system has a source of randomness");
}

/// Argon2id with OWASP's parameters: 19 MiB, two passes, one lane.
fn argon2() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, None).expect("the parameters lie within Argon2's limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Hashes a password (Argon2id, PHC string format). Takes 20 to 50 ms of a core: for a thread of its own.
pub fn hash_password(password: &SecretString) -> String {
    let hash: PasswordHash = argon2()
        .hash_password(password.expose_secret().as_bytes())
        .expect("a password is shorter than 4 GiB and the salt is random");
    hash.to_string()
}

/// Whether this is the password. Without a hash (an unknown user, or one without a password) it takes the same time
/// and is never the password, so that nobody learns from the clock who has an account.
pub fn verify_password(password: &SecretString, hash: Option<&str>) -> bool {
    static NOBODY: LazyLock<String> = LazyLock::new(|| hash_password(&SecretString::from("nobody’s password")));
    let is_right = |hash: &str| {
        PasswordHash::new(hash)
            .is_ok_and(|hash| argon2().verify_password(password.expose_secret().as_bytes(), &hash).is_ok())
    };
    let right = is_right(hash.unwrap_or(&NOBODY));
    right && hash.is_some()
}

/// What a session is stored under: SHA-256 of its id.
pub fn hash_session_id(id: &str) -> [u8; 32] {
    Sha256::digest(id.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: &str = "directories/1/password";

    #[test]
    fn a_secret_opens_with_its_key_in_its_place() {
        let key = SecretKey::generate();
        let sealed = key.seal(&SecretString::from("s3crét"), PLACE);
        assert_eq!(key.open(&sealed, PLACE).expect("it opens").expose_secret(), "s3crét");
        assert_ne!(sealed, key.seal(&SecretString::from("s3crét"), PLACE));
    }

    #[test]
    fn a_secret_opens_nowhere_else() {
        let key = SecretKey::new([7; 32]);
        let mut sealed = key.seal(&SecretString::from("s3crét"), PLACE);
        assert!(matches!(SecretKey::new([8; 32]).open(&sealed, PLACE), Err(StoreError::Secret)));
        assert!(matches!(key.open(&sealed, "directories/2/password"), Err(StoreError::Secret)));
        assert!(matches!(key.open(&sealed[..10], PLACE), Err(StoreError::Secret)));
        *sealed.last_mut().expect("it is not empty") ^= 1;
        assert!(matches!(key.open(&sealed, PLACE), Err(StoreError::Secret)));
    }

    #[test]
    fn a_password_is_verified_against_its_hash_alone() {
        let password = SecretString::from("correct horse");
        let hash = hash_password(&password);
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify_password(&password, Some(&hash)));
        assert!(!verify_password(&SecretString::from("correct Horse"), Some(&hash)));
        assert!(!verify_password(&password, Some("not a hash")));
        assert!(!verify_password(&SecretString::from("nobody’s password"), None));
    }
}
