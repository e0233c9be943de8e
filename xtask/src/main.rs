<<<<<<< HEAD
//! `cargo xtask demo | test | chaos | fuzz | mutants | reproduce | bench | generate`: the project's build scripts.
=======
//! `cargo xtask demo | test | bench | generate | image`: the project's build scripts.
>>>>>>> 0bd0ad6 (Build and check the image; ask the engines' own code for health; generate the reference; start a SealedSecret with a status)

mod bench;
mod chaos;
mod command;
mod demo;
mod fuzz;
mod generate;
<<<<<<< HEAD
mod mutants;
=======
mod image;
>>>>>>> 0bd0ad6 (Build and check the image; ask the engines' own code for health; generate the reference; start a SealedSecret with a status)
mod output;
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
