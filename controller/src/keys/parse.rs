//! A key Secret, read.

use std::sync::Arc;

use jiff::Timestamp;
use kube::ResourceExt as _;
use waxseal_api::names::{ROTATE_REQUESTED, SEALING_KEY_ACTIVE, SEALING_KEY_LABEL};
use waxseal_crypto::{Certificate, CertificateError, KeyError, PrivateKey};

use crate::watch::KeySecret;

/// Key of the private key in the Secret's data.
const PRIVATE_KEY: &str = "tls.key";
/// Key of the certificate.
const CERTIFICATE: &str = "tls.crt";

/// A sealing key, with what decides about its place in the ring.
#[derive(Clone)]
pub(super) struct SealingKey {
    pub(super) name: String,
    pub(super) key: PrivateKey,
    pub(super) certificate: Arc<Certificate>,
    /// When the Secret was created.
    pub(super) created: Timestamp,
    /// Whether somebody has asked for a successor.
    pub(super) rotate: bool,
}

impl SealingKey {
    /// Reads a key Secret. Takes some milliseconds.
    pub(super) fn read(secret: &KeySecret) -> Result<Self, KeySecretError> {
        let private = secret.value(PRIVATE_KEY).ok_or(KeySecretError::Missing { key: PRIVATE_KEY })?;
        let certificate = secret.value(CERTIFICATE).ok_or(KeySecretError::Missing { key: CERTIFICATE })?;
        let key = PrivateKey::from_pem(&private).map_err(KeySecretError::Key)?;
        let certificate = Certificate::from_pem(&certificate).map_err(KeySecretError::Certificate)?;
        if certificate.fingerprint() != key.fingerprint() {
            return Err(KeySecretError::Mismatch);
        }
        Ok(Self {
            name: secret.name_any(),
            key,
            created: secret.creation_timestamp().map_or(certificate.validity().not_before(), |time| time.0),
            rotate: secret
                .annotations()
                .get(ROTATE_REQUESTED)
                .is_some_and(|moment| moment.parse::<Timestamp>().is_ok()),
            certificate: Arc::new(certificate),
        })
    }
}

/// Whether a Secret is in use as a key: its label says so, or it is of the time before labels.
pub(super) fn in_use(secret: &KeySecret, prefix: &str) -> bool {
    match secret.labels().get(SEALING_KEY_LABEL) {
        Some(value) => value == SEALING_KEY_ACTIVE,
        None => secret.name_any() == prefix,
    }
}

/// Why a Secret that is labelled as a sealing key is none. Nothing of what it holds is repeated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub(super) enum KeySecretError {
    /// A value is not there, or is not base64.
    #[error("has no {key}")]
    Missing {
        /// Which.
        key: &'static str,
    },
    /// The private key is no good.
    #[error("tls.key {0}")]
    Key(#[source] KeyError),
    /// The certificate is no good.
    #[error("tls.crt: {0}")]
    Certificate(#[source] CertificateError),
    /// Reading it broke off.
    #[error("could not be read")]
    Unreadable,
    /// What would be sealed with the certificate would not open.
    #[error("tls.crt is the certificate of another key than tls.key")]
    Mismatch,
}
