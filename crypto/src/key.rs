//! Sealing keys: the public half and the private half.

use rsa::pkcs1::{DecodeRsaPrivateKey as _, EncodeRsaPrivateKey as _};
use rsa::pkcs8::{DecodePrivateKey as _, DecodePublicKey as _, EncodePrivateKey as _, LineEnding};
use rsa::rand_core::TryCryptoRng;
use rsa::traits::PublicKeyParts as _;
use std::sync::Arc;
use zeroize::Zeroizing;

use crate::backend::{self, Backend, Decryptor, Encryptor};
use crate::pem::{self, Kind};
use crate::{Fingerprint, Plaintext};

/// The smallest modulus, in bits, that is taken (NIST SP 800-131A: less is not acceptable).
pub const MIN_KEY_BITS: usize = 2048;

/// The largest modulus, in bits, that is taken; both backends end there.
pub const MAX_KEY_BITS: usize = 8192;

/// The public half of a sealing key: it seals.
#[derive(Clone)]
pub struct PublicKey {
    key: rsa::PublicKey,
    encryptor: Encryptor,
    fingerprint: Fingerprint,
}

impl PublicKey {
    fn new(key: rsa::PublicKey, backend: Backend) -> Result<Self, KeyError> {
        check_size(&key)?;
        let encryptor = Encryptor::new(backend, &key).ok_or(KeyError::Malformed)?;
        let fingerprint = Fingerprint::of(&key);
        Ok(Self { key, encryptor, fingerprint })
    }

    /// Reads the key of an X.509 certificate.
    pub(crate) fn from_spki_der(der: &[u8]) -> Result<Self, KeyError> {
        Self::new(rsa::PublicKey::from_public_key_der(der).map_err(|_| KeyError::NotRsa)?, Backend::default())
    }

    /// The same key with its arithmetic done by `backend`.
    pub fn on(&self, backend: Backend) -> Result<Self, KeyError> {
        Self::new(self.key.clone(), backend)
    }

    /// The key's name.
    pub fn fingerprint(&self) -> &Fingerprint {
        &self.fingerprint
    }

    /// Length of the modulus in bits.
    pub fn bits(&self) -> usize {
        bits(&self.key)
    }

    /// Length of the modulus in bytes, which is what one RSA ciphertext takes.
    pub fn modulus_bytes(&self) -> usize {
        self.key.size()
    }

    pub(crate) fn rsa(&self) -> &rsa::PublicKey {
        &self.key
    }

    pub(crate) fn encrypt(&self, label: &[u8], message: &[u8]) -> Option<Vec<u8>> {
        self.encryptor.encrypt(label, message)
    }

    /// Encrypts with the caller's randomness, which only the `rsa` crate lets in.
    pub(crate) fn encrypt_with<R: TryCryptoRng>(&self, rng: &mut R, label: &[u8], message: &[u8]) -> Option<Vec<u8>> {
        backend::encrypt_with(rng, &self.key, label, message)
    }
}

/// The private half of a sealing key: it opens. Wiped on drop, and cheap to clone: clones share one key.
#[derive(Clone)]
pub struct PrivateKey(Arc<Inner>);

struct Inner {
    key: rsa::PrivateKey,
    decryptor: Decryptor,
    public: PublicKey,
}

impl PrivateKey {
    fn new(key: rsa::PrivateKey, backend: Backend) -> Result<Self, KeyError> {
        let public = PublicKey::new(key.to_public_key(), backend)?;
        let decryptor = Decryptor::new(backend, &key).ok_or(KeyError::Malformed)?;
        Ok(Self(Arc::new(Inner { key, decryptor, public })))
    }

    /// Makes a key with a modulus of `bits`, [`MIN_KEY_BITS`] to [`MAX_KEY_BITS`].
    ///
    /// 2048, 3072, 4096 and 8192 are made by AWS-LC where it is compiled in, every other size by the `rsa` crate,
    /// which takes many times as long.
    pub fn generate(bits: usize) -> Result<Self, KeyError> {
        if !(MIN_KEY_BITS..=MAX_KEY_BITS).contains(&bits) {
            return Err(KeyError::Size { bits });
        }
        Self::new(backend::generate(bits).ok_or(KeyError::Randomness)?, Backend::default())
    }

