//! Certificates for test servers, made by the `openssl` command.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What is wrong with a server's certificate, if anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certificate {
    /// Signed by the authority for `localhost` and 127.0.0.1.
    Valid,
    /// Signed by itself, as `openssl req -x509` makes them: CA:TRUE.
    SelfSigned,
    /// Signed by the authority, but ran out in 2021.
    Expired,
    /// Signed by the authority for `elsewhere.example`.
    WrongName,
}

/// The files of an authority and of a server.
#[derive(Debug)]
pub struct Files {
    /// The authority's certificate.
    pub ca: PathBuf,
    /// The server's certificate.
    pub certificate: PathBuf,
    /// The server's key.
    pub key: PathBuf,
}

/// Makes an authority and a server's certificate in a folder.
pub fn make(folder: &Path, kind: Certificate) -> Files {
    let files =
        Files { ca: folder.join("ca.pem"), certificate: folder.join("server.pem"), key: folder.join("server.key") };
    let ca_key = folder.join("ca.key");
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    let names = match kind {
        Certificate::WrongName => "DNS:elsewhere.example",
        _ => "DNS:localhost,IP:127.0.0.1",
    };
    openssl(
        Command::new("openssl")
            .args(["req", "-x509", "-days", "30", "-subj", "/O=Muster tests/CN=Test authority"])
            .args(key)
            .args([Path::new("-keyout"), &ca_key, Path::new("-out"), &files.ca]),
    );
    if kind == Certificate::SelfSigned {
        openssl(
            Command::new("openssl")
                .args(["req", "-x509", "-days", "30", "-subj", "/CN=localhost", "-addext"])
                .arg(format!("subjectAltName={names}"))
                .args(key)
                .args([Path::new("-keyout"), &files.key, Path::new("-out"), &files.certificate]),
        );
        return files;
    }
    let request = folder.join("server.csr");
    openssl(
        Command::new("openssl").args(["req", "-new", "-subj", "/O=Muster tests/CN=Test directory"]).args(key).args([
            Path::new("-keyout"),
            &files.key,
            Path::new("-out"),
            &request,
        ]),
    );
    let (start, end) = if kind == Certificate::Expired {
        ("20200101000000Z", "20210101000000Z")
    } else {
        ("20250101000000Z", "20490101000000Z")
    };
    let configuration = folder.join("ca.conf");
    let root = folder.display();
    let text = format!(
        "[ca]\ndefault_ca=d\n[d]\nnew_certs_dir={root}\ndatabase={root}/index.txt\nrand_serial=yes\ndefault_md=sha256\n\
         policy=p\ncopy_extensions=none\nx509_extensions=x\n[p]\ncommonName=supplied\norganizationName=optional\n\
         [x]\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName={names}\n"
    );
    fs::write(&configuration, text).expect("the temporary folder is writable");
    fs::write(folder.join("index.txt"), "").expect("the temporary folder is writable");
    openssl(
        Command::new("openssl")
            .args(["ca", "-batch", "-notext", "-startdate", start, "-enddate", end])
            .args([Path::new("-config"), &configuration, Path::new("-cert"), &files.ca, Path::new("-keyfile"), &ca_key])
            .args([Path::new("-in"), &request, Path::new("-out"), &files.certificate]),
    );
    files
}

fn openssl(command: &mut Command) {
    let output = command.output().expect("openssl is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
