//! A namespace with a controller of its own, and what a user does there.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context as _, ensure};
use e2e::canary::Canary;
use e2e::wait::SOON;
use e2e::{Cluster, Controller, Output, Program, wait_for};
use k8s_openapi::api::core::v1::Secret;
use kube::Api;
use serde_json::{Value, json};
use waxseal_api::SealedSecret;

/// A folder, a namespace, its controller, and the controller's certificate in the folder as `cert.pem`.
pub(crate) struct Office {
    pub(crate) cluster: Cluster,
    pub(crate) namespace: String,
    pub(crate) controller: Controller,
    pub(crate) folder: tempfile::TempDir,
}

impl Office {
    pub(crate) async fn new(flags: &[&str]) -> Self {
        let cluster = Cluster::shared().await;
        let namespace = cluster.namespace().await;
        let mut builder = Controller::of(&cluster).only_namespace(&namespace).flag("--key-size=2048");
        for flag in flags {
            builder = builder.flag(*flag);
        }
        let controller = builder.start().await;
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("cert.pem"), controller.certificate().await).unwrap();
        Self { cluster, namespace, controller, folder }
    }

    /// A program that runs in the folder, with the administrator's rights.
    pub(crate) fn here(&self, program: Program) -> Program {
        program.kubeconfig(self.cluster.kubeconfig()).folder(self.folder.path())
    }

    /// `waxseal`, run to its end.
    pub(crate) async fn waxseal(&self, args: &[&str]) -> Output {
        self.here(Program::waxseal()).args(args).run().await
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    pub(crate) async fn apply(&self, documents: &str) {
        self.cluster.kubectl_with(&["apply", "-n", &self.namespace, "-f", "-"], documents).await;
    }

    /// Waits until the Secret has exactly these values, and the SealedSecret says so of its newest generation.
    pub(crate) async fn has(&self, name: &str, values: &[(&str, &str)]) {
        has(&self.cluster, &self.namespace, name, values).await;
    }
}

/// Waits until the Secret has exactly these values, and the SealedSecret says so of its newest generation.
pub(crate) async fn has(cluster: &Cluster, namespace: &str, name: &str, values: &[(&str, &str)]) {
    let client = cluster.client().await;
    let secrets: Api<Secret> = Api::namespaced(client.clone(), namespace);
    let sealed: Api<SealedSecret> = Api::namespaced(client, namespace);
    let wanted: BTreeMap<_, _> =
        values.iter().map(|(key, value)| ((*key).to_owned(), value.as_bytes().to_vec())).collect();
    wait_for(SOON, &format!("the values of {namespace}/{name}"), async || {
        let data = secrets.get(name).await?.data.unwrap_or_default();
        let found: BTreeMap<_, _> = data.into_iter().map(|(key, value)| (key, value.0)).collect();
        ensure!(found == wanted, "it has other values");
        let object = sealed.get(name).await?;
        let status = object.status.context("no status yet")?;
        ensure!(status.observed_generation == object.metadata.generation, "the status is of another generation");
        let synced = status.conditions.iter().any(|one| one.type_ == "Synced" && one.status == "True");
        ensure!(synced, "{:?}", status.conditions);
        Ok(())
    })
    .await;
}

/// A Secret's manifest.
pub(crate) fn secret(namespace: &str, name: &str, values: &[(&str, &str)]) -> Value {
    let values: BTreeMap<_, _> = values.iter().copied().collect();
    json!({ "apiVersion": "v1", "kind": "Secret", "metadata": { "name": name, "namespace": namespace },
        "stringData": values })
}

/// Panics if one of the values is in the text.
pub(crate) fn assert_sealed(values: &[&str], text: &str) {
    for value in values {
        Canary::new(value).assert_absent("what came out", text);
    }
}
