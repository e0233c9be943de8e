//! Flags from the environment.

use super::pflag::{Flag, Values};
use crate::environment::{text, variable};
use crate::failure::{Failure, Result};

/// What the environment sets. A value that does not fit is an error that names the variable, where upstream is silent.
pub(super) fn values(flags: &'static [Flag]) -> Result<Values> {
    let mut values = Values::default();
    for flag in flags.iter().filter(|flag| flag.environment) {
        let Some(found) = text(flag.name)? else { continue };
        values.set_from_environment(flag, &found).map_err(|reason| {
            Failure::usage(reason)
                .about(format_args!("environment variable {}", variable(flag.name)))
                .remedy("correct the variable, or unset it")
        })?;
    }
    Ok(values)
}
