//! Keys from a backup, put into a cluster.

use serde_json::Value;
use waxseal_api::PlainSecret;
use waxseal_api::names::{SEALING_KEY_ACTIVE, SEALING_KEY_LABEL};
use waxseal_documents::Wiped;

use crate::cluster::{Cluster, Connection};
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::printer::Printer;
use crate::private_keys::{KeySources, SealingKey};

/// Restores. What is there already stays as it is.
pub(crate) struct Restore {
    pub(crate) backup: KeySources,
    pub(crate) connection: Connection,
}

impl Restore {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        let keys = self.backup.keys()?;
        let cluster = self.connection.cluster()?;
        let namespace = &self.connection.controller.namespace;
        // All are looked at before the first is written.
        let places = keys.iter().map(|key| Place::find(key, namespace, cluster)).collect::<Result<Vec<_>>>()?;
        for (key, place) in keys.iter().zip(places) {
            let Place { name, missing } = place;
            let what = if let Some(manifest) = missing {
                cluster.create_secret(namespace, &name, &manifest)?;
                "restored"
            } else {
                "is there already"
            };
            let whose = if name == key.name() { String::new() } else { format!(" (in the backup: {})", key.name()) };
            printer.line(format_args!("{namespace}/{name}: {what}{whose}"))?;
        }
        Ok(Exit::Done)
    }
}

/// Where a key goes.
struct Place {
    name: String,
    /// The Secret to create, if the cluster does not have it.
    missing: Option<Wiped>,
}

impl Place {
    /// Under the name that it had; under another where that is another key's by now. A new cluster's controller gives
    /// its first key the very name that the first key of the lost one had.
    fn find(key: &SealingKey, namespace: &str, cluster: &Cluster) -> Result<Self> {
        let Some(secret) = key.secret.as_ref().filter(|_| key.certificate.is_some()) else {
            return Err(Failure::key("a private key without its certificate cannot be restored")
                .remedy("restore from a backup of the key Secrets, as `waxseal keys backup` writes it"));
        };
        let [a, b, c, d, ..] = *key.key.fingerprint().as_bytes();
        let another = format!("{}-{:08x}", secret.name(), u32::from_be_bytes([a, b, c, d]));
        for name in [secret.name().to_owned(), another] {
            let Some(found) = cluster.secret(namespace, &name)? else {
                let missing = manifest(secret, namespace, &name);
                let missing = missing.map_err(|failure| failure.about(format!("Secret {namespace}/{name}")))?;
                return Ok(Self { name, missing: Some(missing) });
            };
            let found = PlainSecret::from_manifest(&found).map_err(Failure::key).and_then(SealingKey::from_secret);
            if found.is_ok_and(|found| found.key.fingerprint() == key.key.fingerprint()) {
                return Ok(Self { name, missing: None });
            }
        }
        Err(Failure::cluster("is there already, and so is what it would be called instead, and neither holds this key")
            .about(format!("Secret {namespace}/{}", secret.name()))
            .remedy("rename the Secret of that name in the backup, or delete the one in the cluster"))
    }
}

fn manifest(secret: &PlainSecret, namespace: &str, name: &str) -> Result<Wiped> {
    let mut secret = secret.clone();
    secret.metadata.name = Some(name.to_owned());
    secret.metadata.namespace = Some(namespace.to_owned());
    secret.metadata.other.clear();
    // A key from the days before the label is one all the same.
    secret.metadata.labels.entry(SEALING_KEY_LABEL.to_owned()).or_insert_with(|| SEALING_KEY_ACTIVE.to_owned());
    let manifest: std::result::Result<Value, _> = serde_json::to_value(secret.expose());
    manifest.map(Wiped::new).map_err(|_| Failure::key("its metadata cannot be written"))
}
