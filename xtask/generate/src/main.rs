//! The files in the tree that are made from the code. They are committed, so that they can be read and reviewed;
//! `--check` fails when they are not what the code makes.

mod fields;
mod files;
mod generators;
mod values;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, ensure};
use clap::Parser;

use generators::GENERATORS;

#[derive(Parser)]
struct Args {
    /// Change nothing; fail if a file is not as it would be written
    #[arg(long)]
    check: bool,
    /// The root of the checkout
    root: PathBuf,
}

fn main() -> ExitCode {
    run(&Args::parse()).map_or_else(
        |error| {
            say(&format!("error: {error:#}"));
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}

fn run(args: &Args) -> Result<()> {
    let mut drift = false;
    for generator in GENERATORS {
        let changes = files::compare(&args.root, generator)?;
        for change in &changes {
            say(&format!("{}: {}", change.path().display(), change.says(args.check)));
        }
        if !args.check {
            files::carry_out(&args.root, &changes)?;
        }
        drift |= !changes.is_empty();
    }
    ensure!(
        !args.check || !drift,
        "generated files differ from what the code makes: run `cargo xtask generate` and commit the result"
    );
    Ok(())
}

/// A line for a person, who may not be there.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
