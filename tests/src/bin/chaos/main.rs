//! Runs rows of the chaos table, and prints one line of JSON for each.

use std::any::Any;
use std::io::{self, Write as _};
use std::panic::AssertUnwindSafe;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context as _, Result};
use clap::Parser;
use e2e::chaos::{Dose, ROWS, Row};
use futures::FutureExt as _;
use serde_json::json;

#[derive(Parser)]
#[command(about)]
struct Args {
    /// The row
    #[arg(long, value_name = "NAME")]
    row: Option<String>,
    /// What chance begins with
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print the rows and what must hold, and run none
    #[arg(long)]
    list: bool,
}

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let args = Args::parse();
    if args.list {
        for row in ROWS {
            writeln!(io::stdout(), "{}", json!({ "row": row.name, "holds": row.holds }))
                .context("writing to stdout")?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let chosen: Vec<&Row> = match &args.row {
        Some(name) => vec![Row::named(name).with_context(|| format!("there is no row {name}"))?],
        None => ROWS.iter().collect(),
    };
    let mut good = true;
    for row in chosen {
        good &= play(row, args.seed).await?;
    }
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs a row, which panics if it does not hold, and prints what came of it.
async fn play(row: &Row, seed: u64) -> Result<bool> {
    let start = Instant::now();
    let played = AssertUnwindSafe((row.run)(Dose { seed, full: true })).catch_unwind().await;
    let (held, injected, observed) = match played {
        Ok(report) => (true, report.faults(), report.observations()),
        Err(panic) => (false, String::new(), words(&*panic)),
    };
    let line = json!({ "row": row.name, "holds": row.holds, "held": held, "injected": injected,
        "observed": observed, "seconds": start.elapsed().as_secs() });
    writeln!(io::stdout(), "{line}").context("writing to stdout")?;
    Ok(held)
}

/// What a panic says.
fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
}
