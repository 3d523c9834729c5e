//! Deciding about a server's certificate, and remembering which one it was and why it was refused.

use super::certificate::{Certificate, fingerprint};
use identity::cause::Cause;
use rustls::{
    CertificateError, DigitallySignedStruct, Error, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use std::sync::{Arc, Mutex, PoisonError};

/// Which certificates are accepted.
#[derive(Debug)]
pub(super) enum Accept {
    /// One that an authority signed for this name.
    Signed(Arc<WebPkiServerVerifier>),
    /// The one with this SHA-256, whatever it says.
    Pinned(String),
    /// Whatever comes.
    Any,
    /// None: there is no authority that could have signed.
    Nothing,
}

/// Verifies for one handshake.
#[derive(Debug)]
pub(super) struct Verifier {
    accept: Accept,
    algorithms: WebPkiSupportedAlgorithms,
    seen: Mutex<(Option<Certificate>, Option<Cause>)>,
}

impl Verifier {
    pub(super) fn new(accept: Accept, algorithms: WebPkiSupportedAlgorithms) -> Self {
        Self { accept, algorithms, seen: Mutex::default() }
    }

    /// The certificate that was presented, and why it was refused if it was.
    pub(super) fn seen(&self) -> (Option<Certificate>, Option<Cause>) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let certificate = Certificate::read(end_entity);
        let accepted = match &self.accept {
            Accept::Signed(verifier) => {
                verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            }
            Accept::Pinned(pin) if fingerprint(end_entity) == *pin => Ok(ServerCertVerified::assertion()),
            Accept::Pinned(_) => Err(CertificateError::ApplicationVerificationFailure.into()),
            Accept::Any => Ok(ServerCertVerified::assertion()),
            Accept::Nothing => Err(CertificateError::UnknownIssuer.into()),
        };
        let refusal = accepted.as_ref().err().map(|error| cause(error, &certificate));
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = (Some(certificate), refusal);
        accepted
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

/// Why a certificate was refused, as something that can be done about.
fn cause(error: &Error, certificate: &Certificate) -> Cause {
    use CertificateError as C;
    let Error::InvalidCertificate(error) = error else { return Cause::Tls };
    match error {
        C::Expired | C::ExpiredContext { .. } | C::NotValidYet | C::NotValidYetContext { .. } => {
            Cause::CertificateExpired
        }
        C::NotValidForName | C::NotValidForNameContext { .. } => Cause::CertificateWrongName,
        C::ApplicationVerificationFailure => Cause::CertificateNotPinned,
        // Includes an authority's own certificate in the place of a server's (`CaUsedAsEndEntity`), which stays refused
        // when it is given as the authority: pinning is the way out, for it as for an unknown self-signed one.
        C::UnknownIssuer | C::Other(_) if certificate.self_signed => Cause::CertificateSelfSigned,
        C::UnknownIssuer | C::BadSignature => Cause::CertificateUnknownIssuer,
        _ => Cause::Tls,
    }
}
