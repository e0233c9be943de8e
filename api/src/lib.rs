//! The `SealedSecret` resource: a Secret in, a SealedSecret out, and back with the private keys.
//!
//! The types mirror the CRD of Bitnami Sealed Secrets (`bitnami.com/v1alpha1`) field for field and tolerate what it
//! tolerates. [`seal`] closes every value of a [`PlainSecret`]; [`unseal`] opens a [`SealedSecret`] with a
//! [`KeyRing`](waxseal_crypto::KeyRing) and makes the Secret that the cluster gets. [`open`] stops after the first
//! half: verification and re-encryption look at values only and never render a template.

mod crd;
mod hints;
mod metadata;
pub mod names;
mod plain_secret;
mod reencrypt;
mod render;
mod resource;
mod scope;
mod seal;
mod unseal;

pub use crd::{crd, crd_yaml};
pub use hints::Hints;
pub use metadata::Metadata;
pub use plain_secret::{ExposedSecret, PlainSecret, SecretError};
pub use reencrypt::{ReencryptError, Reencrypted, reencrypt};
pub use resource::{Condition, SealedSecret, SealedSecretSpec, SealedSecretStatus, SecretTemplate, WrittenSecret};
pub use scope::{scope_of, set_scope};
pub use seal::{SealOptions, SealSecretError, seal};
pub use unseal::{FailedValue, OpenedValues, Owner, UnsealError, UnsealOptions, ValueError, open, unseal, unseal_with};
