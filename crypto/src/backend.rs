//! The seam to RSA arithmetic. Everything else in this crate is the same whichever stands behind it.

#[cfg(feature = "aws-lc")]
use rsa::pkcs8::{EncodePrivateKey as _, EncodePublicKey as _};
use zeroize::Zeroizing;

#[cfg(feature = "aws-lc")]
mod aws_lc;
mod pure_rust;

pub(crate) use pure_rust::encrypt_with;

/// Who does the RSA arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Backend {
    /// AWS-LC through `aws-lc-rs`: constant time, and several times as fast.
    #[cfg(feature = "aws-lc")]
    AwsLc,
    /// The `rsa` crate. RUSTSEC-2023-0071: not for private keys whose use somebody else can time.
    PureRust,
}

impl Backend {
    /// Every backend that this build has, the default first.
    pub const ALL: &[Self] = &[
        #[cfg(feature = "aws-lc")]
        Self::AwsLc,
        Self::PureRust,
    ];
}

impl Default for Backend {
    fn default() -> Self {
        Self::ALL[0]
    }
}

/// A public key, ready to encrypt.
#[derive(Clone)]
pub(crate) enum Encryptor {
    #[cfg(feature = "aws-lc")]
    AwsLc(aws_lc::Encryptor),
    PureRust(pure_rust::Encryptor),
}

impl Encryptor {
    /// `None` if the backend does not take the key.
    pub(crate) fn new(backend: Backend, key: &rsa::PublicKey) -> Option<Self> {
        match backend {
            #[cfg(feature = "aws-lc")]
            Backend::AwsLc => {
                let spki = key.to_public_key_der().ok()?;
                aws_lc::Encryptor::new(spki.as_bytes()).map(Self::AwsLc)
            }
            Backend::PureRust => Some(Self::PureRust(pure_rust::Encryptor::new(key.clone()))),
        }
    }

    /// RSA-OAEP with SHA-256 and MGF1-SHA-256. `None` if `message` does not fit or no randomness was to be had.
    pub(crate) fn encrypt(&self, label: &[u8], message: &[u8]) -> Option<Vec<u8>> {
        match self {
            #[cfg(feature = "aws-lc")]
            Self::AwsLc(key) => key.encrypt(label, message),
            Self::PureRust(key) => key.encrypt(label, message),
        }
    }
}

/// A private key, ready to decrypt.
pub(crate) enum Decryptor {
    #[cfg(feature = "aws-lc")]
    AwsLc(aws_lc::Decryptor),
    PureRust(Box<pure_rust::Decryptor>),
}

impl Decryptor {
    /// `None` if the backend does not take the key.
    pub(crate) fn new(backend: Backend, key: &rsa::PrivateKey) -> Option<Self> {
        match backend {
            #[cfg(feature = "aws-lc")]
            Backend::AwsLc => {
                let pkcs8 = key.to_pkcs8_der().ok()?;
                aws_lc::Decryptor::new(pkcs8.as_bytes()).map(Self::AwsLc)
            }
            Backend::PureRust => Some(Self::PureRust(Box::new(pure_rust::Decryptor::new(key.clone())))),
        }
    }

    /// Undoes [`Encryptor::encrypt`]; `None` for every reason alike.
    pub(crate) fn decrypt(&self, label: &[u8], ciphertext: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        match self {
            #[cfg(feature = "aws-lc")]
            Self::AwsLc(key) => key.decrypt(label, ciphertext),
            Self::PureRust(key) => key.decrypt(label, ciphertext),
        }
    }
}

/// A fresh private key of `bits`, or `None` if randomness failed.
pub(crate) fn generate(bits: usize) -> Option<rsa::PrivateKey> {
    #[cfg(feature = "aws-lc")]
    if let Some(key) = aws_lc::generate(bits) {
        return Some(key);
    }
    pure_rust::generate(bits)
}
