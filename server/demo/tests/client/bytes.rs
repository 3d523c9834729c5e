//! What a client may send that no tool would.

use crate::peer::Peer;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// The bind of the demo's own account, as message 1.
fn bind() -> Vec<u8> {
    let (dn, password) = (demo::BIND_DN.as_bytes(), demo::BIND_PASSWORD.as_bytes());
    let mut request = vec![0x02, 1, 3, 0x04, dn.len() as u8];
    request.extend(dn);
    request.extend([0x80, password.len() as u8]);
    request.extend(password);
    let mut message = vec![0x30, request.len() as u8 + 5, 0x02, 1, 1, 0x60, request.len() as u8];
    message.extend(request);
    message
}

/// Sends bytes and reads one answer.
async fn exchange(socket: &mut TcpStream, bytes: &[u8]) -> Vec<u8> {
    socket.write_all(bytes).await.expect("sent");
    let mut answer = vec![0; 2048];
    let length = socket.read(&mut answer).await.expect("read");
    answer.truncate(length);
    answer
}

/// Number, operation and result code of a short answer.
fn result(answer: &[u8]) -> (u8, u8, u8) {
    assert_eq!((answer[0], answer[2], answer[3]), (0x30, 0x02, 1), "{answer:x?}");
    (answer[4], answer[5], answer[9])
}

#[tokio::test]
async fn a_request_that_cannot_be_understood_is_answered_and_the_next_one_too() {
    let peer = Peer::start().await;
    let mut socket = TcpStream::connect(peer.0.address()).await.expect("connected");
    assert_eq!(result(&exchange(&mut socket, &bind()).await), (1, 0x61, 0));
    // A search without anything in it, a modify, an unknown operation.
    assert_eq!(result(&exchange(&mut socket, &[0x30, 5, 2, 1, 2, 0x63, 0]).await), (2, 0x65, 2));
    assert_eq!(result(&exchange(&mut socket, &[0x30, 5, 2, 1, 3, 0x66, 0]).await), (3, 0x67, 2));
    assert_eq!(result(&exchange(&mut socket, &[0x30, 5, 2, 1, 4, 0x7d, 0]).await), (4, 0x78, 2));
    assert_eq!(result(&exchange(&mut socket, &bind()).await), (1, 0x61, 0));
}

#[tokio::test]
async fn what_is_not_ldap_is_told_so_before_the_connection_closes() {
    let peer = Peer::start().await;
    // Another protocol, a message of 2 GB, one without a number.
    let cases: [&[u8]; 3] =
        [b"GET / HTTP/1.1\r\n\r\n", &[0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 2, 1, 1], &[0x30, 2, 5, 0]];
    for bytes in cases {
        let mut socket = TcpStream::connect(peer.0.address()).await.expect("connected");
        let answer = exchange(&mut socket, bytes).await;
        assert_eq!(result(&answer), (0, 0x78, 2), "{bytes:x?}");
        // Closed, or reset because not all of it was read.
        let rest = socket.read(&mut [0; 16]).await;
        assert!(matches!(rest, Ok(0) | Err(_)), "{rest:?}");
    }
}

#[tokio::test]
async fn messages_nested_without_end_are_refused() {
    let peer = Peer::start().await;
    let mut socket = TcpStream::connect(peer.0.address()).await.expect("connected");
    // 12,000 filters within each other overflow the stack of a parser that does not count.
    let mut inner = vec![0x87, 1, b'a'];
    for _ in 0..12_000 {
        let length = u32::try_from(inner.len()).expect("small").to_be_bytes();
        inner.splice(0..0, [&[0xa2, 0x84][..], &length].concat());
    }
    let length = |bytes: &[u8]| u32::try_from(bytes.len()).expect("small").to_be_bytes();
    let request = [&[0x63, 0x84][..], &length(&inner), &inner].concat();
    let body = [&[2, 1, 9][..], &request].concat();
    let message = [&[0x30, 0x84][..], &length(&body), &body].concat();
    assert_eq!(result(&exchange(&mut socket, &message).await), (9, 0x65, 2));
    assert_eq!(result(&exchange(&mut socket, &bind()).await), (1, 0x61, 0));
}

#[tokio::test]
async fn a_stopped_demo_closes_its_connections() {
    let peer = Peer::start().await;
    let mut socket = TcpStream::connect(peer.0.address()).await.expect("connected");
    assert_eq!(result(&exchange(&mut socket, &bind()).await), (1, 0x61, 0));
    drop(peer);
    assert_eq!(socket.read(&mut [0; 16]).await.expect("closed"), 0);
}
