//! The tests of a directory's page, step by step, with what each found.

use crate::{
    connect::{Dial, Session, Target},
    error::{Cause, Failure, SettingsReason},
    message::PAGED_RESULTS,
    tls::Certificate,
    wire::Wire,
};
pub use identity::directory::{Step, StepKind};
use identity::{directory::Security, entry::Entry};
use std::{net::SocketAddr, sync::Arc, time::Instant};
use tokio::net::TcpStream;

/// What a step found: keys that pages have texts for, and values.
type Findings = Vec<(String, String)>;

/// What is asked of the root DSE (RFC 4512 5.1).
const ROOT_DSE: &[&str] =
    &["vendorName", "vendorVersion", "namingContexts", "supportedControl", "supportedLDAPVersion"];

/// Tells of steps, and how long each took.
struct Report<F> {
    tell: F,
    since: Instant,
    /// What the next step has to tell of the addresses before it.
    unusable: Vec<(String, Cause)>,
}

impl Target {
    /// Runs the steps of the connection test; each is given to `tell` when it is done. Answers whether all passed.
    ///
    /// Of several URLs the first that accepts a connection is tested, as it is the one that a run would use. Findings:
    /// `url`, `address`; `subject`, `issuer`, `not_before`, `not_after`,
    /// `name`, `sha256`; `security`; `bind_dn`; `vendor`, `naming_context`, `paging`; `base_dn`.
    pub async fn test(&self, tell: impl FnMut(Step) + Send) -> bool {
        let mut report = Report { tell, since: Instant::now(), unusable: vec![] };
        self.test_steps(&mut report).await.is_some()
    }

    async fn test_steps(&self, report: &mut Report<impl FnMut(Step) + Send>) -> Option<()> {
        let (dial, stream) = self.test_reaching(report).await?;
        let (certificate, wire) = dial.protect(stream).await;
        let wire = self.test_protection(report, certificate, wire)?;
        let mut session = Session { wire, settings: Arc::new(self.settings.clone()), url: dial.url };

        let bound = self.bind(&mut session).await;
        let bind_dn = self.settings.connection.bind_dn.clone();
        report.step(StepKind::Bind, bound, |()| vec![one("bind_dn", bind_dn)])?;

        let root = session.read_entry("", ROOT_DSE).await;
        report.step(StepKind::RootDse, root, |root| root.map_or_else(Vec::new, |root| describe_root(&root)))?;

        for base_dn in &self.settings.schema.base_dns {
            let base = session.read_entry(base_dn, &["1.1"]).await;
            let base = base.and_then(|base| base.ok_or_else(|| Cause::NoSuchBase.into()));
            report.step(StepKind::Base, base, |base| vec![one("base_dn", base.dn)])?;
        }
        session.close().await;
        Some(())
    }

    /// Name and TCP, of the first URL where both work; when there is none, of the first one.
    async fn test_reaching(&self, report: &mut Report<impl FnMut(Step) + Send>) -> Option<(Dial<'_>, TcpStream)> {
        let connection = &self.settings.connection;
        let mut first_failure = None;
        for url in &connection.urls {
            match reach(Dial::new(url, connection)).await {
                Ok(Reached { dial, addresses, stream }) => {
                    let mut findings = vec![one("url", dial.url.to_string())];
                    findings.extend(addresses.iter().map(|address| one("address", address.ip().to_string())));
                    report.step(StepKind::Name, Ok(()), |()| findings)?;
                    let peer = stream.peer_addr().map_or_else(|_| String::new(), |address| address.to_string());
                    report.step(StepKind::Tcp, Ok(()), |()| vec![one("address", peer)])?;
                    return Some((dial, stream));
                }
                Err((kind, failure)) => {
                    report.unusable.push((url.clone(), failure.cause.clone()));
                    first_failure.get_or_insert((kind, failure));
                }
            }
        }
        let nowhere = || (StepKind::Name, Failure::settings(SettingsReason::Address));
        // The step that failed says it of the first one, and no other is used instead.
        report.unusable.clear();
        let (kind, failure) = first_failure.unwrap_or_else(nowhere);
        if kind == StepKind::Tcp {
            let url = connection.urls.first().cloned().unwrap_or_default();
            report.step(StepKind::Name, Ok(()), |()| vec![one("url", url)])?;
        }
        report.step(kind, Err(failure), |()| vec![])?;
        None
    }

    fn test_protection(
        &self,
        report: &mut Report<impl FnMut(Step) + Send>,
        certificate: Option<Certificate>,
        wire: Result<Wire, Failure>,
    ) -> Option<Wire> {
        let connection = &self.settings.connection;
        if let Some(certificate) = certificate {
            report.step(StepKind::Certificate, Ok(certificate), |certificate| describe(&certificate))?;
        }
        let verified = match connection {
            _ if connection.security == Security::None => "none",
            connection if connection.pinned_sha256.is_some() => "pinned",
            connection if connection.verify_certificate => "verified",
            _ => "not_verified",
        };
        let mut passed = None;
        report.step(StepKind::Tls, wire, |wire| {
            passed = Some(wire);
            vec![one("security", verified.to_owned())]
        })?;
        passed
    }
}

struct Reached<'a> {
    dial: Dial<'a>,
    addresses: Vec<SocketAddr>,
    stream: TcpStream,
}

async fn reach(dial: Result<Dial<'_>, Failure>) -> Result<Reached<'_>, (StepKind, Failure)> {
    let at = |kind| move |failure| (kind, failure);
    let dial = dial.map_err(at(StepKind::Name))?;
    let addresses = dial.resolve().await.map_err(at(StepKind::Name))?;
    let stream = dial.open(&addresses).await.map_err(at(StepKind::Tcp))?;
    Ok(Reached { dial, addresses, stream })
}

impl<F: FnMut(Step) + Send> Report<F> {
    /// Tells of a step; `None` when it failed.
    fn step<T>(&mut self, kind: StepKind, result: Result<T, Failure>, found: impl FnOnce(T) -> Findings) -> Option<()> {
        let took_ms = u32::try_from(self.since.elapsed().as_millis()).unwrap_or(u32::MAX);
        self.since = Instant::now();
        let result = result.map(found).map_err(|failure| failure.cause);
        let passed = result.is_ok();
        (self.tell)(Step { kind, result, unusable: std::mem::take(&mut self.unusable), took_ms });
        passed.then_some(())
    }
}

fn one(key: &str, value: String) -> (String, String) {
    (key.to_owned(), value)
}

fn describe(certificate: &Certificate) -> Findings {
    let Certificate { sha256, subject, issuer, not_before, not_after, names, self_signed: _ } = certificate;
    let mut findings = vec![
        one("subject", subject.clone()),
        one("issuer", issuer.clone()),
        one("not_before", not_before.clone()),
        one("not_after", not_after.clone()),
    ];
    findings.extend(names.iter().map(|name| one("name", name.clone())));
    findings.push(one("sha256", sha256.clone()));
    findings
}

fn describe_root(root: &Entry) -> Findings {
    let vendor: Vec<&str> = root.texts("vendorName").chain(root.texts("vendorVersion")).collect();
    let mut findings = Findings::new();
    if !vendor.is_empty() {
        findings.push(one("vendor", vendor.join(" ")));
    }
    findings.extend(root.texts("namingContexts").map(|context| one("naming_context", context.to_owned())));
    let paging = root.texts("supportedControl").any(|control| control == PAGED_RESULTS);
    findings.push(one("paging", if paging { "yes" } else { "no" }.to_owned()));
    findings
}
