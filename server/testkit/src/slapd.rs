//! OpenLDAP: a private `slapd` with people in it.

use crate::{
    certificates::{self, Certificate},
    free_port,
    people::{People, SUFFIX},
};
use std::{
    fmt::Write as _,
    fs::{self, File},
    io::Write as _,
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, Weak},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Who searches, in tests: a system account that may read everything but passwords.
pub const BIND_DN: &str = "cn=muster,dc=example,dc=org";
/// Its password.
pub const BIND_PASSWORD: &str = "a system account's password";
/// Who may do everything.
pub const ROOT_DN: &str = "cn=root,dc=example,dc=org";
/// Its password.
pub const ROOT_PASSWORD: &str = "the root's password";

/// What searches are answered from.
const INDEXES: &str = "index objectClass,entryUUID eq\nindex uid,cn,sn,givenName,displayName,mail eq,sub\n";

/// A running `slapd`. Ends, and takes its files with it, when it is dropped.
#[derive(Debug)]
pub struct Slapd {
    child: Child,
    port: u16,
    tls_port: u16,
    ca_pem: String,
    certificate_path: PathBuf,
    folder: TempDir,
}

/// How a `slapd` is to be.
#[derive(Debug, Clone)]
pub struct SlapdBuilder {
    people: People,
    limits: String,
    certificate: Certificate,
    ldif: String,
    referral: Option<String>,
    schema: String,
    indexed: bool,
}

impl Slapd {
    /// Starts one with so many people, without limits, with a valid certificate.
    pub fn start(people: u32) -> Self {
        Self::builder(people).start()
    }

    /// One with options.
    pub fn builder(people: u32) -> SlapdBuilder {
        SlapdBuilder {
            people: People::new(people),
            limits: "size=unlimited time=unlimited".to_owned(),
            certificate: Certificate::Valid,
            ldif: String::new(),
            referral: None,
            schema: String::new(),
            indexed: true,
        }
    }

    /// One with 5,000 people that the tests of a process share while any of them holds it. It is only read from.
    pub fn shared() -> Arc<Self> {
        static SHARED: Mutex<Weak<Slapd>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        shared.upgrade().unwrap_or_else(|| {
            let started = Arc::new(Self::start(5_000));
            *shared = Arc::downgrade(&started);
            started
        })
    }

    /// `ldap://127.0.0.1:…`
    pub fn url(&self) -> String {
        format!("ldap://127.0.0.1:{}", self.port)
    }

    /// `ldaps://127.0.0.1:…`
    pub fn ldaps_url(&self) -> String {
        format!("ldaps://127.0.0.1:{}", self.tls_port)
    }

    /// The authority that signed the certificate; not for [`Certificate::SelfSigned`].
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// The server's own certificate.
    pub fn certificate_pem(&self) -> String {
        fs::read_to_string(&self.certificate_path).expect("the certificate was written")
    }

    /// Lowercase hexadecimal SHA-256 of the server's certificate.
    pub fn certificate_sha256(&self) -> String {
        let output = Command::new("openssl")
            .args(["x509", "-noout", "-fingerprint", "-sha256", "-in"])
            .arg(&self.certificate_path)
            .output()
            .expect("openssl is installed");
        let text = String::from_utf8_lossy(&output.stdout);
        let (_, digits) = text.split_once('=').expect("openssl prints “sha256 Fingerprint=AA:BB”");
        digits.trim().replace(':', "").to_lowercase()
    }

    /// Where its files are; its messages stand in `log`.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Stops its time: connections stay, nothing answers.
    pub fn pause(&self) {
        self.signal("STOP");
    }

    /// Lets it go on.
    pub fn resume(&self) {
        self.signal("CONT");
    }

