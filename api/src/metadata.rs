//! Object metadata as a SealedSecret carries it into the Secret.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::names;

/// The metadata of a Secret: what the template sets, and every field beside that upstream passes on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// Name of the object; a template's is not looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Namespace of the object; a template's is not looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// Labels.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Annotations.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// `finalizers` and whatever else there is.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Fields that one object in one cluster has and that a copy of it must not take along.
const OF_ONE_OBJECT: [&str; 9] = [
    "uid",
    "resourceVersion",
    "generation",
    "creationTimestamp",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "managedFields",
    "ownerReferences",
    "selfLink",
];

impl Metadata {
    /// Whether the annotation is there and says `true`, the one value that counts.
    pub fn annotated(&self, annotation: &str) -> bool {
        self.annotations.get(annotation).is_some_and(|value| value == "true")
    }

    /// Drops what belongs to one object of one cluster, and the annotations that hold a copy of the whole object.
    pub(crate) fn strip(&mut self) {
        for field in OF_ONE_OBJECT {
            self.other.remove(field);
        }
        for annotation in names::WHOLE_OBJECT_COPIES {
            self.annotations.remove(annotation);
        }
    }
}

/// `null` where upstream's Go reads it as nothing.
pub(crate) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
