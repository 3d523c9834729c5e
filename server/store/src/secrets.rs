//! Encryption of stored secrets (a directory's password), and hashing of passwords and session ids.

/// 32 bytes; encrypts the secrets of the store (XChaCha20-Poly1305, a random nonce each).
#[derive(Clone)]
pub struct SecretKey([u8; 32]);

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

impl SecretKey {
    /// A key from the outside.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}
