//! RSA by the `rsa` crate.

use rand::rngs::SysRng;
use rsa::Oaep;
use rsa::rand_core::TryCryptoRng;
use sha2::Sha256;
use zeroize::Zeroizing;

#[derive(Clone)]
pub(crate) struct Encryptor(rsa::PublicKey);

impl Encryptor {
    pub(super) fn new(key: rsa::PublicKey) -> Self {
        Self(key)
    }

    pub(super) fn encrypt(&self, label: &[u8], message: &[u8]) -> Option<Vec<u8>> {
        encrypt_with(&mut SysRng, &self.0, label, message)
    }
}

pub(crate) struct Decryptor(rsa::PrivateKey);

impl Decryptor {
    pub(super) fn new(key: rsa::PrivateKey) -> Self {
        Self(key)
    }

    pub(super) fn decrypt(&self, label: &[u8], ciphertext: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        self.0.decrypt_blinded(&mut SysRng, oaep(label), ciphertext).ok().map(Zeroizing::new)
    }
}

/// RSA-OAEP whose seed comes from `rng`.
pub(crate) fn encrypt_with<R: TryCryptoRng>(
    rng: &mut R,
    key: &rsa::PublicKey,
    label: &[u8],
    message: &[u8],
) -> Option<Vec<u8>> {
    key.encrypt(rng, oaep(label), message).ok()
}

pub(super) fn generate(bits: usize) -> Option<rsa::PrivateKey> {
    rsa::PrivateKey::new(&mut SysRng, bits).ok()
}

fn oaep(label: &[u8]) -> Oaep<Sha256> {
    Oaep::new_with_label(label)
}
