//! A SealedSecret and the private keys in, a Secret out.

use std::collections::BTreeMap;
use std::fmt;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::OwnerReference;
use kube::ResourceExt as _;
use serde_json::Value;
use waxseal_crypto::{Fingerprint, KeyRing, Label, OpenError, Opener, ParseValueError, Plaintext, SealedValue};
use waxseal_template::RenderError;
use zeroize::Zeroize as _;

use crate::names;
use crate::render::render;
use crate::{PlainSecret, SealedSecret, SecretError};

/// How many failures an error message names; a hostile object has 64,000.
const NAMED_FAILURES: usize = 5;

/// The values of a SealedSecret, opened.
#[derive(Default)]
pub struct OpenedValues {
    /// Each value under its key.
    pub values: BTreeMap<String, Plaintext>,
    /// The sealing key that opened it.
    pub keys: BTreeMap<String, Fingerprint>,
    /// RSA private-key operations that it took.
    pub operations: usize,
}

/// How many RSA operations one object may cost beyond one a value, some seconds in all. A hostile object has thousands
/// of values that look sound, and each that does not open costs an operation for every key of the ring.
const VAIN_OPERATIONS: usize = 2048;

/// What the caller allows and wants.
#[derive(Clone, Copy, Debug)]
pub struct UnsealOptions {
    /// Whether the deprecated `spec.data` is read.
    pub accept_deprecated_data: bool,
    /// Whether a Secret may be a service account's token, with which its reader can act as that account.
    pub allow_service_account_tokens: bool,
    /// Whose the Secret becomes.
    pub owner: Owner,
}

/// Whether the Secret refers to its SealedSecret as its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Yes, unless the template asks to be left alone.
    SealedSecret,
    /// No.
    Nobody,
}

impl Default for UnsealOptions {
    fn default() -> Self {
        Self { accept_deprecated_data: true, allow_service_account_tokens: false, owner: Owner::SealedSecret }
    }
}

/// Opens every value of `spec.encryptedData`, and looks at nothing else of the object but where it stands and its scope.
pub fn open(sealed: &SealedSecret, ring: &KeyRing) -> Result<OpenedValues, UnsealError> {
    open_with(sealed, &mut ring.opener())
}

/// Opens `sealed` and makes the Secret of it: its values, the template's metadata, type and immutability, and the name
/// and namespace of the SealedSecret.
pub fn unseal(
    sealed: &SealedSecret,
    ring: &KeyRing,
    options: UnsealOptions,
) -> Result<(PlainSecret, OpenedValues), UnsealError> {
    unseal_with(sealed, &mut ring.opener(), options)
}

/// As [`unseal`], for those who want to know what it cost where it fails.
pub fn unseal_with(
    sealed: &SealedSecret,
    opener: &mut Opener<'_>,
    options: UnsealOptions,
) -> Result<(PlainSecret, OpenedValues), UnsealError> {
    let template = &sealed.spec.template;
    let (mut secret, opened) = if let Some(data) = &sealed.spec.data {
        if !options.accept_deprecated_data {
            return Err(UnsealError::DeprecatedData);
        }
        if !sealed.spec.encrypted_data.is_empty() {
            return Err(UnsealError::BothDataFields);
        }
        open_deprecated(data, &sealed.label(), opener)?
    } else {
        let opened = open_with(sealed, opener)?;
        let mut data = opened.values.clone();
        render(&template.data, &mut data).map_err(UnsealError::Template)?;
        let secret = PlainSecret {
            metadata: template.metadata.clone(),
            owner: None,
            type_: template.type_.clone().filter(|type_| !type_.is_empty()),
            immutable: template.immutable,
            data,
        };
        (secret, opened)
    };

    if secret.type_.as_deref() == Some(names::SERVICE_ACCOUNT_TOKEN) && !options.allow_service_account_tokens {
        return Err(UnsealError::ForbiddenType { type_: names::SERVICE_ACCOUNT_TOKEN });
    }
    secret.metadata.strip();
    // A template that names another place does not get there.
    secret.metadata.name.clone_from(&sealed.metadata.name);
    secret.metadata.namespace.clone_from(&sealed.metadata.namespace);
    secret.metadata.other.remove("generateName");
    let wants_owner = !template.metadata.annotated(names::SKIP_SET_OWNER_REFERENCES);
    secret.owner = (options.owner == Owner::SealedSecret && wants_owner).then(|| owner_reference(sealed));
    Ok((secret, opened))
}

