//! The controller on a real API server. Needs a control plane.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod adoption;
mod backoff;
mod conditions;
mod drift;
mod fairness;
mod home;
mod keys;
mod leader;
mod memory;
mod restart;
mod rights;
mod secrets;
