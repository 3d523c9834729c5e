//! What a certificate says, for a person who decides about it.

use sha2::{Digest, Sha256};
use std::fmt::Write;
use x509_parser::prelude::{FromDer, GeneralName, X509Certificate};

/// A server's certificate. What it says is not to be believed before it was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Lower-case hexadecimal SHA-256 of the whole: what is pinned.
    pub sha256: String,
    /// Whose it is.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// The first moment at which it is valid.
    pub not_before: String,
    /// The last one.
    pub not_after: String,
    /// The host names and addresses that it is for.
    pub names: Vec<String>,
    /// Whether it signed itself.
    pub self_signed: bool,
}

impl Certificate {
    /// Reads a certificate; of one that cannot be read, the fingerprint.
    pub(crate) fn read(der: &[u8]) -> Self {
        let mut read = Self {
            sha256: fingerprint(der),
            subject: String::new(),
            issuer: String::new(),
            not_before: String::new(),
            not_after: String::new(),
            names: vec![],
            self_signed: false,
        };
        let Ok((_, parsed)) = X509Certificate::from_der(der) else { return read };
        read.subject = parsed.subject().to_string();
        read.issuer = parsed.issuer().to_string();
        read.not_before = parsed.validity().not_before.to_string();
        read.not_after = parsed.validity().not_after.to_string();
        read.self_signed = parsed.subject().as_raw() == parsed.issuer().as_raw();
        if let Ok(Some(names)) = parsed.subject_alternative_name() {
            read.names = names.value.general_names.iter().filter_map(name).collect();
        }
        read
    }
}

/// Lower-case hexadecimal SHA-256.
pub(crate) fn fingerprint(der: &[u8]) -> String {
    Sha256::digest(der).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => {
            let address = <[u8; 4]>::try_from(*bytes)
                .map(std::net::IpAddr::from)
                .or_else(|_| <[u8; 16]>::try_from(*bytes).map(std::net::IpAddr::from));
            address.ok().map(|address| address.to_string())
        }
        _ => None,
    }
}
