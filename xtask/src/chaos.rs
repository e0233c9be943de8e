//! `cargo xtask chaos`: injects faults and hostile input, row by row, and prints what was observed as a table.

mod rows;
mod table;

use std::process::{Command, ExitCode, Stdio};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

use crate::output::{answer, say};
use crate::test::count_tests;
use crate::workspace;
use rows::{Input, Kind, Row};
use table::Line;

/// What can be said to `cargo xtask chaos`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Run only this row; may be repeated
    #[arg(long, value_name = "ROW")]
    only: Vec<String>,
    /// What chance begins with; printed, and another in every run unless it is given
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// Print the rows, and run none
    #[arg(long)]
    list: bool,
}

/// Runs the rows.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    say("Building …");
    let built = workspace::cargo().args(["build", "--quiet", "--workspace", "--bins"]).status();
    ensure!(built.context("running cargo build")?.success(), "cargo build failed");
    let rows = rows::all()?;
    if let Some(name) = args.only.iter().find(|name| !rows.iter().any(|row| row.name == **name)) {
        bail!("there is no row {name}: `cargo xtask chaos --list` prints them");
    }
    let chosen = rows.iter().filter(|row| args.only.is_empty() || args.only.contains(&row.name));
    if args.list {
        for row in chosen {
            answer(&format!("{:<12} {}\n", row.name, row.holds));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |span| span.as_secs());
    let seed = args.seed.unwrap_or(now);
    say(&format!("seed {seed}: `cargo xtask chaos --seed {seed}` makes the same choices again"));
    let mut lines = Vec::new();
    for row in chosen {
        say(&format!("\n==> {}: {}", row.name, row.holds));
        let start = Instant::now();
        let mut line = match &row.kind {
            Kind::Faults => with_faults(row, seed)?,
            Kind::Inputs(inputs) => with_inputs(row, inputs),
        };
        line.took = start.elapsed();
        say(&format!("<== {}: {}", row.name, line.observed));
        lines.push(line);
    }
    answer(&table::table(seed, &lines));
    Ok(if lines.iter().all(|line| line.held) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A row that the program `chaos` plays.
fn with_faults(row: &Row, seed: u64) -> Result<Line> {
    let mut command = Command::new(workspace::built("chaos")?);
    command.args(["--row", &row.name, "--seed", &seed.to_string()]).stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = command.output().context("running the program chaos")?;
    let report: Value = serde_json::from_slice(&output.stdout).context("what the program chaos says")?;
    let text = |field: &str| report[field].as_str().unwrap_or_default().to_owned();
    Ok(Line { held: report["held"] == true, injected: text("injected"), observed: text("observed"), ..row.line() })
}

/// A row of hostile input, which tests of the crates hold.
fn with_inputs(row: &Row, inputs: &[Input]) -> Line {
    let (mut passed, mut failure) = (0, None);
    for input in inputs {
        let mut command = workspace::cargo();
        command.args(["test", "--quiet", "--workspace"]).args(input.target).arg("--").args(input.tests);
        match count_tests(&mut command) {
            Ok(0) => failure = Some(format!("no test is called {:?}", input.tests)),
            Ok(count) => passed += count,
            Err(error) => failure = Some(format!("{error:#}")),
        }
    }
    let held = failure.is_none();
    let observed = failure.unwrap_or_else(|| format!("{passed} tests passed"));
    Line { held, injected: row.injected.to_owned(), observed, ..row.line() }
}
