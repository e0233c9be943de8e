//! One key to seal with, and how.

use crate::{Label, PublicKey, SealError, SealedValue, StableKey};

/// Seals values with one key: at random, or stable where there is a [`StableKey`].
#[derive(Clone, Copy)]
pub struct Sealer<'a> {
    key: &'a PublicKey,
    stable: Option<&'a StableKey>,
}

impl<'a> Sealer<'a> {
    /// Seals with `key`, stable if there is a stable key.
    pub fn new(key: &'a PublicKey, stable: Option<&'a StableKey>) -> Self {
        Self { key, stable }
    }

    /// The key that values are sealed with.
    pub fn key(&self) -> &'a PublicKey {
        self.key
    }

    /// Seals `plaintext` as the value of the data key `name`, such that it opens under `label` only.
    pub fn seal(&self, label: &Label, name: &str, plaintext: &[u8]) -> Result<SealedValue, SealError> {
        match self.stable {
            Some(stable) => self.key.seal_stable(stable, label, name, plaintext),
            None => self.key.seal(label, plaintext),
        }
    }
}

impl<'a> From<&'a PublicKey> for Sealer<'a> {
    /// At random.
    fn from(key: &'a PublicKey) -> Self {
        Self::new(key, None)
    }
}
