//! The connection: requests out, whole messages in, each checked before it is believed. There is no task behind it:
//! nothing is read before somebody wants it, so a slow reader slows the server down, and dropping it closes it.

use crate::{
    ber::{Header, Malformed, tag},
    message::Message,
};
use bytes::{Buf, BytesMut};
use std::io;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// The largest message that is read. Entries with pictures and groups with 100,000 members stay far below.
pub(crate) const MAX_MESSAGE: usize = 64 * 1024 * 1024;

/// Bytes that are read at once.
const CHUNK: usize = 64 * 1024;

/// A stream in both directions: plain, or TLS.
pub(crate) trait Duplex: AsyncRead + AsyncWrite + Send + Sync + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Sync + Unpin> Duplex for T {}

/// A connection that messages go over.
pub(crate) struct Wire<S = Box<dyn Duplex>> {
    stream: S,
    buffer: BytesMut,
    last_id: u32,
    /// A request was cut in the middle: nothing more can be sent.
    broken: bool,
}

/// Why a message did not come or go.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WireError {
    #[error("the connection failed")]
    Io(#[from] io::Error),
    #[error("the server closed the connection")]
    Closed,
    #[error(transparent)]
    Malformed(#[from] Malformed),
    #[error("the server declared a message of {declared} bytes")]
    TooLarge { declared: usize },
}

impl Wire {
    /// A connection over any stream.
    pub(crate) fn over(stream: impl Duplex + 'static) -> Self {
        Self::new(Box::new(stream))
    }
}

impl<S: Duplex> Wire<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self { stream, buffer: BytesMut::with_capacity(CHUNK), last_id: 0, broken: false }
    }

    /// Sends a request and answers its id.
    pub(crate) async fn send(&mut self, encode: impl FnOnce(u32) -> io::Result<Vec<u8>>) -> Result<u32, WireError> {
        if self.broken {
            return Err(WireError::Closed);
        }
        let id = self.last_id + 1;
        let request = encode(id)?;
        self.last_id = id;
        // Stays so when this future is dropped in the middle.
        self.broken = true;
        self.stream.write_all(&request).await?;
        self.stream.flush().await?;
        self.broken = false;
        Ok(id)
    }

    /// The next message. Can be dropped while it waits: what was read stays.
    pub(crate) async fn receive(&mut self) -> Result<Message, WireError> {
        let length = self.await_message().await?;
        let message = Message::read(&self.buffer[..length]);
        self.buffer.advance(length);
        Ok(message?)
    }

    /// Waits until the next message is there as a whole, without taking it; answers its length. It stays where it is
    /// until it is received.
    pub(crate) async fn await_message(&mut self) -> Result<usize, WireError> {
        loop {
            if let Some(header) = Header::read(&self.buffer)? {
                if header.tag != tag::SEQUENCE {
                    return Err(Malformed.into());
                }
                if header.content > MAX_MESSAGE {
                    return Err(WireError::TooLarge { declared: header.content });
                }
                let length = header.length + header.content;
                if self.buffer.len() >= length {
                    return Ok(length);
                }
            }
            // Grows as bytes come, not as they are declared.
            self.buffer.reserve(CHUNK);
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(WireError::Closed);
            }
        }
    }

    /// Whether the message that was waited for is an entry or a reference.
    pub(crate) fn is_result(&self, length: usize) -> bool {
        Message::operation(&self.buffer[..length])
            .is_ok_and(|tag| matches!(tag, tag::SEARCH_ENTRY | tag::SEARCH_REFERENCE))
    }

    /// The stream below, for TLS. Right after StartTLS nothing may be left unread: it came unprotected and would be
    /// taken for protected.
    pub(crate) fn into_stream(self) -> Result<S, WireError> {
        if self.buffer.is_empty() { Ok(self.stream) } else { Err(Malformed.into()) }
    }
}

impl<S> std::fmt::Debug for Wire<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wire").field("last_id", &self.last_id).field("broken", &self.broken).finish_non_exhaustive()
    }
}
