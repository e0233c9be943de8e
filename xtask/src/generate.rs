//! `cargo xtask generate`: runs `xtask-generate`, which is built apart because it needs the product, and writes the
//! manifests that Helm renders.

use std::process::{Command, ExitCode, Stdio};

use anyhow::Result;

use crate::output::say;
use crate::workspace::{self, succeed};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Change nothing; fail if a file is not as it would be written
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    // All packages selected, as in a build of everything, so that dependencies are built once for both.
    cargo(&["build", "--quiet", "--workspace", "--bin", "xtask-generate", "--bin", "e2e"])?;
    if args.check {
        check()?;
    } else {
        succeed(Command::new(workspace::built("xtask-generate")?).arg(workspace::root()))?;
    }
    manifests(args.check)?;
    Ok(ExitCode::SUCCESS)
}

/// Fails if a file is not as it would be written. The program has to be built, and the manifests are left to the
/// end-to-end tests.
pub(crate) fn check() -> Result<()> {
    succeed(Command::new(workspace::built("xtask-generate")?).arg("--check").arg(workspace::root()))
}

/// The test that compares the manifests with what Helm makes of the chart also writes them.
fn manifests(check: bool) -> Result<()> {
    say("rendering the chart …");
    let mut command = workspace::cargo();
    command.args(["test", "--quiet", "--workspace", "--test", "deploy_render", "--", "rendered_from_the_chart"]);
    if !check {
        command.env("WAXSEAL_RENDER", "1");
    }
    succeed(command.stdout(Stdio::null()))
}

fn cargo(args: &[&str]) -> Result<()> {
    succeed(workspace::cargo().args(args))
}