    /// Reads the first private key of a PEM text, PKCS#1 or PKCS#8; other blocks are skipped.
    pub fn from_pem(text: &[u8]) -> Result<Self, KeyError> {
        for (kind, der) in pem::blocks(text) {
            match kind {
                Kind::RsaPrivateKey => return Self::from_pkcs1_der(&der),
                Kind::PrivateKey => return Self::from_pkcs8_der(&der),
                Kind::EcPrivateKey => return Err(KeyError::NotRsa),
                _ => {}
            }
        }
        Err(KeyError::NoKey)
    }

    /// Every private key of a PEM text, in order. Fails at the first that is no good.
    pub fn all_from_pem(text: &[u8]) -> Result<Vec<Self>, KeyError> {
        let keys = pem::blocks(text).filter_map(|(kind, der)| match kind {
            Kind::RsaPrivateKey => Some(Self::from_pkcs1_der(&der)),
            Kind::PrivateKey => Some(Self::from_pkcs8_der(&der)),
            Kind::EcPrivateKey => Some(Err(KeyError::NotRsa)),
            _ => None,
        });
        let keys = keys.collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() { Err(KeyError::NoKey) } else { Ok(keys) }
    }

    fn from_pkcs1_der(der: &[u8]) -> Result<Self, KeyError> {
        Self::new(rsa::PrivateKey::from_pkcs1_der(der).map_err(|_| KeyError::Malformed)?, Backend::default())
    }

    fn from_pkcs8_der(der: &[u8]) -> Result<Self, KeyError> {
        let key = rsa::PrivateKey::from_pkcs8_der(der).map_err(|error| match error {
            rsa::pkcs8::Error::PublicKey(rsa::pkcs8::spki::Error::OidUnknown { .. }) => KeyError::NotRsa,
            _ => KeyError::Malformed,
        })?;
        Self::new(key, Backend::default())
    }

    /// The same key with its arithmetic done by `backend`.
    pub fn on(&self, backend: Backend) -> Result<Self, KeyError> {
        Self::new(self.0.key.clone(), backend)
    }

    /// The other half.
    pub fn public_key(&self) -> &PublicKey {
        &self.0.public
    }

    /// The key's name.
    pub fn fingerprint(&self) -> &Fingerprint {
        self.0.public.fingerprint()
    }

    /// The key as PKCS#1 PEM, the form that a sealing key Secret holds.
    pub fn to_pkcs1_pem(&self) -> Result<Plaintext, KeyError> {
        let pem = self.0.key.to_pkcs1_pem(LineEnding::LF).map_err(|_| KeyError::Malformed)?;
        Ok(Plaintext::from(Zeroizing::new(pem.as_bytes().to_vec())))
    }

    /// The key as PKCS#8 PEM.
    pub fn to_pkcs8_pem(&self) -> Result<Plaintext, KeyError> {
        let pem = self.0.key.to_pkcs8_pem(LineEnding::LF).map_err(|_| KeyError::Malformed)?;
        Ok(Plaintext::from(Zeroizing::new(pem.as_bytes().to_vec())))
    }

    pub(crate) fn rsa(&self) -> &rsa::PrivateKey {
        &self.0.key
    }

    pub(crate) fn decrypt(&self, label: &[u8], ciphertext: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        self.0.decryptor.decrypt(label, ciphertext)
    }
}

/// Why a key could not be made, read or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// No PEM block with a private key.
    #[error("holds no private key: expected a PEM block RSA PRIVATE KEY (PKCS#1) or PRIVATE KEY (PKCS#8)")]
    NoKey,
    /// Another algorithm's key.
    #[error("is not an RSA key; only RSA keys seal and open")]
    NotRsa,
    /// A key block that holds no sound RSA key.
    #[error("holds a malformed RSA key")]
    Malformed,
    /// Too small to be safe, or larger than supported.
    #[error("has {bits} bits; RSA keys of {MIN_KEY_BITS} to {MAX_KEY_BITS} bits are supported")]
    Size {
        /// Length of the modulus.
        bits: usize,
    },
    /// The operating system gave no random bytes.
    #[error("could not be generated: the operating system gave no random bytes")]
    Randomness,
}

fn bits(key: &rsa::PublicKey) -> usize {
    key.n().bit_width_vartime() as usize
}

fn check_size(key: &rsa::PublicKey) -> Result<(), KeyError> {
    let bits = bits(key);
    if (MIN_KEY_BITS..=MAX_KEY_BITS).contains(&bits) { Ok(()) } else { Err(KeyError::Size { bits }) }
}
