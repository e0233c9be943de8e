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
        let missing = keys.iter().map(|key| missing(key, namespace, cluster)).collect::<Result<Vec<_>>>()?;
        for (key, missing) in keys.iter().zip(missing) {
            let what = match missing {
                Some(manifest) => {
                    cluster.create_secret(namespace, key.name(), &manifest)?;
                    "restored"
                }
                None => "is there already",
            };
            printer.line(format_args!("{namespace}/{}: {what}", key.name()))?;
        }
        Ok(Exit::Done)
    }
}

/// The Secret to create, if the cluster does not have it.
fn missing(key: &SealingKey, namespace: &str, cluster: &Cluster) -> Result<Option<Wiped>> {
    let Some(secret) = key.secret.as_ref().filter(|_| key.certificate.is_some()) else {
        return Err(Failure::key("a private key without its certificate cannot be restored")
            .remedy("restore from a backup of the key Secrets, as `waxseal keys backup` writes it"));
    };
    let object = format!("Secret {namespace}/{}", secret.name());
    if let Some(found) = cluster.secret(namespace, secret.name())? {
        let found = PlainSecret::from_manifest(&found).map_err(Failure::key).and_then(SealingKey::from_secret);
        return match found {
            Ok(found) if found.key.fingerprint() == key.key.fingerprint() => Ok(None),
            _ => Err(Failure::cluster("is there already, and holds something else")
                .about(object)
                .remedy("rename the Secret of that name in the backup, or delete the one in the cluster")),
        };
    }
    manifest(secret, namespace).map(Some).map_err(|failure| failure.about(&object))
}

fn manifest(secret: &PlainSecret, namespace: &str) -> Result<Wiped> {
    let mut secret = secret.clone();
    secret.metadata.namespace = Some(namespace.to_owned());
    secret.metadata.other.clear();
    // A key from the days before the label is one all the same.
    secret.metadata.labels.entry(SEALING_KEY_LABEL.to_owned()).or_insert_with(|| SEALING_KEY_ACTIVE.to_owned());
    let manifest: std::result::Result<Value, _> = serde_json::to_value(secret.expose());
    manifest.map(Wiped::new).map_err(|_| Failure::key("its metadata cannot be written"))
}
