//! `cargo xtask image`: the container image of both programs, built without a daemon, looked into, and with a bill of
//! materials.

mod contents;
mod materials;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result};

use crate::output::{answer, say};
use crate::workspace::succeed;
use crate::{release, workspace};

/// What can be said to `cargo xtask image`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// What to build for; aarch64-unknown-linux-musl takes a cross compiler
    #[arg(long, value_name = "TRIPLE", default_value = release::TARGET)]
    target: String,
    /// The image's name
    #[arg(long, default_value = concat!("waxseal/waxseal:", env!("CARGO_PKG_VERSION")))]
    tag: String,
    /// Leave out the bill of materials
    #[arg(long)]
    no_sbom: bool,
}

/// Builds, checks, and says how large it is. All that is made lies in `target/image`: the programs and their bills of
/// materials in a folder named after the architecture, the image beside it.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let platform = if args.target.starts_with("aarch64") { "arm64" } else { "amd64" };
    let folder = workspace::root().join("target/image");
    let programs = folder.join(platform);

    say("building with optimisation, statically (takes minutes) …");
    for program in release::build(workspace::root(), &workspace::root().join("target"), &args.target)? {
        contents::ensure_static(&program)?;
        release::copy(&program, &programs)?;
        answer(&format!("{}\n", release::checksum(&program)?));
    }

    let file = workspace::root().join("deploy/Containerfile");
    let mut buildah = Command::new("buildah");
    buildah.args(["build", "--quiet", "--platform", &format!("linux/{platform}"), "--tag", &args.tag, "--file"]);
    succeed(buildah.arg(file).arg(&folder)).context("buildah builds images without a daemon; install the package")?;
    let layout = unpacked(&args.tag, &folder.join(format!("oci-{platform}")))?;
    answer(&contents::check(&layout, &release::PROGRAMS)?);

    if !args.no_sbom {
        for package in ["cli", "controller"] {
            answer(&materials::write(package, &args.target, &programs)?);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The image as an OCI layout in a new folder.
fn unpacked(tag: &str, layout: &Path) -> Result<PathBuf> {
    if layout.exists() {
        fs::remove_dir_all(layout).with_context(|| format!("removing {}", layout.display()))?;
    }
    succeed(Command::new("buildah").args(["push", "--quiet", tag]).arg(format!("oci:{}", layout.display())))?;
    Ok(layout.to_owned())
}
