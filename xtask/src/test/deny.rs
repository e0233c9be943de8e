//! cargo-deny.

use std::process::Command;

use anyhow::Result;

use super::run::{self, Counts};
use crate::{tools, workspace};

/// Checks licences, bans and sources as `deny.toml` has them.
pub(super) fn check() -> Result<Counts> {
    let mut command = Command::new(tools::DENY.installed()?);
    command.current_dir(workspace::root());
    command.args(["--workspace", "--all-features", "--locked", "check", "--hide-inclusion-graph"]);
    command.args(["bans", "licenses", "sources"]);
    run::plain(&mut command)
}
