//! One connection: reads requests, answers them in order.

use super::{
    Shared, answer,
    operation::{self, Session},
    paging::OpenPages,
    search::Page,
    wire::{Incoming, Wire},
};
use crate::switches::Failure;
use bytes::BytesMut;
use futures::{SinkExt, StreamExt};
use ldap3_proto::{
    control::LdapControl,
    proto::{LdapMsg, LdapOp, LdapResultCode},
};
use std::{io, sync::Arc, time::Duration};
use tokio::{
    io::AsyncWriteExt,
    net::TcpStream,
    time::{sleep, timeout},
};
use tokio_util::codec::{Encoder, Framed};

/// After this time without a request a connection is closed.
const IDLE: Duration = Duration::from_secs(600);

/// Bytes that are no message. They do not begin with a large length, as other garbage may: a client would wait
/// for the rest of it, and that is what [`Failure::TimeOut`] shows.
const GARBAGE: &[u8] = b"\x04\x10this is not LDAP\xff\xff\xde\xad\xbe\xef";

/// One client.
pub(super) struct Connection {
    wire: Framed<TcpStream, Wire>,
    shared: Arc<Shared>,
    session: Session,
    pages: OpenPages,
}

/// Whether the connection goes on.
#[derive(PartialEq)]
enum Next {
    GoesOn,
    Ends,
}

impl Connection {
    pub(super) fn new(socket: TcpStream, shared: Arc<Shared>) -> Self {
        // Answers are small and somebody waits for each. When this fails, they are merely slower.
        let _ = socket.set_nodelay(true);
        let wire = Framed::new(socket, Wire::new());
        Self { wire, shared, session: Session::default(), pages: OpenPages::default() }
    }

    /// Answers requests until the client has no more.
    pub(super) async fn serve(mut self) -> io::Result<()> {
        loop {
            let Ok(Some(incoming)) = timeout(IDLE, self.wire.next()).await else { return Ok(()) };
            match incoming? {
                Incoming::Message(message) => {
                    if self.answer(message).await? == Next::Ends {
                        return Ok(());
                    }
                }
                Incoming::Unreadable { id, operation } if id > 0 => {
                    let result = answer::result(LdapResultCode::ProtocolError, "the request cannot be understood");
                    if let Some(op) = answer::to_tag(operation, result) {
                        self.send(id, op, vec![]).await?;
                    }
                }
                Incoming::Unreadable { .. } => {
                    return self.wire.send(answer::disconnection("the message has no number")).await;
                }
                Incoming::Broken(why) => return self.wire.send(answer::disconnection(why)).await,
            }
        }
    }

    async fn answer(&mut self, LdapMsg { msgid, op, ctrl }: LdapMsg) -> io::Result<Next> {
        match op {
            LdapOp::UnbindRequest => return Ok(Next::Ends),
            // Requests are answered one after the other: what could be abandoned is answered already.
            LdapOp::AbandonRequest(_) => {}
            LdapOp::SearchRequest(request) => {
                let failure = self.shared.switches.failure();
                let page = super::search::page(&self.shared, &self.session, &mut self.pages, request, &ctrl, failure);
                return self.give(msgid, page).await;
            }
            other => {
                let op = operation::answer(&self.shared, &mut self.session, other, &ctrl);
                self.send(msgid, op, vec![]).await?;
            }
        }
        Ok(Next::GoesOn)
    }

    /// Sends a page, with its failure.
    async fn give(&mut self, id: i32, page: Page) -> io::Result<Next> {
        let failure = page.failure;
        match failure {
            Failure::TimeOut => return Ok(Next::GoesOn),
            Failure::Slow => sleep(Duration::from_millis(200)).await,
            _ => {}
        }
        let middle = page.entries.len() / 2;
        for (index, entry) in page.entries.iter().enumerate() {
            match failure {
                Failure::DropMidPage if index == middle && page.is_late => {
                    return self.drop_within(id, entry, &page).await;
                }
                Failure::Garbage if index == middle => {
                    self.wire.flush().await?;
                    self.wire.get_mut().write_all(GARBAGE).await?;
                }
                Failure::Slow if index > 0 && index.is_multiple_of(50) => {
                    self.wire.flush().await?;
                    sleep(Duration::from_millis(100)).await;
                }
                _ => {}
            }
            let op = LdapOp::SearchResultEntry(page.shape.entry(entry));
            self.wire.feed(LdapMsg { msgid: id, op, ctrl: vec![] }).await?;
        }
        self.send(id, LdapOp::SearchResultDone(page.result), page.controls).await?;
        Ok(Next::GoesOn)
    }

    /// Half an entry, and then nothing more.
    async fn drop_within(&mut self, id: i32, entry: &identity::entry::Entry, page: &Page) -> io::Result<Next> {
        self.wire.flush().await?;
        let op = LdapOp::SearchResultEntry(page.shape.entry(entry));
        let mut bytes = BytesMut::new();
        Wire::new().encode(LdapMsg { msgid: id, op, ctrl: vec![] }, &mut bytes)?;
        self.wire.get_mut().write_all(&bytes[..bytes.len() / 2]).await?;
        Ok(Next::Ends)
    }

    async fn send(&mut self, id: i32, op: LdapOp, ctrl: Vec<LdapControl>) -> io::Result<()> {
        self.wire.send(LdapMsg { msgid: id, op, ctrl }).await
    }
}
