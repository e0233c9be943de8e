//! A namespace with a controller of its own, and what tests do and see there.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use e2e::wait::SOON;
use e2e::{Cluster, Controller, wait_for};
use k8s_openapi::api::core::v1::{Event, Secret};
use kube::api::{ApiResource, DeleteParams, DynamicObject, ListParams, Patch, PatchParams, PostParams};
use kube::{Api, Client};
use serde_json::{Value, json};
use waxseal_api::{PlainSecret, SealOptions, SealedSecret, SealedSecretStatus, seal};
use waxseal_crypto::Certificate;

/// A namespace of the shared cluster, with a controller that looks at it only.
pub(crate) struct Home {
    pub(crate) cluster: Cluster,
    pub(crate) client: Client,
    pub(crate) namespace: String,
    pub(crate) controller: Controller,
}

impl Home {
    /// With the controller running and ready.
    pub(crate) async fn new(flags: &[&str]) -> Self {
        let cluster = Cluster::shared().await;
        let namespace = cluster.namespace().await;
        let controller = start(&cluster, &namespace, flags).await;
        Self { client: cluster.client().await, cluster, namespace, controller }
    }

    /// A namespace of a cluster of its own, with a controller that looks at all of them: for a test that breaks the
    /// cluster, or counts its requests.
    pub(crate) async fn in_own_cluster(flags: &[&str]) -> Self {
        let cluster = Cluster::start().await;
        let namespace = cluster.namespace().await;
        let controller = Controller::of(&cluster).flag("--key-size=2048");
        let controller = flags.iter().fold(controller, |controller, flag| controller.flag(*flag)).start().await;
        Self { client: cluster.client().await, cluster, namespace, controller }
    }

    pub(crate) fn secrets(&self) -> Api<Secret> {
        Api::namespaced(self.client.clone(), &self.namespace)
    }

    pub(crate) fn sealed(&self) -> Api<SealedSecret> {
        Api::namespaced(self.client.clone(), &self.namespace)
    }

    /// A SealedSecret of these values, sealed with the controller's certificate.
    pub(crate) async fn seal(&self, name: &str, values: &[(&str, &str)]) -> SealedSecret {
        self.seal_manifest(&json!({ "metadata": { "name": name }, "stringData": map(values) })).await
    }

    /// As [`Home::seal`], from a whole manifest; kind and namespace are added.
    pub(crate) async fn seal_manifest(&self, manifest: &Value) -> SealedSecret {
        let mut manifest = manifest.clone();
        manifest["apiVersion"] = json!("v1");
        manifest["kind"] = json!("Secret");
        manifest["metadata"]["namespace"] = json!(self.namespace);
        seal_with(&self.controller.certificate().await, &manifest)
    }

    /// Creates it, or replaces the spec and the annotations of the one that is there.
    pub(crate) async fn apply(&self, sealed: &SealedSecret) -> SealedSecret {
        let name = sealed.metadata.name.as_deref().unwrap();
        let Some(mut found) = self.sealed().get_opt(name).await.unwrap() else {
            return self.sealed().create(&PostParams::default(), sealed).await.unwrap();
        };
        found.spec = sealed.spec.clone();
        found.metadata.annotations.clone_from(&sealed.metadata.annotations);
        self.sealed().replace(name, &PostParams::default(), &found).await.unwrap()
    }

    /// Seals and applies.
    pub(crate) async fn apply_values(&self, name: &str, values: &[(&str, &str)]) -> SealedSecret {
        self.apply(&self.seal(name, values).await).await
    }

    /// Waits until the Secret has exactly these values.
    pub(crate) async fn has_values(&self, name: &str, values: &[(&str, &str)]) -> Secret {
        let secrets = self.secrets();
        wait_for(SOON, &format!("the values of {name}"), async || {
            let secret = secrets.get(name).await?;
            let found = values_of(&secret);
            ensure!(found == map(values), "it has {found:?}");
            Ok(secret)
        })
        .await
    }

