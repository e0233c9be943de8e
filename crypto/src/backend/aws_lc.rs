//! RSA by AWS-LC.

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rsa::{
    KeySize, OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey, OaepPublicEncryptingKey, PrivateDecryptingKey,
    PublicEncryptingKey,
};
use rsa::pkcs8::DecodePrivateKey as _;
use std::sync::Arc;
use zeroize::Zeroizing;

#[derive(Clone)]
pub(crate) struct Encryptor(Arc<OaepPublicEncryptingKey>);

impl Encryptor {
    pub(super) fn new(spki_der: &[u8]) -> Option<Self> {
        let key = PublicEncryptingKey::from_der(spki_der).ok()?;
        OaepPublicEncryptingKey::new(key).ok().map(Arc::new).map(Self)
    }

    pub(super) fn encrypt(&self, label: &[u8], message: &[u8]) -> Option<Vec<u8>> {
        let mut ciphertext = vec![0; self.0.ciphertext_size()];
        let written = self.0.encrypt(&OAEP_SHA256_MGF1SHA256, message, &mut ciphertext, non_empty(label)).ok()?.len();
        ciphertext.truncate(written);
        Some(ciphertext)
    }
}

pub(crate) struct Decryptor(OaepPrivateDecryptingKey);

impl Decryptor {
    pub(super) fn new(pkcs8_der: &[u8]) -> Option<Self> {
        let key = PrivateDecryptingKey::from_pkcs8(pkcs8_der).ok()?;
        OaepPrivateDecryptingKey::new(key).ok().map(Self)
    }

    pub(super) fn decrypt(&self, label: &[u8], ciphertext: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let mut message = Zeroizing::new(vec![0; self.0.min_output_size()]);
        let written = self.0.decrypt(&OAEP_SHA256_MGF1SHA256, ciphertext, &mut message, non_empty(label)).ok()?.len();
        message.truncate(written);
        Some(message)
    }
}

/// AWS-LC makes keys of its own four sizes only; `None` for any other.
pub(super) fn generate(bits: usize) -> Option<rsa::PrivateKey> {
    let size = match bits {
        2048 => KeySize::Rsa2048,
        3072 => KeySize::Rsa3072,
        4096 => KeySize::Rsa4096,
        8192 => KeySize::Rsa8192,
        _ => return None,
    };
    let key = PrivateDecryptingKey::generate(size).ok()?;
    let pkcs8: Pkcs8V1Der<'_> = key.as_der().ok()?;
    rsa::PrivateKey::from_pkcs8_der(pkcs8.as_ref()).ok()
}

/// AWS-LC takes no label for the empty one.
fn non_empty(label: &[u8]) -> Option<&[u8]> {
    (!label.is_empty()).then_some(label)
}
