//! Values moved to another key, with nothing else changed.

use std::collections::BTreeMap;

use waxseal_crypto::{KeyRing, Label, SealError, Sealer};

use crate::{OpenedValues, SealedSecret, UnsealError, open};

/// What came of re-encryption.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reencrypted {
    /// The values that changed, sealed anew: base64, under their keys.
    pub values: BTreeMap<String, String>,
    /// How many values were sealed with the wanted key already and stay as they are.
    pub kept: usize,
}

/// Seals with `to` every value of `sealed` that another key sealed, for `label`, which is [`SealedSecret::label`]
/// unless the object moves.
///
/// The values are opened under the label of the object's own annotations. No template is rendered or looked at.
pub fn reencrypt<'a>(
    sealed: &SealedSecret,
    ring: &KeyRing,
    to: impl Into<Sealer<'a>>,
    label: &Label,
) -> Result<Reencrypted, ReencryptError> {
    let to = to.into();
    let stays = *label == sealed.label();
    let OpenedValues { values, keys, .. } = open(sealed, ring)?;
    let mut result = Reencrypted::default();
    for (key, plaintext) in values {
        if stays && keys.get(&key) == Some(to.key().fingerprint()) {
            result.kept += 1;
            continue;
        }
        let value = to.seal(label, &key, plaintext.expose());
        let value = value.map_err(|source| ReencryptError::Seal { key: key.clone(), source })?;
        result.values.insert(key, value.to_base64());
    }
    Ok(result)
}

/// Why values could not be moved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReencryptError {
    /// They do not open.
    #[error(transparent)]
    Open(#[from] UnsealError),
    /// One could not be sealed again.
    #[error("the value of {key} could not be sealed")]
    Seal {
        /// The value's key.
        key: String,
        /// Why.
        source: SealError,
    },
}
