//! A SealedSecret as it comes from the API server.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use k8s_openapi::NamespaceResourceScope;
use kube::Resource;
use kube::api::ObjectMeta;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use waxseal_api::{SealedSecret, SealedSecretSpec, SealedSecretStatus, SecretTemplate, names, scope_of};
use waxseal_crypto::Scope;

/// A SealedSecret whose spec is text until its turn comes: an object that has wrong types in it spoils neither a list
/// nor a watch, and one that waits takes no more room than what it says.
#[derive(Clone)]
pub(crate) struct Sealed {
    pub(crate) metadata: ObjectMeta,
    spec: Option<Box<RawValue>>,
    status: Option<Box<RawValue>>,
}

impl Sealed {
    /// The object with its types, or the field that has another.
    pub(crate) fn typed(&self) -> Result<SealedSecret, Malformed> {
        let mut sealed = SealedSecret::new("", self.typed_spec()?);
        sealed.metadata = self.metadata.clone();
        sealed.status = Some(self.status());
        Ok(sealed)
    }

    /// Its status; one that makes no sense is as good as none.
    pub(crate) fn status(&self) -> SealedSecretStatus {
        let status = self.status.as_ref().and_then(|status| serde_json::from_str(status.get()).ok());
        status.unwrap_or_default()
    }

    /// The scope that its annotations ask for.
    pub(crate) fn scope(&self) -> Scope {
        self.metadata.annotations.as_ref().map_or(Scope::Strict, scope_of)
    }

    /// About how many bytes it takes.
    pub(crate) fn size(&self) -> usize {
        let text = |raw: &Option<Box<RawValue>>| raw.as_ref().map_or(0, |raw| raw.get().len());
        let map = |map: &Option<BTreeMap<String, String>>| {
            map.iter().flatten().map(|(key, value)| 64 + key.len() + value.len()).sum::<usize>()
        };
        let metadata = map(&self.metadata.annotations) + map(&self.metadata.labels);
        size_of::<Self>() + text(&self.spec) + text(&self.status) + metadata + 256
    }

    fn typed_spec(&self) -> Result<SealedSecretSpec, Malformed> {
        let text = self.spec.as_ref().map_or("{}", |spec| spec.get());
        // The common case in one go; where it fails, once more and piece by piece, to name the piece.
        serde_json::from_str(text).map_err(|_| malformed(text))
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealed").field("name", &self.metadata.name).finish_non_exhaustive()
    }
}

impl<'de> Deserialize<'de> for Sealed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Object {
            metadata: Metadata,
            spec: Option<Box<RawValue>>,
            status: Option<Box<RawValue>>,
        }
        let Object { metadata, spec, status } = Object::deserialize(deserializer)?;
        Ok(Self { metadata: metadata.into(), spec, status })
    }
}

/// The metadata that is looked at. The rest, managedFields above all, is skipped unread.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    name: Option<String>,
    namespace: Option<String>,
    uid: Option<String>,
    resource_version: Option<String>,
    generation: Option<i64>,
    annotations: Option<BTreeMap<String, String>>,
    labels: Option<BTreeMap<String, String>>,
    deletion_timestamp: Option<k8s_openapi::apimachinery::pkg::apis::meta::v1::Time>,
}

impl From<Metadata> for ObjectMeta {
    fn from(metadata: Metadata) -> Self {
        let mut annotations = metadata.annotations;
        for copy in names::WHOLE_OBJECT_COPIES {
            annotations.as_mut().map(|annotations| annotations.remove(copy));
        }
        Self {
            name: metadata.name,
            namespace: metadata.namespace,
            uid: metadata.uid,
            resource_version: metadata.resource_version,
            generation: metadata.generation,
            annotations: annotations.filter(|annotations| !annotations.is_empty()),
            labels: metadata.labels.filter(|labels| !labels.is_empty()),
            deletion_timestamp: metadata.deletion_timestamp,
            ..Self::default()
        }
    }
}

impl Resource for Sealed {
    type DynamicType = ();
    type Scope = NamespaceResourceScope;

