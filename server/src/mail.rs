//! Sending letters: the only place that speaks SMTP.

use crate::config::{MailSecurity, MailSettings, SettingsError};
use app::services::mail::{Letter, Request};
use app::services::{Services, password_link, report};
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use secrecy::ExposeSecret as _;
use std::time::Duration;
use tokio::sync::mpsc::Receiver;
use tokio_util::sync::CancellationToken;

/// Until the server must have answered a sentence.
const ANSWER: Duration = Duration::from_secs(10);
/// Until a letter must be gone, however slowly the server answers each sentence.
const WHOLE: Duration = Duration::from_secs(30);

/// The way to the mail server.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// A letter that was not sent.
#[derive(Debug, thiserror::Error)]
enum MailError {
    #[error("the address is not one that letters can be sent to")]
    Address(#[source] lettre::address::AddressError),
    #[error("the letter cannot be written")]
    Write(#[source] lettre::error::Error),
    #[error("the letter was not handed over")]
    Send(#[source] smtp::Error),
    #[error("the mail server did not take the letter in time")]
    TimedOut,
}

impl Mailer {
    /// Nothing is connected to yet.
    pub fn new(settings: &MailSettings) -> Result<Self, MailerError> {
        type Transport = AsyncSmtpTransport<Tokio1Executor>;
        let builder = match settings.security {
            MailSecurity::None => Transport::builder_dangerous(&settings.host),
            MailSecurity::StartTls => Transport::starttls_relay(&settings.host).map_err(MailerError::Tls)?,
            MailSecurity::Tls => Transport::relay(&settings.host).map_err(MailerError::Tls)?,
        };
        let mut builder = builder.port(settings.port()).timeout(Some(ANSWER));
        if let (Some(username), Some(password)) = (&settings.username, &settings.password) {
            builder = builder.credentials(Credentials::new(username.clone(), password.expose_secret().to_owned()));
        }
        Ok(Self { transport: builder.build(), from: settings.sender()? })
    }

    async fn send(&self, letter: Letter) -> Result<(), MailError> {
        let message = write(self.from.clone(), letter)?;
        match tokio::time::timeout(WHOLE, self.transport.send(message)).await {
            Ok(sent) => sent.map(drop).map_err(MailError::Send),
            Err(_) => Err(MailError::TimedOut),
        }
    }
}

/// A mail server that cannot even be tried.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    /// TLS cannot be had.
    #[error("TLS to the mail server cannot be prepared")]
    Tls(#[source] smtp::Error),
    /// The settings.
    #[error(transparent)]
    Settings(#[from] SettingsError),
}

/// Answers requests for passwords until the end, one after the other: nobody waits for it.
pub async fn answer(mailer: Mailer, services: Services, mut requests: Receiver<Request>, shutdown: CancellationToken) {
    loop {
        let request = tokio::select! {
            () = shutdown.cancelled() => return,
            request = requests.recv() => request,
        };
        let Some(request) = request else { return };
        // What went wrong there is in the log already.
        let Ok(letters) = password_link::letters(&services, &request).await else { continue };
        for letter in letters {
            match mailer.send(letter).await {
                Ok(()) => tracing::info!("a letter was sent"),
                Err(error) => {
                    tracing::error!(error = error.without_people(), "a letter was not sent");
                    tracing::debug!(error = report::chain(&error), "a letter was not sent");
                }
            }
        }
    }
}

fn write(from: Mailbox, letter: Letter) -> Result<Message, MailError> {
    let Letter { to, subject, text } = letter;
    // One address and nothing else: a stored text with a comma would be a list to others.
    let to: Address = to.parse().map_err(MailError::Address)?;
    let message = Message::builder().from(from).to(to.into()).subject(subject).message_id(None).header(AutoSubmitted);
    message.header(ContentType::TEXT_PLAIN).body(text).map_err(MailError::Write)
}

impl MailError {
    /// What went wrong, for every log. What the server said in its own words stays out, and what was stored as an
    /// address: either may name people.
    fn without_people(&self) -> String {
        match self {
            MailError::Address(_) | MailError::Write(_) | MailError::TimedOut => self.to_string(),
            MailError::Send(source) => match source.status() {
                Some(code) => format!("the mail server refused the letter with code {code}"),
                None if source.is_response() => "the mail server answered what nobody understands".to_owned(),
                // The words of this machine: the network, TLS, what the server does not offer.
                None => report::chain(self),
            },
        }
    }
}

/// Says that a program wrote it, so that absent people's programs do not answer (RFC 3834).
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
