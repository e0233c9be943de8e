//! The linter from outside: rules by golden files, formats by their schemas.
#![allow(clippy::format_push_string, reason = "a test may be slow and short")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod archive;
mod files;
mod formats;
mod hostile;
mod rules;
mod tokens;
