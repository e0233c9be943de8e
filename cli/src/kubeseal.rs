//! The compatible grammar: kubeseal's flags, resolved into the same actions.
//!
//! The program takes it under the name `kubeseal`, or after the word `kubeseal`.

mod environment;
mod flags;
mod pflag;
mod resolve;
mod usage;

use std::ffi::OsString;
use std::path::Path;

use crate::exit::Exit;
use crate::failure::Result;
use crate::printer::Printer;
use flags::FLAGS;
use pflag::{Stop, Values};
use resolve::Resolved;

/// The name that people and scripts know.
const NAME: &str = "kubeseal";

/// The arguments after the program's name, if they are meant for kubeseal's grammar.
pub(crate) fn arguments(all: &[OsString]) -> Option<&[OsString]> {
    let (program, rest) = all.split_first()?;
    if Path::new(program).file_stem().is_some_and(|name| name == NAME) {
        return Some(rest);
    }
    rest.split_first().filter(|(first, _)| *first == NAME).map(|(_, rest)| rest)
}

/// Runs it. As upstream has it, wrong flags exit 2 and everything else that fails exits 1.
pub(crate) fn run(arguments: &[OsString], printer: Printer) -> Exit {
    let values = environment::values(FLAGS).and_then(|mut values| match pflag::parse(FLAGS, arguments, &mut values) {
        Ok(()) => Ok(Some(values)),
        Err(Stop::Help) => Ok(None),
        Err(Stop::Wrong(failure)) => Err(failure),
    });
    let (result, exit_of_failure) = match values {
        Ok(Some(values)) => (perform(&values, printer), Exit::No),
        Ok(None) => (help(printer), Exit::No),
        Err(failure) => (Err(failure), Exit::Usage),
    };
    result.unwrap_or_else(|failure| {
        printer.failure(&failure);
        if failure.is_quiet() { Exit::Done } else { exit_of_failure }
    })
}

fn perform(values: &Values, printer: Printer) -> Result<Exit> {
    if values.is("version") {
        printer.line(format_args!("kubeseal version: v{}", env!("CARGO_PKG_VERSION")))?;
        return Ok(Exit::Done);
    }
    if values.is("help") {
        return help(printer);
    }
    match resolve::resolve(values, printer)? {
        Resolved::Seal(action) => action.run(printer),
        Resolved::Raw(action) => action.run(printer),
        Resolved::Unseal(action) => action.run(printer),
        Resolved::Verify(action) => action.run(printer),
        Resolved::Reencrypt(action) => action.run(printer),
        Resolved::Merge(action) => action.run(printer),
        Resolved::Certificate(action) => action.run(printer),
    }
}

/// The help text.
pub(crate) fn usage() -> String {
    usage::text(FLAGS)
}

fn help(printer: Printer) -> Result<Exit> {
    printer.data(usage().as_bytes())?;
    Ok(Exit::Done)
}

/// What is wrong with arguments, for a fuzz target.
#[cfg(fuzzing)]
pub(crate) fn refusal(arguments: &[OsString]) -> Option<String> {
    let mut values = Values::default();
    let wrong = match pflag::parse(FLAGS, arguments, &mut values) {
        Ok(()) => resolve::resolve(&values, Printer::new()).err(),
        Err(Stop::Help) => None,
        Err(Stop::Wrong(failure)) => Some(failure),
    };
    wrong.map(|failure| failure.what().to_owned())
}
