//! A Secret with its values in the clear.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::OwnerReference;
use serde::ser::{SerializeMap as _, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use waxseal_crypto::{Plaintext, Scope, base64};
use zeroize::Zeroizing;

use crate::{Metadata, scope_of, set_scope};

/// A Secret before it is sealed or after it was opened. Its values are wiped on drop and never shown by accident.
#[derive(Clone, Default)]
pub struct PlainSecret {
    /// Name, namespace, labels, annotations and whatever else the metadata has.
    pub metadata: Metadata,
    /// The owner to write into the metadata, if any.
    pub owner: Option<OwnerReference>,
    /// The Secret's type; `Opaque` where there is none.
    pub type_: Option<String>,
    /// Whether the cluster forbids changes of the data.
    pub immutable: Option<bool>,
    /// The values, decoded.
    pub data: BTreeMap<String, Plaintext>,
}

impl PlainSecret {
    /// Reads a manifest. `stringData` wins over `data`, as the API server has it.
    pub fn from_manifest(manifest: &Value) -> Result<Self, SecretError> {
        let text = |field: &str| manifest.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (api_version, kind) = (text("apiVersion"), text("kind"));
        if (api_version.as_str(), kind.as_str()) != ("v1", "Secret") {
            return Err(SecretError::NotASecret { api_version, kind });
        }
        let metadata = match manifest.get("metadata") {
            None | Some(Value::Null) => Metadata::default(),
            // The error of serde_json would quote what it found there.
            Some(found) => Metadata::deserialize(found).map_err(|_| SecretError::Field { path: "metadata".into() })?,
        };
        let mut data = BTreeMap::new();
        for (key, value) in entries(manifest, "data")? {
            data.insert(key.clone(), decoded("data", key, value)?);
        }
        for (key, value) in entries(manifest, "stringData")? {
            let text = string("stringData", key, value)?;
            data.insert(key.clone(), Plaintext::new(text.as_bytes().to_vec()));
        }
        Ok(Self {
            metadata,
            owner: None,
            type_: optional(manifest, "type", Value::as_str)?.map(str::to_owned).filter(|type_| !type_.is_empty()),
            immutable: optional(manifest, "immutable", Value::as_bool)?,
            data,
        })
    }

    /// The name, empty where there is none.
    pub fn name(&self) -> &str {
        self.metadata.name.as_deref().unwrap_or_default()
    }

    /// The namespace, empty where there is none.
    pub fn namespace(&self) -> &str {
        self.metadata.namespace.as_deref().unwrap_or_default()
    }

    /// The scope that its annotations ask for.
    pub fn scope(&self) -> Scope {
        scope_of(&self.metadata.annotations)
    }

    /// Makes its annotations ask for `scope`.
    pub fn set_scope(&mut self, scope: Scope) {
        set_scope(&mut self.metadata.annotations, scope);
    }

    /// The Secret as a manifest with its values in the clear (as base64): for the API server that shall store it, or
    /// for a person who holds the private key and asked to see it.
    pub fn expose(&self) -> ExposedSecret<'_> {
        ExposedSecret(self)
    }
}

/// A [`PlainSecret`] that can be serialised. See [`PlainSecret::expose`].
#[derive(Clone, Copy)]
pub struct ExposedSecret<'a>(&'a PlainSecret);

impl Serialize for ExposedSecret<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(secret) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("apiVersion", "v1")?;
        if !secret.data.is_empty() {
            map.serialize_entry("data", &ExposedData(&secret.data))?;
        }
        if let Some(immutable) = secret.immutable {
            map.serialize_entry("immutable", &immutable)?;
        }
        map.serialize_entry("kind", "Secret")?;
        let mut metadata = secret.metadata.clone();
        if let Some(owner) = &secret.owner {
            let owner = serde_json::to_value(owner).map_err(serde::ser::Error::custom)?;
            metadata.other.insert("ownerReferences".to_owned(), Value::Array(vec![owner]));
        }
        map.serialize_entry("metadata", &metadata)?;
        if let Some(type_) = &secret.type_ {
            map.serialize_entry("type", type_)?;
        }
        map.end()
    }
}

struct ExposedData<'a>(&'a BTreeMap<String, Plaintext>);

impl Serialize for ExposedData<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in self.0 {
            map.serialize_entry(key, Zeroizing::new(base64::encode(value.expose())).as_str())?;
        }
        map.end()
    }
}

