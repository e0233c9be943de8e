//! Flags from the environment.

use std::ffi::{OsStr, OsString};

use clap::{CommandFactory as _, FromArgMatches as _};

use super::Flags;

/// What the name of a variable begins with.
const PREFIX: &str = "SEALED_SECRETS_";

/// Reads the flags: from `args`, the first of which is the program's name, else from the environment, else the default.
pub(crate) fn parse(
    args: impl IntoIterator<Item = OsString>,
    environment: impl Fn(&str) -> Option<OsString>,
) -> Result<Flags, ParseError> {
    let mut args = args.into_iter();
    let mut all: Vec<OsString> = vec![args.next().unwrap_or_else(|| "controller".into())];
    let flags = Flags::command();
    for argument in flags.get_arguments().filter(|argument| !argument.is_hide_set()) {
        let names = argument.get_long_and_visible_aliases().unwrap_or_default();
        for name in names.into_iter().filter(|name| *name != "help") {
            let variable = format!("{PREFIX}{}", name.replace('-', "_").to_uppercase());
            let Some(value) = environment(&variable) else { continue };
            let mut flag = OsString::from(format!("--{name}="));
            flag.push(&value);
            // On its own, so that a mistake is known for the variable's.
            read([OsStr::new("controller"), &flag]).map_err(|error| ParseError::Variable { variable, error })?;
            all.push(flag);
        }
    }
    all.extend(args);
    Ok(read(&all)?)
}

fn read<T: AsRef<OsStr>>(args: impl IntoIterator<Item = T>) -> Result<Flags, clap::Error> {
    let matches = Flags::command().try_get_matches_from(args.into_iter().map(|arg| arg.as_ref().to_owned()))?;
    Flags::from_arg_matches(&matches)
}

/// Why the flags could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum ParseError {
    /// A mistake on the command line, or `--help`.
    #[error(transparent)]
    CommandLine(#[from] clap::Error),
    /// A mistake in the environment.
    #[error("the environment variable {variable} is wrong: {}", first_line(.error))]
    Variable {
        /// Which.
        variable: String,
        /// What is wrong with it.
        error: clap::Error,
    },
}

fn first_line(error: &clap::Error) -> String {
    let text = error.to_string();
    text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
}
