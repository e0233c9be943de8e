//! `cargo xtask demo | test | bench | generate`: the project's build scripts.

mod bench;
mod command;
mod demo;
mod generate;
mod output;
mod test;
mod workspace;

use std::process::ExitCode;

fn main() -> ExitCode {
    command::run().unwrap_or_else(|error| {
        output::say(&format!("error: {error:#}"));
        ExitCode::FAILURE
    })
}