    /// Waits until the status speaks of the object's generation and `Synced` is so.
    pub(crate) async fn synced(&self, name: &str, synced: &str) -> SealedSecretStatus {
        // Not by its types, which a malformed one has not.
        let resource = ApiResource::erase::<SealedSecret>(&());
        let api: Api<DynamicObject> = Api::namespaced_with(self.client.clone(), &self.namespace, &resource);
        wait_for(SOON, &format!("{name} to be Synced={synced}"), async || {
            let object = api.get(name).await?;
            let status = object.data.get("status").context("no status yet")?;
            let status: SealedSecretStatus = serde_json::from_value(status.clone())?;
            ensure!(status.observed_generation == object.metadata.generation, "{:?}", status.observed_generation);
            ensure!(condition(&status, "Synced") == synced, "{status:?}");
            Ok(status)
        })
        .await
    }

    /// Merges a patch into a Secret.
    pub(crate) async fn patch_secret(&self, name: &str, patch: Value) -> Secret {
        self.secrets().patch(name, &PatchParams::default(), &Patch::Merge(patch)).await.unwrap()
    }

    pub(crate) async fn create_secret(&self, manifest: Value) -> Secret {
        let secret: Secret = serde_json::from_value(manifest).unwrap();
        self.secrets().create(&PostParams::default(), &secret).await.unwrap()
    }

    pub(crate) async fn delete_secret(&self, name: &str) {
        self.secrets().delete(name, &DeleteParams::default()).await.unwrap();
    }

    /// The Events on the object of that name, as `reason: message`.
    pub(crate) async fn events(&self, name: &str) -> Result<Vec<String>> {
        let events: Api<Event> = Api::namespaced(self.client.clone(), &self.namespace);
        let events = events.list(&ListParams::default()).await?;
        let about = events.items.into_iter().filter(|event| event.involved_object.name.as_deref() == Some(name));
        Ok(about
            .map(|event| format!("{}: {}", event.reason.unwrap_or_default(), event.message.unwrap_or_default()))
            .collect())
    }

    /// Waits for an Event that has this in it.
    pub(crate) async fn told(&self, name: &str, text: &str) {
        wait_for(SOON, &format!("an Event on {name} that says {text:?}"), async || {
            let events = self.events(name).await?;
            ensure!(events.iter().any(|event| event.contains(text)), "{events:?}");
            Ok(())
        })
        .await;
    }
}

/// A controller that looks at one namespace only.
pub(crate) async fn start(cluster: &Cluster, namespace: &str, flags: &[&str]) -> Controller {
    let mut controller = Controller::of(cluster).only_namespace(namespace).flag("--key-size=2048");
    for flag in flags {
        controller = controller.flag(*flag);
    }
    controller.start().await
}

/// A SealedSecret of these values, sealed with a certificate in PEM.
pub(crate) fn seal_in(certificate: &str, namespace: &str, name: &str, values: &[(&str, &str)]) -> SealedSecret {
    let metadata = json!({ "name": name, "namespace": namespace });
    let manifest = json!({ "apiVersion": "v1", "kind": "Secret", "metadata": metadata, "stringData": map(values) });
    seal_with(certificate, &manifest)
}

fn seal_with(certificate: &str, manifest: &Value) -> SealedSecret {
    let certificate = Certificate::from_pem(certificate.as_bytes()).unwrap();
    let secret = PlainSecret::from_manifest(manifest).unwrap();
    seal(&secret, certificate.public_key(), SealOptions { allow_empty: true, ..SealOptions::default() }).unwrap()
}

/// The status of a condition, empty if it is not there.
pub(crate) fn condition<'a>(status: &'a SealedSecretStatus, type_: &str) -> &'a str {
    status.conditions.iter().find(|condition| condition.type_ == type_).map_or("", |condition| &condition.status)
}

/// The message of `Synced`.
pub(crate) fn message(status: &SealedSecretStatus) -> &str {
    status.conditions[0].message.as_deref().unwrap_or_default()
}

pub(crate) fn values_of(secret: &Secret) -> BTreeMap<String, String> {
    let data = secret.data.iter().flatten();
    data.map(|(key, value)| (key.clone(), String::from_utf8_lossy(&value.0).into_owned())).collect()
}

fn map(values: &[(&str, &str)]) -> BTreeMap<String, String> {
    values.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}
