//! A Secret in, a SealedSecret out.

use waxseal_crypto::{Label, Scope, SealError, Sealer};

use crate::resource::{SealedSecretSpec, SecretTemplate};
use crate::{Hints, PlainSecret, SealedSecret, names, set_scope};

/// What the caller allows.
#[derive(Clone, Copy, Debug, Default)]
pub struct SealOptions {
    /// Whether a Secret without any data may be sealed; it is a mistake more often than not.
    pub allow_empty: bool,
    /// Whether the object says which key sealed it.
    pub hints: bool,
}

/// Seals every value of `secret` for the place and with the scope that its own metadata names.
///
/// The template takes over labels, annotations, type and immutability. What belongs to one object of one cluster, and
/// annotations that hold a copy of the whole object, stay behind.
pub fn seal<'a>(
    secret: &PlainSecret,
    sealer: impl Into<Sealer<'a>>,
    options: SealOptions,
) -> Result<SealedSecret, SealSecretError> {
    let sealer = sealer.into();
    let scope = secret.scope();
    if secret.name().is_empty() {
        return Err(SealSecretError::NoName);
    }
    if secret.namespace().is_empty() && scope != Scope::ClusterWide {
        return Err(SealSecretError::NoNamespace { scope });
    }
    if secret.data.is_empty() && !options.allow_empty {
        return Err(SealSecretError::NoData);
    }

    let label = Label::new(scope, secret.namespace(), secret.name());
    let mut spec = SealedSecretSpec::default();
    for (name, value) in &secret.data {
        let sealed = sealer.seal(&label, name, value.expose());
        let sealed = sealed.map_err(|source| SealSecretError::Value { key: name.clone(), source })?;
        spec.encrypted_data.insert(name.clone(), sealed.to_base64());
    }

    let mut metadata = secret.metadata.clone();
    metadata.strip();
    spec.template =
        SecretTemplate { metadata, type_: secret.type_.clone(), immutable: secret.immutable, ..Default::default() };

    let mut sealed = SealedSecret::new(secret.name(), spec);
    sealed.metadata.namespace = secret.metadata.namespace.clone().filter(|namespace| !namespace.is_empty());
    let mut annotations = std::collections::BTreeMap::new();
    set_scope(&mut annotations, scope);
    if options.hints && !secret.data.is_empty() {
        let key = Some(*sealer.key().fingerprint());
        let hints = Hints::of(secret.data.keys().map(|name| (name.as_str(), key)));
        annotations.insert(names::SEALING_KEYS.to_owned(), hints.to_string());
    }
    sealed.metadata.annotations = Some(annotations).filter(|annotations| !annotations.is_empty());
    Ok(sealed)
}

/// Why a Secret could not be sealed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SealSecretError {
    /// There is no name to bind the values to.
    #[error("has no metadata.name")]
    NoName,
    /// There is no namespace to bind the values to.
    #[error("has no metadata.namespace, to which the scope {scope} binds it")]
    NoNamespace {
        /// The scope that asks for one.
        scope: Scope,
    },
    /// Nothing to seal.
    #[error("has no data, which is likely a mistake")]
    NoData,
    /// One value could not be sealed.
    #[error("the value of {key} could not be sealed")]
    Value {
        /// The value's key.
        key: String,
        /// Why.
        source: SealError,
    },
}
