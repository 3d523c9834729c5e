//! Encryption of stored secrets: a directory's password.

use crate::StoreError;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretString};

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
}
