//! Short names for sealed values.

use std::fmt::Write as _;

use waxseal_crypto::SealedValue;

/// Enough to tell the values of one file apart at a glance.
const SHOWN_BYTES: usize = 6;

/// A name for the value, made of its ciphertext.
pub(crate) fn short(value: &SealedValue) -> String {
    let mut text = String::new();
    for byte in &value.digest()[..SHOWN_BYTES] {
        // Writing to memory does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
