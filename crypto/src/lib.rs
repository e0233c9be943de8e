//! The Sealed Secrets wire format, version 1: bytes in, bytes out.
//!
//! A value is sealed to the public key of a cluster and bound to its place (scope, namespace, name) by a [`Label`].
//! Whoever holds one of the private keys of a [`KeyRing`] opens it, at that place only:
//!
//! ```text
//! 2 bytes   n, big endian: length of the RSA ciphertext, which is the modulus in bytes
//! n bytes   RSA-OAEP (SHA-256, MGF1-SHA-256, label) of a fresh 32-byte session key
//! rest      AES-256-GCM (session key, zero nonce, no associated data) of the plaintext, 16-byte tag last
//! ```
//!
//! Nothing here reads a file, knows Kubernetes, or spawns a task.
//!
//! ```
//! use waxseal_crypto::{Certificate, KeyRing, Label, PrivateKey, Scope, SealedValue, Validity};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let key = PrivateKey::generate(2048)?;
//! let certificate = Certificate::self_signed(&key, "example", &Validity::from_now(std::time::Duration::from_secs(3600))?)?;
//!
//! let label = Label::new(Scope::Strict, "team-a", "database");
//! let sealed = certificate.public_key().seal(&label, b"hunter2")?.to_base64();
//!
//! let ring = KeyRing::new([key]);
//! let opened = ring.opener().open(&SealedValue::from_base64(&sealed)?, &label)?;
//! assert_eq!(opened.plaintext.expose(), b"hunter2");
//! # Ok(())
//! # }
//! ```

mod backend;
pub mod base64;
mod certificate;
mod fingerprint;
mod key;
mod key_ring;
mod pem;
mod plaintext;
mod scope;
mod seal;
mod sealer;
mod stable;
mod value;

pub use backend::Backend;
pub use certificate::{Certificate, CertificateError, Validity, ValidityError};
pub use fingerprint::{Fingerprint, ParseFingerprintError};
pub use key::{KeyError, MAX_KEY_BITS, MIN_KEY_BITS, PrivateKey, PublicKey};
pub use key_ring::{KeyRing, OpenError, Opened, Opener};
pub use plaintext::Plaintext;
pub use scope::{Label, ParseScopeError, Scope};
pub use seal::SealError;
pub use sealer::Sealer;
pub use stable::{StableKey, StableKeyError};
pub use value::{ParseValueError, SealedValue};
