//! The certificate to seal with: where it comes from, and whether it may be used.

mod url;

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use waxseal_crypto::{Certificate, CertificateError};

use crate::cluster::Connection;
use crate::exit::Exit;
use crate::failure::{Failure, Result, plain};
use crate::printer::Printer;

/// A certificate that ends within this time is warned about.
pub(crate) const SOON: Duration = Duration::from_hours(30 * 24);

/// A certificate is 3 KiB at most; this is a chain with all its comments.
const MAX_CERTIFICATE_BYTES: u64 = 1024 * 1024;

/// Where a certificate comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Source {
    File(PathBuf),
    /// `http` or `https`.
    Url(String),
    /// The controller of the cluster.
    Cluster,
}

impl Source {
    /// What `--cert` names: a URL if it has a scheme, else a file. A drive letter is no scheme.
    pub(crate) fn named(text: &str) -> Self {
        match text.split_once(':') {
            Some(("file", path)) => Self::File(PathBuf::from(path.strip_prefix("//").unwrap_or(path))),
            Some((scheme, _)) if is_scheme(scheme) => Self::Url(text.to_owned()),
            _ => Self::File(PathBuf::from(text)),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Url(url) => f.write_str(url),
            Self::Cluster => f.write_str("the cluster's certificate"),
        }
    }
}

/// Gets certificates, each but once.
pub(crate) struct Certificates<'a> {
    connection: &'a Connection,
    printer: Printer,
    loaded: RefCell<HashMap<Source, Arc<Certificate>>>,
}

impl<'a> Certificates<'a> {
    pub(crate) fn new(connection: &'a Connection, printer: Printer) -> Self {
        Self { connection, printer, loaded: RefCell::default() }
    }

    /// A certificate that may be sealed with. Warns where that ends soon.
    pub(crate) fn usable(&self, source: &Source) -> Result<Arc<Certificate>> {
        if let Some(found) = self.loaded.borrow().get(source) {
            return Ok(Arc::clone(found));
        }
        let pem = fetch(source, self.connection, self.printer)?;
        let certificate = Arc::new(usable(&pem, source, Timestamp::now())?);
        if let Some(end) = ends_soon(&certificate, Timestamp::now(), SOON) {
            self.printer.warn(format_args!(
                "{source}: the certificate expires at {end}; `waxseal cert fetch` gets the cluster's current one"
            ));
        }
        self.loaded.borrow_mut().insert(source.clone(), Arc::clone(&certificate));
        Ok(certificate)
    }
}

/// The text that a source has, whatever it may be worth.
pub(crate) fn fetch(source: &Source, connection: &Connection, printer: Printer) -> Result<Vec<u8>> {
    match source {
        Source::File(path) => read(path),
        Source::Url(url) => url::get(url, printer),
        Source::Cluster => {
            let fetched = connection.cluster().and_then(|cluster| cluster.certificate(&connection.controller));
            fetched.map_err(|failure| match failure.exit() {
                Exit::Cluster => failure.or("give the certificate with --cert to work offline"),
                _ => failure,
            })
        }
    }
}

/// Reads a certificate and checks that it may seal at `now`.
pub(crate) fn usable(pem: &[u8], source: &Source, now: Timestamp) -> Result<Certificate> {
    let certificate = parse(pem, source)?;
    certificate.validity().check(now).map_err(|error| refused(&error, source))?;
    Ok(certificate)
}

/// Reads a certificate, expired or not.
pub(crate) fn parse(pem: &[u8], source: &Source) -> Result<Certificate> {
    Certificate::from_pem(pem).map_err(|error| refused(&error, source))
}

/// Its last second, if that lies within `span` of `now`.
pub(crate) fn ends_soon(certificate: &Certificate, now: Timestamp, span: Duration) -> Option<Timestamp> {
    let end = certificate.validity().not_after();
    (end.duration_since(now).unsigned_abs() < span).then_some(end)
}

fn refused(error: &CertificateError, source: &Source) -> Failure {
    let failure = Failure::key(error).about(source);
    match error {
        CertificateError::NoCertificate => failure.remedy("`waxseal cert fetch -w cert.pem` writes one"),
        CertificateError::Expired { .. } => {
            failure.remedy("`waxseal cert fetch` gets the cluster's current certificate")
        }
        CertificateError::NotYetValid { .. } => failure.remedy("is this computer's clock right?"),
        _ => failure.remedy("only X.509 certificates with an RSA key of 2048 to 8192 bits seal"),
    }
}

fn read(path: &Path) -> Result<Vec<u8>> {
    use std::io::Read as _;
    let mut text = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(MAX_CERTIFICATE_BYTES + 1).read_to_end(&mut text));
    match read {
        Err(error) => Err(Failure::input(plain(&error)).about(path.display())),
        Ok(_) if text.len() as u64 > MAX_CERTIFICATE_BYTES => Err(too_large().about(path.display())),
        Ok(_) => Ok(text),
    }
}

fn too_large() -> Failure {
    Failure::key("is larger than 1 MiB, which no certificate is")
}

/// RFC 3986, section 3.1; one letter is a drive.
fn is_scheme(text: &str) -> bool {
    text.len() > 1
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_scheme_is_a_url_and_a_drive_letter_is_none() {
        for file in ["cert.pem", "./a:b.pem", "/etc/cert.pem", "C:\\cert.pem", "c:/cert.pem", ":x"] {
            assert_eq!(Source::named(file), Source::File(PathBuf::from(file)));
        }
        for url in ["https://example.com/cert.pem", "http://localhost:8080/v1/cert.pem", "ftp://x"] {
            assert_eq!(Source::named(url), Source::Url(url.to_owned()));
        }
        assert_eq!(Source::named("file:///etc/cert.pem"), Source::File(PathBuf::from("/etc/cert.pem")));
    }
}
