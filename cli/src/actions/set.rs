//! One value, sealed into a SealedSecret that lies in a file.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use waxseal_crypto::Sealer;
use zeroize::Zeroizing;

use super::in_place::Place;
use crate::certificate::Certificates;
use crate::cluster::Connection;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::inputs::{read_file, read_stdin};
use crate::printer::Printer;
use crate::settings::Settings;

/// The longest key of a Secret, and the characters of one: `IsConfigMapKey` of k8s.io/apimachinery.
const MAX_KEY: usize = 253;

/// Sets. The value gets the scope, name and namespace that the SealedSecret has.
pub(crate) struct Set {
    pub(crate) place: Place,
    pub(crate) key: String,
    pub(crate) value: ValueSource,
    pub(crate) settings: Settings,
    pub(crate) connection: Connection,
    /// Whether the object says which key sealed what.
    pub(crate) hints: bool,
}

/// Where the value comes from.
pub(crate) enum ValueSource {
    /// The command line.
    Argument(Zeroizing<String>),
    File(PathBuf),
    Stdin,
}

impl Set {
    pub(crate) fn run(self, printer: Printer) -> Result<Exit> {
        check_key(&self.key)?;
        if self.place.is_stdin() && matches!(self.value, ValueSource::Stdin) {
            return Err(Failure::usage("standard input cannot be both the file and the value")
                .remedy("name the file, or give the value with --from-file"));
        }
        if matches!(self.value, ValueSource::Argument(_)) {
            printer.warn(
                "a value on the command line stays in the shell's history, and others can see it while this runs; \
                 leave it out to type it, pipe it in, or use --from-file",
            );
        }
        let opened = self.place.open(printer)?;
        let label = opened.label(&self.settings)?;
        self.settings.explain(self.place.path(), printer)?;
        let certificates = Certificates::new(&self.connection, printer);
        let certificate = certificates.usable(&self.settings.certificate(self.place.path())?.value)?;
        let value = self.value(printer)?;
        if value.is_empty() {
            printer.warn("the value is empty");
        }
        let stable = self.settings.stable_key()?;
        let sealer = Sealer::new(certificate.public_key(), stable.as_deref());
        let sealed = sealer.seal(&label, &self.key, &value).map_err(Failure::input)?;
        let target = &opened.target;
        let is_new = !target.sealed.spec.encrypted_data.contains_key(&self.key);
        let mut edits = vec![target.put(&self.key, sealed.to_base64())];
        edits.extend(target.hint_after([(self.key.as_str(), *certificate.fingerprint())], &[], self.hints));
        let done = format!("{}: {}: {}", self.place.file.display(), target.title, self.key);
        opened.save(&edits, printer)?;
        printer.talk(format_args!("{done}: {}", if is_new { "added" } else { "changed" }));
        Ok(Exit::Done)
    }

    fn value(&self, printer: Printer) -> Result<Zeroizing<Vec<u8>>> {
        match &self.value {
            ValueSource::Argument(text) => Ok(Zeroizing::new(text.as_bytes().to_vec())),
            ValueSource::File(path) => read_file(path),
            ValueSource::Stdin => {
                let mut value = read_stdin("the value to seal", printer)?;
                // A person ends the last line to get to Ctrl-D, and does not mean it.
                if io::stdin().is_terminal() && value.ends_with(b"\n") {
                    value.pop();
                }
                Ok(value)
            }
        }
    }
}

/// Whether a Secret can have this key.
pub(super) fn check_key(key: &str) -> Result<()> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !key.is_empty() && key.len() <= MAX_KEY && key.chars().all(fits) && key != "." && !key.starts_with("..") {
        return Ok(());
    }
    // Behind `=` stands, for somebody who took this for another program, the value.
    if let Some((name, _)) = key.split_once('=') {
        return Err(Failure::usage(format_args!("{name:?} followed by `=` is no key that a Secret can have"))
            .remedy("the value is a word of its own, or better typed or piped in"));
    }
    Err(Failure::usage(format_args!("{key:?} is no key that a Secret can have"))
        .remedy("a key is made of letters, digits, `-`, `_` and `.`, 253 at most"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_what_kubernetes_takes_for_one() {
        for key in ["a", "tls.crt", ".dockerconfigjson", "A_b-c.1", &"x".repeat(253)] {
            assert!(check_key(key).is_ok(), "{key}");
        }
        for key in ["", ".", "..", "..x", "a b", "a/b", "ü", "a=b", &"x".repeat(254)] {
            assert!(check_key(key).is_err(), "{key}");
        }
    }
}
