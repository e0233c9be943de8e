//! Ours and the original's v0.27.1, each with what the other made. Needs a control plane, root and iproute2.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod controller;
mod keys;
mod sealing;
mod site;
mod stable;
