//! Turns SealedSecrets into Secrets, owns the sealing keys, serves the certificate.
//!
//! One reconcile is: observed state -> a plan, which is a pure function -> the few API calls that carry it out.

mod app;
mod backoff;
mod cluster;
mod control;
mod events;
mod flags;
#[cfg(fuzzing)]
pub mod fuzzing;
mod health;
mod http;
mod index;
mod keys;
mod lease;
mod log;
mod metrics;
mod observed;
mod plan;
mod queue;
mod reconcile;
mod reference;
mod watch;

use std::io::{self, Write as _};
use std::process::ExitCode;

use flags::{Flags, ParseError};

pub use reference::generated;

/// The version that `--version` and the metrics tell.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Runs the controller until SIGTERM, as the command line and the environment ask.
pub fn main() -> ExitCode {
    let flags = match flags::parse(std::env::args_os(), |name| std::env::var_os(name)) {
        Ok(flags) => flags,
        Err(ParseError::CommandLine(error)) => {
            // Help goes to stdout and is no failure.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            return ExitCode::from(2);
        }
    };
    if flags.version {
        let _ = writeln!(io::stdout(), "controller version: v{VERSION}");
        return ExitCode::SUCCESS;
    }
    log::start(&flags);
    match run(flags) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(flags: Flags) -> anyhow::Result<()> {
    forbid_core_dumps();
    // The loop and what waits for the network take little; RSA has threads of its own.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(64)
        .thread_keep_alive(std::time::Duration::from_secs(5))
        .enable_all()
        .build()?;
    let result = runtime.block_on(app::run(flags));
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    result
}

/// A core dump would hold the private keys.
fn forbid_core_dumps() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let maximum = getrlimit(Resource::Core).maximum;
    let none = Rlimit { current: Some(0), maximum: maximum.map(|_| 0).or(Some(0)) };
    if let Err(error) = setrlimit(Resource::Core, none) {
        tracing::warn!("cannot switch off core dumps: {error}");
    }
}
