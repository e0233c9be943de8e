//! What the fuzz targets in `fuzz/` reach of this crate; not part of any other build.

use std::ffi::OsString;
use std::path::Path;

use waxseal_crypto::PrivateKey;

use crate::{flags, kubeseal, private_keys};

/// Reads arguments by waxseal's grammar, the program's name left out. The message if they are wrong.
pub fn waxseal(arguments: &[OsString]) -> Option<String> {
    let line = std::iter::once("waxseal".into()).chain(arguments.iter().cloned()).collect();
    flags::parse(line).err().map(|error| error.to_string())
}

/// Reads arguments by kubeseal's grammar, and resolves them into an action. The message if they are wrong.
pub fn kubeseal(arguments: &[OsString]) -> Option<String> {
    kubeseal::refusal(arguments)
}

/// The keys of a PEM file or of a backup.
pub fn private_keys(text: &[u8]) -> Vec<PrivateKey> {
    let keys = private_keys::from_text(text, Path::new("fuzz")).unwrap_or_default();
    keys.into_iter().map(|key| key.key).collect()
}
