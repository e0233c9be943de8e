//! The SealedSecret, as it stands in Git and in the cluster.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Time;
use kube::{CustomResource, ResourceExt as _};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use waxseal_crypto::{Label, Scope};

use crate::metadata::{Metadata, null_as_default};
use crate::{Hints, names, scope_of};

/// What is sealed, and the Secret to make of it.
#[derive(CustomResource, Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[kube(
    group = "bitnami.com",
    version = "v1alpha1",
    kind = "SealedSecret",
    plural = "sealedsecrets",
    namespaced,
    status = "SealedSecretStatus",
    derive = "PartialEq",
    doc = "SealedSecret is the K8s representation of a \"sealed Secret\" - a regular k8s Secret that has been sealed (encrypted) using the controller's key."
)]
#[serde(rename_all = "camelCase")]
pub struct SealedSecretSpec {
    /// One sealed value for each key of the Secret's data: base64 of the wire format.
    #[serde(default, deserialize_with = "null_as_default")]
    pub encrypted_data: BTreeMap<String, String>,
    /// Template defines the structure of the Secret that will be created from this sealed secret.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "SecretTemplate::is_empty")]
    pub template: SecretTemplate,
    /// Data is deprecated and will be removed eventually. Use per-value EncryptedData instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
}

/// The structure of the Secret that a SealedSecret becomes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecretTemplate {
    /// Standard object's metadata. Labels, annotations and finalizers go into the Secret.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "is_default")]
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    pub metadata: Metadata,
    /// Used to facilitate programmatic handling of secret data.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub type_: Option<String>,
    /// Immutable, if set to true, ensures that data stored in the Secret cannot be updated (only object metadata can
    /// be modified).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub immutable: Option<bool>,
    /// Keys that should be templated using decrypted data. A key that is null leaves the encrypted value of that name
    /// out of the Secret.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "BTreeMap::is_empty")]
    pub data: BTreeMap<String, Option<String>>,
}

impl SecretTemplate {
    fn is_empty(&self) -> bool {
        is_default(self)
    }
}

/// SealedSecretStatus is the most recently observed status of the SealedSecret.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SealedSecretStatus {
    /// ObservedGeneration reflects the generation most recently observed by the controller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
    /// Represents the latest available observations of a sealed secret's current state.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The Secret as the controller last wrote it. While the cluster's has the same resourceVersion, there is nothing
    /// to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<WrittenSecret>,
    /// Fingerprints of the keys that the values were sealed with. While a key is missing here, its SealedSecrets do
    /// not open, though their Secrets stay.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub sealing_keys: Vec<String>,
    /// The scope under which the values were opened: strict, namespace-wide or cluster-wide. The annotations that say it
    /// change no generation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

/// A Secret as it was when it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WrittenSecret {
    /// Its uid.
    pub uid: String,
    /// Its resourceVersion.
    pub resource_version: String,
}

/// SealedSecretCondition describes the state of a sealed secret at a certain point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Condition {
    /// Type of condition for a sealed secret.
    #[serde(rename = "type")]
    pub type_: String,
    /// Status of the condition: "True", "False", or "Unknown".
    pub status: String,
    /// The reason for the condition's last transition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// A human readable message indicating details about the transition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The generation that the condition speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
    /// The last time this condition was updated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_update_time: Option<Time>,
    /// Last time the condition transitioned from one status to another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_transition_time: Option<Time>,
}

impl SealedSecret {
    /// The scope that the object's own annotations ask for. A template's annotations have no say in it.
    pub fn scope(&self) -> Scope {
        scope_of(self.annotations())
    }

    /// The label under which this object's values open.
    pub fn label(&self) -> Label {
        let namespace = self.metadata.namespace.as_deref().unwrap_or_default();
        Label::new(self.scope(), namespace, self.metadata.name.as_deref().unwrap_or_default())
    }

    /// What its annotation says about the keys that sealed its values.
    pub fn hints(&self) -> Hints {
        self.annotations().get(names::SEALING_KEYS).map(|text| Hints::parse(text)).unwrap_or_default()
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
