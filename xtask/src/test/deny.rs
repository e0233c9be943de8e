//! cargo-deny, at a pinned version.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::run::{self, Counts};
use crate::output::say;
use crate::workspace;

const VERSION: &str = "0.20.2";

/// Checks licences, bans and sources as `deny.toml` has them.
pub(super) fn check() -> Result<Counts> {
    let mut command = Command::new(installed()?);
    command.current_dir(workspace::root());
    command.args(["--workspace", "--all-features", "--locked", "check", "--hide-inclusion-graph"]);
    command.args(["bans", "licenses", "sources"]);
    run::plain(&mut command)
}

/// The program, after installing it into the cache if it is not there.
fn installed() -> Result<PathBuf> {
    let folder = workspace::cache()?.join("tools").join(format!("cargo-deny-{VERSION}"));
    let program = folder.join("bin/cargo-deny");
    if program.is_file() {
        return Ok(program);
    }
    say(&format!("installing cargo-deny {VERSION} into {} (once; takes some minutes)", folder.display()));
    fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    let package = format!("cargo-deny@{VERSION}");
    run::plain(workspace::cargo().args(["install", "--locked", &package, "--root"]).arg(&folder))?;
    Ok(program)
}
