//! `cargo xtask mutants`: breaks the code in small ways, and sees whether a test notices.

use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context as _, Result};

use crate::{tools, workspace};

/// What can be said to `cargo xtask mutants`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The crates whose code is broken, and whose tests have to notice
    #[arg(long = "package", value_name = "CRATE", default_values = ["waxseal-crypto", "waxseal-api"])]
    packages: Vec<String>,
    /// For cargo-mutants, such as `--file crypto/src/value.rs` or `--list`
    #[arg(last = true)]
    others: Vec<String>,
}

/// Breaks and tests. Mutants that nobody needs to notice are named in `.cargo/mutants.toml`, each with its reason.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let mut command = Command::new(tools::MUTANTS.installed()?);
    command.current_dir(workspace::root()).args(["mutants", "--jobs", "1", "--test-workspace=false"]);
    // Hundreds of times over, what links faster counts for more than line numbers in a backtrace.
    command.env("CARGO_PROFILE_DEV_DEBUG", "false");
    for package in &args.packages {
        command.args(["--package", package]);
    }
    let status = workspace::same_cases(&mut command)
        .args(&args.others)
        .stdin(Stdio::null())
        .status()
        .context("running cargo-mutants")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
