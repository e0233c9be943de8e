//! The sealing keys: read from their Secrets, made when they are due, handed to whoever opens or seals.

mod set;

pub(crate) use set::KeySet;
