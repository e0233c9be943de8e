//! What the API server answers, as far as it is looked at.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::SecretText;
use crate::observed::Version;

/// An object as it is after a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) uid: Box<str>,
    pub(crate) version: Version,
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Object {
            metadata: Metadata,
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Metadata {
            uid: Box<str>,
            resource_version: Box<str>,
        }
        let Object { metadata } = Object::deserialize(deserializer)?;
        Ok(Self { uid: metadata.uid, version: Version::new(metadata.resource_version) })
    }
}

/// A Secret of the cluster, with its values. Wiped on drop.
#[derive(Deserialize)]
pub(crate) struct LiveSecret {
    pub(crate) metadata: LiveMetadata,
    /// Base64, as the API server writes it.
    #[serde(default)]
    pub(crate) data: BTreeMap<String, SecretText>,
    #[serde(default, rename = "type")]
    pub(crate) type_: String,
    #[serde(default)]
    pub(crate) immutable: bool,
}

/// The metadata of a [`LiveSecret`].
#[derive(Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct LiveMetadata {
    pub(crate) uid: Box<str>,
    pub(crate) resource_version: Box<str>,
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) annotations: BTreeMap<String, String>,
    pub(crate) owner_references: Vec<OwnerRef>,
}

/// An owner reference: what is looked at, and the rest as it came.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct OwnerRef {
    pub(crate) api_version: String,
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) uid: String,
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) controller: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) block_owner_deletion: Option<bool>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !value
}
