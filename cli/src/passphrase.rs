//! A passphrase: from the environment, or typed without being shown.

use std::fs::File;
use std::io::{self, BufRead as _, Write as _};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use zeroize::Zeroizing;

use crate::environment;
use crate::failure::{Failure, Result, plain};

/// The variable that a pipeline gives its passphrase in.
pub(crate) const VARIABLE: &str = "WAXSEAL_PASSPHRASE";

/// The passphrase that something is encrypted with.
pub(crate) fn known() -> Result<Zeroizing<String>> {
    match environment::named(VARIABLE)? {
        Some(text) => Ok(Zeroizing::new(text)),
        None => typed("Passphrase: "),
    }
}

/// A passphrase to encrypt with: typed twice, so that it is the one that was meant.
pub(crate) fn chosen() -> Result<Zeroizing<String>> {
    let first = if let Some(text) = environment::named(VARIABLE)? {
        Zeroizing::new(text)
    } else {
        let first = typed("Passphrase for the backup: ")?;
        if *first != *typed("The same once more: ")? {
            return Err(Failure::usage("the passphrases differ"));
        }
        first
    };
    if first.is_empty() { Err(Failure::usage("the passphrase is empty")) } else { Ok(first) }
}

fn typed(prompt: &str) -> Result<Zeroizing<String>> {
    let fail = |error: io::Error| {
        Failure::usage(format_args!("no terminal to ask for the passphrase: {}", plain(&error)))
            .remedy(format!("put it into {VARIABLE}"))
    };
    let terminal = File::options().read(true).write(true).open("/dev/tty").map_err(fail)?;
    let hidden = Hidden::begin(&terminal).map_err(|error| fail(error.into()))?;
    (&terminal).write_all(prompt.as_bytes()).map_err(fail)?;
    let mut line = Zeroizing::new(String::with_capacity(256));
    let read = io::BufReader::new(&terminal).read_line(&mut line);
    drop(hidden);
    (&terminal).write_all(b"\n").map_err(fail)?;
    read.map_err(fail)?;
    let length = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(length);
    Ok(line)
}

/// While it lives, the terminal does not show what is typed.
struct Hidden<'a> {
    terminal: &'a File,
    before: Termios,
}

impl<'a> Hidden<'a> {
    fn begin(terminal: &'a File) -> rustix::io::Result<Self> {
        let before = tcgetattr(terminal)?;
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO);
        tcsetattr(terminal, OptionalActions::Flush, &silent)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Hidden<'_> {
    fn drop(&mut self) {
        // A terminal that is gone needs no echo.
        let _ = tcsetattr(self.terminal, OptionalActions::Flush, &self.before);
    }
}
