//! A SealedSecret as a client sends it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use waxseal_api::{Hints, SealedSecret, SealedSecretSpec, names};
use waxseal_crypto::{Fingerprint, Label};

use super::json::{self, JsonError};
use super::values::ValuesError;

/// A SealedSecret, and the document that it was read from.
///
/// Of the document, only what says where the values open and the values themselves are looked at: kind, name,
/// namespace, annotations, `spec.encryptedData` and `spec.data`. Whatever else is in it, the template above all, has no
/// influence on any answer.
pub(super) struct SealedObject {
    document: Value,
    sealed: SealedSecret,
    hints: Hints,
}

impl SealedObject {
    /// Reads the JSON of one SealedSecret.
    pub(super) fn parse(text: &[u8]) -> Result<Self, SealedObjectError> {
        let document = json::parse(text)?;
        let field = |name: &str| document.get(name);
        if field("apiVersion").and_then(Value::as_str) != Some(names::API_VERSION)
            || field("kind").and_then(Value::as_str) != Some(names::KIND)
        {
            return Err(SealedObjectError::WrongKind);
        }
        let metadata = object(field("metadata"), "metadata")?;
        let spec = object(field("spec"), "spec")?;

        let mut sealed = SealedSecret::new("", SealedSecretSpec::default());
        sealed.metadata.name = place(metadata, "name")?;
        sealed.metadata.namespace = place(metadata, "namespace")?;
        let annotations = metadata.and_then(|metadata| metadata.get("annotations"));
        sealed.metadata.annotations = Some(strings(annotations, "metadata.annotations")?);
        sealed.spec.encrypted_data = strings(spec.and_then(|spec| spec.get("encryptedData")), "spec.encryptedData")?;
        sealed.spec.data = match spec.and_then(|spec| spec.get("data")) {
            None | Some(Value::Null) => None,
            Some(Value::String(data)) => Some(data.clone()).filter(|data| !data.is_empty()),
            Some(_) => return Err(SealedObjectError::WrongType { field: "spec.data" }),
        };
        let hint = sealed.metadata.annotations.as_ref().and_then(|all| all.get(names::SEALING_KEYS));
        let hints = hint.map(|text| Hints::parse(text)).unwrap_or_default();
        Ok(Self { document, sealed, hints })
    }

    /// The label under which the values open, by the object's own annotations.
    pub(super) fn label(&self) -> Label {
        self.sealed.label()
    }

    /// The sealed values, under their keys.
    pub(super) fn values(&self) -> &BTreeMap<String, String> {
        &self.sealed.spec.encrypted_data
    }

    /// Whether the object has the one sealed value of the deprecated form.
    pub(super) fn is_deprecated(&self) -> bool {
        self.sealed.spec.data.is_some()
    }

    /// Takes the one sealed value of the deprecated form for the object's values. Fails beside values of the current
    /// form: such an object does not become a Secret either.
    pub(super) fn accept_deprecated(&mut self) -> Result<(), ValuesError> {
        let Some(data) = self.sealed.spec.data.take() else { return Ok(()) };
        if !self.sealed.spec.encrypted_data.is_empty() {
            return Err(ValuesError::DoNotOpen);
        }
        self.sealed.spec.encrypted_data.insert("data".to_owned(), data);
        Ok(())
    }

    /// The key that is said to have sealed the value of `key`.
    pub(super) fn hint(&self, key: &str) -> Option<&Fingerprint> {
        self.hints.get(key)
    }

    /// The document with `values` in place of the sealed values of the same keys, and nothing else changed; only a hint
    /// at the sealing key, where there is one, follows to `key`, which has sealed all of them now.
    pub(super) fn into_document(mut self, values: BTreeMap<String, String>, key: &Fingerprint) -> Value {
        if values.is_empty() {
            return self.document;
        }
        for (name, value) in values {
            if let Some(place) = self.document.pointer_mut("/spec/encryptedData").and_then(|data| data.get_mut(&name)) {
                *place = Value::String(value);
            }
        }
        let annotations = self.document.pointer_mut("/metadata/annotations");
        if let Some(hint) = annotations.and_then(|annotations| annotations.get_mut(names::SEALING_KEYS)) {
            *hint = Value::String(key.to_string());
        }
        self.document
    }
}

/// Why a body is no SealedSecret. Nothing of the body is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum SealedObjectError {
    #[error("{0}")]
    Json(#[from] JsonError),
    #[error("the body is not a SealedSecret of {}", names::API_VERSION)]
    WrongKind,
    #[error("{field} is not of the type that a SealedSecret has there")]
    WrongType { field: &'static str },
    #[error("metadata.{field} is not one that an object can have")]
    WrongName { field: &'static str },
    #[error("spec.data is deprecated and cannot be re-encrypted; seal the Secret again, into spec.encryptedData")]
    Deprecated,
}

fn object<'a>(
    value: Option<&'a Value>,
    field: &'static str,
) -> Result<Option<&'a Map<String, Value>>, SealedObjectError> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(fields)) => Ok(Some(fields)),
        Some(_) => Err(SealedObjectError::WrongType { field }),
    }
}

/// A name or a namespace. One with a slash is none, and would make the label of another place: a label is
/// `namespace/name`.
fn place(metadata: Option<&Map<String, Value>>, field: &'static str) -> Result<Option<String>, SealedObjectError> {
    match metadata.and_then(|metadata| metadata.get(field)) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(name)) if !name.contains('/') => Ok(Some(name.clone())),
        Some(_) => Err(SealedObjectError::WrongName { field }),
    }
}

fn strings(value: Option<&Value>, field: &'static str) -> Result<BTreeMap<String, String>, SealedObjectError> {
    let entry = |(key, value): (&String, &Value)| match value {
        Value::String(text) => Ok((key.clone(), text.clone())),
        _ => Err(SealedObjectError::WrongType { field }),
    };
    object(value, field)?.into_iter().flatten().map(entry).collect()
}
