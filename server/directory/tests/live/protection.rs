//! StartTLS and LDAPS: which certificates are accepted, and why the others are not.

use crate::target::{everyone, find, target};
use directory::{Cause, Target};
use identity::directory::Security;
use std::io::Write;
use testkit::{
    Hostile, Slapd,
    certificates::Certificate,
    hostile::{Operation, extended_response},
};

fn protected(slapd: &Slapd, security: Security) -> Target {
    let url = if security == Security::Ldaps { slapd.ldaps_url() } else { slapd.url() };
    let mut target = target(&url);
    target.settings.connection.security = security;
    target.settings.connection.ca_pem = Some(slapd.ca_pem().to_owned());
    target
}

async fn cause(target: &Target) -> Cause {
    target.connect().await.map(|_| ()).expect_err("refused").cause
}

#[tokio::test]
async fn both_ways_work_with_the_authority_of_the_settings() {
    let slapd = Slapd::shared();
    for security in [Security::StartTls, Security::Ldaps] {
        let mut target = protected(&slapd, security);
        assert_eq!(find(&target, everyone()).await.entries(), 5000);
        let host = target.settings.connection.urls[0].replace("127.0.0.1", "localhost");
        target.settings.connection.urls = vec![host];
        assert!(target.connect().await.is_ok(), "by name");
    }
}

#[tokio::test]
async fn an_authority_that_the_system_does_not_know_is_refused() {
    let slapd = Slapd::shared();
    let mut target = protected(&slapd, Security::StartTls);
    target.settings.connection.ca_pem = None;
    assert_eq!(cause(&target).await, Cause::CertificateUnknownIssuer);
    target.settings.connection.verify_certificate = false;
    assert!(target.connect().await.is_ok());
}

#[tokio::test]
async fn what_is_wrong_with_a_certificate_is_told() {
    for (certificate, expected) in [
        (Certificate::Expired, Cause::CertificateExpired),
        (Certificate::WrongName, Cause::CertificateWrongName),
        (Certificate::SelfSigned, Cause::CertificateSelfSigned),
    ] {
        let slapd = Slapd::builder(0).certificate(certificate).start();
        for security in [Security::StartTls, Security::Ldaps] {
            assert_eq!(cause(&protected(&slapd, security)).await, expected);
        }
    }
}

#[tokio::test]
async fn a_self_signed_certificate_is_refused_even_as_its_own_authority() {
    let slapd = Slapd::builder(0).certificate(Certificate::SelfSigned).start();
    let mut target = protected(&slapd, Security::Ldaps);
    target.settings.connection.ca_pem = Some(slapd.certificate_pem());
    assert_eq!(cause(&target).await, Cause::CertificateSelfSigned);
}

#[tokio::test]
async fn a_pin_accepts_exactly_one_certificate() {
    for certificate in [Certificate::SelfSigned, Certificate::Expired, Certificate::WrongName] {
        let slapd = Slapd::builder(0).certificate(certificate).start();
        let mut target = protected(&slapd, Security::StartTls);
        target.settings.connection.pinned_sha256 = Some(slapd.certificate_sha256().to_uppercase());
        assert!(target.connect().await.is_ok(), "{certificate:?}");
    }
    let slapd = Slapd::shared();
    let mut target = protected(&slapd, Security::Ldaps);
    target.settings.connection.pinned_sha256 = Some("0".repeat(64));
    assert_eq!(cause(&target).await, Cause::CertificateNotPinned, "not even a signed one");
}

#[tokio::test]
async fn authorities_that_are_none_are_a_matter_of_settings() {
    let slapd = Slapd::shared();
    let mut target = protected(&slapd, Security::Ldaps);
    for pem in ["", "nothing", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        target.settings.connection.ca_pem = Some(pem.to_owned());
        assert!(matches!(cause(&target).await, Cause::Settings { .. }), "{pem}");
    }
}

#[tokio::test]
async fn a_server_that_refuses_start_tls_gets_no_password() {
    let peer = Hostile::start(|request, stream| {
        assert_eq!(request.operation, Operation::Extended, "nothing else comes over a plain connection");
        stream.write_all(&extended_response(request.id, 2))
    });
    let mut target = target(&peer.url());
    target.settings.connection.security = Security::StartTls;
    assert_eq!(cause(&target).await, Cause::StartTlsRefused);
}

#[tokio::test]
async fn bytes_that_come_with_the_answer_to_start_tls_are_not_believed() {
    let peer = Hostile::start(|request, stream| {
        let injected = testkit::hostile::bind_response(request.id + 1, 0, "");
        stream.write_all(&[extended_response(request.id, 0), injected].concat())
    });
    let mut target = target(&peer.url());
    target.settings.connection.security = Security::StartTls;
    assert_eq!(cause(&target).await, Cause::Garbage);
}

#[tokio::test]
async fn a_peer_that_speaks_no_tls_is_named() {
    let slapd = Slapd::shared();
    let mut target = target(&slapd.url().replace("ldap://", "ldaps://"));
    target.settings.connection.security = Security::Ldaps;
    assert_eq!(cause(&target).await, Cause::Tls);
}

#[tokio::test]
async fn an_address_that_does_not_go_with_the_protection_is_never_used() {
    let peer = Hostile::after_bind(|_, _| Ok(()));
    let mut target = target(&peer.url());
    target.settings.connection.security = Security::Ldaps;
    assert!(matches!(cause(&target).await, Cause::Settings { .. }));
    assert_eq!(peer.connections(), 0);
}
