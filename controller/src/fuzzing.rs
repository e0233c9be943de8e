//! What the fuzz targets in `fuzz/` reach of this crate; not part of any other build.

use waxseal_api::{SealedSecret, UnsealOptions, unseal};
use waxseal_crypto::KeyRing;

use crate::keys;
use crate::watch::Sealed;

/// Reads a key Secret as a watch brings it. The message if it is none.
pub fn key_secret(json: &[u8]) -> Option<String> {
    keys::refusal(json)
}

/// Reads a SealedSecret as a watch brings it, and makes a Secret of it. The message if that does not work.
pub fn sealed_secret(json: &[u8], ring: &KeyRing) -> Option<String> {
    let sealed: Sealed = match serde_json::from_slice(json) {
        Ok(sealed) => sealed,
        // An object without metadata is none that an API server sends.
        Err(_) => return None,
    };
    assert!(sealed.size() > 0);
    let typed = match sealed.typed() {
        Ok(typed) => typed,
        Err(malformed) => {
            assert!(serde_json::from_slice::<SealedSecret>(json).is_err(), "{malformed}, and yet it can be read");
            return Some(malformed.to_string());
        }
    };
    let options = UnsealOptions { accept_deprecated_data: true, ..UnsealOptions::default() };
    match unseal(&typed, ring, options) {
        Ok((secret, _)) => {
            assert_eq!(secret.metadata.name, typed.metadata.name);
            assert_eq!(secret.metadata.namespace, typed.metadata.namespace);
            None
        }
        Err(error) => Some(error.to_string()),
    }
}
