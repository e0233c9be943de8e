//! One sealed value, taken apart and put together.

use sha2::{Digest as _, Sha256};

use crate::base64;

/// Length of the prefix that holds the length of the RSA ciphertext.
const PREFIX_BYTES: usize = 2;

/// Length of the AES-GCM tag (NIST SP 800-38D, the full tag).
pub(crate) const TAG_BYTES: usize = 16;

/// A sealed value whose three parts are where its length prefix says. Whether it opens is another matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedValue {
    bytes: Vec<u8>,
    payload_at: usize,
}

impl SealedValue {
    /// Reads the bytes of a value.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, ParseValueError> {
        let Some((prefix, rest)) = bytes.split_first_chunk::<PREFIX_BYTES>() else {
            return Err(ParseValueError::Truncated);
        };
        let rsa_bytes = usize::from(u16::from_be_bytes(*prefix));
        if rest.len() < rsa_bytes + TAG_BYTES {
            return Err(ParseValueError::Truncated);
        }
        Ok(Self { bytes, payload_at: PREFIX_BYTES + rsa_bytes })
    }

    /// Reads a value as `spec.encryptedData` holds it: standard base64 with padding, line breaks ignored as Go does.
    pub fn from_base64(text: &str) -> Result<Self, ParseValueError> {
        Self::from_bytes(base64::decode(text).ok_or(ParseValueError::NotBase64)?)
    }

    /// Puts a value together.
    pub(crate) fn from_parts(rsa_ciphertext: &[u8], payload: &[u8]) -> Option<Self> {
        let prefix = u16::try_from(rsa_ciphertext.len()).ok()?.to_be_bytes();
        let bytes = [&prefix[..], rsa_ciphertext, payload].concat();
        Some(Self { bytes, payload_at: PREFIX_BYTES + rsa_ciphertext.len() })
    }

    /// The value as `spec.encryptedData` holds it.
    pub fn to_base64(&self) -> String {
        base64::encode(&self.bytes)
    }

    /// The value's bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// SHA-256 of the value's bytes: a short name for it, which tells nothing about what is inside.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.bytes).into()
    }

    /// Length in bytes of the RSA ciphertext, which is the modulus length of the key that sealed it.
    pub fn modulus_bytes(&self) -> usize {
        self.payload_at - PREFIX_BYTES
    }

    /// Length in bytes of the plaintext inside.
    pub fn plaintext_bytes(&self) -> usize {
        self.bytes.len() - self.payload_at - TAG_BYTES
    }

    /// The session key, encrypted.
    pub(crate) fn rsa_ciphertext(&self) -> &[u8] {
        &self.bytes[PREFIX_BYTES..self.payload_at]
    }

    /// The plaintext, encrypted, with its tag.
    pub(crate) fn payload(&self) -> &[u8] {
        &self.bytes[self.payload_at..]
    }
}

/// What was read is not a sealed value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseValueError {
    /// A character outside the alphabet, or padding that is missing or out of place.
    #[error("is not valid base64")]
    NotBase64,
    /// Shorter than its length prefix and the AES-GCM tag ask for.
    #[error("is truncated: it is shorter than its own length prefix says")]
    Truncated,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_cut_where_its_prefix_says() {
        let value = SealedValue::from_bytes([&[0, 3, 1, 2, 3][..], &[9; TAG_BYTES + 5]].concat()).unwrap();
        assert_eq!(value.rsa_ciphertext(), [1, 2, 3]);
        assert_eq!(value.payload(), [9; TAG_BYTES + 5]);
        assert_eq!((value.modulus_bytes(), value.plaintext_bytes()), (3, 5));
    }

    #[test]
    fn a_prefix_that_asks_for_more_than_there_is_means_truncated() {
        for bytes in [vec![], vec![0], vec![0, 0], vec![0xff; 300], [&[0, 3][..], &[0; 3 + TAG_BYTES - 1]].concat()] {
            assert_eq!(SealedValue::from_bytes(bytes), Err(ParseValueError::Truncated));
        }
    }
}
