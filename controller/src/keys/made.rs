//! A new key, as the Secret that holds it.

use std::collections::BTreeMap;

use serde::Serialize;
use waxseal_api::names::{SEALING_KEY_ACTIVE, SEALING_KEY_LABEL};
use waxseal_crypto::{Certificate, CertificateError, KeyError, PrivateKey, Validity, base64};
use zeroize::Zeroizing;

use super::Policy;
use crate::cluster::to_json;

/// A key that was made and is not stored yet.
pub(super) struct NewKey {
    private: Zeroizing<String>,
    certificate: String,
}

impl NewKey {
    /// Makes a key. Takes seconds.
    pub(super) fn make(bits: usize, common_name: &str, validity: &Validity) -> Result<Self, MakeError> {
        let key = PrivateKey::generate(bits)?;
        let certificate = Certificate::self_signed(&key, common_name, validity)?;
        Ok(Self {
            private: Zeroizing::new(base64::encode(key.to_pkcs1_pem()?.expose())),
            certificate: base64::encode(certificate.to_pem().as_bytes()),
        })
    }

    /// The manifest of the Secret `name`, for the API server and for nobody else.
    pub(super) fn manifest(&self, namespace: &str, name: &str, policy: &Policy) -> Option<Zeroizing<Vec<u8>>> {
        let mut labels = policy.labels.clone();
        labels.insert(SEALING_KEY_LABEL.to_owned(), SEALING_KEY_ACTIVE.to_owned());
        to_json(&Manifest {
            api_version: "v1",
            data: Data { certificate: &self.certificate, private: &self.private },
            kind: "Secret",
            metadata: Metadata { annotations: &policy.annotations, labels: &labels, name, namespace },
            type_: "kubernetes.io/tls",
        })
    }
}

#[derive(Serialize)]
struct Manifest<'a> {
    #[serde(rename = "apiVersion")]
    api_version: &'static str,
    data: Data<'a>,
    kind: &'static str,
    metadata: Metadata<'a>,
    #[serde(rename = "type")]
    type_: &'static str,
}

#[derive(Serialize)]
struct Data<'a> {
    #[serde(rename = "tls.crt")]
    certificate: &'a str,
    #[serde(rename = "tls.key")]
    private: &'a str,
}

#[derive(Serialize)]
struct Metadata<'a> {
    annotations: &'a BTreeMap<String, String>,
    labels: &'a BTreeMap<String, String>,
    name: &'a str,
    namespace: &'a str,
}

/// Why a key could not be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum MakeError {
    /// The key itself.
    #[error("the key {0}")]
    Key(#[from] KeyError),
    /// Its certificate.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
}
