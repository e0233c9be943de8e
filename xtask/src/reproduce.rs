//! `cargo xtask reproduce`: builds the release twice, in two places, and compares the bytes.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context as _, Result, ensure};

use crate::output::{answer, say};
use crate::workspace;

/// What can be said to `cargo xtask reproduce`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Build once, and print the checksums: to compare with those of a release
    #[arg(long)]
    once: bool,
}

/// The programs of a release.
const PROGRAMS: [&str; 2] = ["waxseal", "waxseal-controller"];

/// Builds and compares.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let first = build("first")?;
    answer(&(first.join("\n") + "\n"));
    if args.once {
        return Ok(ExitCode::SUCCESS);
    }
    let second = build("second")?;
    if first == second {
        say("both builds have the same bytes");
        return Ok(ExitCode::SUCCESS);
    }
    say("the second build differs:");
    answer(&(second.join("\n") + "\n"));
    Ok(ExitCode::FAILURE)
}

/// Builds a copy of what is committed, in a folder of its own, and returns a checksum line for each program.
///
/// Another folder for sources and another for what is built: neither may be in the result.
fn build(name: &str) -> Result<Vec<String>> {
    let place = tempfile::Builder::new().prefix(&format!("waxseal-{name}-")).tempdir().context("creating a folder")?;
    let sources = place.path().join("sources");
    say(&format!("building in {}", sources.display()));
    let clone = ["clone", "--quiet", "--no-hardlinks"];
    succeed(Command::new("git").args(clone).arg(workspace::root()).arg(&sources))?;
    let target = place.path().join(format!("target-of-the-{name}"));
    let mut cargo = workspace::cargo();
    cargo.current_dir(&sources).args([
        "build",
        "--release",
        "--locked",
        "--package",
        PROGRAMS[0],
        "--package",
        PROGRAMS[1],
    ]);
    cargo.env("CARGO_TARGET_DIR", &target).env("RUSTFLAGS", flags(&sources, &target)?);
    // What C compilers put into objects: the paths of AWS-LC's sources, and the time.
    cargo.env("CFLAGS", c_flags(&sources, &target)).env("SOURCE_DATE_EPOCH", "0");
    succeed(&mut cargo)?;
    PROGRAMS.iter().map(|program| checksum(&target.join("release").join(program))).collect()
}

/// The paths that a compiler would write down, and what they are called instead.
fn places(sources: &Path, target: &Path) -> [(String, &'static str); 2] {
    [(sources.display().to_string(), "/waxseal"), (target.display().to_string(), "/target")]
}

fn flags(sources: &Path, target: &Path) -> Result<String> {
    let home = std::env::home_dir().context("no home directory")?.join(".cargo");
    let home = std::env::var("CARGO_HOME").unwrap_or_else(|_| home.display().to_string());
    let [sources, target] = places(sources, target);
    let all = [sources, target, (home, "/cargo")];
    Ok(all.map(|(from, to)| format!("--remap-path-prefix={from}={to}")).join(" "))
}

fn c_flags(sources: &Path, target: &Path) -> String {
    places(sources, target).map(|(from, to)| format!("-ffile-prefix-map={from}={to}")).join(" ")
}

fn checksum(program: &Path) -> Result<String> {
    let output = Command::new("sha256sum").arg(program).stdin(Stdio::null()).output().context("running sha256sum")?;
    let text = String::from_utf8(output.stdout).context("the output of sha256sum")?;
    let sum = text.split_whitespace().next().context("sha256sum says nothing")?;
    let size = fs::metadata(program).with_context(|| format!("looking at {}", program.display()))?.len();
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    Ok(format!("{sum}  {name} ({size} bytes)"))
}

fn succeed(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("running {program}"))?;
    ensure!(status.success(), "{program} failed ({status})");
    Ok(())
}