    /// Kills it at once.
    pub fn kill(&mut self) {
        // It may be gone already, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Applies LDIF change records as the root, while it runs.
    pub fn modify(&self, ldif: &str) {
        let mut child = Command::new("ldapmodify")
            .args(["-x", "-H", &self.url(), "-D", ROOT_DN, "-w", ROOT_PASSWORD])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("ldapmodify is installed");
        child.stdin.take().expect("stdin is piped").write_all(ldif.as_bytes()).expect("ldapmodify reads");
        let output = child.wait_with_output().expect("ldapmodify ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// `ldapsearch` as the system account, in pages of 1000: the peer of benchmarks.
    pub fn ldapsearch(&self, filter: &str, attributes: &[&str]) -> Command {
        let mut command = Command::new("ldapsearch");
        command
            .args(["-x", "-LLL", "-o", "ldif-wrap=no", "-E", "pr=1000/noprompt"])
            .args(["-H", &self.url(), "-D", BIND_DN, "-w", BIND_PASSWORD, "-b", SUFFIX, filter])
            .args(attributes);
        command
    }

    fn signal(&self, signal: &str) {
        let status = Command::new("sh").args(["-c", &format!("kill -{signal} {}", self.child.id())]).status();
        assert!(status.expect("sh is installed").success(), "kill -{signal}");
    }
}

impl Drop for Slapd {
    fn drop(&mut self) {
        self.kill();
    }
}

impl SlapdBuilder {
    /// Other people.
    pub fn people(self, people: People) -> Self {
        Self { people, ..self }
    }

    /// The `limits` of the system account, as slapd.conf(5) writes them: `size.hard=500`, `size.pr=1000`.
    pub fn limits(self, limits: &str) -> Self {
        Self { limits: limits.to_owned(), ..self }
    }

    /// The server's certificate.
    pub fn certificate(self, certificate: Certificate) -> Self {
        Self { certificate, ..self }
    }

    /// Where searches outside of the suffix are referred to.
    pub fn referral(self, url: &str) -> Self {
        Self { referral: Some(url.to_owned()), ..self }
    }

    /// More of a schema, as slapd.conf(5) writes it: `attributetype ( … )`, a line each.
    pub fn schema(mut self, lines: &str) -> Self {
        self.schema.push_str(lines);
        self.schema.push('\n');
        self
    }

    /// Without any index: each search reads every entry.
    pub fn without_indexes(self) -> Self {
        Self { indexed: false, ..self }
    }

    /// More entries, as LDIF.
    pub fn ldif(mut self, ldif: &str) -> Self {
        self.ldif.push_str(ldif);
        self.ldif.push_str("\n\n");
        self
    }

    /// Loads and starts it, and waits until it accepts connections.
    pub fn start(self) -> Slapd {
        let folder = tempfile::Builder::new().prefix("muster-slapd-").tempdir().expect("a temporary folder");
        let files = certificates::make(folder.path(), self.certificate);
        let configuration = self.configure(folder.path(), &files);
        self.load(folder.path(), &configuration);
        let ca_pem = fs::read_to_string(&files.ca).expect("the authority was written");
        for _ in 0..5 {
            let (port, tls_port) = (free_port(), free_port());
            let mut child = spawn(folder.path(), &configuration, port, tls_port);
            if accepts(&mut child, port) {
                return Slapd { child, port, tls_port, ca_pem, certificate_path: files.certificate, folder };
            }
        }
        let log = fs::read_to_string(folder.path().join("log")).unwrap_or_default();
        panic!("slapd does not start: {log}");
    }

    fn configure(&self, folder: &Path, files: &certificates::Files) -> PathBuf {
        let path = folder.join("slapd.conf");
        let root = folder.display();
        let mut text = String::new();
        for schema in ["core", "cosine", "inetorgperson"] {
            let _ = writeln!(text, "include /etc/ldap/schema/{schema}.schema");
        }
        text.push_str(&self.schema);
        if let Some(url) = &self.referral {
            let _ = writeln!(text, "referral {url}");
        }
        let _ = write!(
            text,
            "modulepath /usr/lib/ldap\nmoduleload back_mdb\npidfile {root}/pid\n\
             TLSCACertificateFile {ca}\nTLSCertificateFile {certificate}\nTLSCertificateKeyFile {key}\n\
             sockbuf_max_incoming_auth 1073741824\n\
             database mdb\nsuffix \"{SUFFIX}\"\nrootdn \"{ROOT_DN}\"\nrootpw \"{ROOT_PASSWORD}\"\n\
             directory {root}/db\nmaxsize 17179869184\ndbnosync\n\
             {indexes}\
             limits dn.exact=\"{BIND_DN}\" {limits}\n\
             access to attrs=userPassword by anonymous auth by * none\n\
             access to * by dn.exact=\"{BIND_DN}\" read by users read by * none\n",
            ca = files.ca.display(),
            certificate = files.certificate.display(),
            key = files.key.display(),
            limits = self.limits,
            indexes = if self.indexed { INDEXES } else { "" },
        );
        fs::write(&path, text).expect("the temporary folder is writable");
        path
    }

    fn load(&self, folder: &Path, configuration: &Path) {
        fs::create_dir(folder.join("db")).expect("the temporary folder is writable");
        let people = folder.join("people.ldif");
        self.people.write_ldif(&people).expect("the temporary folder is writable");
        let more = folder.join("more.ldif");
        let account = format!(
            "dn: {BIND_DN}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: muster\n\
             userPassword: {BIND_PASSWORD}\n\n"
        );
        fs::write(&more, account + &self.ldif).expect("the temporary folder is writable");
        for ldif in [&people, &more] {
            let output = Command::new("/usr/sbin/slapadd")
                .args([Path::new("-q"), Path::new("-f"), configuration, Path::new("-l"), ldif])
                .output()
                .expect("slapd is installed");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        fs::remove_file(&people).expect("it was written");
    }
}

fn spawn(folder: &Path, configuration: &Path, port: u16, tls_port: u16) -> Child {
    let log = File::create(folder.join("log")).expect("the temporary folder is writable");
    // With a debug level, even 0, it stays in the foreground, and so our child.
    Command::new("/usr/sbin/slapd")
        .args(["-d", "0", "-h", &format!("ldap://127.0.0.1:{port} ldaps://127.0.0.1:{tls_port}"), "-f"])
        .arg(configuration)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .expect("slapd is installed")
}

/// Whether it came up; not when another process took its port meanwhile.
fn accepts(child: &mut Child, port: u16) -> bool {
    let deadline = Instant::now() + Duration::from_secs(30);
    while Instant::now() < deadline {
        if !matches!(child.try_wait(), Ok(None)) {
            return false;
        }
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let _ = child.kill();
    let _ = child.wait();
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_answers_and_ends_with_its_value() {
        let slapd = Slapd::start(50);
        let found = slapd.ldapsearch("(objectClass=inetOrgPerson)", &["uid"]).output().expect("ldapsearch runs");
        assert_eq!(String::from_utf8_lossy(&found.stdout).matches("dn:").count(), 50);
        let (port, folder) = (slapd.port, slapd.folder.path().to_owned());
        drop(slapd);
        assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
        assert!(!folder.exists());
    }
}
