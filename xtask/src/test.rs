//! `cargo xtask test`: every check, in order, each to its end whatever came of those before.

mod deny;
mod layers;
mod programs;
mod run;
mod steps;
mod summary;

use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Result, bail};

use crate::output::{answer, say};
use steps::{STEPS, Step};
use summary::{Outcome, Row};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Run only this step, and those that it needs; may be repeated
    #[arg(long, value_name = "STEP", conflicts_with_all = ["skip", "quick"])]
    only: Vec<String>,
    /// Leave this step out; may be repeated
    #[arg(long, value_name = "STEP")]
    skip: Vec<String>,
    /// Leave out what needs a cluster, and cargo-deny
    #[arg(long)]
    quick: bool,
    /// Print the steps, and run none
    #[arg(long)]
    list: bool,
    /// For the test programs: names of tests, or options such as `--nocapture`
    #[arg(last = true)]
    tests: Vec<String>,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let chosen = choose(args)?;
    if args.list {
        for step in chosen {
            answer(&format!("{:<14} {}\n", step.name, step.about));
        }
        return Ok(ExitCode::SUCCESS);
    }

    let mut rows: Vec<Row> = Vec::new();
    for step in &chosen {
        say(&format!("\n==> {}: {}", step.name, step.about));
        let start = Instant::now();
        let failed = |name: &&&str| rows.iter().any(|row| row.name == **name && !row.outcome.passed());
        let outcome = match step.needs.iter().find(failed) {
            Some(missing) => Outcome::Blocked(missing),
            None => match (step.run)(&args.tests) {
                Ok(counts) => Outcome::Passed(counts),
                Err(error) => Outcome::Failed(format!("{error:#}")),
            },
        };
        say(&format!("<== {}: {outcome}", step.name));
        rows.push(Row { name: step.name, outcome, took: start.elapsed() });
    }
    answer(&summary::table(&rows, STEPS.len()));
    let good = rows.iter().all(|row| row.outcome.passed());
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs a command that runs tests, and tells how many passed. Fails if one does not.
pub(crate) fn count_tests(command: &mut Command) -> Result<u64> {
    Ok(run::tests(command)?.passed)
}

fn choose(args: &Args) -> Result<Vec<&'static Step>> {
    for name in args.only.iter().chain(&args.skip) {
        if !STEPS.iter().any(|step| step.name == name) {
            bail!("there is no step {name}: `cargo xtask test --list` prints them");
        }
    }
    let wanted = |name: &str| {
        if args.only.is_empty() {
            let slow = args.quick && STEPS.iter().any(|step| step.name == name && step.slow);
            return !slow && !args.skip.iter().any(|skipped| skipped == name);
        }
        args.only.iter().any(|only| only == name)
    };
    let needed = |name: &str| STEPS.iter().any(|step| wanted(step.name) && step.needs.contains(&name));
    Ok(STEPS.iter().filter(|step| wanted(step.name) || needed(step.name)).collect())
}
