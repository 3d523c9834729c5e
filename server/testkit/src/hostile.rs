//! A peer that means harm: a socket that answers LDAP requests with any bytes at all.

use std::{
    io::{self, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread::{self, JoinHandle},
};

/// A listening hostile peer. Stops listening when it is dropped.
#[derive(Debug)]
pub struct Hostile {
    port: u16,
    connections: Arc<AtomicU32>,
    stopped: Arc<AtomicBool>,
    listener: Option<JoinHandle<()>>,
}

/// A request that came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// The message's id, which answers repeat.
    pub id: u8,
    /// What it asks for.
    pub operation: Operation,
}

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Operation {
    Bind,
    Unbind,
    Search,
    Extended,
    Other(u8),
}

impl Hostile {
    /// Listens. Every request is given to `answer`, which writes what it likes; its error ends the connection.
    pub fn start(answer: impl Fn(Request, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("the loopback has a free port");
        let port = listener.local_addr().expect("a bound listener has an address").port();
        let (connections, stopped) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicBool::new(false)));
        let (counter, stop, answer) = (connections.clone(), stopped.clone(), Arc::new(answer));
        let listener = thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    break;
                }
                let Ok(mut stream) = stream else { continue };
                counter.fetch_add(1, Ordering::SeqCst);
                let answer = answer.clone();
                thread::spawn(move || {
                    // Either side may end the conversation at any time: that is the purpose.
                    while let Ok(request) = read_request(&mut stream) {
                        if answer(request, &mut stream).is_err() {
                            break;
                        }
                    }
                });
            }
        });
        Self { port, connections, stopped, listener: Some(listener) }
    }

    /// Accepts every bind; `answer` is asked about everything else.
    pub fn after_bind(answer: impl Fn(Request, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static) -> Self {
        Self::start(move |request, stream| match request.operation {
            Operation::Bind => stream.write_all(&bind_response(request.id, 0, "")),
            Operation::Unbind => Err(io::ErrorKind::ConnectionAborted.into()),
            _ => answer(request, stream),
        })
    }

    /// `ldap://127.0.0.1:…`
    pub fn url(&self) -> String {
        format!("ldap://127.0.0.1:{}", self.port)
    }

    /// How many connections it has seen.
    pub fn connections(&self) -> u32 {
        self.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Hostile {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Wakes the listener up, so that it sees the flag.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        if let Some(listener) = self.listener.take() {
            let _ = listener.join();
        }
    }
}

/// Reads a whole request. Clients of tests count messages from 1 and stay below 128.
fn read_request(stream: &mut TcpStream) -> io::Result<Request> {
    let mut header = [0; 2];
    stream.read_exact(&mut header)?;
    let length = match header[1] {
        short @ 0..=0x7f => usize::from(short),
        long => {
            let mut digits = vec![0; usize::from(long & 0x7f)];
            stream.read_exact(&mut digits)?;
            digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit))
        }
    };
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    let [2, 1, id, operation, ..] = body[..] else { return Err(io::ErrorKind::InvalidData.into()) };
    let operation = match operation {
        0x60 => Operation::Bind,
        0x42 => Operation::Unbind,
        0x63 => Operation::Search,
        0x77 => Operation::Extended,
        other => Operation::Other(other),
    };
    Ok(Request { id, operation })
}

/// A BER element.
pub fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![tag];
    if content.len() < 0x80 {
        bytes.push(content.len() as u8);
    } else {
        bytes.push(0x84);
        bytes.extend((content.len() as u32).to_be_bytes());
    }
    bytes.extend(content);
    bytes
}

/// A whole message: its id, its operation, its controls.
pub fn message(id: u8, operation: &[u8], controls: &[u8]) -> Vec<u8> {
    element(0x30, &[&[2, 1, id], operation, controls].concat())
}

/// The answer to a bind.
pub fn bind_response(id: u8, code: u8, text: &str) -> Vec<u8> {
    message(id, &element(0x61, &result(code, text)), &[])
}

/// The answer to an extended request.
pub fn extended_response(id: u8, code: u8) -> Vec<u8> {
    message(id, &element(0x78, &result(code, "")), &[])
}

/// An entry with one attribute. The DN and the value may be anything.
pub fn entry(id: u8, dn: &[u8], attribute: &str, value: &[u8]) -> Vec<u8> {
    let values = element(0x31, &element(4, value));
    let attribute = element(0x30, &[element(4, attribute.as_bytes()), values].concat());
    message(id, &element(0x64, &[element(4, dn), element(0x30, &attribute)].concat()), &[])
}

/// A search reference.
pub fn reference(id: u8, url: &str) -> Vec<u8> {
    message(id, &element(0x73, &element(4, url.as_bytes())), &[])
}

/// The end of a page; with a cookie, there are more.
pub fn done(id: u8, code: u8, cookie: &[u8]) -> Vec<u8> {
    let value = element(0x30, &[vec![2, 1, 0], element(4, cookie)].concat());
    let control = element(0x30, &[element(4, b"1.2.840.113556.1.4.319"), element(4, &value)].concat());
    message(id, &element(0x65, &result(code, "")), &element(0xa0, &control))
}

fn result(code: u8, text: &str) -> Vec<u8> {
    [&[10, 1, code, 4, 0][..], &element(4, text.as_bytes())].concat()
}
