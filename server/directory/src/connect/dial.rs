//! The steps to a protected connection, each with its own cause when it fails. They share one time-out.

use crate::{
    error::{Cause, Failure, SettingsReason},
    message::Answer,
    request,
    tls::{self, Certificate},
    wire::Wire,
};
use identity::directory::{Connection, DirectoryUrl, Security};
use std::{io, net::SocketAddr, time::Duration};
use tokio::{
    net::{TcpStream, lookup_host},
    time::{Instant, timeout_at},
};

/// A connection in the making, to one URL.
#[derive(Debug)]
pub(crate) struct Dial<'a> {
    /// Where to.
    pub(crate) url: DirectoryUrl,
    connection: &'a Connection,
    deadline: Instant,
}

impl<'a> Dial<'a> {
    /// Begins; from now on the time counts. The URL and the protection must go together, so that nothing that was
    /// meant to be protected is ever sent in the clear.
    pub(crate) fn new(url: &str, connection: &'a Connection) -> Result<Self, Failure> {
        let url = DirectoryUrl::parse(url).map_err(|_| Failure::settings(SettingsReason::Address))?;
        match (connection.security, url.tls) {
            (Security::Ldaps, true) | (Security::StartTls | Security::None, false) => {}
            (Security::Ldaps, false) => return Err(Failure::settings(SettingsReason::NeedsLdaps)),
            (_, true) => return Err(Failure::settings(SettingsReason::NeedsPlain)),
        }
        let deadline = Instant::now() + Duration::from_secs(connection.connect_timeout.into());
        Ok(Self { url, connection, deadline })
    }

    /// The addresses of the host.
    pub(crate) async fn resolve(&self) -> Result<Vec<SocketAddr>, Failure> {
        let found = self.in_time(async {
            let found = lookup_host((self.url.host.as_str(), self.url.port)).await;
            found.map(Vec::from_iter).map_err(|error| Failure::with(Cause::UnknownHost, error))
        });
        match found.await?.as_slice() {
            [] => Err(Cause::UnknownHost.into()),
            addresses => Ok(addresses.to_vec()),
        }
    }

    /// A connection to the first address that answers; each gets its share of the time.
    pub(crate) async fn open(&self, addresses: &[SocketAddr]) -> Result<TcpStream, Failure> {
        let mut last = Failure::from(Cause::Unreachable);
        for (index, address) in addresses.iter().enumerate() {
            let left = self.deadline.saturating_duration_since(Instant::now());
            let share = left / u32::try_from(addresses.len() - index).unwrap_or(u32::MAX);
            last = match timeout_at(Instant::now() + share, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => {
                    // Requests are small, and waited for.
                    stream.set_nodelay(true).map_err(|error| Failure::with(Cause::Dropped, error))?;
                    return Ok(stream);
                }
                Ok(Err(error)) if error.kind() == io::ErrorKind::TimedOut => Failure::with(self.timed_out(), error),
                Ok(Err(error)) => Failure::with(Cause::Unreachable, error),
                Err(elapsed) => Failure::with(self.timed_out(), elapsed),
            };
        }
        Err(last)
    }

    /// Protects the connection as the settings say. The certificate comes back also when it was refused.
    pub(crate) async fn protect(&self, stream: TcpStream) -> (Option<Certificate>, Result<Wire, Failure>) {
        let stream = match self.connection.security {
            Security::None => return (None, Ok(Wire::over(stream))),
            Security::Ldaps => stream,
            Security::StartTls => match self.in_time(start_tls(stream)).await {
                Ok(stream) => stream,
                Err(failure) => return (None, Err(failure)),
            },
        };
        let protecting = tls::protect(stream, &self.url.host, self.connection);
        match timeout_at(self.deadline, protecting).await {
            Ok((certificate, result)) => (certificate, result.map(Wire::over)),
            Err(elapsed) => (None, Err(Failure::with(self.timed_out(), elapsed))),
        }
    }

    async fn in_time<T>(&self, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        match timeout_at(self.deadline, work).await {
            Ok(result) => result,
            Err(elapsed) => Err(Failure::with(self.timed_out(), elapsed)),
        }
    }

    fn timed_out(&self) -> Cause {
        Cause::TimedOut { seconds: self.connection.connect_timeout }
    }
}

/// Asks for TLS on a plain connection (RFC 4511 4.14).
async fn start_tls(stream: TcpStream) -> Result<TcpStream, Failure> {
    let mut wire = Wire::new(stream);
    let id = wire.send(request::start_tls).await?;
    loop {
        let message = wire.receive().await?;
        match message.answer {
            Answer::Extended(outcome) if message.id == id && outcome.code == 0 => break,
            Answer::Extended(outcome) if message.id == id => {
                return Err(Failure::with(Cause::StartTlsRefused, format!("{}: {}", outcome.code, outcome.text)));
            }
            answer => super::unasked(message.id, answer)?,
        }
    }
    Ok(wire.into_stream()?)
}
