//! The command line of Waxseal.
//!
//! Flags as typed (`flags`, and `kubeseal` for the compatible grammar) are resolved into an action, and there is one
//! file for each action. Everything is printed by the one `printer`; every failure carries its exit code.

mod actions;
mod certificate;
mod cluster;
mod digest;
mod duration;
mod encryption;
mod environment;
mod exit;
mod failure;
mod flags;
#[cfg(fuzzing)]
pub mod fuzzing;
mod git;
mod inputs;
mod key_use;
mod kubeseal;
mod output;
mod parallel;
mod passphrase;
mod printer;
mod private_keys;
mod process;
mod reference;
mod resources;
mod rules;
mod sealing;
mod settings;
mod stable_key;

use std::ffi::OsString;

pub use exit::Exit;
pub use reference::generated;

use failure::Failure;
use printer::Printer;

/// Runs the program with its name and arguments, and tells how it went.
pub fn run(arguments: Vec<OsString>) -> Exit {
    process::forbid_core_dumps();
    let printer = Printer::new();
    // Without the message, which may repeat a value, and without a trace.
    std::panic::set_hook(Box::new(move |bug| {
        let place = bug.location().map(|at| format!(" at {}:{}", at.file(), at.line())).unwrap_or_default();
        printer.failure(&Failure::input(format_args!("this is a bug in waxseal{place}")).remedy("please report it"));
    }));
    if let Some(arguments) = kubeseal::arguments(&arguments) {
        return kubeseal::run(arguments, printer);
    }
    let result = match flags::parse(arguments) {
        Ok(command_line) => command_line.run(printer),
        Err(message) => {
            // Help and version go to standard output, everything else to standard error. A closed pipe ends quietly.
            let _ = message.print();
            return if message.use_stderr() { Exit::Usage } else { Exit::Done };
        }
    };
    result.unwrap_or_else(|failure| {
        printer.failure(&failure);
        failure.exit()
    })
}
