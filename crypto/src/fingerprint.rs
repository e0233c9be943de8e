//! The name of a key.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use rsa::traits::PublicKeyParts;
use sha2::{Digest as _, Sha256};

/// The OpenSSH fingerprint of a public key: SHA-256 over its SSH wire encoding (RFC 4253, section 6.6).
///
/// Shown as `ssh-keygen -l` shows it: `SHA256:` and unpadded base64.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    const PREFIX: &str = "SHA256:";

    pub(crate) fn of(key: &rsa::PublicKey) -> Self {
        let mut hash = Sha256::new();
        for field in [&b"ssh-rsa"[..], &mpint(&key.e_bytes()), &mpint(&key.n_bytes())] {
            // A modulus has 1 KiB at most, so the length fits.
            hash.update(u32::try_from(field.len()).unwrap_or(u32::MAX).to_be_bytes());
            hash.update(field);
        }
        Self(hash.finalize().into())
    }

    /// The SHA-256 itself.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}{}", Self::PREFIX, BASE64_STANDARD_NO_PAD.encode(self.0)))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Fingerprint {
    type Err = ParseFingerprintError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let digest = s.strip_prefix(Self::PREFIX).and_then(|text| BASE64_STANDARD_NO_PAD.decode(text).ok());
        digest.and_then(|bytes| bytes.try_into().ok()).map(Self).ok_or(ParseFingerprintError)
    }
}

/// The text is no key fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a key fingerprint; one looks like SHA256: and 43 characters of base64")]
pub struct ParseFingerprintError;

/// A positive number as SSH writes it (RFC 4251, section 5): a leading zero where the top bit is set.
fn mpint(big_endian: &[u8]) -> Vec<u8> {
    let padding = big_endian.first().is_some_and(|first| *first >= 0x80);
    [&[0][..usize::from(padding)], big_endian].concat()
}
