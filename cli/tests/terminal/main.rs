//! What a person at a terminal is told and asked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(target_os = "linux")]

#[path = "../canned/mod.rs"]
mod canned;
mod colour;
mod editing;
mod passphrase;
mod progress;
mod session;
mod typing;

use std::path::{Path, PathBuf};

fn vector(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors").join(name)
}

/// A directory with these vectors in it.
fn directory(vectors: &[&str]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    for name in vectors {
        std::fs::copy(vector(name), directory.path().join(name)).unwrap();
    }
    directory
}
