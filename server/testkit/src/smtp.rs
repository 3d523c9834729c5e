//! A mail server that keeps what it is given: plain, with STARTTLS, or with TLS from the beginning.

use crate::certificates::{self, Certificate};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A letter as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Who signed in before, as `user:password`.
    pub signed_in: Option<String>,
    /// Whether it came over TLS.
    pub protected: bool,
    /// The addresses that it is for.
    pub to: Vec<String>,
    /// Header and text, lines ended by `\n`.
    pub text: String,
}

/// How it treats who connects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Takes letters without TLS.
    Plain,
    /// Takes letters after STARTTLS only.
    StartTls,
    /// TLS from the beginning.
    Tls,
    /// Refuses every recipient, and says whom.
    Refusing,
    /// Says nothing at all.
    Silent,
}

/// A running mail server.
#[derive(Debug)]
pub struct Smtp {
    port: u16,
    kept: Arc<Kept>,
    folder: TempDir,
}

#[derive(Debug, Default)]
struct Kept {
    letters: Mutex<Vec<Received>>,
    news: Condvar,
}

#[derive(Clone)]
struct Server {
    manner: Manner,
    kept: Arc<Kept>,
    tls: Arc<ServerConfig>,
}

trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

impl Smtp {
    /// Listens on a free port of the loopback, as `localhost`. It ends with the program.
    pub fn start(manner: Manner) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let tls = Arc::new(tls(folder.path()));
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("the loopback has a free port");
        let port = listener.local_addr().expect("a bound listener has an address").port();
        let kept = Arc::<Kept>::default();
        let server = Server { manner, kept: kept.clone(), tls };
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = server.clone();
                // A client may go at any time.
                std::thread::spawn(move || server.serve(stream));
            }
        });
        Self { port, kept, folder }
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The file of the authority that its certificate is of.
    pub fn ca_file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// Waits until so many letters have come; all of them.
    pub fn letters(&self, count: usize) -> Vec<Received> {
        let until = Instant::now() + Duration::from_secs(20);
        let mut letters = self.kept.letters.lock().expect("nobody panics with it");
        while letters.len() < count {
            let left = until.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "only {} letters came: {letters:?}", letters.len());
            letters = self.kept.news.wait_timeout(letters, left).expect("nobody panics with it").0;
        }
        letters.clone()
    }
}

impl Server {
    fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        match self.manner {
            Manner::Silent => stream.read_to_end(&mut vec![]).map(drop),
            Manner::Tls => self.talk(self.protect(stream)?, true),
            Manner::Plain | Manner::Refusing => self.talk(stream, false),
            Manner::StartTls => {
                stream.write_all(b"220 localhost ESMTP\r\n")?;
                loop {
                    let line = slow_line(&mut stream)?;
                    if line.to_ascii_uppercase().starts_with("STARTTLS") {
                        stream.write_all(b"220 go on\r\n")?;
                        return self.converse(self.protect(stream)?, true);
                    }
                    let answer: &[u8] = if line.to_ascii_uppercase().starts_with("EHLO") {
                        b"250-localhost\r\n250 STARTTLS\r\n"
                    } else {
                        b"530 STARTTLS first\r\n"
                    };
                    stream.write_all(answer)?;
                }
            }
        }
    }

    fn protect(&self, stream: TcpStream) -> io::Result<StreamOwned<ServerConnection, TcpStream>> {
        let connection = ServerConnection::new(self.tls.clone()).map_err(io::Error::other)?;
        Ok(StreamOwned::new(connection, stream))
    }

    fn talk(&self, mut stream: impl Stream, protected: bool) -> io::Result<()> {
        stream.write_all(b"220 localhost ESMTP\r\n")?;
        self.converse(stream, protected)
    }

    /// The sentences of RFC 5321 that a client needs, after the greeting.
    fn converse(&self, stream: impl Stream, protected: bool) -> io::Result<()> {
        let mut stream = BufReader::new(stream);
        let (mut signed_in, mut to) = (None, vec![]);
        loop {
            let line = read_line(&mut stream)?;
            let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            let answer = match word.as_str() {
                "EHLO" => "250-localhost\r\n250-8BITMIME\r\n250 AUTH PLAIN".to_owned(),
                "AUTH" => {
                    signed_in = line.split(' ').nth(2).and_then(plain_credentials);
                    "235 welcome".to_owned()
                }
                "RCPT" if self.manner == Manner::Refusing => format!("550 no such person: {line}"),
                "RCPT" => {
                    to.extend(line.split(['<', '>']).nth(1).map(str::to_owned));
                    "250 yes".to_owned()
                }
                "DATA" => {
                    stream.get_mut().write_all(b"354 go on\r\n")?;
                    let mut text = String::new();
                    loop {
                        let line = read_line(&mut stream)?;
                        if line == "." {
                            break;
                        }
                        // A line that begins with a full stop has another in front.
                        text.push_str(line.strip_prefix('.').unwrap_or(&line));
                        text.push('\n');
                    }
                    let letter =
                        Received { signed_in: signed_in.clone(), protected, to: std::mem::take(&mut to), text };
                    self.kept.letters.lock().expect("nobody panics with it").push(letter);
                    self.kept.news.notify_all();
                    "250 kept".to_owned()
                }
                "QUIT" => "221 bye".to_owned(),
                _ => "250 yes".to_owned(),
            };
            stream.get_mut().write_all(format!("{answer}\r\n").as_bytes())?;
            stream.get_mut().flush()?;
            if word == "QUIT" {
                return Ok(());
            }
        }
    }
}

/// What AUTH PLAIN carries: two NULs part it.
fn plain_credentials(text: &str) -> Option<String> {
    let text = String::from_utf8(STANDARD.decode(text).ok()?).ok()?;
    let mut parts = text.split('\0').skip(1);
    Some(format!("{}:{}", parts.next()?, parts.next()?))
}

fn read_line(stream: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// A line byte by byte: what follows it may be TLS and must stay in the stream.
fn slow_line(stream: &mut TcpStream) -> io::Result<String> {
    let mut line = vec![];
    let mut byte = [0];
    while byte != *b"\n" {
        stream.read_exact(&mut byte)?;
        line.extend(byte);
    }
    Ok(String::from_utf8_lossy(&line).into_owned())
}

fn tls(folder: &Path) -> ServerConfig {
    let files = certificates::make(folder, Certificate::Valid);
    let open = |path: &Path| BufReader::new(File::open(path).expect("openssl made it"));
    let chain = rustls_pemfile::certs(&mut open(&files.certificate)).collect::<Result<Vec<_>, _>>().expect("PEM");
    let key = rustls_pemfile::private_key(&mut open(&files.key)).expect("PEM").expect("a key");
    // Named here: a test installs no provider for its process.
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.expect("TLS versions").with_no_client_auth();
    builder.with_single_cert(chain, key).expect("the key is the certificate's")
}
