//! The sealing keys of one moment.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use waxseal_crypto::{Certificate, Fingerprint, KeyRing};

/// All that opens and what seals, as of the last change of a key Secret. A change makes a new set; whoever works with
/// one keeps it to the end of its work.
#[derive(Clone, Default)]
pub(crate) struct KeySet {
    /// Counts the sets: another number, other keys.
    pub(crate) number: u64,
    /// Whether the key Secrets have been listed; before that, that there are no keys means nothing.
    pub(crate) loaded: bool,
    /// Every key, the newest first.
    pub(crate) ring: KeyRing,
    /// The certificate that seals; `None` until there is a key.
    pub(crate) newest: Option<Arc<Certificate>>,
    /// The newest key itself.
    pub(crate) head: Option<Head>,
    /// The names of the Secrets that the keys are in.
    pub(crate) names: Arc<BTreeSet<String>>,
}

/// The key that new ones come after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// The name of its Secret.
    pub(crate) name: String,
    pub(crate) fingerprint: Fingerprint,
    /// What makes it the newest: when its certificate begins to hold, or when its Secret was created.
    pub(crate) moment: Timestamp,
    /// When the certificate begins to hold that does so last of all.
    pub(crate) last_not_before: Timestamp,
    /// Whether somebody has asked for a new key.
    pub(crate) rotate: bool,
}
