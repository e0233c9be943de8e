//! Where things are, and how to run programs on them.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

/// The root of the checkout: the one that `cargo xtask` was typed in, else that which this program was built in.
pub(crate) fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let package =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        package.parent().unwrap_or(Path::new(".")).to_owned()
    });
    &ROOT
}

/// The cargo that runs this program, in the root of the checkout.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command.current_dir(root());
    command
}

/// What cargo says of the workspace: its packages, without what they depend on.
pub(crate) fn metadata() -> Result<Value> {
    let text = printed(cargo().args(["metadata", "--locked", "--no-deps", "--format-version=1"]));
    let text = text.context("`cargo metadata`")?;
    serde_json::from_str(&text).context("reading the output of `cargo metadata`")
}

/// Runs a command that asks nothing, and fails if it does.
pub(crate) fn succeed(command: &mut Command) -> Result<()> {
    let program = Path::new(command.get_program()).display().to_string();
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("running {program}"))?;
    ensure!(status.success(), "{program} failed ({status})");
    Ok(())
}

/// Runs a command that asks nothing, and returns what it prints. Fails, with its words, if it does.
pub(crate) fn printed(command: &mut Command) -> Result<String> {
    let program = Path::new(command.get_program()).display().to_string();
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("running {program}"))?;
    let Output { status, stdout, stderr } = output;
    ensure!(status.success(), "{program} failed ({status}): {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).with_context(|| format!("the output of {program}"))
}

/// Makes the property tests that the command runs draw the same cases in every run, so that whether a change passes does
/// not depend on luck. The scheduled workflow draws others, and many more.
pub(crate) fn same_cases(command: &mut Command) -> &mut Command {
    const SEED: &str = "PROPTEST_RNG_SEED";
    if env::var_os(SEED).is_none() {
        command.env(SEED, "20261130");
    }
    command
}

/// A binary of the workspace, beside this one.
pub(crate) fn built(name: &str) -> Result<PathBuf> {
    let own = env::current_exe().context("finding the running program")?;
    Ok(own.parent().context("finding the target folder")?.join(name))
}

/// Where pinned tools are kept: `$XDG_CACHE_HOME/waxseal`, else `~/.cache/waxseal`.
pub(crate) fn cache() -> Result<PathBuf> {
    let xdg = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let base = xdg.or_else(|| env::home_dir().map(|home| home.join(".cache")));
    Ok(base.context("neither XDG_CACHE_HOME nor HOME is set: nowhere to keep tools")?.join("waxseal"))
}
