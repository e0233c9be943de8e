//! All the keys that may open a value.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::{Fingerprint, Label, Plaintext, PrivateKey, SealedValue};

/// The private keys of a cluster. Cheap to clone: clones share the keys and the memory of the last hit.
#[derive(Clone, Default)]
pub struct KeyRing(Arc<Inner>);

#[derive(Default)]
struct Inner {
    keys: Vec<PrivateKey>,
    by_fingerprint: HashMap<Fingerprint, usize>,
    /// Where the last value opened, for whoever opens the next one.
    last_hit: AtomicUsize,
}

impl KeyRing {
    /// A ring of `keys`, which come in the order in which they are to be tried: the newest first.
    /// A key that is there twice counts once.
    pub fn new(keys: impl IntoIterator<Item = PrivateKey>) -> Self {
        let mut inner = Inner::default();
        for key in keys {
            let at = inner.keys.len();
            inner.by_fingerprint.entry(*key.fingerprint()).or_insert_with(|| {
                inner.keys.push(key);
                at
            });
        }
        Self(Arc::new(inner))
    }

    /// The keys in the order in which they are tried.
    pub fn keys(&self) -> &[PrivateKey] {
        &self.0.keys
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.0.keys.len()
    }

    /// Whether nothing can be opened at all.
    pub fn is_empty(&self) -> bool {
        self.0.keys.is_empty()
    }

    /// The key of that name.
    pub fn get(&self, fingerprint: &Fingerprint) -> Option<&PrivateKey> {
        self.0.by_fingerprint.get(fingerprint).map(|at| &self.0.keys[*at])
    }

    /// Opens the values of one object, which tend to have been sealed by one key.
    pub fn opener(&self) -> Opener<'_> {
        Opener { ring: self, hint: None, last_hit: None, operations: 0 }
    }
}

/// Opens values one after the other and remembers which key did it last.
pub struct Opener<'a> {
    ring: &'a KeyRing,
    /// What to try first for the next value only.
    hint: Option<usize>,
    /// Where this opener's last value opened.
    last_hit: Option<usize>,
    operations: usize,
}

impl<'a> Opener<'a> {
    /// Tries `fingerprint` first for the next value, which costs one operation if it is wrong. A key that is not in
    /// the ring changes nothing.
    pub fn hint(&mut self, fingerprint: &Fingerprint) {
        self.hint = self.ring.0.by_fingerprint.get(fingerprint).copied();
    }

    /// RSA private-key operations done so far.
    pub fn operations(&self) -> usize {
        self.operations
    }

    /// Opens `value` under `label`: with the hinted key, else with the one that opened the value before, else newest
    /// to oldest. Keys of another length than the value was sealed with cost no RSA operation.
    pub fn open(&mut self, value: &SealedValue, label: &Label) -> Result<Opened<'a>, OpenError> {
        let keys = self.ring.keys();
        if keys.is_empty() {
            return Err(OpenError::NoKeys);
        }
        let last_hit = self.last_hit.unwrap_or_else(|| self.ring.0.last_hit.load(Ordering::Relaxed));
        let first = self.hint.take().unwrap_or(last_hit);
        let second = (last_hit != first).then_some(last_hit);
        let rest = (0..keys.len()).filter(|at| *at != first && *at != last_hit);
        let order = std::iter::once(first).chain(second).chain(rest);
        let mut fits = false;
        for at in order {
            let key = &keys[at];
            if key.public_key().modulus_bytes() != value.modulus_bytes() {
                continue;
            }
            fits = true;
            self.operations += 1;
            if let Some(plaintext) = key.open(value, label) {
                self.last_hit = Some(at);
                self.ring.0.last_hit.store(at, Ordering::Relaxed);
                return Ok(Opened { plaintext, key });
            }
        }
        Err(if fits { OpenError::NoKeyOpens } else { OpenError::NoKeyOfThatSize { bits: value.modulus_bytes() * 8 } })
    }
}

/// A value that opened.
pub struct Opened<'a> {
    /// What was sealed.
    pub plaintext: Plaintext,
    /// The key that opened it.
    pub key: &'a PrivateKey,
}

/// Why a value did not open.
///
/// A value for another place, one of another cluster and one that was tampered with look alike: RSA-OAEP and AES-GCM
/// tell no more, and so neither can an attacker learn more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The ring is empty.
    #[error("cannot be opened: there is no sealing key")]
    NoKeys,
    /// The value's length prefix fits none of the keys.
    #[error("was sealed with a key of {bits} bits; no key has that size")]
    NoKeyOfThatSize {
        /// Modulus length that the value claims, in bits.
        bits: usize,
    },
    /// Every key that could have sealed it was tried.
    #[error("does not open with any key")]
    NoKeyOpens,
}