/// Why a SealedSecret did not become a Secret. No value is ever part of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnsealError {
    /// Values that did not open: every one of them, in the order of their keys.
    #[error("{}", Failures(.0))]
    Values(Vec<FailedValue>),
    /// The object holds the deprecated field, and the deprecated field is switched off.
    #[error("spec.data is deprecated and not accepted here; seal the Secret again, into spec.encryptedData")]
    DeprecatedData,
    /// The object holds the deprecated field beside the current one.
    #[error("spec.data and spec.encryptedData are both set; remove the deprecated spec.data")]
    BothDataFields,
    /// The deprecated field did not open.
    #[error("spec.data {0}")]
    Deprecated(ValueError),
    /// The deprecated field opened, and what was in it is no Secret.
    #[error("spec.data opened, but holds no Secret: {0}")]
    DeprecatedContent(SecretError),
    /// The deprecated field opened, and what was in it is not JSON.
    #[error("spec.data opened, but holds no JSON")]
    DeprecatedNotJson,
    /// The Secret would be of a type that is not allowed.
    #[error("a Secret of type {type_} is not allowed: whoever reads it can act as that service account")]
    ForbiddenType {
        /// The type.
        type_: &'static str,
    },
    /// Templates that could not be rendered: every one of them, in the order of their keys.
    #[error("{}", Failures(.0))]
    Template(Vec<RenderError>),
}

/// A value that did not open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key} {reason}")]
pub struct FailedValue {
    /// The key of the Secret's data.
    pub key: String,
    /// Why.
    pub reason: ValueError,
}

/// Why one value did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ValueError {
    /// It is no sealed value at all.
    #[error(transparent)]
    Parse(#[from] ParseValueError),
    /// It is one, and no key opens it here.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Too many others did not open.
    #[error("was not tried, as too many others do not open")]
    NotTried,
}

/// The first few failures, and how many more there are.
struct Failures<'a, T>(&'a [T]);

impl<T: fmt::Display> fmt::Display for Failures<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, failed) in self.0.iter().take(NAMED_FAILURES).enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{failed}")?;
        }
        match self.0.len().saturating_sub(NAMED_FAILURES) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

fn open_with(sealed: &SealedSecret, opener: &mut Opener<'_>) -> Result<OpenedValues, UnsealError> {
    let label = sealed.label();
    let mut opened = OpenedValues::default();
    let mut failed = Vec::new();
    let hints = sealed.hints();
    let limit = sealed.spec.encrypted_data.len().saturating_add(VAIN_OPERATIONS);
    for (key, text) in &sealed.spec.encrypted_data {
        if opener.operations() > limit {
            failed.push(FailedValue { key: key.clone(), reason: ValueError::NotTried });
            continue;
        }
        if let Some(fingerprint) = hints.get(key) {
            opener.hint(fingerprint);
        }
        match open_value(text, &label, opener) {
            Ok((plaintext, fingerprint)) => {
                opened.values.insert(key.clone(), plaintext);
                opened.keys.insert(key.clone(), fingerprint);
            }
            Err(reason) => failed.push(FailedValue { key: key.clone(), reason }),
        }
    }
    opened.operations = opener.operations();
    if failed.is_empty() { Ok(opened) } else { Err(UnsealError::Values(failed)) }
}

fn open_value(text: &str, label: &Label, opener: &mut Opener<'_>) -> Result<(Plaintext, Fingerprint), ValueError> {
    let value = SealedValue::from_base64(text)?;
    let opened = opener.open(&value, label)?;
    Ok((opened.plaintext, *opened.key.fingerprint()))
}

/// The field that came before `encryptedData`: one sealed value that holds a whole Secret as JSON.
fn open_deprecated(
    data: &str,
    label: &Label,
    opener: &mut Opener<'_>,
) -> Result<(PlainSecret, OpenedValues), UnsealError> {
    let (plaintext, fingerprint) = open_value(data, label, opener).map_err(UnsealError::Deprecated)?;
    let mut manifest: Value = serde_json::from_slice(plaintext.expose()).map_err(|_| UnsealError::DeprecatedNotJson)?;
    let secret = PlainSecret::from_manifest(&manifest).map_err(UnsealError::DeprecatedContent);
    wipe(&mut manifest);
    let opened = OpenedValues {
        keys: BTreeMap::from([("data".to_owned(), fingerprint)]),
        operations: opener.operations(),
        ..OpenedValues::default()
    };
    Ok((secret?, opened))
}

fn owner_reference(sealed: &SealedSecret) -> OwnerReference {
    OwnerReference {
        api_version: names::API_VERSION.to_owned(),
        kind: names::KIND.to_owned(),
        name: sealed.name_any(),
        uid: sealed.metadata.uid.clone().unwrap_or_default(),
        controller: Some(true),
        block_owner_deletion: None,
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(fields) => fields.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
