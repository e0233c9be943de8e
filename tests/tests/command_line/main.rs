//! The command line beside the programs that people run it with: Helm, kubectl and the original. Needs a control plane.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod connection;
mod diff;
mod disaster;
mod kubeseal;
mod listeners;
mod office;
mod plugin;
mod post_renderer;
