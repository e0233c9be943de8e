//! The sealing keys of one moment.

use std::sync::Arc;

use waxseal_crypto::{Certificate, KeyRing};

/// All that opens and what seals, as of the last change of a key Secret. A change makes a new set; whoever works with
/// one keeps it to the end of its work.
#[derive(Clone, Default)]
pub(crate) struct KeySet {
    /// Every key, the newest first.
    pub(crate) ring: KeyRing,
    /// The certificate that seals; `None` until there is a key.
    pub(crate) newest: Option<Arc<Certificate>>,
}
