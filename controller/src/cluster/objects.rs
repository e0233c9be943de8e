//! The calls, one by one.

use bytes::Bytes;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::wiped::wiped;
use super::{Call, CallError, Cluster, LiveSecret, PatchKind, Written};
use crate::watch::{KeySecret, Sealed};

impl Cluster {
    /// Creates a Secret from its manifest.
    pub(crate) async fn create_secret(
        &self,
        namespace: &str,
        manifest: Zeroizing<Vec<u8>>,
    ) -> Result<Written, CallError> {
        self.call(Call::post(&secrets(namespace), wiped(manifest))).await
    }

    /// Changes a Secret.
    pub(crate) async fn patch_secret(
        &self,
        namespace: &str,
        name: &str,
        kind: PatchKind,
        patch: Zeroizing<Vec<u8>>,
    ) -> Result<Written, CallError> {
        let path = format!("{}/{name}", secrets(namespace));
        self.change(&path, kind, wiped(patch)).await
    }

    /// A Secret with its values.
    pub(crate) async fn secret(&self, namespace: &str, name: &str) -> Result<LiveSecret, CallError> {
        self.call(Call::get(format!("{}/{name}", secrets(namespace)))).await
    }

    /// A key Secret.
    pub(crate) async fn key_secret(&self, namespace: &str, name: &str) -> Result<KeySecret, CallError> {
        self.call(Call::get(format!("{}/{name}", secrets(namespace)))).await
    }

    /// Puts an annotation on a Secret.
    pub(crate) async fn annotate_secret(
        &self,
        namespace: &str,
        name: &str,
        annotation: &str,
        value: &str,
    ) -> Result<(), CallError> {
        let patch = json!({ "metadata": { "annotations": { annotation: value } } });
        let path = format!("{}/{name}", secrets(namespace));
        self.send(Call::patch(&path, PatchKind::Merge, bytes(&patch))).await.map(drop)
    }

    /// Deletes a Secret, unless it is another one by now.
    pub(crate) async fn delete_secret(&self, namespace: &str, name: &str, uid: &str) -> Result<(), CallError> {
        let options = json!({ "apiVersion": "v1", "kind": "DeleteOptions", "preconditions": { "uid": uid } });
        self.send(Call::delete(format!("{}/{name}", secrets(namespace)), bytes(&options))).await.map(drop)
    }

    /// A SealedSecret.
    pub(crate) async fn sealed(&self, namespace: &str, name: &str) -> Result<Sealed, CallError> {
        self.call(Call::get(sealed(namespace, name))).await
    }

    /// Replaces the status of a SealedSecret; fails with a conflict if `object` names a version that it has no more.
    ///
    /// A PUT, of which the API server looks at the status and at the metadata only: it costs a third less than a
    /// PATCH, for which the whole object is encoded and decoded again.
    pub(crate) async fn replace_status(
        &self,
        namespace: &str,
        name: &str,
        object: &Value,
    ) -> Result<Written, CallError> {
        self.call(Call::put(&format!("{}/status", sealed(namespace, name)), bytes(object))).await
    }

    /// Creates an Event.
    pub(crate) async fn create_event(&self, namespace: &str, event: &Value) -> Result<(), CallError> {
        self.send(Call::post(&format!("/api/v1/namespaces/{namespace}/events"), bytes(event))).await.map(drop)
    }

    /// A ConfigMap as it is.
    pub(crate) async fn config_map(&self, namespace: &str, name: &str) -> Result<Value, CallError> {
        self.call(Call::get(format!("{}/{name}", config_maps(namespace)))).await
    }

    /// Creates a ConfigMap.
    pub(crate) async fn create_config_map(&self, namespace: &str, manifest: &Value) -> Result<(), CallError> {
        self.send(Call::post(&config_maps(namespace), bytes(manifest))).await.map(drop)
    }

    /// Changes a ConfigMap.
    pub(crate) async fn patch_config_map(&self, namespace: &str, name: &str, patch: &Value) -> Result<(), CallError> {
        let path = format!("{}/{name}", config_maps(namespace));
        self.send(Call::patch(&path, PatchKind::Merge, bytes(patch))).await.map(drop)
    }

    /// A Lease as it is.
    pub(crate) async fn lease(&self, namespace: &str, name: &str) -> Result<Value, CallError> {
        self.call(Call::get(format!("{}/{name}", leases(namespace)))).await
    }

    /// Creates a Lease.
    pub(crate) async fn create_lease(&self, namespace: &str, manifest: &Value) -> Result<Written, CallError> {
        self.call(Call::post(&leases(namespace), bytes(manifest))).await
    }

    /// Writes a Lease over the version of it that was read.
    pub(crate) async fn replace_lease(
        &self,
        namespace: &str,
        name: &str,
        manifest: &Value,
    ) -> Result<Written, CallError> {
        self.call(Call::put(&format!("{}/{name}", leases(namespace)), bytes(manifest))).await
    }
}

fn secrets(namespace: &str) -> String {
    format!("/api/v1/namespaces/{namespace}/secrets")
}

fn sealed(namespace: &str, name: &str) -> String {
    format!("/apis/bitnami.com/v1alpha1/namespaces/{namespace}/sealedsecrets/{name}")
}

fn config_maps(namespace: &str) -> String {
    format!("/api/v1/namespaces/{namespace}/configmaps")
}

fn leases(namespace: &str) -> String {
    format!("/apis/coordination.k8s.io/v1/namespaces/{namespace}/leases")
}

fn bytes(value: &Value) -> Bytes {
    Bytes::from(value.to_string())
}
