//! Sealing keys, and SealedSecrets sealed with them.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context as _, Result};
use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1::{Namespace, Secret};
use k8s_openapi::jiff::Timestamp;
use kube::api::{ObjectMeta, PostParams};
use kube::{Api, Client};
use tokio::task::JoinSet;
use waxseal_api::{PlainSecret, SealOptions, SealedSecret, names, seal};
use waxseal_crypto::{Certificate, Plaintext, PrivateKey, Validity};

/// Where the SealedSecrets of a measurement are.
pub(crate) const NAMESPACE: &str = "bench";

/// Requests that the benchmark itself has in flight while it prepares.
const IN_FLIGHT: usize = 32;

/// A sealing key with its certificate.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) private: PrivateKey,
    pub(crate) certificate: Certificate,
}

/// RSA-4096 keys, a month apart, the newest first.
pub(crate) fn keys(count: usize) -> Result<Vec<Key>> {
    let make = |age: usize| {
        let private = PrivateKey::generate(4096)?;
        let age = Duration::from_hours(30 * 24 * u64::try_from(age)?);
        let validity = Validity::new(Timestamp::now() - age, Duration::from_hours(10 * 365 * 24))?;
        Ok(Key { certificate: Certificate::self_signed(&private, "", &validity)?, private })
    };
    // Two threads for two cores; a key takes a fraction of a second.
    std::thread::scope(|scope| {
        let half = scope.spawn(|| (0..count).filter(|age| age % 2 == 0).map(make).collect::<Result<Vec<_>>>());
        let other = (0..count).filter(|age| age % 2 == 1).map(make).collect::<Result<Vec<_>>>()?;
        let half = half.join().map_err(|_| anyhow::anyhow!("making keys panicked"))??;
        let mut keys = [half, other].concat();
        keys.sort_by_key(|key| std::cmp::Reverse(key.certificate.validity().not_before()));
        Ok(keys)
    })
}

/// Puts the keys where a controller in kube-system finds them.
pub(crate) async fn install_keys(client: &Client, keys: &[Key]) -> Result<()> {
    let secrets: Api<Secret> = Api::namespaced(client.clone(), "kube-system");
    for (number, key) in keys.iter().enumerate() {
        let bytes = |text: &[u8]| ByteString(text.to_vec());
        let secret = Secret {
            metadata: ObjectMeta {
                name: Some(format!("sealed-secrets-key-bench-{number:02}")),
                labels: Some([(names::SEALING_KEY_LABEL.to_owned(), names::SEALING_KEY_ACTIVE.to_owned())].into()),
                ..ObjectMeta::default()
            },
            type_: Some("kubernetes.io/tls".to_owned()),
            data: Some(BTreeMap::from([
                ("tls.key".to_owned(), bytes(key.private.to_pkcs1_pem()?.expose())),
                ("tls.crt".to_owned(), bytes(key.certificate.to_pem().as_bytes())),
            ])),
            ..Secret::default()
        };
        secrets.create(&PostParams::default(), &secret).await.context("creating a sealing key")?;
    }
    Ok(())
}

/// A Secret of the work.
pub(crate) fn secret(name: &str, values: usize) -> PlainSecret {
    let mut secret = PlainSecret::default();
    secret.metadata.name = Some(name.to_owned());
    secret.metadata.namespace = Some(NAMESPACE.to_owned());
    secret.data = (0..values)
        .map(|value| (format!("key-{value}"), Plaintext::new(format!("value {value} of {name}").into_bytes())))
        .collect();
    secret
}

/// The SealedSecret of it.
pub(crate) fn sealed(name: &str, values: usize, key: &Key, hint: bool) -> Result<SealedSecret> {
    let mut object = seal(&secret(name, values), key.certificate.public_key(), SealOptions::default())?;
    if hint {
        let annotations = object.metadata.annotations.get_or_insert_default();
        annotations.insert(names::SEALING_KEYS.to_owned(), key.certificate.fingerprint().to_string());
    }
    Ok(object)
}

/// Creates the namespace and `count` SealedSecrets in it.
pub(crate) async fn apply(client: &Client, work: &crate::command::Cluster, keys: &[Key]) -> Result<()> {
    let namespace = Namespace {
        metadata: ObjectMeta { name: Some(NAMESPACE.to_owned()), ..ObjectMeta::default() },
        ..Namespace::default()
    };
    let namespaces: Api<Namespace> = Api::all(client.clone());
    namespaces.create(&PostParams::default(), &namespace).await.context("creating the namespace")?;

    let mut running = JoinSet::new();
    for number in 0..work.count {
        if running.len() >= IN_FLIGHT {
            running.join_next().await.context("no task")???;
        }
        let key = if work.spread { &keys[number % keys.len()] } else { &keys[0] };
        let object = sealed(&format!("secret-{number:05}"), work.values, key, work.hints)?;
        let api: Api<SealedSecret> = Api::namespaced(client.clone(), NAMESPACE);
        running.spawn(async move { api.create(&PostParams::default(), &object).await.map(drop).context("creating") });
    }
    while let Some(done) = running.join_next().await {
        done??;
    }
    Ok(())
}
