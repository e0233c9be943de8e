//! What the linter is told.

use std::time::Duration;

use jiff::Timestamp;
use waxseal_crypto::Certificate;

use crate::Severity;

/// What a linter measures files against.
#[derive(Clone)]
#[non_exhaustive]
pub struct Config {
    /// The certificate that values must fit, unless a file is linted with one of its own.
    pub certificate: Option<NamedCertificate>,
    /// The moment at which certificates must be valid.
    pub now: Timestamp,
    /// How long before its end a certificate is reported.
    pub expires_within: Duration,
    /// The least severity that fails a gate: errors, or warnings too.
    pub fails_from: Severity,
}

/// A certificate and the file or address that it came from.
#[derive(Clone)]
pub struct NamedCertificate {
    /// What findings call it.
    pub name: String,
    /// The certificate.
    pub certificate: Certificate,
}

impl Config {
    /// Without a certificate, with errors alone to fail, and with thirty days' notice of an expiry: the controller's
    /// default renewal period, so that a newer certificate is there to fetch.
    pub fn new(now: Timestamp) -> Self {
        Self { certificate: None, now, expires_within: Duration::from_hours(720), fails_from: Severity::Error }
    }
}
