//! What a release is built of, and how: the same sources give the same bytes, wherever they lie.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::workspace::{self, printed, succeed};

/// The programs of a release.
pub(crate) const PROGRAMS: [&str; 2] = ["waxseal", "waxseal-controller"];

/// Static, so that they run on every Linux and in an image that has nothing else.
pub(crate) const TARGET: &str = "x86_64-unknown-linux-musl";

/// Builds the checkout in `sources`, and returns where each of [`PROGRAMS`] is: somewhere in `target`.
pub(crate) fn build(sources: &Path, target: &Path, triple: &str) -> Result<[PathBuf; 2]> {
    let places = places(sources, target)?;
    let mut cargo = workspace::cargo();
    cargo.current_dir(sources).args(["build", "--release", "--locked", "--target", triple]);
    cargo.args(PROGRAMS.iter().flat_map(|program| ["--package", program]));
    cargo.env("CARGO_TARGET_DIR", target).env("RUSTFLAGS", mapped("--remap-path-prefix", &places));
    // What C compilers put into objects: the paths of AWS-LC's sources, and the time.
    cargo.env("CFLAGS", mapped("-ffile-prefix-map", &places)).env("SOURCE_DATE_EPOCH", "0");
    succeed(&mut cargo)?;
    Ok(PROGRAMS.map(|program| target.join(triple).join("release").join(program)))
}

/// The paths that compilers would write down, and what they are called instead. The last one that fits is taken.
fn places(sources: &Path, target: &Path) -> Result<[(String, &'static str); 3]> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))).context("no home directory")?;
    Ok([(&*home, "/cargo"), (sources, "/waxseal"), (target, "/target")]
        .map(|(path, name)| (path.display().to_string(), name)))
}

fn mapped(flag: &str, places: &[(String, &str)]) -> String {
    let flags: Vec<_> = places.iter().map(|(path, name)| format!("{flag}={path}={name}")).collect();
    flags.join(" ")
}

/// A line of `SHA256SUMS`.
pub(crate) fn checksum(program: &Path) -> Result<String> {
    let text = printed(Command::new("sha256sum").arg(program))?;
    let sum = text.split_whitespace().next().context("sha256sum says nothing")?;
    Ok(format!("{sum}  {}", program.file_name().unwrap_or_default().to_string_lossy()))
}

/// Copies a program, so that it can be run where it is copied to.
pub(crate) fn copy(program: &Path, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    let name = program.file_name().context("a program has a name")?;
    fs::copy(program, folder.join(name)).with_context(|| format!("copying {}", program.display()))?;
    Ok(())
}
