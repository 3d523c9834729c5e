//! The connection test, as a page shows it.

use crate::target::target;
use directory::{
    Cause, Target,
    test::{Step, StepKind},
};
use identity::directory::Security;
use testkit::{ClosedPort, Slapd, certificates::Certificate, slapd::BIND_DN};

async fn steps(target: &Target) -> (bool, Vec<Step>) {
    let mut steps = vec![];
    let passed = target.test(|step| steps.push(step)).await;
    (passed, steps)
}

fn found(steps: &[Step], kind: StepKind, key: &str) -> Vec<String> {
    let results = steps.iter().filter(|step| step.kind == kind).filter_map(|step| step.result.as_ref().ok());
    results.flatten().filter(|(name, _)| name == key).map(|(_, value)| value.clone()).collect()
}

#[tokio::test]
async fn every_step_says_what_it_found() {
    let slapd = Slapd::shared();
    let mut target = target(&slapd.ldaps_url());
    target.settings.connection.security = Security::Ldaps;
    target.settings.connection.ca_pem = Some(slapd.ca_pem().to_owned());
    let (passed, steps) = steps(&target).await;
    assert!(passed, "{steps:?}");
    use StepKind as K;
    let kinds: Vec<_> = steps.iter().map(|step| step.kind).collect();
    assert_eq!(kinds, [K::Name, K::Tcp, K::Certificate, K::Tls, K::Bind, K::RootDse, K::Base]);
    assert_eq!(found(&steps, K::Name, "address"), ["127.0.0.1"]);
    assert_eq!(found(&steps, K::Certificate, "sha256"), [slapd.certificate_sha256()]);
    assert_eq!(found(&steps, K::Certificate, "subject"), ["CN=Test directory, O=Muster tests"]);
    assert_eq!(found(&steps, K::Certificate, "name"), ["localhost", "127.0.0.1"]);
    assert_eq!(found(&steps, K::Tls, "security"), ["verified"]);
    assert_eq!(found(&steps, K::Bind, "bind_dn"), [BIND_DN]);
    assert_eq!(found(&steps, K::RootDse, "naming_context"), ["dc=example,dc=org"]);
    assert_eq!(found(&steps, K::RootDse, "paging"), ["yes"]);
    assert_eq!(found(&steps, K::Base, "base_dn"), ["ou=people,dc=example,dc=org"]);
}

#[tokio::test]
async fn a_refused_certificate_is_shown_so_that_it_can_be_pinned() {
    let slapd = Slapd::builder(0).certificate(Certificate::SelfSigned).start();
    let mut target = target(&slapd.url());
    target.settings.connection.security = Security::StartTls;
    let (passed, failed) = steps(&target).await;
    assert!(!passed);
    assert_eq!(failed.last().expect("a step").result, Err(Cause::CertificateSelfSigned));
    let sha256 = found(&failed, StepKind::Certificate, "sha256").remove(0);
    target.settings.connection.pinned_sha256 = Some(sha256);
    let (passed, pinned) = steps(&target).await;
    assert!(passed);
    assert_eq!(found(&pinned, StepKind::Tls, "security"), ["pinned"]);
}

#[tokio::test]
async fn after_a_step_that_failed_there_are_no_more() {
    let slapd = Slapd::shared();
    let mut target = target(&slapd.url());
    target.settings.schema.base_dns.push("ou=nowhere,dc=example,dc=org".to_owned());
    let (passed, missing) = steps(&target).await;
    assert!(!passed);
    let last = missing.last().expect("a step");
    assert_eq!((last.kind, &last.result), (StepKind::Base, &Err(Cause::NoSuchBase)));

    target.password = Some("wrong".to_owned().into());
    let (_, wrong) = steps(&target).await;
    assert_eq!(wrong.last().expect("a step").kind, StepKind::Bind);

    let closed_port = ClosedPort::take();
    target.settings.connection.urls = vec![closed_port.ldap_url()];
    let (_, closed) = steps(&target).await;
    let last = closed.last().expect("a step");
    assert_eq!((last.kind, &last.result), (StepKind::Tcp, &Err(Cause::Unreachable)));

    target.settings.connection.urls = vec!["ldap://nowhere.invalid".to_owned()];
    let (_, unknown) = steps(&target).await;
    assert_eq!(unknown.len(), 1);
    assert_eq!(unknown[0].result, Err(Cause::UnknownHost));
}

