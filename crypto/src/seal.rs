//! Sealing and opening one value with one key.

use aes_gcm::aead::AeadInOut as _;
use aes_gcm::{Aes256Gcm, Key, KeyInit as _, Nonce, Tag};
use rand::TryRng as _;
use rand::rngs::SysRng;
use zeroize::Zeroizing;

use crate::value::TAG_BYTES;
use crate::{Label, Plaintext, PrivateKey, PublicKey, SealedValue};

/// Length of an AES-256 key.
pub(crate) const SESSION_KEY_BYTES: usize = 32;

/// A session key seals one value and is never used again, so the nonce may stay zero.
const NONCE: [u8; 12] = [0; 12];

pub(crate) type SessionKey = Zeroizing<[u8; SESSION_KEY_BYTES]>;

impl PublicKey {
    /// Seals `plaintext` such that it opens under `label` only. The result differs with each call.
    pub fn seal(&self, label: &Label, plaintext: &[u8]) -> Result<SealedValue, SealError> {
        let mut session_key = SessionKey::default();
        SysRng.try_fill_bytes(session_key.as_mut_slice()).map_err(|_| SealError::Randomness)?;
        let rsa_ciphertext = self.encrypt(label.as_bytes(), session_key.as_slice()).ok_or(SealError::Rsa)?;
        SealedValue::seal_payload(&rsa_ciphertext, &session_key, plaintext)
    }
}

impl SealedValue {
    /// The second half of sealing: AES-GCM, and all put together.
    pub(crate) fn seal_payload(
        rsa_ciphertext: &[u8],
        session_key: &SessionKey,
        plaintext: &[u8],
    ) -> Result<Self, SealError> {
        let mut payload = Vec::with_capacity(plaintext.len() + TAG_BYTES);
        payload.extend_from_slice(plaintext);
        let tag = cipher(session_key)
            .encrypt_inout_detached(&Nonce::from(NONCE), b"", payload.as_mut_slice().into())
            .map_err(|_| SealError::TooLong { bytes: plaintext.len() })?;
        payload.extend_from_slice(&tag);
        Self::from_parts(rsa_ciphertext, &payload).ok_or(SealError::Rsa)
    }
}

impl PrivateKey {
    /// Opens `value`, or says nothing about why it does not open: one answer for every reason leaves nothing to probe.
    pub(crate) fn open(&self, value: &SealedValue, label: &Label) -> Option<Plaintext> {
        let decrypted = self.decrypt(label.as_bytes(), value.rsa_ciphertext())?;
        let session_key = SessionKey::new(decrypted.as_slice().try_into().ok()?);

        let (ciphertext, tag) = value.payload().split_at_checked(value.plaintext_bytes())?;
        let mut buffer = Zeroizing::new(ciphertext.to_vec());
        cipher(&session_key)
            .decrypt_inout_detached(&Nonce::from(NONCE), b"", buffer.as_mut_slice().into(), &Tag::try_from(tag).ok()?)
            .ok()?;
        Some(buffer.into())
    }
}

/// Why a value could not be sealed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes for the session key")]
    Randomness,
    /// RSA encryption failed, which a key of a supported size does not do.
    #[error("RSA encryption of the session key failed")]
    Rsa,
    /// Longer than AES-GCM takes (64 GiB).
    #[error("the value of {bytes} bytes is too long to be sealed")]
    TooLong {
        /// Length of the value.
        bytes: usize,
    },
}

fn cipher(session_key: &SessionKey) -> Aes256Gcm {
    Aes256Gcm::new(&Key::<Aes256Gcm>::from(**session_key))
}
