//! The harness of the end-to-end tests: a real etcd, kube-apiserver and kube-controller-manager on loopback, the real
//! `waxseal` and `waxseal-controller` as processes, and the original's programs beside them.
//!
//! ```text
//!  test process ──── stdin pipe ───► e2e guard ──► ends the process group, removes the files
//!    │                                   │ leads
//!    ├─ etcd ─ kube-apiserver ─ kube-controller-manager     (one process group)
//!    └─ waxseal-controller, waxseal, kubectl …
//! ```
//! Nothing that a test starts outlives the test process, however that ends: see [`guard`].
//!
//! A test fails by panicking, so what a test calls here panics, with the server's own last words in the message.
#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "a test fails by panicking, and this crate is nothing but tests"
)]

pub mod binaries;
pub mod canary;
pub mod chaos;
pub mod cluster;
pub mod controller;
pub mod deploy;
pub mod guard;
pub mod http;
pub mod memory;
pub mod net;
pub mod program;
pub mod proxy;
pub mod wait;

mod pki;
mod server;

pub use cluster::Cluster;
pub use controller::Controller;
pub use program::{Output, Program};
pub use wait::wait_for;
