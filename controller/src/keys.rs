//! The sealing keys: read from their Secrets, made when they are due, handed to whoever opens or seals.

mod due;
mod keeper;
mod made;
mod name;
mod parse;
mod publish;
mod renew;
mod set;

pub(crate) use keeper::{Keeper, KeyMessage};
pub(crate) use publish::publish;
pub(crate) use renew::{Policy, Renewer};
pub(crate) use set::{Head, KeySet};

/// What is wrong with a key Secret, for a fuzz target.
#[cfg(fuzzing)]
pub(crate) fn refusal(json: &[u8]) -> Option<String> {
    let secret: crate::watch::KeySecret = serde_json::from_slice(json).ok()?;
    parse::SealingKey::read(&secret).err().map(|error| error.to_string())
}
