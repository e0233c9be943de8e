//! Settings from the environment: `SEALED_SECRETS_` and the flag's name in capitals, as upstream names them.

use std::fmt::Display;
use std::str::FromStr;

use crate::failure::{Failure, Result};

/// The variable that stands for the flag `--flag`.
pub(crate) fn variable(flag: &str) -> String {
    format!("SEALED_SECRETS_{}", flag.to_ascii_uppercase().replace('-', "_"))
}

/// What the environment says for `--flag`. Empty counts as not set.
pub(crate) fn text(flag: &str) -> Result<Option<String>> {
    named(&variable(flag))
}

/// What the environment says for `--flag`, read as what the flag takes.
pub(crate) fn parsed<T: FromStr<Err: Display>>(flag: &str) -> Result<Option<T>> {
    let Some(text) = text(flag)? else { return Ok(None) };
    text.parse().map(Some).map_err(|error: T::Err| {
        Failure::usage(error)
            .about(format_args!("environment variable {}", variable(flag)))
            .remedy("correct the variable, or unset it")
    })
}

/// The environment variable `name`. Empty counts as not set.
pub(crate) fn named(name: &str) -> Result<Option<String>> {
    match std::env::var_os(name).filter(|value| !value.is_empty()).map(std::ffi::OsString::into_string) {
        None => Ok(None),
        Some(Ok(text)) => Ok(Some(text)),
        Some(Err(_)) => Err(Failure::usage(format_args!("environment variable {name}: is not UTF-8"))),
    }
}

/// A yes or no, as Go's `strconv.ParseBool` reads it.
pub(crate) struct Boolean(pub(crate) bool);

impl FromStr for Boolean {
    type Err = &'static str;

    fn from_str(s: &str) -> std::result::Result<Self, Self::Err> {
        match s {
            "1" | "t" | "T" | "TRUE" | "true" | "True" => Ok(Self(true)),
            "0" | "f" | "F" | "FALSE" | "false" | "False" => Ok(Self(false)),
            _ => Err("is neither true nor false"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_has_the_name_that_upstream_gives_it() {
        assert_eq!(variable("controller-namespace"), "SEALED_SECRETS_CONTROLLER_NAMESPACE");
    }
}
