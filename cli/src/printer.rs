//! The one place that prints: data to standard output, talk to standard error.
#![allow(clippy::print_stderr, reason = "this is the printer")]

use std::fmt;
use std::io::{self, IsTerminal as _, Write as _};

use crate::failure::{Failure, Result, plain};

/// Prints. Colours are for terminals, and for those only who did not set `NO_COLOR`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Printer {
    color: bool,
}

impl Printer {
    pub(crate) fn new() -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        Self { color: !refused && io::stderr().is_terminal() }
    }

    /// Data, as it is.
    #[expect(clippy::unused_self, reason = "whoever has no printer has nothing to print")]
    pub(crate) fn data(self, bytes: &[u8]) -> Result<()> {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Failure::closed_pipe()),
            Err(error) => Err(Failure::input(format_args!("standard output: {}", plain(&error)))),
        }
    }

    /// A line of data made of names that others chose.
    pub(crate) fn line(self, text: impl fmt::Display) -> Result<()> {
        self.data(format!("{}\n", Harmless(&text.to_string())).as_bytes())
    }

    /// A line for the person who waits.
    #[expect(clippy::unused_self, reason = "whoever has no printer has nothing to print")]
    pub(crate) fn talk(self, text: impl fmt::Display) {
        say(&format!("{}\n", Harmless(&text.to_string())));
    }

    /// Something that works, and may not be what was wanted.
    pub(crate) fn warn(self, text: impl fmt::Display) {
        let label = self.painted("\u{1b}[1;33m", "warning:");
        say(&format!("{label} {}\n", Harmless(&text.to_string())));
    }

    /// Why the command failed, and what to do next.
    pub(crate) fn failure(self, failure: &Failure) {
        if failure.is_quiet() {
            return;
        }
        let label = self.painted("\u{1b}[1;31m", "error:");
        say(&format!("{label} {}\n", Harmless(failure.what())));
        if let Some(next) = failure.next_step() {
            let label = self.painted("\u{1b}[1;36m", "help:");
            say(&format!(" {label} {}\n", Harmless(next)));
        }
    }

    fn painted(self, color: &str, text: &str) -> String {
        if self.color { format!("{color}{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Nothing can be done about a standard error that is closed.
fn say(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Text without control characters: names come from files that others wrote, and a terminal obeys some of them.
struct Harmless<'a>(&'a str);

impl fmt::Display for Harmless<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            let hidden = character.is_control() && !matches!(character, '\n' | '\t');
            let reorders =
                matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            if hidden || reorders {
                write!(f, "{}", character.escape_default())?;
            } else {
                write!(f, "{character}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_steer_the_terminal() {
        let shown = Harmless("a\u{1b}[2Jb\rc\u{202e}d\ne\tf").to_string();
        assert_eq!(shown, "a\\u{1b}[2Jb\\rc\\u{202e}d\ne\tf");
    }
}
