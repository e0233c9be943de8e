//! Private keys: PEM files, backups of a controller's key Secrets, encrypted or not, or an environment variable.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use waxseal_api::PlainSecret;
use waxseal_api::names::SEALING_KEY_LABEL;
use waxseal_crypto::{Certificate, KeyError, KeyRing, PrivateKey};
use waxseal_documents::{Document, parse};
use zeroize::Zeroizing;

use crate::encryption;
use crate::environment;
use crate::failure::{Failure, Result};
use crate::inputs::read_file;
use crate::resources::is_secret;

/// Holds keys as text, for a pipeline that must not write them to a disk.
pub(crate) const VARIABLE: &str = "WAXSEAL_PRIVATE_KEY";

/// A key Secret of this name is one without a label too: the first controllers had but one key.
pub(crate) const LEGACY_NAME: &str = "sealed-secrets-key";

/// The state of a key from before there was a label to tell it.
pub(crate) const LEGACY: &str = "legacy";

/// Where the keys are.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeySources {
    /// Each a PEM file or a backup. None at all is [`VARIABLE`].
    pub(crate) files: Vec<PathBuf>,
    /// age identities that open encrypted backups; none is a passphrase.
    pub(crate) identities: Vec<PathBuf>,
}

/// A private key and what is known about it.
pub(crate) struct SealingKey {
    pub(crate) key: PrivateKey,
    /// The Secret that it came in.
    pub(crate) secret: Option<PlainSecret>,
    pub(crate) certificate: Option<Certificate>,
}

impl SealingKey {
    /// The name of its Secret, empty where it has none.
    pub(crate) fn name(&self) -> &str {
        self.secret.as_ref().map(PlainSecret::name).unwrap_or_default()
    }

    /// `active`, or what else the label says; [`LEGACY`] for a key that needs none.
    pub(crate) fn state(&self) -> &str {
        let label = self.secret.as_ref().and_then(|secret| secret.metadata.labels.get(SEALING_KEY_LABEL));
        match label {
            Some(label) => label,
            None if self.name() == LEGACY_NAME => LEGACY,
            None => "",
        }
    }

    /// Reads the Secret that a controller keeps its key in.
    pub(crate) fn from_secret(secret: PlainSecret) -> Result<Self> {
        let object = format!("Secret {}", secret.name());
        let pem = secret.data.get("tls.key").ok_or_else(|| {
            Failure::key("has no tls.key").about(&object).remedy("a sealing key is a Secret of type kubernetes.io/tls")
        })?;
        let key = PrivateKey::from_pem(pem.expose()).map_err(|error| unfit(&error).about(&object))?;
        let certificate = secret.data.get("tls.crt").and_then(|pem| Certificate::from_pem(pem.expose()).ok());
        Ok(Self { key, certificate, secret: Some(secret) })
    }

    fn since(&self) -> Option<Timestamp> {
        self.certificate.as_ref().map(|certificate| certificate.validity().not_before())
    }
}

impl KeySources {
    /// Whether anything was said about where the keys are.
    pub(crate) fn are_given(&self) -> bool {
        !self.files.is_empty() || std::env::var_os(VARIABLE).is_some_and(|text| !text.is_empty())
    }

    /// The keys, the newest first.
    pub(crate) fn ring(&self) -> Result<KeyRing> {
        Ok(KeyRing::new(self.keys()?.into_iter().map(|key| key.key)))
    }

    /// The keys with what is known about them, the newest first.
    pub(crate) fn keys(&self) -> Result<Vec<SealingKey>> {
        let mut keys = Vec::new();
        for path in &self.files {
            keys.extend(self.read(&read_file(path)?, path).map_err(|failure| failure.about(path.display()))?);
        }
        if self.files.is_empty() {
            let Some(text) = environment::named(VARIABLE)?.map(Zeroizing::new) else {
                return Err(Failure::usage("there is no private key").remedy(format!(
                    "name a file with --private-key (kubeseal: --recovery-private-key), or put the key into {VARIABLE}"
                )));
            };
            let place = Path::new(VARIABLE);
            keys.extend(self.read(text.as_bytes(), place).map_err(|failure| failure.about(VARIABLE))?);
        }
        newest_first(&mut keys);
        Ok(keys)
    }

    fn read(&self, text: &[u8], place: &Path) -> Result<Vec<SealingKey>> {
        if encryption::is_encrypted(text) {
            from_text(&encryption::decrypt(text, &self.identities)?, place)
        } else {
            from_text(text, place)
        }
    }
}

/// The keys of a PEM file or of a backup.
pub(crate) fn from_text(text: &[u8], place: &Path) -> Result<Vec<SealingKey>> {
    match PrivateKey::all_from_pem(text) {
        Ok(keys) => Ok(keys.into_iter().map(|key| SealingKey { key, secret: None, certificate: None }).collect()),
        Err(KeyError::NoKey) => from_backup(text, place),
        Err(error) => Err(unfit(&error)),
    }
}

pub(crate) fn newest_first(keys: &mut [SealingKey]) {
    keys.sort_by_key(|key| std::cmp::Reverse(key.since()));
}

fn from_backup(text: &[u8], place: &Path) -> Result<Vec<SealingKey>> {
    let no_key = || {
        Failure::key("holds no private key").remedy(
            "expected a PEM file, or a backup: `kubectl get secret -n kube-system -l \
             sealedsecrets.bitnami.com/sealed-secrets-key -o yaml`",
        )
    };
    let documents = parse(text, &place.display().to_string()).map_err(|_| no_key())?;
    let mut keys = Vec::new();
    for item in documents.iter().flat_map(Document::items) {
        if !is_secret(item.value) {
            return Err(no_key());
        }
        let secret = PlainSecret::from_manifest(item.value).map_err(Failure::key)?;
        keys.push(SealingKey::from_secret(secret)?);
    }
    if keys.is_empty() { Err(no_key()) } else { Ok(keys) }
}

fn unfit(error: &KeyError) -> Failure {
    Failure::key(error)
}
