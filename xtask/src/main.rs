//! `cargo xtask demo | test | chaos | fuzz | mutants | reproduce | bench | generate | image`: the project's build scripts.

mod bench;
mod chaos;
mod command;
mod demo;
mod fuzz;
mod generate;
mod image;
mod mutants;
mod output;
mod release;
mod reproduce;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

fn main() -> ExitCode {
    command::run().unwrap_or_else(|error| {
        output::say(&format!("error: {error:#}"));
        ExitCode::FAILURE
    })
}
