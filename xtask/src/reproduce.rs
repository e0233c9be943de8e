//! `cargo xtask reproduce`: builds the release twice, in two places, and compares the bytes.

use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result};

use crate::output::{answer, say};
use crate::{release, workspace};

/// What can be said to `cargo xtask reproduce`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Build once, and print the checksums: to compare with those of a release
    #[arg(long)]
    once: bool,
    /// What to build for; aarch64-unknown-linux-musl takes a cross compiler
    #[arg(long, value_name = "TRIPLE", default_value = release::TARGET)]
    target: String,
}

/// Builds and compares.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let commit = head()?;
    let first = build("first", &commit, &args.target)?;
    answer(&first);
    if args.once {
        return Ok(ExitCode::SUCCESS);
    }
    let second = build("second", &commit, &args.target)?;
    if first == second {
        say("both builds have the same bytes");
        return Ok(ExitCode::SUCCESS);
    }
    say("the second build differs:");
    answer(&second);
    Ok(ExitCode::FAILURE)
}

/// What is checked out, by its hash: a commit that is made meanwhile is not part of this.
fn head() -> Result<String> {
    let hash = workspace::printed(Command::new("git").arg("-C").arg(workspace::root()).args(["rev-parse", "HEAD"]))?;
    Ok(hash.trim().to_owned())
}

/// Builds a copy of the commit, in a folder of its own, and returns a checksum line for each program.
///
/// Another folder for sources and another for what is built: neither may be in the result.
fn build(name: &str, commit: &str, triple: &str) -> Result<String> {
    let place = tempfile::Builder::new().prefix(&format!("waxseal-{name}-")).tempdir().context("creating a folder")?;
    let sources = place.path().join("sources");
    say(&format!("building {commit} in {}", sources.display()));
    let clone = ["clone", "--quiet", "--no-hardlinks"];
    workspace::succeed(Command::new("git").args(clone).arg(workspace::root()).arg(&sources))?;
    workspace::succeed(Command::new("git").arg("-C").arg(&sources).args(["checkout", "--quiet", "--detach", commit]))?;
    let target = place.path().join(format!("target-of-the-{name}"));
    let programs = release::build(&sources, &target, triple)?;
    programs.iter().map(|program| Ok(release::checksum(program)? + "\n")).collect()
}
