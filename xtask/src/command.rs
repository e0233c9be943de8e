//! What can be typed after `cargo xtask`: one module for each command.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::{bench, chaos, demo, fuzz, generate, image, mutants, reproduce, test};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's build scripts")]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Play the whole product through, on a local control plane or in a cluster of yours
    Demo(demo::Args),
    /// Run every check, installing what they need, and print a table of what ran
    Test(test::Args),
    /// Inject faults and attacks, and print a table of what was observed
    Chaos(chaos::Args),
    /// Feed the fuzz targets
    Fuzz(fuzz::Args),
    /// Break the code in small ways, and see whether a test notices
    Mutants(mutants::Args),
    /// Build the release twice, and compare the bytes
    Reproduce(reproduce::Args),
    /// Measure on a local control plane, beside compatible programs if wanted
    Bench(bench::Args),
    /// Build the container image, look into it, and write its bill of materials
    Image(image::Args),
    /// Write the files that are generated from the code
    Generate(generate::Args),
}

/// Runs what the command line asks for.
pub(crate) fn run() -> Result<ExitCode> {
    match Line::parse().command {
        Command::Demo(args) => demo::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Chaos(args) => chaos::run(&args),
        Command::Fuzz(args) => fuzz::run(&args),
        Command::Mutants(args) => mutants::run(&args),
        Command::Reproduce(args) => reproduce::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Image(args) => image::run(&args),
        Command::Generate(args) => generate::run(&args),
    }
}
