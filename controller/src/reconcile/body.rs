//! The bodies of the requests that write a Secret. They hold its values.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};
use waxseal_api::PlainSecret;
use waxseal_crypto::{Plaintext, base64};
use zeroize::Zeroizing;

use crate::cluster::{OwnerRef, to_json};
use crate::observed::Version;

/// The type of a Secret that names none.
pub(super) const DEFAULT_TYPE: &str = "Opaque";

/// The manifest of a new Secret.
pub(super) fn manifest(secret: &PlainSecret) -> Option<Zeroizing<Vec<u8>>> {
    to_json(&secret.expose())
}

/// A JSON patch that writes `secret` over the Secret of that version: all of its data, labels and annotations, and its
/// owners where they change.
pub(super) fn overwrite(
    secret: &PlainSecret,
    version: &str,
    owners: Option<&[OwnerRef]>,
) -> Option<Zeroizing<Vec<u8>>> {
    let mut patch = vec![
        // Where it is another version by now, this makes the API server answer 409.
        Add::new("/metadata/resourceVersion", Value::Text(version)),
        Add::new("/metadata/labels", Value::Map(&secret.metadata.labels)),
        Add::new("/metadata/annotations", Value::Map(&secret.metadata.annotations)),
        Add::new("/data", Value::Data(Data(&secret.data))),
        Add::new("/type", Value::Text(secret.type_.as_deref().unwrap_or(DEFAULT_TYPE))),
    ];
    patch.extend(secret.immutable.map(|immutable| Add::new("/immutable", Value::Flag(immutable))));
    patch.extend(owners.map(|owners| Add::new("/metadata/ownerReferences", Value::Owners(owners))));
    to_json(&patch)
}

/// A merge patch that puts the data, labels and annotations of `secret` beside what is there.
pub(super) fn merge(
    secret: &PlainSecret,
    uid: &str,
    version: Option<&Version>,
    owners: Option<&[OwnerRef]>,
) -> Option<Zeroizing<Vec<u8>>> {
    to_json(&Merge {
        data: Data(&secret.data),
        metadata: MergeMetadata {
            annotations: &secret.metadata.annotations,
            labels: &secret.metadata.labels,
            owner_references: owners,
            resource_version: version.map(Version::as_str),
            uid,
        },
    })
}

/// One operation of a JSON patch. `add` replaces what is there.
#[derive(Serialize)]
struct Add<'a> {
    op: &'static str,
    path: &'static str,
    value: Value<'a>,
}

impl<'a> Add<'a> {
    fn new(path: &'static str, value: Value<'a>) -> Self {
        Self { op: "add", path, value }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Value<'a> {
    Text(&'a str),
    Flag(bool),
    Map(&'a BTreeMap<String, String>),
    Data(Data<'a>),
    Owners(&'a [OwnerRef]),
}

#[derive(Serialize)]
struct Merge<'a> {
    data: Data<'a>,
    metadata: MergeMetadata<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MergeMetadata<'a> {
    annotations: &'a BTreeMap<String, String>,
    labels: &'a BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner_references: Option<&'a [OwnerRef]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_version: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    uid: &'a str,
}

/// Values as base64.
struct Data<'a>(&'a BTreeMap<String, Plaintext>);

impl Serialize for Data<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in self.0 {
            map.serialize_entry(key, Zeroizing::new(base64::encode(value.expose())).as_str())?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn secret() -> PlainSecret {
        let manifest = json!({ "apiVersion": "v1", "kind": "Secret", "data": { "a": "YQ==" },
            "metadata": { "name": "x", "namespace": "ns", "labels": { "l": "1" } } });
        PlainSecret::from_manifest(&manifest).unwrap()
    }

    fn read(body: Option<Zeroizing<Vec<u8>>>) -> serde_json::Value {
        serde_json::from_slice(&body.unwrap()).unwrap()
    }

    #[test]
    fn an_overwrite_replaces_what_is_ours_and_nothing_that_has_changed_since() {
        let body = overwrite(&secret(), "7", None).unwrap();
        assert_eq!(body.len(), body.capacity());
        assert_eq!(
            read(Some(body)),
            json!([
                { "op": "add", "path": "/metadata/resourceVersion", "value": "7" },
                { "op": "add", "path": "/metadata/labels", "value": { "l": "1" } },
                { "op": "add", "path": "/metadata/annotations", "value": {} },
                { "op": "add", "path": "/data", "value": { "a": "YQ==" } },
                { "op": "add", "path": "/type", "value": "Opaque" },
            ])
        );
    }

    #[test]
    fn a_merge_leaves_the_type_and_the_owners_alone() {
        assert_eq!(
            read(merge(&secret(), "u", None, None)),
            json!({ "data": { "a": "YQ==" }, "metadata": { "annotations": {}, "labels": { "l": "1" }, "uid": "u" } })
        );
        let owner = OwnerRef { uid: "o".into(), controller: true, ..OwnerRef::default() };
        let merged = read(merge(&secret(), "u", Some(&Version::new("7")), Some(&[owner])));
        assert_eq!(merged["metadata"]["resourceVersion"], "7");
        assert_eq!(merged["metadata"]["ownerReferences"][0]["uid"], "o");
    }
}
