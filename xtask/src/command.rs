//! What can be typed after `cargo xtask`: one module for each command.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::{generate, test};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's build scripts")]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run every check, installing what they need, and print a table of what ran
    Test(test::Args),
    /// Write the files that are generated from the code
    Generate(generate::Args),
}

/// Runs what the command line asks for.
pub(crate) fn run() -> Result<ExitCode> {
    match Line::parse().command {
        Command::Test(args) => test::run(&args),
        Command::Generate(args) => generate::run(&args),
    }
}
