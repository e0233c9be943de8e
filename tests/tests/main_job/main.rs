//! The main job, as a user does it: `waxseal` seals, `kubectl` applies, and the controller on a real API server makes
//! the Secret. Needs a control plane.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod adoption;
mod documents;
mod follow;
mod keys;
mod kinds;
mod neighbours;
mod place;
mod scopes;
mod surface;
mod templates;
