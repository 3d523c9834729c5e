//! The tests of a directory's page, step by step, with what each found.

use crate::{
    connect::{Dial, Session, Target, is_final},
    error::{Cause, Failure, SettingsReason},
    message::PAGED_RESULTS,
    tls::Certificate,
    wire::Wire,
};
pub use identity::directory::{Step, StepKind};
use identity::{directory::Security, entry::Entry};
use std::{sync::Arc, time::Instant};

/// What a step found: keys that pages have texts for, and values.
type Findings = Vec<(String, String)>;

/// What is asked of the root DSE (RFC 4512 5.1).
const ROOT_DSE: &[&str] =
    &["vendorName", "vendorVersion", "namingContexts", "supportedControl", "supportedLDAPVersion"];

/// Tells of steps, and how long each took.
struct Report<F> {
    tell: F,
    since: Instant,
    /// Whether steps wait until it is known that their server is the one that is tested.
    holds: bool,
    held: Vec<Step>,
}

impl Target {
    /// Runs the steps of the connection test; each is given to `tell` when it is done. Answers whether all passed.
    ///
    /// Of several URLs the first that lets us in is tested, as it is the one that a run would use; the first step names
    /// those before it. Findings: `url`, `address`; `subject`, `issuer`, `not_before`, `not_after`, `name`, `sha256`;
    /// `security`; `bind_dn`; `vendor`, `naming_context`, `paging`; `base_dn`.
    pub async fn test(&self, tell: impl FnMut(Step) + Send) -> bool {
        // Where there is nothing to choose, each step is told at once.
        let holds = self.settings.connection.urls.len() > 1;
        let mut report = Report { tell, since: Instant::now(), holds, held: vec![] };
        self.test_steps(&mut report).await.is_ok()
    }

    async fn test_steps(&self, report: &mut Report<impl FnMut(Step) + Send>) -> Result<(), Cause> {
        let mut session = self.test_servers(report).await?;
        let root = session.read_entry("", ROOT_DSE).await;
        report.step(StepKind::RootDse, root, |root| root.map_or_else(Vec::new, |root| describe_root(&root)))?;

        for base_dn in &self.settings.schema.base_dns {
            let base = session.read_entry(base_dn, &["1.1"]).await;
            let base = base.and_then(|base| base.ok_or_else(|| Cause::NoSuchBase.into()));
            report.step(StepKind::Base, base, |base| vec![one("base_dn", base.dn)])?;
        }
        session.close().await;
        Ok(())
    }

    /// The first server that lets us in, by the rules of [`Target::connect`]. When there is none, what the first one
    /// said is told.
    async fn test_servers(&self, report: &mut Report<impl FnMut(Step) + Send>) -> Result<Session, Cause> {
        let mut unusable = vec![];
        let mut first = None;
        for url in &self.settings.connection.urls {
            let tested = self.test_server(url, report).await;
            match tested {
                Err(cause) if !is_final(&cause) => {
                    first.get_or_insert_with(|| (std::mem::take(&mut report.held), cause.clone()));
                    report.held.clear();
                    unusable.push((url.clone(), cause));
                }
                tested => {
                    if let Some(step) = report.held.first_mut() {
                        step.unusable = unusable;
                    }
                    report.release();
                    return tested;
                }
            }
        }
        let Some((steps, cause)) = first else {
            return report.keep(StepKind::Name, Err(Failure::settings(SettingsReason::Address)), |_| vec![]);
        };
        report.held = steps;
        if let Some(step) = report.held.last_mut() {
            step.unusable = unusable.split_off(1);
        }
        report.release();
        Err(cause)
    }

    /// Name, TCP, protection and bind.
    async fn test_server(&self, url: &str, report: &mut Report<impl FnMut(Step) + Send>) -> Result<Session, Cause> {
        let connection = &self.settings.connection;
        let resolved = async {
            let dial = Dial::new(url, connection)?;
            let addresses = dial.resolve().await?;
            Ok::<_, Failure>((dial, addresses))
        };
        let (dial, addresses) = report.keep(StepKind::Name, resolved.await, |(dial, addresses)| {
            let mut findings = vec![one("url", dial.url.to_string())];
            findings.extend(addresses.iter().map(|address| one("address", address.ip().to_string())));
            findings
        })?;
        let stream = report.keep(StepKind::Tcp, dial.open(&addresses).await, |stream| {
            let peer = stream.peer_addr().map_or_else(|_| String::new(), |address| address.to_string());
            vec![one("address", peer)]
        })?;
        let (certificate, wire) = dial.protect(stream).await;
        let wire = self.test_protection(report, certificate, wire)?;
        let mut session = Session { wire, settings: Arc::new(self.settings.clone()), url: dial.url };
        let bound = self.bind(&mut session).await;
        report.step(StepKind::Bind, bound, |()| vec![one("bind_dn", connection.bind_dn.clone())])?;
        Ok(session)
    }

    fn test_protection(
        &self,
        report: &mut Report<impl FnMut(Step) + Send>,
        certificate: Option<Certificate>,
        wire: Result<Wire, Failure>,
    ) -> Result<Wire, Cause> {
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
        report.keep(StepKind::Tls, wire, |_| vec![one("security", verified.to_owned())])
    }
}

impl<F: FnMut(Step) + Send> Report<F> {
    /// Tells of a step, and why it failed if it did.
    fn step<T>(
        &mut self,
        kind: StepKind,
        result: Result<T, Failure>,
        found: impl FnOnce(T) -> Findings,
    ) -> Result<(), Cause> {
        let took_ms = u32::try_from(self.since.elapsed().as_millis()).unwrap_or(u32::MAX);
        self.since = Instant::now();
        let result = result.map(found).map_err(|failure| failure.cause);
        let passed = result.as_ref().map(drop).map_err(Clone::clone);
        let step = Step { kind, result, unusable: vec![], took_ms };
        if self.holds {
            self.held.push(step)
        } else {
            (self.tell)(step)
        }
        passed
    }

    /// The same, and what the step is for afterwards.
    fn keep<T>(
        &mut self,
        kind: StepKind,
        result: Result<T, Failure>,
        found: impl FnOnce(&T) -> Findings,
    ) -> Result<T, Cause> {
        match result {
            Ok(value) => self.step(kind, Ok(&value), found).map(|()| value),
            Err(failure) => {
                let cause = failure.cause.clone();
                self.step(kind, Err::<(), _>(failure), |()| vec![]).and(Err(cause))
            }
        }
    }

    /// Tells what was held; from now on nothing is.
    fn release(&mut self) {
        self.holds = false;
        std::mem::take(&mut self.held).into_iter().for_each(&mut self.tell);
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
