//! `cargo xtask bench`: builds everything with optimisation and lets the harness measure.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Context as _, Result};

use crate::output::say;
use crate::workspace;

/// What can be said to `cargo xtask bench`.
#[derive(clap::Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Args {
    /// `seal`, `unseal`, `converge` or `restart`, and their options; `--help` lists them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "MEASUREMENT")]
    arguments: Vec<OsString>,
}

/// Builds and measures.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    say("Building with optimisation (the first time takes some minutes) …");
    let build = ["build", "--release", "--package", "waxseal", "--package", "waxseal-controller", "--package", "e2e"];
    let built = workspace::cargo().args(build).status().context("running cargo build")?;
    if !built.success() {
        return Ok(ExitCode::FAILURE);
    }
    let run = ["run", "--quiet", "--release", "--package", "e2e", "--bin", "bench", "--"];
    let status = workspace::cargo().args(run).args(&args.arguments).status().context("running the benchmark")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
