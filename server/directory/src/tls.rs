//! TLS: authorities, pinning, what a certificate says.

mod certificate;
mod verify;

pub use certificate::Certificate;

use crate::error::{Cause, Failure, SettingsReason};
use identity::directory::Connection;
use rustls::{
    ClientConfig, RootCertStore,
    client::WebPkiServerVerifier,
    crypto::{CryptoProvider, aws_lc_rs},
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};
use verify::{Accept, Verifier};

/// Protects a connection. The certificate comes back also when it was refused.
pub(crate) async fn protect(
    stream: TcpStream,
    host: &str,
    connection: &Connection,
) -> (Option<Certificate>, Result<TlsStream<TcpStream>, Failure>) {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let verifier = match accept(connection, &provider).await {
        Ok(accept) => Arc::new(Verifier::new(accept, provider.signature_verification_algorithms)),
        Err(failure) => return (None, Err(failure)),
    };
    let result = shake_hands(stream, host, verifier.clone(), provider).await;
    let (certificate, refusal) = verifier.seen();
    let result = result.map_err(|failure| match refusal {
        Some(cause) => Failure { cause, ..failure },
        None => failure,
    });
    (certificate, result)
}

async fn shake_hands(
    stream: TcpStream,
    host: &str,
    verifier: Arc<Verifier>,
    provider: Arc<CryptoProvider>,
) -> Result<TlsStream<TcpStream>, Failure> {
    let name =
        ServerName::try_from(host.to_owned()).map_err(|error| Failure::with(Cause::CertificateWrongName, error))?;
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Failure::with(Cause::Tls, error))?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    // Each connection verifies anew.
    config.resumption = rustls::client::Resumption::disabled();
    TlsConnector::from(Arc::new(config)).connect(name, stream).await.map_err(|error| Failure::with(Cause::Tls, error))
}

/// Which certificates a directory's settings accept.
async fn accept(connection: &Connection, provider: &Arc<CryptoProvider>) -> Result<Accept, Failure> {
    if let Some(pin) = &connection.pinned_sha256 {
        return Ok(Accept::Pinned(pin.trim().to_ascii_lowercase()));
    }
    if !connection.verify_certificate {
        tracing::warn!("the certificate of a directory is not verified: anybody may pretend to be it");
        return Ok(Accept::Any);
    }
    let roots = match &connection.ca_pem {
        Some(pem) => given_roots(pem)?,
        None => system_roots().await,
    };
    if roots.is_empty() {
        return Ok(Accept::Nothing);
    }
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone())
        .build()
        .map_err(|error| Failure::with(Cause::Tls, error))?;
    Ok(Accept::Signed(verifier))
}

/// The authorities of the settings, and no others.
fn given_roots(pem: &str) -> Result<RootCertStore, Failure> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
        let certificate = certificate.map_err(|_| Failure::settings(SettingsReason::Authorities))?;
        roots.add(certificate).map_err(|_| Failure::settings(SettingsReason::Authority))?;
    }
    if roots.is_empty() {
        return Err(Failure::settings(SettingsReason::Authorities));
    }
    Ok(roots)
}

/// The system's authorities: those that can be read, whatever the others are like.
async fn system_roots() -> RootCertStore {
    let loaded = tokio::task::spawn_blocking(rustls_native_certs::load_native_certs).await;
    let mut roots = RootCertStore::empty();
    let Ok(loaded) = loaded else { return roots };
    for error in loaded.errors {
        tracing::warn!(%error, "some of the system's certificate authorities cannot be read");
    }
    let (added, ignored) = roots.add_parsable_certificates(loaded.certs);
    tracing::debug!(added, ignored, "loaded the system's certificate authorities");
    roots
}
