//! A Secret without what it holds.

use std::borrow::Cow;

use k8s_openapi::NamespaceResourceScope;
use k8s_openapi::api::core::v1::Secret;
use kube::Resource;
use kube::api::ObjectMeta;
use serde::{Deserialize, Deserializer};
use waxseal_api::names;

use crate::cluster::{LiveMetadata, OwnerRef};
use crate::observed::{Owner, SecretState, Version};

/// The metadata of a Secret, reduced to what a plan needs. The API server sends no more than metadata either.
#[derive(Clone, Debug)]
pub(crate) struct SecretMetadata {
    /// Name, namespace, uid and resourceVersion.
    metadata: ObjectMeta,
    owner: Owner,
    managed: bool,
    patch: bool,
}

impl SecretMetadata {
    /// What is known of the Secret.
    pub(crate) fn state(self) -> SecretState {
        SecretState {
            uid: self.metadata.uid.unwrap_or_default().into(),
            version: Version::new(self.metadata.resource_version.unwrap_or_default()),
            owner: self.owner,
            managed: self.managed,
            patch: self.patch,
        }
    }
}

impl<'de> Deserialize<'de> for SecretMetadata {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Object {
            metadata: Metadata,
        }
        #[derive(Deserialize)]
        struct Metadata {
            #[serde(default)]
            name: String,
            #[serde(default)]
            namespace: String,
            #[serde(flatten)]
            rest: LiveMetadata,
        }
        let Object { metadata: Metadata { name, namespace, rest } } = Object::deserialize(deserializer)?;
        Ok(Self {
            owner: rest.owner(&name),
            managed: rest.annotated(names::MANAGED),
            patch: rest.annotated(names::PATCH),
            metadata: ObjectMeta {
                name: Some(name),
                namespace: Some(namespace),
                uid: Some(rest.uid.into()),
                resource_version: Some(rest.resource_version.into()),
                ..ObjectMeta::default()
            },
        })
    }
}

impl LiveMetadata {
    /// What is known of the Secret `name`.
    pub(crate) fn state(&self, name: &str) -> SecretState {
        SecretState {
            uid: self.uid.clone(),
            version: Version::new(self.resource_version.clone()),
            owner: self.owner(name),
            managed: self.annotated(names::MANAGED),
            patch: self.annotated(names::PATCH),
        }
    }

    fn owner(&self, name: &str) -> Owner {
        let Some(controller) = self.owner_references.iter().find(|owner| owner.controller) else {
            return Owner::Nobody;
        };
        if controller.is_sealed_secret(name) {
            Owner::SealedSecret { uid: controller.uid.as_str().into() }
        } else {
            Owner::Other
        }
    }

    fn annotated(&self, annotation: &str) -> bool {
        self.annotations.get(annotation).is_some_and(|value| value == "true")
    }
}

impl OwnerRef {
    /// Whether it refers to a SealedSecret of that name, whatever its uid and version.
    pub(crate) fn is_sealed_secret(&self, name: &str) -> bool {
        let group = self.api_version.split_once('/').map(|(group, _)| group);
        group == names::API_VERSION.split_once('/').map(|(group, _)| group)
            && self.kind == names::KIND
            && self.name == name
    }
}

impl Resource for SecretMetadata {
    type DynamicType = ();
    type Scope = NamespaceResourceScope;

    fn metadata_api() -> bool {
        true
    }

    fn kind((): &()) -> Cow<'_, str> {
        Secret::kind(&())
    }

    fn group((): &()) -> Cow<'_, str> {
        Secret::group(&())
    }

    fn version((): &()) -> Cow<'_, str> {
        Secret::version(&())
    }

    fn plural((): &()) -> Cow<'_, str> {
        Secret::plural(&())
    }

    fn meta(&self) -> &ObjectMeta {
        &self.metadata
    }

    fn meta_mut(&mut self) -> &mut ObjectMeta {
        &mut self.metadata
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn state(metadata: &serde_json::Value) -> SecretState {
        let text = json!({ "kind": "PartialObjectMetadata", "metadata": metadata }).to_string();
        serde_json::from_str::<SecretMetadata>(&text).unwrap().state()
    }

    #[test]
    fn a_secret_is_reduced_to_who_owns_it_and_what_it_allows() {
        let owner = |api_version: &str, kind: &str, name: &str, controller: bool| {
            let owner = json!({ "apiVersion": api_version, "kind": kind, "name": name, "uid": "o",
                "controller": controller });
            state(&json!({ "name": "x", "namespace": "ns", "uid": "u", "resourceVersion": "7",
                "ownerReferences": [owner] }))
            .owner
        };
        let ours = Owner::SealedSecret { uid: "o".into() };
        assert_eq!(owner("bitnami.com/v1alpha1", "SealedSecret", "x", true), ours);
        assert_eq!(owner("bitnami.com/v2", "SealedSecret", "x", true), ours);
        assert_eq!(owner("bitnami.com/v1alpha1", "SealedSecret", "y", true), Owner::Other);
        assert_eq!(owner("example.com/v1", "SealedSecret", "x", true), Owner::Other);
        assert_eq!(owner("bitnami.com/v1alpha1", "SealedSecret", "x", false), Owner::Nobody);

        let annotated = state(&json!({ "name": "x", "annotations": { names::MANAGED: "true", names::PATCH: "yes" } }));
        assert!(annotated.managed && !annotated.patch);
    }
}
