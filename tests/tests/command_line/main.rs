//! The command line beside the original's. Needs the original's kubeseal.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod kubeseal;
