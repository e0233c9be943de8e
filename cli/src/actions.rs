//! What the program can do: one file per action. Flags of either grammar are resolved into these.

pub(crate) mod certificate;
pub(crate) mod keys;
pub(crate) mod merge;
pub(crate) mod raw;
pub(crate) mod reencrypt_by_controller;
pub(crate) mod seal;
pub(crate) mod unseal;
pub(crate) mod verify;
