//! Connecting and binding.

mod dial;

pub(crate) use dial::Dial;

use crate::{
    error::{Cause, DirectoryError, Failure, SettingsReason, of_outcome},
    message::{Answer, Outcome},
    request::{self, SearchRequest},
    wire::Wire,
};
use identity::{
    directory::{DirectorySettings, DirectoryUrl},
    entry::Entry,
};
use ldap3::Scope;
use secrecy::{ExposeSecret, SecretString};
use std::{sync::Arc, time::Duration};
use tokio::time::{Instant, timeout};

/// A directory, ready to be connected to: settings with the password.
#[derive(Debug, Clone)]
pub struct Target {
    /// The settings.
    pub settings: DirectorySettings,
    /// The password of the bind DN; `None` binds anonymously, which needs an empty bind DN.
    pub password: Option<SecretString>,
}

/// A bound connection, pinned to one of the directory's URLs. Dropping it closes the connection, and the server then
/// abandons what it was doing for it.
#[derive(Debug)]
pub struct Session {
    pub(crate) wire: Wire,
    pub(crate) settings: Arc<DirectorySettings>,
    pub(crate) url: DirectoryUrl,
}

impl Target {
    /// Connects to the first URL that answers, protects the connection, binds.
    ///
    /// A refusal that every server of the directory would repeat (a wrong password) is final: trying the others could
    /// lock the account.
    pub async fn connect(&self) -> Result<Session, DirectoryError> {
        let settings = Arc::new(self.settings.clone());
        self.credentials().map_err(|failure| failure.because("bind"))?;
        let mut last = None;
        for text in &settings.connection.urls {
            match self.connect_to(text, &settings).await {
                Ok(session) => return Ok(session),
                Err(error) if is_final(&error.cause) => return Err(error),
                Err(error) => {
                    tracing::warn!(url = %text, cause = error.cause.code(), "a directory's server cannot be used");
                    last = Some(error);
                }
            }
        }
        Err(last.unwrap_or_else(|| Failure::settings(SettingsReason::Address).because("connect")))
    }

    /// When a run that begins now must be over, however many searches it takes: for [`Session::search_until`].
    pub fn deadline(&self) -> Instant {
        Instant::now() + Duration::from_secs(self.settings.connection.run_deadline.into())
    }

    async fn connect_to(&self, url: &str, settings: &Arc<DirectorySettings>) -> Result<Session, DirectoryError> {
        let failed = |failure: Failure| failure.because(format!("connect to {url}"));
        let dial = Dial::new(url, &settings.connection).map_err(failed)?;
        let addresses = dial.resolve().await.map_err(failed)?;
        let stream = dial.open(&addresses).await.map_err(failed)?;
        let (_, wire) = dial.protect(stream).await;
        let mut session = Session { wire: wire.map_err(failed)?, settings: settings.clone(), url: dial.url };
        self.bind(&mut session).await.map_err(|failure| failure.because(format!("bind at {url}")))?;
        Ok(session)
    }

    /// Binds. Anonymously, nothing is sent: a new connection is anonymous (RFC 4511 4.2).
    pub(crate) async fn bind(&self, session: &mut Session) -> Result<(), Failure> {
        let Some((bind_dn, password)) = self.credentials()? else { return Ok(()) };
        let seconds = session.settings.connection.operation_timeout;
        let outcome = timed(seconds, async {
            let id = session.wire.send(|id| request::bind(id, bind_dn, password.expose_secret())).await?;
            loop {
                let message = session.wire.receive().await?;
                match message.answer {
                    Answer::Bound(outcome) if message.id == id => return Ok(outcome),
                    answer => unasked(message.id, answer)?,
                }
            }
        })
        .await?;
        of_outcome(&outcome, 0).map_or(Ok(()), |cause| Err(cause.into()))
    }

    /// Who binds; `None` is nobody. Many servers take an empty password for an anonymous bind and answer with success,
    /// so it is never sent (RFC 4513 5.1.2).
    fn credentials(&self) -> Result<Option<(&str, &SecretString)>, Failure> {
        let bind_dn = self.settings.connection.bind_dn.trim();
        if bind_dn.is_empty() {
            return Ok(None);
        }
        match &self.password {
            Some(password) if !password.expose_secret().is_empty() => Ok(Some((bind_dn, password))),
            _ => Err(Cause::EmptyPassword.into()),
        }
    }
}

impl Session {
    /// The URL that it is connected to.
    pub fn url(&self) -> String {
        self.url.to_string()
    }

    pub(crate) async fn read_entry(&mut self, dn: &str, attributes: &[&str]) -> Result<Option<Entry>, Failure> {
        let search = SearchRequest {
            base_dn: dn.to_owned(),
            scope: Scope::Base,
            filter: "(objectClass=*)".to_owned(),
            attributes: attributes.iter().map(|attribute| (*attribute).to_owned()).collect(),
            page_size: None,
        };
        let seconds = self.settings.connection.operation_timeout;
        let mut found = None;
        let outcome = timed(seconds, async {
            let id = self.wire.send(|id| request::search(id, &search, &[])).await?;
            loop {
                let message = self.wire.receive().await?;
                match message.answer {
                    Answer::Entry(entry) if message.id == id => found = Some(entry),
                    Answer::Done(outcome) if message.id == id => return Ok(outcome),
                    Answer::Reference if message.id == id => {}
                    answer => unasked(message.id, answer)?,
                }
            }
        })
        .await?;
        match of_outcome(&outcome, 0) {
            None => Ok(found),
            Some(Cause::NoSuchBase) => Ok(None),
            Some(cause) => Err(cause.into()),
        }
    }

    /// Says good-bye and closes.
    pub async fn close(mut self) {
        // The server sees the end of the connection in any case.
        let _ = timeout(Duration::from_secs(1), self.wire.send(request::unbind)).await;
    }
}

/// Gives a future some seconds.
pub(crate) async fn timed<T>(seconds: u32, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    match timeout(Duration::from_secs(seconds.into()), work).await {
        Ok(result) => result,
        Err(elapsed) => Err(Failure::with(Cause::TimedOut { seconds }, elapsed)),
    }
}

/// What to do about a message that is not the wanted answer. A notice of disconnection (RFC 4511 4.4.1) ends the
/// session; an answer to another request is late, and passed over.
pub(crate) fn unasked(id: u32, answer: Answer) -> Result<(), Failure> {
    match answer {
        Answer::Extended(Outcome { code: 51..=53, .. }) if id == 0 => Err(Cause::Unwilling.into()),
        Answer::Extended(Outcome { code: 8 | 13, .. }) if id == 0 => Err(Cause::ProtectionRequired.into()),
        _ if id == 0 => Err(Cause::Dropped.into()),
        _ => Ok(()),
    }
}

/// Whether every server of the directory would say the same.
pub(crate) fn is_final(cause: &Cause) -> bool {
    use Cause as C;
    matches!(cause, C::InvalidCredentials { .. } | C::EmptyPassword | C::InvalidDn | C::Settings { .. })
}
