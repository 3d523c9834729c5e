//! A client that sends exactly what a test says.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: String,
    /// The body as it was sent.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The session's cookie as a browser sends it back: `name=value`.
    pub fn cookie(&self) -> Option<&str> {
        self.header("set-cookie").and_then(|cookie| cookie.split(';').next())
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// Sends a request and leaves the answer on the wire: for streams.
pub fn open(address: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time-out is set");
    let mut head = format!("{method} {path} HTTP/1.1\r\nContent-Length: {}\r\n", body.len());
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        head.push_str(&format!("Host: {address}\r\n"));
    }
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).expect("the server reads");
    // A server may refuse by the headers alone and close.
    let _ = stream.write_all(body);
    stream
}

/// Sends a request and reads the whole answer.
pub fn send(address: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let mut headers = headers.to_vec();
    headers.push(("Connection", "close"));
    read(open(address, method, path, &headers, body))
}

/// Status and headers; the body is left to be read.
pub fn read_head(reader: &mut impl BufRead) -> Answer {
    let mut line = String::new();
    reader.read_line(&mut line).expect("a status line");
    let status = line.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.unwrap_or_else(|| panic!("no status in {line:?}"));
    let mut headers = vec![];
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a header");
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    Answer { status, headers, body: String::new(), bytes: vec![] }
}

fn read(stream: TcpStream) -> Answer {
    let mut reader = BufReader::new(stream);
    let mut answer = read_head(&mut reader);
    let chunked = answer.header("transfer-encoding").is_some_and(|coding| coding == "chunked");
    let body = if chunked { read_chunks(&mut reader) } else { read_to_end(&mut reader) };
    answer.body = String::from_utf8_lossy(&body).into_owned();
    answer.bytes = body;
    answer
}

fn read_to_end(reader: &mut impl BufRead) -> Vec<u8> {
    let mut body = vec![];
    reader.read_to_end(&mut body).expect("a body");
    body
}

fn read_chunks(reader: &mut impl BufRead) -> Vec<u8> {
    let mut body = vec![];
    loop {
        let mut size = String::new();
        reader.read_line(&mut size).expect("a chunk's size");
        let size = u64::from_str_radix(size.trim(), 16).expect("hexadecimal");
        if size == 0 {
            return body;
        }
        reader.take(size).read_to_end(&mut body).expect("a chunk");
        reader.read_line(&mut String::new()).expect("a chunk's end");
    }
}
