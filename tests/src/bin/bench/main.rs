//! `cargo xtask bench`: what sealing, opening, converging and restarting cost, beside a compatible program if wanted.

mod command;
mod controllers;
mod one_shot;
mod process;
mod report;
mod watch;
mod work;

use anyhow::Result;
use clap::Parser;

/// Measures on a control plane of its own, and prints a table.
#[derive(Parser)]
#[command(name = "cargo xtask bench")]
struct Line {
    #[command(subcommand)]
    command: command::Command,
}

#[tokio::main]
async fn main() -> Result<()> {
    Line::parse().command.run().await
}