    fn kind((): &()) -> Cow<'_, str> {
        SealedSecret::kind(&())
    }

    fn group((): &()) -> Cow<'_, str> {
        SealedSecret::group(&())
    }

    fn version((): &()) -> Cow<'_, str> {
        SealedSecret::version(&())
    }

    fn plural((): &()) -> Cow<'_, str> {
        SealedSecret::plural(&())
    }

    fn meta(&self) -> &ObjectMeta {
        &self.metadata
    }

    fn meta_mut(&mut self) -> &mut ObjectMeta {
        &mut self.metadata
    }
}

/// A SealedSecret with a field of another type than it has there. What it holds is not repeated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path} does not have the type that a SealedSecret has there")]
pub(crate) struct Malformed {
    /// The field.
    pub(crate) path: String,
}

/// What is wrong with a spec that cannot be read.
fn malformed(text: &str) -> Malformed {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Parts<'a> {
        #[serde(borrow)]
        encrypted_data: Option<&'a RawValue>,
        #[serde(borrow)]
        template: Option<&'a RawValue>,
    }
    let malformed = |path: &str| Malformed { path: path.to_owned() };
    let Ok(parts) = serde_json::from_str::<Parts<'_>>(text) else { return malformed("spec") };
    if let Some(data) = parts.encrypted_data {
        let Ok(entries) = serde_json::from_str::<BTreeMap<String, &RawValue>>(data.get()) else {
            return malformed("spec.encryptedData");
        };
        for (key, value) in entries {
            if serde_json::from_str::<String>(value.get()).is_err() {
                return malformed(&format!("spec.encryptedData.{key}"));
            }
        }
    }
    if parts.template.is_some_and(|template| serde_json::from_str::<Option<SecretTemplate>>(template.get()).is_err()) {
        return malformed("spec.template");
    }
    malformed("spec")
}

#[cfg(test)]
mod tests {
    use super::*;
    use kube::core::WatchEvent;
    use kube::core::object::ObjectList;

    fn object(name: &str, rest: &str) -> String {
        format!(r#"{{"metadata":{{"name":"{name}","resourceVersion":"1","managedFields":[{{"x":1}}]}}{rest}}}"#)
    }

    #[test]
    fn one_malformed_object_spoils_neither_a_list_nor_a_watch() {
        let good = object("good", r#","spec":{"encryptedData":{"a":"AA=="}}"#);
        let bad = object("bad", r#","spec":{"encryptedData":{"a":[1]}},"status":7"#);
        let list = format!(
            r#"{{"apiVersion":"bitnami.com/v1alpha1","kind":"SealedSecretList","metadata":{{}},"items":[{bad},{good}]}}"#
        );
        let list: ObjectList<Sealed> = serde_json::from_str(&list).unwrap();
        assert_eq!(list.items[0].typed().unwrap_err().path, "spec.encryptedData.a");
        assert_eq!(list.items[0].status(), SealedSecretStatus::default());
        assert_eq!(list.items[1].typed().unwrap().spec.encrypted_data["a"], "AA==");

        let event: WatchEvent<Sealed> = serde_json::from_str(&format!(r#"{{"type":"ADDED","object":{bad}}}"#)).unwrap();
        assert!(matches!(event, WatchEvent::Added(sealed) if sealed.metadata.managed_fields.is_none()));
    }

    #[test]
    fn the_field_of_a_wrong_type_is_named_and_its_content_is_not_repeated() {
        for (spec, path) in [
            (r#""CANARY""#, "spec"),
            (r#"{"encryptedData":"CANARY"}"#, "spec.encryptedData"),
            (r#"{"encryptedData":{"k":{"CANARY":1}}}"#, "spec.encryptedData.k"),
            (r#"{"template":{"data":"CANARY"}}"#, "spec.template"),
            (r#"{"data":["CANARY"]}"#, "spec"),
        ] {
            let sealed: Sealed = serde_json::from_str(&object("x", &format!(r#","spec":{spec}"#))).unwrap();
            let error = sealed.typed().unwrap_err();
            assert_eq!(error.path, path);
            assert!(!error.to_string().contains("CANARY"));
        }
    }

    #[test]
    fn copies_of_the_whole_object_are_dropped() {
        let text = r#"{"metadata":{"name":"x","annotations":{
            "kubectl.kubernetes.io/last-applied-configuration":"{}","other":"kept"}}}"#;
        let sealed: Sealed = serde_json::from_str(text).unwrap();
        assert_eq!(sealed.metadata.annotations.unwrap().into_keys().collect::<Vec<_>>(), ["other"]);
    }
}
