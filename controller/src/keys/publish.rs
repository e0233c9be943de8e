//! Publishes the newest certificate as a ConfigMap, so that a client needs no way to a pod to seal.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::watch;
use waxseal_api::names::{CERTIFICATE_CONFIG_MAP, CERTIFICATE_KEY};
use waxseal_crypto::Certificate;

use super::KeySet;
use crate::backoff::Backoff;
use crate::cluster::{CallError, Cluster};
use crate::lease::Leadership;

/// When it could not be published.
const RETRY: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_mins(5));

/// Publishes for as long as there is anybody to tell of keys.
pub(crate) async fn publish(
    cluster: Cluster,
    namespace: Arc<str>,
    mut keys: watch::Receiver<Arc<KeySet>>,
    mut leadership: Leadership,
) {
    let mut published: Option<String> = None;
    let mut failures = 0;
    loop {
        let newest = keys.borrow_and_update().newest.clone();
        let leads = leadership.leads();
        let mut retry = None;
        if let Some(certificate) = newest.filter(|_| leads)
            && published.as_deref() != Some(certificate.to_pem())
        {
            match store(&cluster, &namespace, &certificate).await {
                Ok(()) => {
                    published = Some(certificate.to_pem().to_owned());
                    failures = 0;
                }
                Err(error) => {
                    // Every replica serves it by HTTP as well.
                    tracing::warn!("cannot publish the certificate as ConfigMap {CERTIFICATE_CONFIG_MAP}: {error}");
                    retry = Some(RETRY.delay(failures));
                    failures += 1;
                }
            }
        }
        if !leads {
            // Another leader may publish another.
            published = None;
        }
        let wait = async {
            match retry {
                Some(delay) => tokio::time::sleep(delay).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            changed = keys.changed() => if changed.is_err() { return },
            () = leadership.changed() => {}
            () = wait => {}
        }
    }
}

/// Writes the ConfigMap, unless it is so already.
async fn store(cluster: &Cluster, namespace: &str, certificate: &Certificate) -> Result<(), CallError> {
    let data = json!({ CERTIFICATE_KEY: certificate.to_pem() });
    match cluster.config_map(namespace, CERTIFICATE_CONFIG_MAP).await {
        Ok(found) if found.pointer("/data").and_then(|data| data.get(CERTIFICATE_KEY)) == data.get(CERTIFICATE_KEY) => {
            Ok(())
        }
        Ok(_) => cluster.patch_config_map(namespace, CERTIFICATE_CONFIG_MAP, &json!({ "data": data })).await,
        Err(error) if error.is_not_found() => {
            let manifest: Value = json!({
                "apiVersion": "v1",
                "kind": "ConfigMap",
                "metadata": { "name": CERTIFICATE_CONFIG_MAP, "namespace": namespace },
                "data": data,
            });
            cluster.create_config_map(namespace, &manifest).await
        }
        Err(error) => Err(error),
    }
}