#[tokio::test]
async fn the_first_url_that_answers_is_tested_and_the_others_are_named() {
    let slapd = Slapd::shared();
    let mut target = target("ldap://nowhere.invalid");
    target.settings.connection.urls.push(slapd.url());
    let (passed, steps) = steps(&target).await;
    assert!(passed);
    assert_eq!(found(&steps, StepKind::Name, "url"), [slapd.url()]);
    assert_eq!(steps[0].unusable, [("ldap://nowhere.invalid".to_owned(), Cause::UnknownHost)]);
    assert!(steps[1..].iter().all(|step| step.unusable.is_empty()));
}

#[tokio::test]
async fn a_server_whose_certificate_is_refused_is_passed_over_as_a_run_does() {
    let [refused, usable] = [Certificate::SelfSigned, Certificate::Valid]
        .map(|certificate| Slapd::builder(0).certificate(certificate).start());
    let mut target = target(&refused.ldaps_url());
    target.settings.connection.security = Security::Ldaps;
    target.settings.connection.ca_pem = Some(usable.ca_pem().to_owned());
    let (passed, alone) = steps(&target).await;
    assert!(!passed && alone.iter().all(|step| step.unusable.is_empty()), "{alone:?}");
    let why = alone.last().expect("a step").result.clone().expect_err("refused");

    target.settings.connection.urls.push(usable.ldaps_url());
    let (passed, both) = steps(&target).await;
    assert!(passed, "{both:?}");
    assert_eq!(target.connect().await.expect("it connects").url(), usable.ldaps_url());
    assert_eq!(found(&both, StepKind::Name, "url"), [usable.ldaps_url()]);
    assert_eq!(both[0].unusable, [(refused.ldaps_url(), why.clone())]);
    assert_eq!(found(&both, StepKind::Certificate, "sha256"), [usable.certificate_sha256()]);

    // None can be used: what the first says, with its certificate, and the other beside it.
    let closed_port = ClosedPort::take();
    let closed = closed_port.ldap_url().replace("ldap://", "ldaps://");
    target.settings.connection.urls[1].clone_from(&closed);
    let (passed, none) = steps(&target).await;
    assert!(!passed);
    assert_eq!(none.last().expect("a step").result, Err(why));
    assert_eq!(none.last().expect("a step").unusable, [(closed, Cause::Unreachable)]);
    assert_eq!(found(&none, StepKind::Certificate, "sha256"), [refused.certificate_sha256()]);

    // A wrong password is wrong everywhere: nobody asks the next server, which might lock the account.
    target.settings.connection.urls = vec![usable.ldaps_url(), refused.ldaps_url()];
    target.password = Some("wrong".to_owned().into());
    let (_, wrong) = steps(&target).await;
    let last = wrong.last().expect("a step");
    assert_eq!((last.kind, last.unusable.len()), (StepKind::Bind, 0));
}

#[tokio::test]
async fn a_dn_that_the_server_cannot_read_is_told_in_words() {
    let slapd = Slapd::builder(0).start();
    let mut target = target(&slapd.url());
    target.settings.schema.base_dns = vec!["peeple=people,dc=example,dc=org".to_owned()];
    let (_, base) = steps(&target).await;
    let last = base.last().expect("a step");
    assert_eq!((last.kind, &last.result), (StepKind::Base, &Err(Cause::InvalidDn)));
    target.settings.connection.bind_dn = "nobody=muster,dc=example,dc=org".to_owned();
    let (_, bind) = steps(&target).await;
    let last = bind.last().expect("a step");
    assert_eq!((last.kind, &last.result), (StepKind::Bind, &Err(Cause::InvalidDn)));
}
