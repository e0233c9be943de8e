//! What the program can do: one file per action. Flags of either grammar are resolved into these.

pub(crate) mod certificate;
pub(crate) mod diff;
pub(crate) mod edit;
pub(crate) mod git_setup;
pub(crate) mod in_place;
pub(crate) mod keys;
pub(crate) mod lint;
pub(crate) mod log;
pub(crate) mod merge;
pub(crate) mod promote;
pub(crate) mod raw;
pub(crate) mod reencrypt;
pub(crate) mod reencrypt_by_controller;
pub(crate) mod seal;
pub(crate) mod set;
pub(crate) mod textconv;
pub(crate) mod unseal;
pub(crate) mod unset;
pub(crate) mod verify;
