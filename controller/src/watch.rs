//! What the cluster tells as it happens.

mod feed;
mod key_secret;
mod past;
mod sealed;
mod secret;

pub(crate) use feed::{Change, Feed, Reporter, Source};
pub(crate) use key_secret::KeySecret;
pub(crate) use sealed::{Malformed, Sealed};
pub(crate) use secret::SecretMetadata;