/// Why a manifest cannot be read as a Secret. No value is ever part of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SecretError {
    /// Another kind of object.
    #[error("is a {kind:?} of {api_version:?}, not a Secret of \"v1\"")]
    NotASecret {
        /// Its `apiVersion`, empty where there is none.
        api_version: String,
        /// Its `kind`, empty where there is none.
        kind: String,
    },
    /// A value of `data` that is not base64.
    #[error("data.{key} is not valid base64; put a value that is not encoded under stringData")]
    NotBase64 {
        /// The value's key.
        key: String,
    },
    /// A value that is a number, a boolean, a list or a map.
    #[error("{field}.{key} is not a string; put quotes around it")]
    NotAString {
        /// `data` or `stringData`.
        field: &'static str,
        /// The value's key.
        key: String,
    },
    /// A field of another type than a Secret has there.
    #[error("{path} does not have the type that a Secret has there")]
    Field {
        /// The field.
        path: String,
    },
}

fn entries<'a>(manifest: &'a Value, field: &'static str) -> Result<Vec<(&'a String, &'a Value)>, SecretError> {
    Ok(optional(manifest, field, Value::as_object)?.into_iter().flatten().collect())
}

fn decoded(field: &'static str, key: &str, value: &Value) -> Result<Plaintext, SecretError> {
    let text = string(field, key, value)?;
    base64::decode(text).map(Plaintext::new).ok_or_else(|| SecretError::NotBase64 { key: key.to_owned() })
}

/// `null` is the empty string, as Go reads it.
fn string<'a>(field: &'static str, key: &str, value: &'a Value) -> Result<&'a str, SecretError> {
    match value {
        Value::Null => Ok(""),
        Value::String(text) => Ok(text),
        _ => Err(SecretError::NotAString { field, key: key.to_owned() }),
    }
}

fn optional<'a, T>(
    manifest: &'a Value,
    field: &str,
    read: impl Fn(&'a Value) -> Option<T>,
) -> Result<Option<T>, SecretError> {
    match manifest.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(found) => read(found).map(Some).ok_or_else(|| SecretError::Field { path: field.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(manifest: &Value) -> Result<PlainSecret, SecretError> {
        PlainSecret::from_manifest(manifest)
    }

    #[test]
    fn string_data_wins_over_data_and_null_is_empty() {
        let secret = read(&json!({
            "apiVersion": "v1", "kind": "Secret",
            "data": { "a": "YQ==", "both": "ZGF0YQ==", "none": null },
            "stringData": { "both": "string" },
        }))
        .unwrap();
        let value = |key: &str| secret.data[key].expose();
        assert_eq!((value("a"), value("both"), value("none")), (&b"a"[..], &b"string"[..], &b""[..]));
    }

    #[test]
    fn an_object_of_another_kind_is_named() {
        let error = read(&json!({ "apiVersion": "v1", "kind": "ConfigMap" })).err().unwrap();
        assert_eq!(error.to_string(), r#"is a "ConfigMap" of "v1", not a Secret of "v1""#);
    }

    #[test]
    fn a_value_that_cannot_be_read_is_named_by_its_key_and_never_shown() {
        for (field, value, message) in [
            ("data", json!("CANARY!"), "data.k is not valid base64; put a value that is not encoded under stringData"),
            ("data", json!({ "CANARY": 1 }), "data.k is not a string; put quotes around it"),
            ("stringData", json!(4242), "stringData.k is not a string; put quotes around it"),
        ] {
            let error = read(&json!({ "apiVersion": "v1", "kind": "Secret", field: { "k": value } })).err().unwrap();
            assert_eq!(error.to_string(), message);
        }
        for (field, value) in
            [("data", json!("CANARY")), ("metadata", json!({ "labels": ["CANARY"] })), ("type", json!(7))]
        {
            let error = read(&json!({ "apiVersion": "v1", "kind": "Secret", field: value })).err().unwrap();
            assert_eq!(error, SecretError::Field { path: field.to_owned() });
        }
    }

    #[test]
    fn what_was_read_is_written_again() {
        let manifest = json!({
            "apiVersion": "v1", "kind": "Secret", "type": "Opaque", "immutable": true, "data": { "a": "YQ==" },
            "metadata": { "name": "n", "namespace": "ns", "labels": { "l": "1" }, "finalizers": ["example.com/f"] },
        });
        let written = serde_json::to_value(read(&manifest).unwrap().expose()).unwrap();
        assert_eq!(written, manifest);
    }
}
